"""What somebody is asked to look at before they open a complaint: apps above the desk hook themselves in.

It is no lock: the page says so first, and opens all the same for whoever goes on. The page of a complaint
asks the database often enough, so what an app has to know comes along with the complaint, as a text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps

from django.db.models import Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from remit.complaints.access import of_number_for
from remit.complaints.models import Complaint
from remit.core.asked_often import Slot
from remit.core.pages import is_part
from remit.people.looking import looking
from remit.people.models import Member

Page = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class First:
    """What comes first.

    Attributes:
        heading, words: what it is, and why it comes first.
        address, label: where it is done.
        anyway: the address of the form with which the complaint is opened all the same.
        cost: what becomes of it then.
    """

    heading: str
    words: str
    address: str
    label: str
    anyway: str
    cost: str


@dataclass(frozen=True, slots=True)
class Hook:
    """What an app has to say.

    Attributes:
        name: of what comes along with a complaint.
        looked_up: that, for whoever looks: a text, or None where nothing comes first.
        first: what comes first, from that text.
    """

    name: str
    looked_up: Callable[[Member | Slot], Subquery]
    first: Callable[[str], First]


_hooks: dict[str, Hook] = {}


def on_opening(hook: Hook) -> None:
    """Ask an app whenever a complaint is opened."""
    _hooks[hook.name] = hook


def asked_first(member: Member | Slot) -> Mapping[str, Subquery]:
    """What comes along with a complaint, by name."""
    return {name: hook.looked_up(member) for name, hook in _hooks.items()}


def first_of(complaint: Complaint) -> First | None:
    """What comes first, of a complaint that was fetched with what comes along; None: it opens."""
    for name, hook in _hooks.items():
        text = getattr(complaint, name, None)
        if text:
            return hook.first(text)
    return None


def first_page(request: HttpRequest, complaint: Complaint, first: First) -> HttpResponse:
    """The page that says so, in place of what was opened."""
    return render(request, "complaints/page/first.html", {"first": first, "complaint": complaint})


def what_comes_first(view: Page) -> Page:
    """Marks a page that shows how a complaint went on; a part of a page that is open is let through."""

    @wraps(view)
    def looks(request: HttpRequest, number: int) -> HttpResponse:
        if request.method == "GET" and not is_part(request):
            member = looking(request)
            found = of_number_for(member, number).annotate(**asked_first(member)).first()
            first = first_of(found) if found is not None else None
            if found is not None and first is not None:
                return first_page(request, found, first)
        return view(request, number)

    return looks
