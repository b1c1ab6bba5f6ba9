"""Scenes come over each other in the manner of their material."""

import numpy as np
import pytest

from engine.core.chance import stream
from engine.core.clock import Frame
from engine.stage.arrival import LAST, MATERIALS, arrival
from engine.stage.compositor import Compositor, Layer, Look
from engine.stage.lettering import Lettering
from engine.stage.scene import Scene, Setting

SIZE = (320, 180)


@pytest.mark.parametrize("material", MATERIALS)
def test_everything_arrives_little_by_little_and_not_at_once(material):
    when = arrival(material, SIZE, stream(1, material))
    assert when.shape == (180, 320) and when.dtype == np.uint8 and when.max() == LAST
    shares = [(when < level).mean() for level in range(0, 256, 17)]
    assert shares[0] == 0 and shares[-1] == 1
    assert np.diff(shares).max() < 0.35, "no place in time where all of it jumps"
    assert np.array_equal(when, arrival(material, SIZE, stream(1, material)))


def test_without_a_material_a_scene_fades():
    assert arrival("", SIZE, stream(1, "x")) is None


def layer(colour, material=""):
    scene = Scene(Setting("s", SIZE, 60, 1, Lettering(None)))
    scene.arrival = arrival(material, SIZE, stream(1, material))
    made = Layer(scene, SIZE, Frame(0))
    made.good.fill(colour)
    return made


def picture(level, material):
    compositor = Compositor(SIZE, 60, Lettering(None), ("", ""))
    live, leaving = layer((200, 0, 0), material), layer((0, 0, 200))
    look = Look(level, 1.0, False, False)
    return compositor.picture(live, leaving, look, Frame(1)).px[..., :3].reshape(-1, 3).astype(int)


def test_half_way_each_place_shows_one_scene_or_the_other():
    px = picture(0.5, "wood")
    red, blue = (px[:, 2] > 150) & (px[:, 0] < 50), (px[:, 0] > 150) & (px[:, 2] < 50)
    assert (red | blue).all() and 0.2 < red.mean() < 0.8
    assert (picture(0.0, "wood")[:, 0] > 150).all() and (picture(1.0, "wood")[:, 2] > 150).all()


def test_the_picture_is_made_on_memory_that_is_there_already():
    compositor = Compositor(SIZE, 60, Lettering(None), ("", ""))
    live, leaving = layer((200, 0, 0), "ink"), layer((0, 0, 200))
    pictures = {
        id(compositor.picture(live, leaving, Look(k / 9, 1.0, False, False), Frame(k)).px) for k in range(9)
    }
    assert len(pictures) == 2
