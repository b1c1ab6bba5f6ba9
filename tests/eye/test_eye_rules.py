"""The command that fits the rules: what it writes is what the eye reads, and what it refuses."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from importlib.resources import files

import numpy as np
import pytest

from benchmarks import eye_rules
from controllers.eye.measures import of_stroke
from controllers.eye.sequel import REST
from controllers.eye.votes import Rule

from .conftest import write
from .examples import Example
from .manner import UNSEEN
from .test_gestures import WAYS, cut, hand
from .test_sequel import BODY

MODEL = {
    "scale_and_bias": [0.5, [0.25]],
    "oblivious_trees": [
        {
            "splits": [
                {"float_feature_index": 1, "border": 0.1234567},
                {"float_feature_index": 0, "border": 2.0},
            ],
            "leaf_values": [-1.0, 2.0, -3.0, 4.018],
        },
        {"splits": [{"float_feature_index": 0, "border": 1.0}], "leaf_values": [-0.5, 0.5]},
        {"splits": None, "leaf_values": [0.1]},
    ],
}


def odds(confidence):
    return math.log(confidence / (1 - confidence))


def patterns(count=240):
    """Strokes up of a hand: meant where they go far and are not lively, but for a few."""
    rng = np.random.default_rng(5)
    for k in range(count):
        facts = {"way": rng.uniform(0.1, 0.8), "lively": rng.uniform(), "raised": 0.0, "broad": 0.1}
        meant = facts["way"] - 0.3 * facts["lively"] > 0.3 or k % 40 == 0
        yield Example("up", False, facts, "raise" if meant else "")


def test_a_model_is_written_as_a_rule_that_says_the_same():
    rule = eye_rules.rule_of(MODEL, ["way", "turned"], 1.0)
    text = eye_rules.text_of({"raise": {"hand": rule}, "step": {"hand": rule}})
    read = json.loads(text)["raise"]["hand"]
    assert len(text.splitlines()) == 2 * (3 + 7) + 2, "a vote a line"
    for way, turned, leaf, second in (
        (1, 0, -0.5, -0.25), (1, 1, 1.0, -0.25), (3, 0, -1.5, 0.25), (3, 1, 2.01, 0.25),
    ):  # fmt: skip
        said = odds(Rule(**read).confidence({"way": way, "turned": turned}))
        assert said == pytest.approx(leaf + second + 0.05 + 0.25 - 1.0)
    assert read["votes"][0][1][:2] == [0.12346, 2.0]


def test_the_shipped_rules_would_be_written_as_they_stand():
    text = files("controllers.eye").joinpath("rules.json").read_text("utf-8")
    assert eye_rules.text_of(eye_rules.shipped()) == text


def test_a_rule_with_too_few_examples_stays_as_it_is(capsys):
    few = list(patterns(30))[: eye_rules.FEW]
    assert eye_rules.fit(few) == eye_rules.shipped()
    said = capsys.readouterr().out.splitlines()
    assert len(said) == 12 and said[0].startswith("raise  hand        20 examples") and "too few" in said[0]


def test_a_measure_may_speak_one_way_only_but_in_a_step():
    assert [eye_rules.bound("raise", name) for name in ("way", "busy", "tall")] == [1, -1, 0]
    assert [eye_rules.bound("step", name) for name in ("way", "lively", "slant", "busy")] == [1, -1, 0, 0]
    assert eye_rules.asked("lower", ["way", "raised"]) == ["way", "raised"]
    assert eye_rules.asked("raise", ["way", "raised"]) == ["way"]


def test_a_rule_fitted_says_what_its_model_says():
    pytest.importorskip("catboost")
    part = list(patterns())
    model, names = eye_rules.fitted("raise", part, iterations=12)
    rule = Rule(**eye_rules.rule_of(eye_rules.stored(model), names))
    raw = model.predict(eye_rules.table(part, names), prediction_type="RawFormulaVal")
    mine = [odds(rule.confidence(one.facts)) for one in part]
    assert np.abs(np.array(mine) - raw).max() < 12 * 0.006
    assert np.ptp(raw) > 1


def doubted(count=240):
    """Strokes up, all alike, that may be a body's: those that are meant are followed by rest."""
    stroke = next(s for s in cut(hand(WAYS["raise"], 0.5, **BODY)) if s.axis == "y")
    rng = np.random.default_rng(6)
    for k in range(count):
        still = float(rng.uniform())
        followed = {"still": still, "later": 1 - still, "onward": rng.uniform(), "sideways": rng.uniform()}
        yield Example("up", False, of_stroke(stroke), "raise" if still > 0.4 else "", 1.0, followed, k)


