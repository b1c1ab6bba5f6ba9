"""What the trials found, as lines of a table beside what is wanted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Found = dict[str, Any]
Line = tuple[str, str, str]  # what, wanted, found
HEAD = "| what | wanted | found |\n|---|---|---|"


def lines(name: str, found: Found) -> list[str]:
    """The lines of one trial."""
    if "failed" in found:
        return [f"| {name} | | did not run: {found['failed']} |"]
    return ["| " + " | ".join(line) + " |" for line in OF[name](found)]


def _herd(found: Found) -> list[Line]:
    paid = f"{found['all_in_s']:.1f} s, {found['gateway_cpu_s']:.1f} s of the gateway's processor"
    least = f"{found['others_least_hertz']:.1f} (mean {found['others_hertz']:.1f})"
    return [
        (f"2,000 come in at once, {found['requests_each']} requests each: all in", "<= 3 s", paid),
        ("500 who were there: fewest states a second meanwhile", ">= 18 of 20", least),
    ]


def _killed_gateway(found: Found) -> list[Line]:
    back = f"{found['all_back_s']:.1f} s ({found['up_s']:.1f} s until it listens)"
    strangers = f"{found['strangers']} of {found['back']} as somebody else"
    return [("gateway killed under 1,000: all back as themselves", "0 strangers", f"{back}; {strangers}")]


def _killed_broker(found: Found) -> list[Line]:
    gaps = " and ".join(f"{gap:.2f} s" for gap in found["gaps_s"])
    return [("one of two brokers killed, either one: longest pause at any phone", "<= 0.5 s", gaps)]


def _asleep(found: Found) -> list[Line]:
    held = f"{found['held_each']:.0f} states each, the oldest {found['oldest_held_s']:.1f} s old"
    return [
        ("100 of 600 stop reading for 12 s: memory of the gateway", "flat", f"{found['memory_kb']:+.0f} KB"),
        ("the others' fewest states a second", "20", f"{found['others_least_hertz']:.1f}"),
        ("on waking: what the sockets held", "-", held),
        ("older than 0.5 s after that", "0", f"{found['stale_after']}; fresh after {found['fresh_s']:.1f} s"),
    ]


def _two_gateways(found: Found) -> list[Line]:
    age = " / ".join(f"{ms:.0f}" for ms in found["age"])
    shares = ", ".join(f"{name} {share:.1%}" for name, share in found["core"].items())
    return [
        ("2,000 on two gateways over NATS: states a second", "20", f"{found['hertz']:.1f}"),
        ("age of a state p50 / p95 / p99", "-", f"{age} ms"),
        ("processor, us per message of both gateways", "-", f"{found['us']:.1f} us ({shares} of a core)"),
        ("signals a second at the stage", "<= 20 per verb and block", f"{found['signals_a_second']:.0f}"),
    ]


def _show(found: Found) -> list[Line]:
    alone, full = found["alone"], found["with_phones"]
    frames = [f"{each['frame_ms']['p50']:.1f} / {each['frame_ms']['p99']:.1f} ms" for each in (alone, full)]
    age = " / ".join(f"{ms:.0f}" for ms in full["heard"]["age"])
    tap = full["latency_ms"].get("phone", {})
    return [
        ("a show at 1920x1080 alone: frame p50 / p99", "p99 <= 16.6 ms", frames[0]),
        ("with 2,000 phones that tap twice a second", "p99 <= 16.6 ms", frames[1]),
        ("tap to stage frame p50 / p95", "-", f"{tap.get('p50', 0):.0f} / {tap.get('p95', 0):.0f} ms"),
        ("tap to the phone's mark p50 / p95", "-", " / ".join(f"{ms:.0f}" for ms in full["heard"]["seen"])),
        ("age of a state at the phone p50 / p95 / p99", "-", f"{age} ms"),
        ("processor of the gateway per message", "-", f"{full['us']:.1f} us"),
    ]


OF: dict[str, Callable[[Found], list[Line]]] = {
    "herd": _herd,
    "killed-gateway": _killed_gateway,
    "killed-broker": _killed_broker,
    "asleep": _asleep,
    "two-gateways": _two_gateways,
    "show": _show,
}
