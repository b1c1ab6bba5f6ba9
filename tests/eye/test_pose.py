"""A pose model of the hall's own, read by OpenCV, draws the eye's attention; without one nothing changes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from controllers.eye.eye import Eye
from controllers.eye.motion import COLUMNS, ROWS, Motion
from controllers.eye.pose import ELSEWHERE, PoseError, attention, pose_of
from controllers.eye.settings import EyeSettings
from controllers.eye.shape import ASPECT, Hand
from engine.sight import Sight
from engine.venue import read_venue

SIZE = (64, 64)


def model(path: Path, joints: int = 17) -> Path:
    """A real network: every key point's map is the brightness of the picture."""
    weight = numpy_helper.from_array(np.full((joints, 3, 1, 1), 1 / 3, np.float32), "w")
    nodes = [helper.make_node("Conv", ["picture", "w"], ["maps"], kernel_shape=[1, 1])]
    picture = helper.make_tensor_value_info("picture", TensorProto.FLOAT, [1, 3, *SIZE])
    maps = helper.make_tensor_value_info("maps", TensorProto.FLOAT, [1, joints, *SIZE])
    graph = helper.make_graph(nodes, "bright", [picture], [maps], [weight])
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    onnx.save(made, str(path))
    return path


def single(path: Path, *, rows: bool = False) -> Path:
    """A network that gives one number; with `rows`, one that wants exactly SIZE."""
    picture = helper.make_tensor_value_info("picture", TensorProto.FLOAT, [1, 3, *SIZE])
    given = helper.make_tensor_value_info("given", TensorProto.FLOAT, [1, 51] if rows else [])
    weight = numpy_helper.from_array(np.zeros((3 * SIZE[0] * SIZE[1], 51), np.float32), "w")
    shape = numpy_helper.from_array(np.array([1, -1], np.int64), "shape")
    nodes = [
        helper.make_node("Reshape", ["picture", "shape"], ["flat"]),
        helper.make_node("MatMul", ["flat", "w"], ["given"]),
    ]
    if not rows:
        nodes = [helper.make_node("ReduceMean", ["picture"], ["given"], keepdims=0)]
    graph = helper.make_graph(nodes, "one", [picture], [given], [weight, shape] if rows else [])
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    onnx.save(made, str(path))
    return path


def lamp(x: float, y: float) -> np.ndarray:
    picture = np.zeros((180, 320), np.uint8)
    picture[int(y * 180) - 4 : int(y * 180) + 4, int(x * 320) - 4 : int(x * 320) + 4] = 255
    return picture


def test_wrists_are_where_the_model_says(tmp_path):
    pose = pose_of(str(model(tmp_path / "bright.onnx")), SIZE)
    (left, right) = pose.wrists(lamp(0.75, 0.25))
    assert left == right == pytest.approx((0.75, 0.25), abs=0.03)
    assert pose.wrists(np.zeros((180, 320), np.uint8)) == [], "not sure of any"


def test_what_is_no_pose_model_is_said(tmp_path):
    with pytest.raises(PoseError, match="no such"):
        pose_of(str(tmp_path / "none.onnx"), SIZE)
    (tmp_path / "text.onnx").write_text("hello")
    with pytest.raises(PoseError, match=r"text\.onnx is no \.onnx file"):
        pose_of(str(tmp_path / "text.onnx"), SIZE)
    with pytest.raises(PoseError, match="17"):
        pose_of(str(model(tmp_path / "few.onnx", joints=3)), SIZE)
    with pytest.raises(PoseError, match=r"mean.onnx gives \("):
        pose_of(str(single(tmp_path / "mean.onnx")), SIZE)


def test_a_model_of_another_size_is_told_apart(tmp_path):
    with pytest.raises(PoseError, match=r"does not take \(1, 3, 96, 128\); set pose_size"):
        pose_of(str(single(tmp_path / "rows.onnx", rows=True)), (128, 96))


def test_a_model_that_fails_later_is_done_without(lifts):
    class Failing:
        def wrists(self, grey):
            raise PoseError("the model has moved out")

    eye = Eye(EyeSettings(""))
    eye.pose = Failing()
    for k, picture in enumerate(lifts[1][:5]):
        eye.see(k / 30, picture)
    assert eye.pose is None and eye.pose_trouble == "pose is off: the model has moved out"


def test_without_its_library_the_eye_says_so_and_goes_on(lifts):
    eye = Eye(EyeSettings("", pose="mediapipe"))
    if eye.pose is None:
        assert "mediapipe" in eye.pose_trouble
    for k, picture in enumerate(lifts[1][:20]):
        eye.see(k / 30, picture)


def test_attention_draws_the_hand_from_a_larger_movement_elsewhere():
    weight = np.zeros((ROWS, COLUMNS), np.float32)
    weight[4:16, 4:20] = 2.0  # a flapping coat
    weight[20:24, 50:54] = 2.0  # a hand
    still = np.zeros((ROWS, COLUMNS), np.float32)
    motion = Motion(0.0, 0.03, weight, weight, still + 0.3, still, shake=0, drift=0, rest=0, noise=0, leap=0)
    hand = ((52 / COLUMNS), (22 / ROWS))
    assert Hand().step(motion).x < 0.5 * ASPECT
    seen = Hand().step(motion, attention([hand]))
    assert seen.x == pytest.approx(hand[0] * ASPECT, abs=0.2)
    assert attention([]) is None and attention([hand]).min() == pytest.approx(ELSEWHERE, abs=0.01)


def test_the_venue_names_it_from_beside_its_own_file(tmp_path):
    model(tmp_path / "ours.onnx")
    (tmp_path / "venue.toml").write_text('[camera]\npose = "ours.onnx"\npose_size = [64, 64]\n')
    venue, mistakes = read_venue(tmp_path / "venue.toml")
    assert mistakes == [] and Path(venue.sight.pose).is_file() and venue.sight.pose_size == SIZE
    settings = EyeSettings.of("none", 0, "", venue.sight)
    assert Eye(settings).pose is not None
    (tmp_path / "venue.toml").write_text('[camera]\npose = "other.onnx"\npose_size = [1, 2]\n')
    venue, mistakes = read_venue(tmp_path / "venue.toml")
    assert len(mistakes) == 2 and venue.sight.pose == Sight().pose
