"""On duty: by a tap, or by a planned shift."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from remit.core.clock import now, today
from remit.core.errors import NotThere, Refusal
from remit.core.times import HasZone
from remit.core.writing import write
from remit.people.access import Place, need_rank
from remit.people.facts import duties_at
from remit.people.models import Duty, Member, Membership, Team
from remit.people.vocabulary import LONGEST_DUTY_HOURS, LONGEST_SHIFT_HOURS, Rank
from remit.trail.actions import record

_WEEK = timedelta(days=7)
_FARTHEST = timedelta(days=731)


def go_on_duty(membership: Membership) -> None:
    """Somebody is on duty from now on, until they say otherwise; nothing happens where they are already."""
    with write():
        if duties_at(now()).filter(membership=membership).exists():
            return
        # A tap of long ago that nobody took back has ended by itself; now its row says so too.
        for forgotten in Duty.objects.filter(membership=membership, ends_at=None):
            forgotten.ends_at = forgotten.starts_at + timedelta(hours=LONGEST_DUTY_HOURS)
            forgotten.save(update_fields=["ends_at"])
        Duty.objects.create(membership=membership, starts_at=now())
        _record("duty-begun", membership, by=membership.member)


def go_off_duty(membership: Membership, *, by: Member | None = None) -> None:
    """Somebody is off duty from now on: a tap and a running shift end here."""
    with write():
        running = list(duties_at(now()).filter(membership=membership))
        for duty in running:
            if duty.starts_at >= now():
                duty.delete()
            else:
                duty.ends_at = now()
                duty.save(update_fields=["ends_at"])
        if running:
            _record("duty-ended", membership, by=by or membership.member)


def plan_shift(place: Place, membership: Membership, day: date, begins: time, ends: time) -> Duty:
    """Plan a shift of somebody, in wall-clock times of the team; an end not after its begin is the next day.

    Raises:
        NotAllowed: by somebody below a lead.
        Refusal: it is too long, or they are planned at that time already.
    """
    need_rank(place, Rank.LEAD, "plan shifts")
    _near(place.team, day)
    with write():
        _in_this_team(place, membership)
        starts_at, ends_at = span_of(place.team, day, begins, ends)
        _fits(membership, starts_at, ends_at, beside=None)
        duty = Duty.objects.create(
            membership=membership, starts_at=starts_at, ends_at=ends_at, is_planned=True
        )
        _record(
            "shift-planned", membership, by=place.member, starts=_written(starts_at), ends=_written(ends_at)
        )
    return duty


def change_shift(place: Place, number: int, day: date, begins: time, ends: time) -> None:
    """Change when a planned shift is.

    Raises:
        NotAllowed: by somebody below a lead.
        NotThere: it is no shift of this team, or was removed.
        Refusal: it is too long, or meets another one.
    """
    need_rank(place, Rank.LEAD, "change shifts")
    _near(place.team, day)
    with write():
        duty = _shift(place, number)
        starts_at, ends_at = span_of(place.team, day, begins, ends)
        _fits(duty.membership, starts_at, ends_at, beside=duty)
        duty.starts_at, duty.ends_at = starts_at, ends_at
        duty.save(update_fields=["starts_at", "ends_at"])
        _record(
            "shift-changed",
            duty.membership,
            by=place.member,
            starts=_written(starts_at),
            ends=_written(ends_at),
        )


def remove_shift(place: Place, number: int) -> None:
    """Take a planned shift away; nothing happens where it is gone.

    Raises:
        NotAllowed: by somebody below a lead.
    """
    need_rank(place, Rank.LEAD, "remove shifts")
    with write():
        duty = (
            Duty.objects.select_related("membership__member", "membership__team")
            .filter(membership__team=place.team, pk=number, is_planned=True)
            .first()
        )
        if duty is None:
            return
        starts = _written(duty.starts_at)
        membership = duty.membership
        duty.delete()
        _record("shift-removed", membership, by=place.member, starts=starts)


def copy_week(place: Place, monday: date) -> int:
    """Plan a week like the one before it: the same people at the same times of the wall clock.

    Shifts that would meet another one are left out, so that copying twice adds nothing.

    Args:
        place: whose team.
        monday: of the week that is filled.

    Returns:
        How many shifts were added.

    Raises:
        NotAllowed: by somebody below a lead.
    """
    need_rank(place, Rank.LEAD, "plan shifts")
    team = place.team
    before = moment_on(team, monday - _WEEK, time()), moment_on(team, monday, time())
    added = 0
    with write():
        shifts = Duty.objects.select_related("membership__member", "membership__team").filter(
            membership__team=team,
            membership__until=None,
            is_planned=True,
            starts_at__gte=before[0],
            starts_at__lt=before[1],
        )
        for shift in shifts.order_by("starts_at", "id"):
            starts_at, ends_at = _a_week_later(shift, team.zone)
            if ends_at <= starts_at or _meeting(shift.membership, starts_at, ends_at, beside=None):
                continue
            Duty.objects.create(
                membership=shift.membership, starts_at=starts_at, ends_at=ends_at, is_planned=True
            )
            added += 1
        if added:
            record(
                "week-copied",
                f"team:{team.word}",
                by=place.member,
                team=team,
                monday=str(monday),
                shifts=added,
            )
    return added


def span_of(clock: HasZone, day: date, begins: time, ends: time) -> tuple[datetime, datetime]:
    """A shift's begin and end as moments; an end not after its begin is on the next day."""
    end_day = day if ends > begins else day + timedelta(days=1)
    return moment_on(clock, day, begins), moment_on(clock, end_day, ends)


