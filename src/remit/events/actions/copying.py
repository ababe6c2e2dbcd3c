"""What an event takes over from a template or an earlier one: all but its plan, and what happened."""

from __future__ import annotations

from remit.events.models import BudgetLine, Event, Need, Person, Point, Risk, Task
from remit.people.access import Place, members_for


def copy_into(event: Event, source: Event, *, by: Place) -> None:
    """Copy everything but times that are about one day, and what happened; inside a write of the caller.

    Who isn't in the team any more is left out, and so are helpers: they came for that day. When people can
    come, and what they would rather do, is theirs to say for each day.

    Args:
        event: new, without tasks.
        source: a template, or an earlier event of any team that they see.
        by: place of whoever copies; things are those of their team.
    """
    _copy_tasks(event, source)
    Risk.objects.bulk_create(
        Risk(event=event, title=each.title, then=each.then) for each in source.risks.all()
    )
    BudgetLine.objects.bulk_create(
        BudgetLine(event=event, title=each.title, planned=each.planned)
        for each in source.budget.all()
        if source.currency == event.currency
    )
    here = set(members_for(by).values_list("pk", flat=True))
    Person.objects.bulk_create(
        Person(event=event, member_id=each.member_id, skills=each.skills)
        for each in source.people.all()
        if each.member_id in here
    )


def _copy_tasks(event: Event, source: Event) -> None:
    said = ("title", "why", "text", "days_before", "at", "minutes", "air")
    known = list(source.tasks.prefetch_related("needs__thing", "after"))
    made = Task.objects.bulk_create(
        Task(event=event, stamp=f"copy-of:{each.pk}", **{name: getattr(each, name) for name in said})
        for each in known
    )
    new = {old.pk: task for old, task in zip(known, made, strict=True)}
    Task.after.through.objects.bulk_create(
        Task.after.through(from_task_id=new[old.pk].pk, to_task_id=new[before.pk].pk)
        for old in known
        for before in old.after.all()
    )
    Point.objects.bulk_create(
        Point(
            event=event,
            title=each.title,
            minutes=each.minutes,
            task=new[each.task_id] if each.task_id else None,
        )
        for each in source.points.all()
    )
    Need.objects.bulk_create(
        Need(task=new[old.pk], thing=need.thing, skill=need.skill, count=need.count)
        for old in known
        for need in old.needs.all()
        if need.thing is None or need.thing.team_id == event.team_id
    )
