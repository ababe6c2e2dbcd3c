"""Who wants to know when somebody leaves a team: apps above the people hook themselves in when they start."""

from __future__ import annotations

from collections.abc import Callable

from remit.people.models import Member, Membership

Listener = Callable[[Membership, Member | None], None]

_listeners: list[Listener] = []


def on_departure(listener: Listener) -> None:
    """Call a function with the membership that ended and who ended it, inside the same write."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell_departure(membership: Membership, by: Member | None) -> None:
    """Somebody left a team: everybody who hooked in does what follows."""
    for listener in _listeners:
        listener(membership, by)