def moment_on(clock: HasZone, day: date, at: time) -> datetime:
    """A time on the wall clock of a team as a moment.

    A time that the clocks skip is counted on from before (half past two is half past three then); one that
    they show twice is the first.
    """
    there = datetime.combine(day, at, tzinfo=clock.zone)
    return there.astimezone(ZoneInfo("UTC"))


def _a_week_later(shift: Duty, zone: ZoneInfo) -> tuple[datetime, datetime]:
    def later(moment: datetime) -> datetime:
        there = moment.astimezone(zone).replace(fold=0)
        return (there + _WEEK).astimezone(ZoneInfo("UTC"))  # a week on the wall clock, however long it is

    return later(shift.starts_at), later(shift.ends_at or shift.starts_at)


def _near(team: Team, day: date) -> None:
    if abs(day - today(team.time_zone)) > _FARTHEST:
        raise Refusal(
            "day-too-far", "That day is more than two years away.", "Look at the year again.", field="day"
        )


def _in_this_team(place: Place, membership: Membership) -> None:
    if membership.team_id != place.team.pk or membership.until is not None:
        raise NotThere("member")


def _shift(place: Place, number: int) -> Duty:
    duty = (
        Duty.objects.select_related("membership__member", "membership__team")
        .filter(membership__team=place.team, pk=number, is_planned=True)
        .first()
    )
    if duty is None:
        raise NotThere("shift")
    return duty


def _fits(membership: Membership, starts_at: datetime, ends_at: datetime, *, beside: Duty | None) -> None:
    if ends_at <= starts_at or ends_at - starts_at > timedelta(hours=LONGEST_SHIFT_HOURS):
        raise Refusal(
            "shift-too-long",
            f"A shift can't be longer than {LONGEST_SHIFT_HOURS} hours.",
            "Look at its end again, or make two of it.",
            field="ends",
        )
    other = _meeting(membership, starts_at, ends_at, beside=beside)
    if other is not None:
        zone = membership.team.zone
        begins = other.starts_at.astimezone(zone)
        ends = other.ends_at.astimezone(zone) if other.ends_at else None
        until = f" to {ends:%H:%M}" if ends else ""
        raise Refusal(
            "shift-meets-another",
            f"{membership.member.first_name} is on from {begins:%H:%M}{until} already.",
            "Change that shift, or choose another time.",
            field="begins",
        )


def _meeting(
    membership: Membership, starts_at: datetime, ends_at: datetime, *, beside: Duty | None
) -> Duty | None:
    """A planned shift of the same member that overlaps."""
    shifts = Duty.objects.filter(
        Q(ends_at__gt=starts_at), membership=membership, is_planned=True, starts_at__lt=ends_at
    )
    if beside is not None:
        shifts = shifts.exclude(pk=beside.pk)
    return shifts.order_by("starts_at").first()


def _written(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")


def _record(act: str, membership: Membership, *, by: Member, **data: str) -> None:
    record(act, f"member:{membership.member.word}", by=by, team=membership.team, **data)
