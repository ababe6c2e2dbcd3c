"""Reads of the people: lists for pages, who is on duty, the week."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from remit.core.asked_often import Slot
from remit.core.clock import now
from remit.people.access import Place, memberships_for
from remit.people.actions.duty import moment_on
from remit.people.facts import duties_at
from remit.people.models import CounterDevice, Duty, Invitation, Member, Membership, PinGuesses, Role, Team
from remit.people.vocabulary import LONGEST_DUTY_HOURS, Rank

DAYS = 7


@dataclass(frozen=True, slots=True)
class OnDuty:
    """A place of somebody, and whether they are on duty there.

    Attributes:
        membership: with member, role and team at hand.
        is_on: whether they are on duty now.
        until: when it ends by plan, the latest; None for a tap, which ends by a tap.
    """

    membership: Membership
    is_on: bool
    until: datetime | None

    @property
    def until_words(self) -> str:
        """The same on the wall clock of the team: `22:00`."""
        return self.until.astimezone(self.membership.team.zone).strftime("%H:%M") if self.until else ""


def places_of(member: Member | Slot) -> QuerySet[Membership]:
    """Every place of somebody, with member, role and team at hand."""
    return (
        Membership.objects.select_related("member", "role", "team")
        .filter(member=member, until=None, team__closed_at=None)
        .order_by("team__name")
    )


def duties_of(member: Member) -> list[OnDuty]:
    """Every place of somebody, and whether they are on duty there."""
    return with_duty(places_of(member))


def people_on(place: Place) -> list[OnDuty]:
    """The people of a team, and who of them is on duty now."""
    return with_duty(memberships_for(place))


def with_duty(memberships: QuerySet[Membership]) -> list[OnDuty]:
    """Memberships with the duty that runs now: one with an end before a tap, the latest to end."""
    return as_duties(duty_shown(memberships, duties_at(now())))


def duty_shown(memberships: QuerySet[Membership], running: QuerySet[Duty]) -> QuerySet[Membership]:
    """Memberships with what `as_duties` takes from them, of the duties that run."""
    here = running.filter(membership=OuterRef("pk")).order_by(F("ends_at").desc(nulls_last=True))
    return memberships.annotate(is_on=Exists(here), on_until=Subquery(here.values("ends_at")[:1]))


def as_duties(shown: Iterable[Any]) -> list[OnDuty]:
    """Rows of `duty_shown` as places with their duty."""
    return [OnDuty(each, each.is_on, each.on_until) for each in shown]


def at_the_counter(device: CounterDevice) -> list[OnDuty]:
    """The people whose turn it may be on a counter device, those on duty first."""
    people = with_duty(
        Membership.objects.select_related("member", "role", "team")
        .filter(team=device.team, until=None, member__left_at=None, member__is_software=False)
        .order_by("member__name", "id")
    )
    return sorted(people, key=lambda each: not each.is_on)


def open_invitations(place: Place) -> list[Invitation]:
    """The invitations of a team that still hold."""
    return list(
        Invitation.objects.select_related("role", "made_by")
        .filter(team=place.team, used_by=None, withdrawn_at=None, expires_at__gt=now())
        .order_by("-made_at", "-id")[:100]
    )


def counter_devices(place: Place) -> list[CounterDevice]:
    """The counter devices of a team that weren't ended."""
    devices = CounterDevice.objects.select_related("made_by", "team").filter(team=place.team, ended_at=None)
    return list(devices.order_by("name", "id"))


def guesses_on(device: CounterDevice) -> dict[int, PinGuesses]:
    """Wrong PINs in a row on a device, by membership."""
    return {each.membership_id: each for each in PinGuesses.objects.filter(device=device)}


def roles_with_counts() -> QuerySet[Role]:
    """Every role, with how many have it now, and whether it was ever given."""
    return Role.objects.annotate(
        now_held=Count("memberships", filter=Q(memberships__until=None), distinct=True),
        ever_held=Count("memberships", distinct=True) + Count("invitation", distinct=True),
    ).order_by("-rank", "word")


def others_who_help(member: Member) -> list[Member]:
    """Who can make a personal link for somebody who lost their way in: those who stand above them there."""
    mine = {
        each.team_id: each.rank
        for each in member.memberships.select_related("role", "member").filter(until=None)
    }
    others = (
        Membership.objects.select_related("role", "member")
        .filter(team__in=mine, until=None, member__left_at=None, member__is_software=False)
        .exclude(member=member)
        .order_by("-role__rank", "member__name")
    )
    highest = max(mine.values(), default=0)
    found = {each.member_id: each.member for each in others if each.rank >= 20 and each.rank > highest}  # noqa: PLR2004
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Shift:
    """A shift as the week shows it, in wall-clock times of the team."""

    duty: Duty
    day: date
    begins: time
    ends: time

    @property
    def words(self) -> str:
        """`9:00–17:00`."""
        return f"{self.begins.hour}:{self.begins.minute:02}–{self.ends.hour}:{self.ends.minute:02}"


@dataclass(frozen=True, slots=True)
class WeekOf:
    """The week of one member: a list of shifts for each of the seven days."""

    membership: Membership
    days: tuple[tuple[date, tuple[Shift, ...]], ...]

    @property
    def hours(self) -> float:
        """How many hours are planned."""
        spans = [
            shift.duty.ends_at - shift.duty.starts_at
            for _, shifts in self.days
            for shift in shifts
            if shift.duty.ends_at
        ]
        return round(sum(spans, timedelta()).total_seconds() / 3600, 1)


def week_of(place: Place, monday: date) -> list[WeekOf]:
    """The planned shifts of a team in one week, by member and day."""
    begins, ends = (
        moment_on(place.team, monday, time()),
        moment_on(place.team, monday + timedelta(DAYS), time()),
    )
    shifts: dict[tuple[int, date], list[Shift]] = {}
    planned = Duty.objects.filter(
        membership__team=place.team, is_planned=True, starts_at__gte=begins, starts_at__lt=ends
    )
    for duty in planned.order_by("starts_at", "id"):
        shift = shift_of(duty, place)
        shifts.setdefault((duty.membership_id, shift.day), []).append(shift)
    days = [monday + timedelta(number) for number in range(DAYS)]
    return [
        WeekOf(each, tuple((day, tuple(shifts.get((each.pk, day), ()))) for day in days))
        for each in memberships_for(place).filter(member__is_software=False)
    ]


def shift_of(duty: Duty, place: Place) -> Shift:
    """A planned duty on the wall clock of its team."""
    zone = place.team.zone
    begins = duty.starts_at.astimezone(zone)
    ends = (duty.ends_at or duty.starts_at + timedelta(hours=LONGEST_DUTY_HOURS)).astimezone(zone)
    return Shift(duty, begins.date(), begins.time(), ends.time())


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def week_words(monday: date) -> str:
    """A week as it is named: `23 – 29 November 2026`."""
    sunday = monday + timedelta(DAYS - 1)
    begins = f"{monday.day}" if monday.month == sunday.month else f"{monday.day} {monday:%B}"
    return f"{begins} – {sunday.day} {sunday:%B %Y}"


def leads_of(team: Team) -> list[Member]:
    """The leads of a team; where there is none, those who stand above."""
    memberships = list(
        Membership.objects.select_related("member", "role")
        .filter(team=team, until=None, member__left_at=None, member__is_software=False)
        .filter(role__rank__gte=Rank.LEAD)
        .order_by("role__rank", "id")
    )
    lowest = memberships[0].role.rank if memberships else 0
    return [each.member for each in memberships if each.role.rank == lowest]
