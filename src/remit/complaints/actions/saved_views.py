"""Saved views: filters of the list that somebody keeps under a name."""

from __future__ import annotations

from django.http import QueryDict

from remit.complaints.filters import Filters
from remit.complaints.models import SavedView
from remit.core.errors import Refusal
from remit.core.writing import write
from remit.people.models import Member
from remit.trail.actions import record

_MOST: int = 20


def keep_view(member: Member, title: str, query: str) -> SavedView:
    """Keep the filters of an address under a name; the same name again changes what it stands for.

    Raises:
        Refusal: no name, or there are many already.
    """
    title = " ".join(title.split())[:60]
    if not title:
        raise Refusal(
            "no-title", "The view has no name.", "Give it one, like *late ones of mine*.", field="title"
        )
    clean = Filters.of(QueryDict(query)).without_page.query
    with write():
        known = SavedView.objects.filter(member=member)
        if not known.filter(title=title).exists() and known.count() >= _MOST:
            raise Refusal(
                "too-many-views", f"There are {_MOST} views already.", "Forget one first.", field="title"
            )
        view, _ = SavedView.objects.update_or_create(member=member, title=title, defaults={"query": clean})
        record("view-kept", f"member:{member.pk}", by=member, words=title, view=view.pk)
        return view


def forget_view(member: Member, view_id: int) -> None:
    """Forget a view of one's own; one that is gone already, or was never theirs, is no trouble."""
    with write():
        view = SavedView.objects.filter(pk=view_id, member=member).first()
        if view is None:
            return
        view.delete()
        record("view-forgotten", f"member:{member.pk}", by=member, view=view_id)
