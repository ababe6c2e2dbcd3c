"""A team's turn: it is told when it has come, and says when it has begun. Starting stays a human act."""

from __future__ import annotations

from datetime import date, timedelta

from remit.core.clock import now, today
from remit.core.errors import Changed, NotThere, Refusal
from remit.core.writing import write
from remit.notices.actions import settle, tell
from remit.people.access import need_rank, people_who_manage, place_in
from remit.people.models import Member
from remit.people.vocabulary import Rank
from remit.rollouts.access import get_change_for
from remit.rollouts.models import Start, monday_of
from remit.rollouts.notices import turn_come, turn_subject
from remit.trail.actions import record


def tell_turns() -> int:
    """Tell the teams whose turn has come; each is told once.

    Returns:
        how many were told.
    """
    soon = today("UTC") + timedelta(days=1)
    waiting = Start.objects.filter(
        on__lte=soon, told_at=None, begun_on=None, change__given_up_at=None, change__draw__isnull=False
    )
    return sum(_tell(number) for number in list(waiting.values_list("pk", flat=True)))


def begin_turn(member: Member, number: int, team: str, *, on: date, why: str = "") -> Start:
    """Say that a team has begun; another week than the drawn one is noted, and counts as drawn all the same.

    Args:
        member: who manages the team.
        number: of the change.
        team: its word.
        on: the day; today or earlier, and not before the order was drawn.
        why: needed where it isn't the week that was drawn.

    Raises:
        NotThere: there is no such rollout, or the team isn't in it.
        NotAllowed: they don't manage the team.
        Changed: it was given up, or has begun on another day.
        Refusal: the day can't be, or a word why is missing.
    """
    with write():
        change = get_change_for(member, number)
        row = change.starts.select_for_update(of=("self",)).select_related("team").filter(team__word=team)
        start = row.first()
        if start is None or start.on is None or not hasattr(change, "draw"):
            raise NotThere("turn")
        start.change = change
        need_rank(place_in(member, start.team), Rank.MANAGER, "say that a team has begun")
        if change.given_up_at is not None:
            raise Changed("given-up", "It was given up.", "Nothing begins any more.")
        if start.begun_on is not None:
            if start.begun_on == on:
                return start
            raise Changed("begun", "That was said already.", "It stands on this page.")
        if on > today(start.team.time_zone):
            raise Refusal("not-yet", "That day is still to come.", "Say it once it has begun.", field="on")
        if on < change.draw.at.astimezone(start.team.zone).date():
            raise Refusal(
                "before-draw", "The order wasn't drawn yet on that day.", "Look at the day.", field="on"
            )
        if monday_of(on) != start.on and not why.strip():
            raise Refusal(
                "off-turn",
                f"Its turn was the week of {start.on.day} {start.on:%B}.",
                "Say why it was another one. It counts as drawn all the same.",
                field="why",
            )
        start.begun_on, start.begun_by, start.why = on, member, why.strip()
        start.save(update_fields=["begun_on", "begun_by", "why"])
        settle(turn_subject(start))
        record("rollout-begun", change.subject, by=member, team=start.team, day=str(on))
        return start


def _tell(number: int) -> int:
    with write():
        start = Start.objects.select_for_update(of=("self",)).select_related("team", "change").get(pk=number)
        if start.told_at is not None or start.on is None or start.on > today(start.team.time_zone):
            return 0
        start.told_at = now()
        start.save(update_fields=["told_at"])
        record("rollout-turn-told", start.change.subject, by=None, team=start.team)
        tell(people_who_manage(start.team), turn_come(start))
        return 1