def test_what_follows_is_learnt_on_top_of_rules_that_stay_as_they_are(capsys):
    pytest.importorskip("catboost")
    rules, were = eye_rules.fit(list(doubted()), only_sequels=True), eye_rules.shipped()
    said = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in said] == [[name, "sequel"] for name in ("raise", "lower", "swipe")]
    assert "too few" not in said[0] and "too few" in said[1]
    learnt, rules["raise"]["sequel"] = Rule(**rules["raise"]["sequel"]), were["raise"]["sequel"]
    assert rules == were
    assert learnt.odds(REST) > 0.5 > -0.5 > learnt.odds({**REST, "still": 0.1, "later": 0.9})


def test_what_follows_is_learnt_on_top_of_rules_that_too_few_examples_left_as_they_were(monkeypatch):
    pytest.importorskip("catboost")
    asked, odds_of = [], eye_rules.odds_of

    def watched(gesture, part, rules, anew):
        asked.append((gesture, list(anew)))
        return odds_of(gesture, part, rules, anew)

    monkeypatch.setattr(eye_rules, "odds_of", watched)
    eye_rules.fit(
        [replace(one, facts=one.facts | {"way": 0.5 + k / 1000}) for k, one in enumerate(doubted())]
    )
    assert asked == [("raise", ["hand"]), ("lower", []), ("swipe", [])], "all of them were a hand's"


def test_how_sure_rules_are_of_a_clip_is_asked_of_rules_that_have_not_seen_it(monkeypatch):
    pytest.importorskip("catboost")
    part, fitted, seen = (
        [replace(one, clip=k // 20) for k, one in enumerate(patterns())],
        eye_rules.fitted,
        [],
    )

    def watched(gesture, part):
        seen.append({one.clip for one in part})
        return fitted(gesture, part, iterations=12)

    monkeypatch.setattr(eye_rules, "fitted", watched)
    odds = eye_rules.odds_of("raise", part, eye_rules.shipped()["raise"], ["hand", "whole"])
    for clip in range(12):
        assert sum(clip not in clips for clips in seen) == 1
    meant = np.array([one.meant == "raise" for one in part])
    assert odds[meant].mean() > 0 > odds[~meant].mean()


@pytest.mark.parametrize(
    "words, said",
    [
        (["--seeds", "-1"], "--seeds -1"),
        (["--seeds", "0"], "nothing to learn from"),
        (["--seeds", "many"], "--seeds: invalid int value: 'many'"),
        (["--first", str(UNSEEN)], f"below {UNSEEN}"),
        (["--first", str(UNSEEN - 3), "--seeds", "2"], f"below {UNSEEN}"),
        (["--first", "-5"], "--first -5"),
        (["--seconds", "nan"], "--seconds nan"),
        (["--weight", "0"], "--weight 0"),
        (["--jobs", "0"], "--jobs 0"),
        (["--out", "."], "--out .: is a folder"),
        (["--out", "/none/here/rules.json"], "--out /none/here/rules.json: cannot be written"),
        (["--clips", "/none/here"], "/none/here: there is no such folder"),
        (["--kinds", "walk"], "unrecognized arguments"),
    ],
)
def test_what_cannot_be_fitted_is_one_line(words, said, capsys, monkeypatch):
    monkeypatch.setattr(eye_rules, "find_spec", lambda name: name)
    with pytest.raises(SystemExit) as end:
        eye_rules.main(words)
    assert end.value.code == 2
    [line] = capsys.readouterr().err.splitlines()
    assert said in line


def test_without_catboost_it_says_what_to_install(capsys, monkeypatch):
    monkeypatch.setattr(eye_rules, "find_spec", lambda name: None)
    with pytest.raises(SystemExit) as end:
        eye_rules.main([])
    assert end.value.code == 2
    assert "pip install -e '.[fit]'" in capsys.readouterr().err


def test_a_folder_without_clips_is_refused(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(eye_rules, "find_spec", lambda name: name)
    with pytest.raises(SystemExit):
        eye_rules.main(["--clips", str(tmp_path)])
    assert "holds no clips" in capsys.readouterr().err


def test_a_clip_in_which_nothing_can_be_seen_is_one_line(tmp_path, lifts, capsys, monkeypatch):
    monkeypatch.setattr(eye_rules, "find_spec", lambda name: name)
    write(tmp_path / "slow.mp4", lifts[1][:3], fps=1)
    (tmp_path / "slow.txt").touch()
    with pytest.raises(SystemExit) as end:
        eye_rules.main(
            ["--clips", str(tmp_path), "--seeds", "0", "--jobs", "1", "--out", str(tmp_path / "rules.json")]
        )
    assert end.value.code == 2
    [line] = capsys.readouterr().err.splitlines()
    assert "slow.mp4" in line and "pictures a second" in line
    assert not (tmp_path / "rules.json").exists()
