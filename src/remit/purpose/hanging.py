"""What hangs on objectives: apps above say what of theirs does, so that an objective can list it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from remit.people.models import Member
from remit.purpose.models import Objective


@dataclass(frozen=True, slots=True)
class Hanging:
    """One thing that hangs on an objective.

    Attributes:
        title: how it is called.
        address: its page.
    """

    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Hung:
    """All things of one kind that hang on an objective, as far as one page shows them.

    Attributes:
        kind: what they are, in the plural: `Procedures`.
        things: the first few.
        has_more: whether there are others.
    """

    kind: str
    things: tuple[Hanging, ...]
    has_more: bool


Look = Callable[[Member, Objective], Iterable[Hanging]]
MOST_SHOWN: Final = 20

_looks: Final[dict[str, Look]] = {}


def hangs_here(kind: str, look: Look) -> None:
    """Say what of an app hangs on an objective; called when the app is ready.

    Args:
        kind: what they are, in the plural: `Procedures`.
        look: gives what a member sees of them, in their order, in one query and lazily: no more than
            `MOST_SHOWN + 1` are taken, so slice to that.
    """
    _looks[kind] = look


def hung_on(member: Member, objective: Objective) -> list[Hung]:
    """What hangs on an objective, kind by kind; kinds of which nothing does are left out."""
    found = []
    for kind, look in _looks.items():
        things = [thing for thing, _ in zip(look(member, objective), range(MOST_SHOWN + 1), strict=False)]
        if things:
            found.append(Hung(kind, tuple(things[:MOST_SHOWN]), len(things) > MOST_SHOWN))
    return found
