"""Where the navigation leads: one list for the side of a laptop and for the foot of a phone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True, slots=True)
class Way:
    """One entry of the navigation.

    Attributes:
        name: of its address.
        words: what it says.
        icon: drawn before them.
        group: heading that it stands under; "" for none.
        is_tab: whether it is among the few at the foot of a phone, the others under *More*.
        counts: name of the value that says how many things wait there; "" for none.
        short: what it says at the foot of a phone; "" for the same.
    """

    name: str
    words: str
    icon: str
    group: str = ""
    is_tab: bool = False
    counts: str = ""
    short: str = ""


_WAYS: Final = (
    Way("today:today", "Today", "sun", is_tab=True),
    Way("complaints:list", "Complaints", "message-circle-warning", is_tab=True),
    Way("approvals:list", "Approvals", "circle-check-big", is_tab=True, counts="waiting_for_me"),
    Way("remedies:to-hand-over", "To hand over", "gift", is_tab=True, short="Hand over"),
    Way("charters:charter", "Charter", "scroll-text", "The charter"),
    Way("charters:delegations", "Delegations", "handshake", "The charter"),
    Way("people:people", "People", "users", "The team"),
    Way("people:team-settings", "Team settings", "settings", "The team"),
)


def around_every_page(request: HttpRequest) -> dict[str, Any]:
    """The entries that lead somewhere, with the one marked that the page belongs to."""
    return {"ways": ways_from(request.path)}


def ways_from(path: str) -> list[dict[str, Any]]:
    """Entries whose pages exist; `current` is "page" on the page itself, "true" below it, and else empty."""
    leading = [(way, address) for way in _WAYS if (address := _address(way.name))]
    near = [address for _, address in leading if path.startswith(address) and address != "/"]
    nearest = max(near, key=len, default=path)
    return [
        {"way": way, "address": address, "current": _current(address, path, nearest)}
        for way, address in leading
    ]


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _current(address: str, path: str, nearest: str) -> str:
    if address == path:
        return "page"
    return "true" if address == nearest else ""
