"""A plan is asked for, made by a worker, stopped, and kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from remit.core.clock import now
from remit.core.errors import NotThere, Refusal
from remit.core.writing import write
from remit.events.access import get_event_for, need_runner
from remit.events.apart import BrokeOff, planned_apart
from remit.events.facts import Facts, facts_of
from remit.events.models import Assignment, Event, Placing, Planning
from remit.events.vocabulary import Outcome, StopWord
from remit.jobs.queue import later
from remit.people.models import Member
from remit.trail.actions import record
from remit_engine import planning
from remit_engine.errors import RemitError

_JOB: Final = "remit.events.jobs.plan"
_LIMITS: Final = planning.Limits(seconds=10, workers=2)
_TRIES: Final = 3
"""How often it is planned anew because somebody changed the event, or took what it rests on, meanwhile."""

Planned = Callable[[Facts, Planning], planning.Outcome]


def ask_plan(member: Member, number: int) -> Planning:
    """Ask for a plan; while one is made, that one is it.

    Args:
        member: who runs the event.
        number: of the event.

    Raises:
        NotThere: no such event.
        NotAllowed: they don't run it.
        Refusal: there is nothing to plan: no day, no task, called off.
    """
    with write():
        event = get_event_for(member, number)
        need_runner(member, event, "plan it")
        if not event.is_on:
            raise Refusal("not-on", "It has no day, or was called off.", "Copy it for a day first.")
        if not event.tasks.exists():
            raise Refusal("no-tasks", "There is nothing to plan yet.", "Write down tasks first.")
        if going_on := event.plannings.filter(ended_at=None).first():
            return going_on
        asked = Planning.objects.create(event=event, by=member, asked_at=now())
        later(_JOB, number=asked.pk)
        record("event-plan-asked", event.subject, by=member, team=event.team)
        return asked


def stop_planning(member: Member, number: int, word: StopWord) -> Planning:
    """Say stop; where it has ended, nothing happens.

    Args:
        member: who runs the event.
        number: of the event.
        word: what is to become of the best plan until now.

    Raises:
        NotThere: no such event, or it was never planned.
        NotAllowed: they don't run it.
    """
    with write():
        event = get_event_for(member, number)
        need_runner(member, event, "stop the planning")
        asked = event.plannings.first()
        if asked is None:
            raise NotThere("plan")
        if asked.ended_at is None and asked.stop != word:
            asked.stop = word
            if word == StopWord.LEAVE:  # at once: a worker that is gone would never end it
                asked.ended_at, asked.outcome = now(), Outcome.STOPPED
            asked.save()
            record("event-plan-stopped", event.subject, by=member, team=event.team)
        return asked


def plan_on(number: int, *, planned: Planned | None = None) -> None:
    """Make the plan that was asked for; does nothing where it has ended.

    Args:
        number: of the planning.
        planned: makes a plan of facts; None for the solver where it is installed, else the greedy planner.
    """
    for _ in range(_TRIES):
        asked = Planning.objects.select_related("event__team", "by").filter(pk=number, ended_at=None).first()
        if asked is None:
            return
        try:
            facts = facts_of(asked.event)
            found = (planned or best_plan)(facts, asked)
        except RemitError as error:
            asked.dropped = [str(error)]
            _end(asked, Outcome.FAILED)
            return
        if _kept(asked, facts, found):
            return
    _end(Planning.objects.get(pk=number), Outcome.CHANGED)


def best_plan(facts: Facts, asked: Planning) -> planning.Outcome:
    """By the solver where it is installed, in a process of its own; else, or where that broke off, greedy."""
    earlier = facts.plan if facts.plan.placed else None
    if planning.has_solver():
        try:
            return planned_apart(
                facts.event, earlier=earlier, pins=facts.pins, limits=_LIMITS, goes_on=_Hearing(asked)
            )
        except BrokeOff:
            pass
    return planning.plan_event(facts.event, earlier=earlier, pins=facts.pins, planner=planning.Planner.GREEDY)


class _Hearing:
    """Writes down how far it is, and looks whether somebody said stop."""

    def __init__(self, asked: Planning) -> None:
        self._asked = asked

    def __call__(self, progress: planning.Progress | None) -> bool:
        rows = Planning.objects.filter(pk=self._asked.pk)
        if progress is not None and progress.plans > self._asked.plans:
            self._asked.plans = progress.plans
            with write():
                rows.update(plans=progress.plans, cost=progress.cost, bound=progress.bound)
        return rows.filter(ended_at=None, stop="").exists()


def _kept(asked: Planning, facts: Facts, found: planning.Outcome) -> bool:
    """Keep a plan, unless something that it rests on changed while it was made."""
    with write():
        still = Planning.objects.select_for_update().filter(pk=asked.pk, ended_at=None).first()
        event = Event.objects.select_related("team").get(pk=asked.event_id)
        if still is None:
            return True
        if event.plan_revision != facts.revision or facts_of(event, with_wishes=False).around != facts.around:
            return False
        _write_down(event, facts, found.plan)
        still.of_revision, still.planner = facts.revision, found.planner
        still.cost, still.bound = found.score.cost.total, found.bound
        still.told, still.dropped = _told(facts, found), list(facts.dropped)
        _end(still, Outcome.PLANNED)
        record("event-planned", event.subject, by=asked.by, team=asked.event.team, planner=found.planner)
        return True


def _end(asked: Planning, outcome: Outcome) -> None:
    """It ends so, unless somebody ended it before."""
    with write():
        if Planning.objects.filter(pk=asked.pk, ended_at=None).exists():
            asked.ended_at, asked.outcome = now(), outcome
            asked.save()


def _write_down(event: Event, facts: Facts, plan: planning.Plan) -> None:
    pins = set(facts.pins)
    Placing.objects.filter(task__event=event).delete()
    Assignment.objects.filter(task__event=event).delete()
    Placing.objects.bulk_create(
        Placing(
            task_id=int(each.task),
            starts_at=facts.moment(each.start),
            ends_at=facts.moment(each.start + facts.event.task[each.task].length),
            room_id=int(each.room) if each.room else None,
            things=[[int(need.equipment), need.count] for need in each.equipment],
            start_by_hand=planning.Pin(task=each.task, start=each.start) in pins,
            room_by_hand=planning.Pin(task=each.task, room=each.room) in pins,
        )
        for each in plan.placed
    )
    Assignment.objects.bulk_create(
        Assignment(
            task_id=int(each.task),
            person_id=int(place.person),
            skill=place.skill,
            by_hand=planning.Pin(task=each.task, person=place.person) in pins,
        )
        for each in plan.placed
        for place in each.people
    )


def _told(facts: Facts, found: planning.Outcome) -> list[dict[str, str]]:
    """What stays short in sentences, with what would help where that was tried."""
    sentences = {each.shortage.demand: each.sentence for each in found.impossible}
    return [
        {
            "task": short.demand.task,
            "asks": short.demand.asks,
            "what": short.demand.what,
            "sentence": sentences.get(short.demand) or planning.short_in_words(facts.event, short),
        }
        for short in found.shortages
    ]
