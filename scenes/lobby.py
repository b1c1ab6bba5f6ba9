"""Under the tung tree: the lobby, with the code to join by."""

from engine import Scene, ink


class Lobby(Scene):
    def draw(self, canvas, frame):
        canvas.fill(ink.COAL)
