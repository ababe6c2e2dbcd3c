"""The only way to findings: those of a team for who manages it; what concerns somebody, to them first."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from remit.core.errors import NotThere
from remit.findings.models import Finding, Taken, Window
from remit.findings.vocabulary import Sort
from remit.people.access import Place, need_rank
from remit.people.vocabulary import Rank


def need_manager(place: Place) -> None:
    """Refuse what only who manages a team may see and do.

    Raises:
        NotAllowed: they don't.
    """
    need_rank(place, Rank.MANAGER, "see what could be let go")


def window_of(place: Place) -> Window | None:
    """What is watched for a team now."""
    return Window.objects.filter(team=place.team, ended_at=None).select_related("charter").first()


def let_go_for(place: Place) -> QuerySet[Finding]:
    """What was found about letting go in a team, for who manages it."""
    if not place.is_manager:
        return Finding.objects.none()
    return Finding.objects.filter(team=place.team, sort=Sort.LET_GO, ended_at=None)


def get_let_go_for(place: Place, number: int) -> Finding:
    """One of them, also one that ended with its window.

    Raises:
        NotThere: there is none, or not for them.
    """
    found = Finding.objects.filter(team=place.team, sort=Sort.LET_GO, pk=number).select_related("window")
    finding = found.first() if place.is_manager else None
    if finding is None:
        raise NotThere("finding")
    return finding


def taken_for(place: Place) -> QuerySet[Taken]:
    """What was taken up in a team, the newest first, for who manages it."""
    if not place.is_manager:
        return Taken.objects.none()
    rows = Taken.objects.filter(finding__team=place.team).select_related("finding", "draft", "by", "trial")
    return rows.order_by("-at", "-pk")


def get_trial_for(place: Place, number: int) -> Taken:
    """Something that is, or was, tried.

    Raises:
        NotThere: there is none, or not for them.
    """
    trial = taken_for(place).filter(Q(until__isnull=False), pk=number).first()
    if trial is None:
        raise NotThere("trial")
    return trial
