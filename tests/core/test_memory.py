"""What the evening remembers: marks, and coal that is earned whoever takes part."""

import json

from engine.core.evening import KEPT, POINTS, Evening


def test_scenes_earn_two_courses_each_when_they_have_played() -> None:
    evening = Evening(["paper", "iron"])
    assert evening.most == 4
    for scene in ("lobby", "paper", "iron"):
        evening.enter(scene)
    assert evening.courses == 2, "paper has played, iron is on"
    evening.earn(0.5)
    assert evening.courses == 3
    evening.earn(0.2)
    assert evening.courses == 3, "what is earned stays"
    evening.enter("fire")
    assert evening.courses == 4


def test_a_jump_earns_what_lies_before_it_and_only_scenes_of_the_list_earn() -> None:
    evening = Evening(["paper"])
    evening.passed(["lobby", "paper"])
    assert evening.courses == 2


def test_the_newest_marks_are_kept_and_long_strokes_thinned() -> None:
    evening = Evening()
    for guest in range(KEPT + 5):
        evening.keep("leaf", guest, x=0.123456)
    assert [m.guest for m in evening.marks("leaf")] == list(range(5, KEPT + 5))
    assert evening.marks("leaf")[0].x == 0.123 and evening.marks("stroke") == ()
    evening.keep("stroke", 3, points=[(i / 63, 0.5) for i in range(64)])
    (mark,) = evening.marks("stroke")
    assert len(mark.points) == POINTS and mark.points[0] == (0.0, 0.5) and mark.points[-1] == (1.0, 0.5)


def test_it_survives_a_restart_as_json_and_forgets_for_a_new_evening() -> None:
    evening = Evening(["paper"])
    evening.enter("paper")
    evening.earn(0.5)
    evening.keep("flower", 7, points=[(0.1, 0.2), (0.3, 0.4)], text="drop")
    again = Evening(["paper"])
    again.recall(json.loads(json.dumps(evening.remember())))
    assert again.marks("flower") == evening.marks("flower") and again.courses == evening.courses == 1
    again.begin()
    assert again.marks("flower") == () and again.courses == 0
