"""What every page of a draft shows around it, and what it says of two who wrote at once."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest

from remit.people.access import place_in
from remit.people.models import Member
from remit.procedures.access import may_publish
from remit.procedures.models import Draft
from remit.procedures.text.document import Document
from remit.procedures.text.merging import Clash


def around(member: Member, found: Draft) -> dict[str, object]:
    """A draft, its team, and what somebody may do with it."""
    return {
        "draft": found,
        "team": found.team,
        "may_publish": may_publish(place_in(member, found.team), found.procedure),
        "is_mine": found.made_by_id == member.pk,
    }


def say_clashes(request: HttpRequest, clashes: Iterable[Clash], document: Document) -> None:
    """Tell where somebody else changed the same: nothing of theirs is lost."""
    for clash in clashes:
        place = document.place(clash.key)
        where = f"step {place}, {clash.label}" if place else clash.label
        messages.warning(
            request,
            f"Somebody changed the same meanwhile ({where}): “{clash.theirs}”. Yours stands; theirs is kept "
            "under “Earlier states”.",
        )
