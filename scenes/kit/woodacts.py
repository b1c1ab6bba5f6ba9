"""The four acts of wood: the sky each plays under, its caption, and what phones say and may do."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Act:
    sky: str
    caption: str
    line: tuple[str, str]
    verbs: tuple[str, ...] = ()
    view: str = "joint"


ACTS = {
    "block": Act("shop", "block", ("看：一个斗，一条拱", "Watch: one block, one arm"), view="wait"),
    "raise": Act(
        "work",
        "song",
        ("把榫头推进卯眼，塔就长高一块", "Drive the tenon home; the tower grows by it"),
        ("join",),
    ),
    "shake": Act(
        "storm",
        "shake",
        ("来回拖，或摇手机，试着把它摇倒", "Drag to and fro, or shake: try to bring it down"),
        ("shake", "tap"),
    ),
    "stand": Act(
        "dusk",
        "stand",
        ("它站着。点一下，亮你那一层的灯", "It stands. Tap to light the lamp on your storey"),
        ("tap",),
    ),
}
