"""What stands beside a decision on the page of its complaint: apps above the desk hook themselves in.

The page asks the database often enough: what an app has to know comes along with the decisions, as a text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import Subquery

from remit.complaints.models import Decision
from remit.people.models import Member


@dataclass(frozen=True, slots=True)
class Beside:
    """A line beside a decision.

    Attributes:
        words: what it says.
        address: where it leads.
    """

    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Hook:
    """What an app has to say.

    Attributes:
        name: of what comes along with a decision.
        looked_up: that, for whoever looks: a text, or None where there is nothing.
        lines: what stands beside a decision, from that text, or "".
    """

    name: str
    looked_up: Callable[[Member], Subquery]
    lines: Callable[[Member, Decision, str], Sequence[Beside]]


_hooks: dict[str, Hook] = {}


def on_showing(hook: Hook) -> None:
    """Ask an app whenever decisions are shown."""
    _hooks[hook.name] = hook


def coming_along(member: Member) -> dict[str, Subquery]:
    """What comes along with decisions, by name."""
    return {name: hook.looked_up(member) for name, hook in _hooks.items()}


def beside(member: Member, decision: Decision) -> list[Beside]:
    """What everybody who hooked in says beside a decision that was fetched with what comes along."""
    return [
        line
        for name, hook in _hooks.items()
        for line in hook.lines(member, decision, getattr(decision, name, None) or "")
    ]
