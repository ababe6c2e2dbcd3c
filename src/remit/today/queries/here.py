"""Who looks, where they work, who is on there, and who stands in for whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import BigIntegerField, DateTimeField, Exists, OuterRef, Q, QuerySet, Subquery

from remit.charters.models import Delegation, Version
from remit.core.asked_often import Slot, asked_often
from remit.core.clock import now, today
from remit.growth.models import StepChange
from remit.people.access import teams_of
from remit.people.facts import FORGOTTEN_AFTER, running_at
from remit.people.models import Member, Membership, Team
from remit.people.queries import OnDuty, as_duties, duty_shown
from remit.pulse.access import open_waves_at
from remit.today.vocabulary import LATELY, MOST_ON


@dataclass(frozen=True, slots=True)
class Mine:
    """A place of somebody, with what they went by a week ago and go by now.

    Attributes:
        membership: with member, role and team at hand.
        is_on: whether they are on duty there.
        charter: hash of the version in force; "" for none.
        charter_before: of the one of a week ago; "" for none.
        step_before: the step held a week ago, where another one was given since; else "".
        step_at: when that was.
        pulse_until: until when they can answer the pulse there; None where nothing is asked of them.
    """

    membership: Membership
    is_on: bool
    charter: str
    charter_before: str
    step_before: str
    step_at: datetime | None
    pulse_until: datetime | None


@dataclass(frozen=True, slots=True)
class TeamOn:
    """Who is on duty in a team.

    Attributes:
        people: some of them, by name.
        more: how many others are on.
        standing_in: delegations that run today.
    """

    team: Team
    people: Sequence[OnDuty]
    more: int
    standing_in: Sequence[Delegation]

    @property
    def count(self) -> int:
        """How many are on."""
        return len(self.people) + self.more


@dataclass(frozen=True, slots=True)
class Here:
    """Somebody, and where they work.

    Attributes:
        member: who looks.
        mine: their places, by the name of the team.
        teams: who is on in each of these teams.
        lent_to_me: authority that somebody lent them for today, and that was lent or began within a week.
    """

    member: Member
    mine: Sequence[Mine]
    teams: Sequence[TeamOn]
    lent_to_me: Sequence[Delegation]


def here_of(member: Member) -> Here:
    """Where somebody works and who is on there, in two queries."""
    moment = now()
    people = as_duties(
        _people(member=member.pk, moment=moment, begun=moment - FORGOTTEN_AFTER, lately=moment - LATELY)
    )
    mine = [_mine(each) for each in people if each.membership.member_id == member.pk]
    running = _running(mine)
    return Here(
        member,
        mine,
        [_on_in(each.membership.team, people, running) for each in mine],
        [each for each in running if each.receiver_id == member.pk and _is_new(each)],
    )


@asked_often(member=BigIntegerField(), moment=DateTimeField(), begun=DateTimeField(), lately=DateTimeField())
def _people(member: Slot, moment: Slot, begun: Slot, lately: Slot) -> QuerySet[Membership]:
    """Who is on in somebody's teams, and their own places, on or not."""
    own = teams_of(member).order_by().values("pk")
    running = running_at(moment, begun)
    on = Exists(running.filter(membership=OuterRef("pk")))
    published = Version.objects.filter(team=OuterRef("team"), withdrawn_at=None).order_by(
        "-published_at", "-number"
    )
    wave = open_waves_at(OuterRef("team"))
    changes = StepChange.objects.filter(membership=OuterRef("pk"), at__gt=lately).order_by("at", "pk")
    shown = (
        Membership.objects.select_related("member", "role", "team")
        .filter(Q(member=member) | Q(on, member__left_at=None, member__is_software=False))
        .filter(team__in=own, until=None)
        .annotate(
            charter=Subquery(published.filter(published_at__lte=moment).values("hash")[:1]),
            charter_before=Subquery(published.filter(published_at__lte=lately).values("hash")[:1]),
            step_before=Subquery(changes.values("before")[:1]),
            step_at=Subquery(changes.reverse().values("at")[:1]),
            pulse_until=Subquery(wave.values("closes_at")[:1]),
            pulse_waits_for=Subquery(wave.values("waiting__members")[:1]),
        )
        .order_by("team__name", "team", "member__name", "pk")
    )
    return duty_shown(shown, running)


def _mine(each: OnDuty) -> Mine:
    row: Any = each.membership  # with what was annotated
    known = {name: getattr(row, name) for name in ("charter", "charter_before", "step_before")}
    is_asked = row.member_id in (row.pulse_waits_for or ())
    return Mine(
        row,
        each.is_on,
        **{name: said or "" for name, said in known.items()},
        step_at=row.step_at,
        pulse_until=row.pulse_until if is_asked else None,
    )


def _running(mine: Sequence[Mine]) -> list[Delegation]:
    """The delegations that run today, by the wall clock of each team."""
    days = {each.membership.team_id: today(each.membership.team.time_zone) for each in mine}
    if not days:
        return []
    rows = Delegation.objects.select_related("giver", "receiver", "team").filter(
        team__in=days, ended_at=None, until__gte=min(days.values()), since__lte=max(days.values())
    )
    return [each for each in rows.order_by("until", "pk") if _runs(each, days[each.team_id])]


def _runs(row: Delegation, day: date) -> bool:
    return row.since <= day <= row.until


def _is_new(row: Delegation) -> bool:
    """Whether it was lent or began lately: what was lent long ago for a big day is new on that day."""
    lately = now() - LATELY
    return row.made_at > lately or row.since > lately.astimezone(row.team.zone).date()


def _on_in(team: Team, people: Sequence[OnDuty], running: Sequence[Delegation]) -> TeamOn:
    on = [each for each in people if each.is_on and each.membership.team_id == team.pk]
    standing_in = [each for each in running if each.team_id == team.pk]
    return TeamOn(team, on[:MOST_ON], max(len(on) - MOST_ON, 0), standing_in[:MOST_ON])
