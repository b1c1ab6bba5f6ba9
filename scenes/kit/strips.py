"""The vote as a painter tries colours: on strips of paper, a stroke of each as long as its share."""

import numpy as np

from engine import ink, light, raster

AGED = (222, 192, 146)  # hemp paper that has hung in a dressing room
WIDE, HIGH = 96.0, 560.0
FOOT = 118.0  # below the stroke, for the word
SLEW = 5.0  # 1/s, how quickly a stroke follows the count


class Strips:
    """One strip a virtue, hung left and right of the face; `shown` 0..1 each stroke's length."""

    def __init__(self, canvas, letters, virtues, middle, rng):
        self.names = list(virtues)
        self.shown = np.zeros(len(self.names))
        self.up = 0.0  # 0 out of sight .. 1 hung
        reach = min(0.46 * canvas.width, 712)
        gaps = np.linspace(-1, 1, len(self.names))
        near = 0.70 * reach
        self.x = [middle + np.sign(g) * (near + (reach - near) * min(1.0, abs(g))) for g in gaps]
        self.tilt = rng.uniform(-0.02, 0.02, len(self.names))
        lit = [float(np.clip(0.80 - 0.26 * (x - middle) / reach, 0.5, 1)) for x in self.x]
        self.paper = [
            self._paper(canvas, letters, virtues[n], level, rng)
            for n, level in zip(self.names, lit, strict=True)
        ]
        self.strokes = [
            self._stroke(canvas, virtues[n][1], level, rng) for n, level in zip(self.names, lit, strict=True)
        ]
        self.cut = [None] * len(self.names)

    def _paper(self, canvas, letters, virtue, lit, rng):
        sheet = canvas.sheet(WIDE + 16, HIGH + FOOT + 40)
        edge = 8 + 2.0 * rng.standard_normal(12)
        top, foot = 20.0, 20 + HIGH + FOOT
        down = np.linspace(top, foot, 12)
        right = [(WIDE + 8 + e * 0.3, y) for e, y in zip(edge, down[::-1], strict=True)]
        cover = raster.mask(sheet, [[*zip(edge, down, strict=True), *right]]).astype(np.float32) / 255
        x, y = light.coordinates(sheet)
        fibre = (
            light.grain(sheet, rng, stretch=(0.7, 5.0)) * 0.045
            + light.grain(sheet, rng, stretch=(6, 0.7)) * 0.03
        )
        curl = 1 - 0.30 * ((x - WIDE / 2 - 8) / WIDE) ** 2 - 0.00022 * np.abs(y - 300)
        tone = (0.66 * lit * (1 + fibre) * curl)[..., None] * np.array(AGED, np.float32)
        sheet.px[..., :3] = np.clip(tone * cover[..., None], 0, 255)[..., ::-1].astype(np.uint8)
        sheet.px[..., 3] = (255 * cover).astype(np.uint8)
        zh, en = virtue[0]
        tone = tuple(round(c * 0.9) for c in ink.INK)
        sheet.stamp(letters.line(canvas, zh, 64, tone), (WIDE / 2 + 8, foot - 66))
        sheet.stamp(letters.line(canvas, en, 26, tone), (WIDE / 2 + 8, foot - 20))
        return sheet

    def _stroke(self, canvas, colour, lit, rng):
        """The stroke as one goes up the paper: wet paint, streaked by the hair, a ridge at the edges."""
        sheet = canvas.sheet(WIDE, HIGH)
        h, w = sheet.px.shape[:2]
        across = np.linspace(-1, 1, w, dtype=np.float32)[None, :]
        up = np.linspace(1, 0, h, dtype=np.float32)[:, None]
        hair = raster.blur(rng.standard_normal((1, w)).astype(np.float32), (2.2 * canvas.scale, 0.01))
        self.hair = hair / hair.std()
        blot = light.clouds(sheet, rng, size=70, octaves=3) - 0.5
        side = across + 0.07 * np.sin(4 * up + rng.uniform(0, 6)) + 0.05 * blot
        cover = np.clip((0.64 - np.abs(side)) * 12 + 0.8 * blot, 0, 1)
        ridge = np.exp(-(((np.abs(side) - 0.60) / 0.06) ** 2))
        wet = 0.92 + 0.05 * self.hair + 0.16 * blot - 0.22 * ridge
        tone = np.maximum(np.asarray(colour, np.float32), 18) * (0.78 * lit * wet)[..., None]
        tone += (26 * lit * np.exp(-(((side + 0.26) / 0.10) ** 2)) * np.clip(0.6 + blot, 0, 1))[..., None]
        sheet.px[..., :3] = np.clip(tone * cover[..., None], 0, 255)[..., ::-1].astype(np.uint8)
        sheet.px[..., 3] = (255 * cover).astype(np.uint8)
        return sheet

    def step(self, dt, votes, hung):
        """A frame: `votes` {name: people} so far, `hung` whether the strips are to be seen."""
        whole = max(1e-9, sum(votes.get(name, 0) for name in self.names))
        self.up += ((1.0 if hung else 0.0) - self.up) * min(1.0, 3.2 * dt)
        for n, name in enumerate(self.names):
            aim = 0.10 + 0.86 * votes.get(name, 0) / whole
            before = round(self.shown[n] * 200)
            self.shown[n] += (aim - self.shown[n]) * min(1.0, SLEW * dt)
            if self.cut[n] is None or round(self.shown[n] * 200) != before:
                self.cut[n] = self._cut(self.strokes[n], self.shown[n])

    def _cut(self, stroke, share):
        """The stroke's lower part; at its upper end the hairs run dry one by one."""
        h, w = stroke.px.shape[:2]
        rows = max(2, round(h * share))
        part = stroke.sheet(w / stroke.scale, rows / stroke.scale)
        high, wide = part.px.shape[:2]
        part.px[:] = stroke.px[h - high :, :wide]
        fine = 0.30 * self.hair[:, :wide] + 0.22 * np.roll(self.hair[:, :wide], 7)[:, ::-1]
        dry = np.arange(high)[:, None] / (46 * stroke.scale) + fine + 0.05
        end = min(high, round(90 * stroke.scale))
        part.px[:end] = (part.px[:end] * np.clip(2.2 * dry[:end, :, None], 0, 1)).astype(np.uint8)
        return part

    def draw(self, canvas):
        """They hang from above the picture and drop into it."""
        if self.up < 0.01:
            return
        drop = 190 - (1 - self.up) * 980
        for n, x in enumerate(self.x):
            canvas.stamp(self.paper[n], (x, drop - 20), anchor=(0.5, 0))
            if self.cut[n] is not None:
                canvas.stamp(self.cut[n], (x, drop + HIGH - 4), anchor=(0.5, 1))
