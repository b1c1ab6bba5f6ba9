"""The stage of these tests: a twin is the scene as setup left it; what is done to it stays with it."""

import numpy as np
import pytest

from engine.repertoire import load_scene, scene_files, verbs_of
from engine.showfile import SHIPPED_SCENES
from tests.scenes.stage import Stage, picture, run, signal, twin

SCENES = scene_files([SHIPPED_SCENES])


def played(scene):
    """Pictures of a scene that is acted on with every verb, then left alone."""
    verbs = [verb for verb in verbs_of(type(scene)) if verb not in ("cue", "answer")]
    seen = []
    for index, verb in enumerate(verbs * 2):
        facts = {"x": 0.3, "y": 0.6, "number": index, "points": ((0.2, 0.3), (0.6, 0.5), (0.7, 0.3))}
        getattr(scene, f"on_{verb}")(signal(verb, **facts))
        run(scene, 4, index * 4, autoplay=index > len(verbs))
        seen.append(picture(scene, index * 4))
    return seen


@pytest.mark.slow
@pytest.mark.parametrize("name", SCENES)
def test_a_twin_plays_as_the_scene_itself_and_leaves_it_alone(name):
    scene = Stage(load_scene(SCENES[name])).anew(5)
    before = picture(scene, 0)
    one, two = played(twin(scene)), played(twin(scene))
    assert np.array_equal(picture(scene, 0), before), "nothing done to a twin is seen in the scene"
    for ours, theirs, own in zip(one, two, played(scene), strict=True):
        assert np.array_equal(ours, own) and np.array_equal(ours, theirs)
