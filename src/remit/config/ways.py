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
        needs_owner: whether only owners see it.
        also: names of pages that belong to it though they don't lie below its address.
    """

    name: str
    words: str
    icon: str
    group: str = ""
    is_tab: bool = False
    counts: str = ""
    short: str = ""
    needs_owner: bool = False
    also: tuple[str, ...] = ()


_PEOPLE: Final = ("people:team", "people:member", "people:invite", "people:departure", "people:make-link")
_REVIEWS: Final = ("reviews:team", "reviews:budget", "reviews:want")
_SETTINGS: Final = (
    "people:settings", "people:counter-devices", "people:week", "people:shift", "inbox:mailbox",
    "work:closed", "voice:settings",
)  # fmt: skip
_VOICE: Final = (
    "voice:new-idea", "voice:trial", "voice:say-what-came", "voice:thanks", "voice:new-thanks",
    "voice:new-thanks-somewhere", "voice:questions", "voice:question", "voice:answer-question",
    "voice:correct-answer", "voice:new-question", "voice:new-question-somewhere",
)  # fmt: skip
_WAYS: Final = (
    Way("today:today", "Today", "sun", is_tab=True),
    Way(
        "complaints:list",
        "Complaints",
        "message-circle-warning",
        is_tab=True,
        also=("complaints:mail-aside",),
    ),
    Way("approvals:list", "Approvals", "circle-check-big", is_tab=True, counts="waiting_for_me"),
    Way("remedies:to-hand-over", "To hand over", "gift", is_tab=True, short="Hand over"),
    Way("reviews:to-do", "Reviews", "eye", counts="reviews_for_me", also=_REVIEWS),
    Way("work:tasks", "Tasks", "list-checks", "The work", also=("work:new-task", "work:calendar")),
    Way(
        "work:checklists",
        "Checklists",
        "clipboard-check",
        "The work",
        also=("work:new-checklist", "work:round"),
    ),
    Way("events:events", "Big days", "calendar-days", "The work", also=("events:new", "events:things")),
    Way("procedures:list", "Procedures", "book-open", "The work"),
    Way("causes:causes", "Causes", "trending-up", "The work"),
    Way("balance:balance", "Balance", "scale", "The balance"),
    Way("hats:hats", "Which hat now", "hat-glasses", "The balance"),
    Way("letgo:let-go", "Let go", "bird", "The balance"),
    Way("rollouts:changes", "Did it work?", "circle-question-mark", "The balance"),
    Way("charters:charter", "Charter", "scroll-text", "The charter"),
    Way("charters:delegations", "Delegations", "handshake", "The charter"),
    Way("purpose:mine", "Purpose", "compass", "The team"),
    Way("pulse:mine", "Pulse", "heart-pulse", "The team"),
    Way("voice:ideas", "Voice", "lightbulb", "The team", also=_VOICE),
    Way("insight:my-work", "What my work did", "sunrise", "The team"),
    Way("growth:mine", "Growth", "sprout", "The team"),
    Way("practice:practice", "Practice", "graduation-cap", "The team"),
    Way("people:people", "People", "users", "The team", also=_PEOPLE),
    Way("providers:connections", "Payment providers", "credit-card", "The team", needs_owner=True),
    Way("privacy:home", "Personal data", "shield-user", "The team", needs_owner=True),
    Way("people:team-settings", "Team settings", "settings", "The team", also=_SETTINGS),
)


def around_every_page(request: HttpRequest) -> dict[str, Any]:
    """The entries that lead somewhere, with the one marked that the page belongs to."""
    match = request.resolver_match
    is_owner = getattr(getattr(request, "user", None), "is_owner", False)
    return {"ways": ways_from(request.path, match.view_name if match else "", is_owner=is_owner)}


def ways_from(path: str, name: str = "", *, is_owner: bool = False) -> list[dict[str, Any]]:
    """Entries whose pages exist; `current` is "page" on the page itself, "true" below it, and else empty.

    Args:
        path: of the page.
        name: of its address.
        is_owner: whether an owner looks.
    """
    seen = [way for way in _WAYS if is_owner or not way.needs_owner]
    leading = [(way, address) for way in seen if (address := _address(way.name))]
    near = [address for _, address in leading if path.startswith(address) and address != "/"]
    near += [address for way, address in leading if name in way.also]
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
