"""The only way to findings: those of a team for who manages it; what concerns somebody, to them first."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db.models import Q, QuerySet

from remit.core.clock import now
from remit.core.errors import NotThere
from remit.findings.models import Finding, PeopleSetting, Taken, Window
from remit.findings.vocabulary import FOR_MANAGERS, AboutPeople, Sort
from remit.people.access import Place, need_rank
from remit.people.models import Member, Membership, Team
from remit.people.vocabulary import Rank

FIRST_ALONE: Final = timedelta(days=3)
"""Whom a finding concerns sees it so long before anybody else, unless they say something about it before."""


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


def worth_a_look_for(member: Member) -> QuerySet[Finding]:
    """What is worth a look, as far as somebody may know of it.

    What concerns themselves, at once. What concerns others in teams that they manage, once those had time to
    say something, or did. What concerns a colleague is nobody else's business.
    """
    rows = Finding.objects.filter(sort=Sort.HOLD_ON, team__closed_at=None).select_related("team", "member")
    is_told = _is_told()
    if member.is_owner:
        return rows.filter(Q(member=member) | is_told).distinct()
    managed = Membership.objects.filter(member=member, until=None, role__rank__gte=Rank.MANAGER)
    return rows.filter(Q(member=member) | is_told & Q(team__in=managed.values("team"))).distinct()


def worth_a_look_in(team: Team) -> QuerySet[Finding]:
    """What is worth a look in a team and still open, as far as those know of it who manage it."""
    rows = Finding.objects.filter(_is_told(), team=team, sort=Sort.HOLD_ON, ended_at=None)
    return rows.distinct().order_by("-found_at", "-pk")


def _is_told() -> Q:
    """Whether those who manage are told of it, as whom it concerns had time, or it concerns nobody."""
    had_time = Q(found_at__lte=now() - FIRST_ALONE) | Q(replies__isnull=False)
    return Q(member=None) | had_time & ~Q(team__in=_theirs_alone())


def get_worth_a_look_for(member: Member, number: int) -> Finding:
    """One of them.

    Raises:
        NotThere: there is none, or it isn't theirs to see yet.
    """
    finding = worth_a_look_for(member).filter(pk=number).first()
    if finding is None:
        raise NotThere("finding")
    return finding


def need_lead(place: Place) -> None:
    """Refuse what only who leads or manages a team may see and do.

    Raises:
        NotAllowed: they don't.
    """
    need_rank(place, Rank.LEAD, "see which hat to wear now")


def hats_for(place: Place) -> QuerySet[Finding]:
    """The hats that a team asks for, for who leads it; what only managers may act on, for them alone."""
    rows = Finding.objects.filter(team=place.team, sort=Sort.HAT, ended_at=None)
    if place.is_manager:
        return rows
    return rows.exclude(reason__in=FOR_MANAGERS) if place.is_lead else rows.none()


def get_hat_for(place: Place, number: int) -> Finding:
    """One of them, also one that nothing asks for any more.

    Raises:
        NotThere: there is none, or not for them.
    """
    found = Finding.objects.filter(team=place.team, sort=Sort.HAT, pk=number).first()
    if found is None or not place.is_lead or (found.reason in FOR_MANAGERS and not place.is_manager):
        raise NotThere("hat")
    return found


def shown_to(team: Team) -> str:
    """Who is shown what stands out about somebody in a team: a word of `AboutPeople`."""
    row = PeopleSetting.objects.filter(team=team).first()
    return row.shown_to if row is not None else AboutPeople.FIRST


def _theirs_alone() -> QuerySet[PeopleSetting, int]:
    """Teams where what stands out about somebody is shown to nobody else."""
    rows = PeopleSetting.objects.exclude(shown_to=AboutPeople.FIRST)
    return rows.values_list("team", flat=True)
