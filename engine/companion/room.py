"""The room of guests: who is in, who waits, what they may do, and what becomes of it.

No I/O; time is handed in as seconds of any steady clock.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from engine.companion.fold import Fold, Rods, seat
from engine.companion.limits import Allowance
from engine.companion.protocol import Act
from engine.companion.ticket import BoxOffice, Ticket
from engine.companion.words import Held
from engine.core.crowd import Ballots
from engine.core.signals import Signal, level

SHAPES = frozenset({"crescent", "saw", "drop", "cloud"})  # of a cut
HOLD_S = 30.0  # a guest whose network went keeps the place this long
TALLY_S = 0.25  # at most one tally in this time
Refusal = Literal["rate", "closed", "form", "full"]


@dataclass(slots=True)
class Guest:
    """A person with a phone. Nothing here says who they are outside this show."""

    ticket: Ticket
    allowance: Allowance
    here: bool = True
    since: float = 0.0  # when they came or went


class Room:
    """Guests by number, the queue outside, the verbs that are open, and the window of input being filled.

    capacity, waiting   phones in the house, phones in the queue
    names               gives 8 random bytes: `partial(secrets.token_bytes, 8)`
    first, step         numbers dealt: several gateways share them out between themselves
    window              number of the first window of input
    """

    def __init__(
        self,
        office: BoxOffice,
        names: Callable[[], bytes],
        *,
        capacity: int = 5000,
        waiting: int = 1000,
        source: str = "gateway",
        first: int = 1,
        step: int = 1,
        window: int = 1,
    ) -> None:
        self._office, self._names, self._source = office, names, source
        self._capacity, self._waiting_limit = capacity, waiting
        self._next, self._step = first, step
        self._inside: dict[int, Guest] = {}
        self._queue: dict[int, Guest] = {}
        self._told: dict[int, int] = {}  # place in the queue last told to each
        self._gone: set[bytes] = set()  # names of those who asked to be forgotten
        self.held = Held()
        self.window = window
        self.dropped = 0
        self._fold, self._rods = Fold(source), Rods(source)
        self._joined = -1
        self._phones: int | None = 0
        self._verbs: frozenset[str] = frozenset()
        self._options: frozenset[str] = frozenset()
        self._words = self._asking = self._tally_due = False
        self._question = ("", "")
        self._ballots = Ballots("")
        self._tallied = float("-inf")

    # -- coming and going ----------------------------------------------------------------------------

    def enter(self, token: str | None, now: float) -> Guest | None:
        """A guest comes, or comes back with a token as the same person; None when even the queue is full."""
        ticket = self._office.read(token) if token else None
        if ticket is None or ticket.name in self._gone:
            return self._admit(self._new_ticket(), now)
        known = self._inside.get(ticket.number) or self._queue.get(ticket.number)
        if known is None:
            self.skip_past(ticket.number)
            return self._admit(ticket, now)
        if known.ticket.name != ticket.name:  # dealt twice around a crash of the gateway
            return self._admit(Ticket(self._deal(), ticket.name, ticket.block), now)
        known.here, known.since, known.ticket = True, now, ticket
        self._phones = None
        return known

    def leave(self, guest: Guest, now: float) -> None:
        """The network took the guest away; the place is kept a while."""
        guest.here, guest.since = False, now
        self._phones = None
        self._rods.release(guest.ticket.number)

    def forget(self, guest: Guest) -> None:
        """The guest asked to be forgotten."""
        number = guest.ticket.number
        self._gone.add(guest.ticket.name)
        self._rods.release(number)
        self.held.forget(number)
        for where in (self._inside, self._queue, self._told):
            where.pop(number, None)
        self._phones = None

    def forget_all(self) -> None:
        """The show is over."""
        for guest in [*self._inside.values(), *self._queue.values()]:
            self.forget(guest)
        self._gone.clear()
        self.follow({}, "")

    def rekey(self, office: BoxOffice) -> None:
        """Tokens signed until now open nothing any more."""
        self._office = office

    def sit(self, guest: Guest, block: int) -> str:
        """Take a seat; the new token, which remembers it."""
        guest.ticket = guest.ticket.seated(block)
        return self.token(guest)

    def token(self, guest: Guest) -> str:
        """What the phone keeps to come back as the same person."""
        return self._office.token(guest.ticket)

    def place(self, guest: Guest) -> int:
        """Place in the queue, from 1; 0 in the house."""
        return self._told.get(guest.ticket.number, 0)

    def sweep(self, now: float) -> list[tuple[Guest, int]]:
        """Once a second: give up places of those long gone, let others in; who has a new place, and which."""
        for people in (self._inside, self._queue):
            for number, guest in list(people.items()):
                if not guest.here and now - guest.since > HOLD_S:
                    del people[number]
                    self._told.pop(number, None)
        self._phones = None
        moved = []
        while self._queue and len(self._inside) < self._capacity:
            number, guest = next(iter(self._queue.items()))
            del self._queue[number]
            self._inside[number] = guest
            self._told.pop(number, None)
            moved.append((guest, 0))
        for place, guest in enumerate(self._queue.values(), 1):
            if self._told.get(guest.ticket.number) != place:
                self._told[guest.ticket.number] = place
                moved.append((guest, place))
        return moved

    @property
    def phones(self) -> int:
        """How many are in the house and connected."""
        if self._phones is None:
            self._phones = sum(guest.here for guest in self._inside.values())
        return self._phones

    @property
    def waiting(self) -> int:
        """How many are in the queue."""
        return len(self._queue)

    # -- what may be done, and doing it ------------------------------------------------------------

    def follow(self, companion: dict[str, Any], cue: str) -> None:
        """Open what the snapshot's companion opens; a new question starts with no answers."""
        listed = companion.get("verbs")
        verbs = frozenset(listed if isinstance(listed, list | tuple) else ())
        ask = companion.get("ask")
        ask = ask if isinstance(ask, dict) else {}
        question = (str(ask.get("id", "")) or cue, str(ask.get("verb", "")) or "vote")
        if "drag" not in verbs:
            self._rods.clear()
        if question != self._question:
            self._question = question
            self._ballots = Ballots(question[0])
        self._verbs, self._asking = verbs, bool(ask)
        self._options = _ids(companion.get("options"))
        self._words = companion.get("words") is True

    def act(self, guest: Guest, act: Act, now: float) -> Refusal | None:
        """Take an act of a guest; the reason if it is not taken."""
        why = self._refusal(guest, act, now)
        if why is not None:
            self.dropped += 1
            return why
        self._play(guest.ticket, act, now)
        return None

    def say(self, number: int, text: str, now: float) -> None:
        """A guest's words go onto the stage."""
        guest = self._inside.get(number)
        ticket = guest.ticket if guest else Ticket(number, b"")
        self._fold.add(ticket, Act("wish"), now, text=text)

    def close_window(self, now: float) -> tuple[int, list[Signal]]:
        """Number and signals of the window that ends now."""
        signals = [*self._rods.close(now), *self._fold.close()]
        phones = self.phones
        if phones != self._joined:
            self._joined = phones
            signals.append(self._level("phone/joined", phones, number=self._next - self._step))
        if self._asking and self._tally_due and now - self._tallied >= TALLY_S:
            self._tallied, self._tally_due = now, False
            tally = self._ballots.tally()
            signals.append(self._level("phone/tally", tally.people, text=tally.text()))
        window = self.window
        self.window += 1
        return window, signals

    def repeat(self) -> None:
        """The stage started anew: tell it once more what it could only know from before."""
        self._joined = -1
        self._tally_due = True
        self._rods.repeat()

    def skip_past(self, number: int) -> None:
        """Never deal `number` or a lower one: it was dealt before a restart."""
        if self._next <= number:
            self._next += self._step * ((number - self._next) // self._step + 1)

    # ------------------------------------------------------------------------------------------------

    def _play(self, ticket: Ticket, act: Act, now: float) -> None:
        if act.verb == self._question[1]:
            choice = act.o if act.verb == "vote" else ""
            first = self._ballots.answer(ticket.number, choice=choice, value=act.v, zone=seat(ticket), at=now)
            self._tally_due = True
            if act.verb == "vote" and not first:  # a vote that moves shows in the tally alone
                return
        if act.verb == "drag":
            self._rods.hold(ticket, act.v)
        elif act.verb == "wish" and act.w:
            self.held.put(ticket.number, act.w)
        else:
            known = act.o in SHAPES or act.o in self._options
            self._fold.add(ticket, act, now, text=act.o if known else "")

    def _level(self, address: str, count: int, **facts: object) -> Signal:
        return level(address, min(1.0, float(count)), source=self._source, count=count, **facts)

    def _refusal(self, guest: Guest, act: Act, now: float) -> Refusal | None:
        if not guest.allowance.may(act.verb, now):
            return "rate"
        if act.verb not in self._verbs:
            return "closed"
        if guest.ticket.number not in self._inside:
            return "full"
        if act.verb == "vote" and act.o not in self._options:
            return "form"
        if act.verb == "wish" and not self._may_wish(act):
            return "closed" if act.w else "form"
        return None

    def _may_wish(self, act: Act) -> bool:
        return (self._words and self.held.allowed) if act.w else act.o in self._options

    def _admit(self, ticket: Ticket, now: float) -> Guest | None:
        guest = Guest(ticket, Allowance(now), since=now)
        self._phones = None
        if len(self._inside) < self._capacity and not self._queue:
            self._inside[ticket.number] = guest
        elif len(self._queue) < self._waiting_limit:
            self._queue[ticket.number] = guest
            self._told[ticket.number] = len(self._queue)
        else:
            return None
        return guest

    def _new_ticket(self) -> Ticket:
        return Ticket(self._deal(), self._names())

    def _deal(self) -> int:
        number = self._next
        self._next += self._step
        return number


def _ids(options: object) -> frozenset[str]:
    if not isinstance(options, list | tuple):
        return frozenset()
    return frozenset(o["id"] for o in options if isinstance(o, dict) and isinstance(o.get("id"), str))
