"""Asking whether something worked, and looking again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from remit.core.clock import now, today
from remit.core.errors import NotAllowed, Refusal
from remit.core.writing import write
from remit.people.models import Member
from remit.rollouts.access import get_change_for, leads_one
from remit.rollouts.computing import answer_later
from remit.rollouts.models import Answer, Change, Draw, Start, monday_of
from remit.rollouts.origins import Began, origin_for
from remit.rollouts.vocabulary import LONGEST_NAME
from remit.trail.actions import record

_WEEK = timedelta(days=7)


def ask(
    member: Member,
    sort: str,
    number: int,
    *,
    named: str,
    elsewhere: Mapping[int, int | None],
    stamp: str,
) -> Change:
    """Ask whether something worked that began in one or several teams. Sent twice it is asked once.

    Args:
        member: a lead of the team in which it began.
        sort: what it is.
        number: of the version, or the trial.
        named: what it is called.
        elsewhere: by number of another team, what of the like began there; None for a team that is looked
            at beside and hasn't begun. Teams that aren't in it aren't looked at.
        stamp: of the form.

    Raises:
        NotThere: there is no such thing for them.
        NotAllowed: they don't lead its team.
        Refusal: it has no name, it hasn't begun, or what began elsewhere isn't there.
    """
    words = named.strip()[:LONGEST_NAME]
    if not words:
        raise Refusal("no-name", "What is it called?", "A few words are enough.", field="named")
    with write():
        if before := Change.objects.filter(by=member, stamp=stamp).first():
            return before
        origin = origin_for(member, sort, number)
        others = {team.pk: (team, found) for team, found in origin.elsewhere.items()}
        began = list(origin.here)
        beside = []
        for pk, chosen in elsewhere.items():
            if pk not in others:
                raise Refusal("no-team", "A team isn't there any more.", "Look at the form again.")
            team, found = others[pk]
            there = next((each for each in found if each.number == chosen), None)
            if chosen is not None and there is None:
                raise Refusal("no-start", "What began there isn't there any more.", "Choose again.")
            began += [there] if there else []
            beside += [] if there else [team]
        _need_begun(began)
        change = Change.objects.create(
            sort=sort,
            origin=number,
            stamp=stamp,
            named=words,
            last=_last_of(began),
            currency=origin.here[0].team.currency,
            by=member,
            at=now(),
        )
        Start.objects.bulk_create(
            [
                *(
                    Start(change=change, team=each.team, origin=each.number, on=monday_of(each.on))
                    for each in began
                ),
                *(Start(change=change, team=team) for team in beside),
            ]
        )
        record("change-asked-about", change.subject, by=member, team=began[0].team, of=sort)
        open_answer(change)
        return change


def look_again(member: Member, number: int) -> Change:
    """Look once more, with the weeks that have passed since; while that is at work, nothing is added.

    Raises:
        NotThere: there is no such change for them.
        NotAllowed: they lead none of its teams.
        Refusal: it is a rollout whose end isn't reached.
    """
    with write():
        change = get_change_for(member, number)
        if not leads_one(member, change.starts.values_list("team", flat=True)):
            raise NotAllowed("needs-rank", "It takes a lead to look again.", "Ask a lead of the team.")
        need_end(change)
        open_answer(change)
        return change


def need_end(change: Change) -> None:
    """Refuse to look at a rollout before its end.

    Raises:
        Refusal: its order isn't drawn yet, or its end isn't reached.
    """
    if not hasattr(change, "plan"):
        return
    draw: Draw | None = getattr(change, "draw", None)
    if draw is None:
        raise Refusal("not-drawn", "Its order isn't drawn yet.", "Draw it first.")
    if today("UTC") < draw.ends_on:
        ends = f"{draw.ends_on.day} {draw.ends_on:%B %Y}"
        raise Refusal(
            "before-its-end",
            f"Nothing is looked at before {ends}, which was fixed before the start.",
            "Whoever looks every week until it fits will find something.",
        )


def open_answer(change: Change) -> Answer:
    """Begin to look, or the look that is at work. Inside a write of the caller."""
    with write():
        at_work = change.answers.filter(ended_at=None).first()
        if at_work is not None:
            return at_work
        answer = Answer.objects.create(change=change, at=now())
        answer_later(answer.pk)
        return answer


def _need_begun(began: list[Began]) -> None:
    if min(each.on for each in began) > today("UTC"):
        raise Refusal("not-begun", "It hasn't begun yet.", "Ask four weeks after it has.")


def _last_of(began: list[Began]) -> date | None:
    """The Monday of the last whole week in which it held everywhere; None where it goes on."""
    ends = [each.last for each in began if each.last is not None]
    if not ends:
        return None
    return max(monday_of(min(ends) + timedelta(days=1)) - _WEEK, min(monday_of(each.on) for each in began))
