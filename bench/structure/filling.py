"""Fills an empty database with years of procedures, confirmations and tasks, around a small demo."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice, product
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.management import call_command
from django.db.models import Model

from remit.core.clock import now
from remit.demo.cast import MAIN
from remit.demo.making import Size, make_demo
from remit.people.models import Member, Membership, Role, Team
from remit.procedures.models import Procedure, Reading, Tag, Version
from remit.purpose.models import Objective
from remit.work.models import Task, Turn

_VERSIONS: Final = 3
_PEOPLE: Final = 80
"""Who joined the largest team beside those of the demo."""
_ONE_IN: Final = 100
"""One task in so many is open, half of them free to take."""
_BATCH: Final = 5000
_TASKS_A_DAY: Final = 180


@dataclass(frozen=True, slots=True)
class Many:
    """How much is made.

    Attributes:
        procedures, confirmations, tasks: rows in all.
    """

    procedures: int
    confirmations: int
    tasks: int


def fill(many: Many) -> None:
    """Make it, unless that was done."""
    done = Path(settings.DATA) / f"filled-with-{many.tasks}"
    if done.exists():
        return
    call_command("migrate", verbosity=0)
    make_demo(end=now(), size=Size(main=270, sisters=30))
    team = Team.objects.get(word=MAIN.word)
    people = _joined(team)
    procedures = _written(team, people, many.procedures)
    _in_batches(Reading, islice(_read(people, procedures), many.confirmations))
    _worked(team, people, many.tasks)
    done.touch()


def _joined(team: Team) -> list[Member]:
    role = Role.objects.get(word="member")
    made = [
        Member(word=f"p{number}", name=f"Person {number}", email=f"p{number}@example.org", joined_at=now())
        for number in range(_PEOPLE)
    ]
    Member.objects.bulk_create(made)
    Membership.objects.bulk_create(
        Membership(member=member, team=team, role=role, since=member.joined_at) for member in made
    )
    there = Member.objects.filter(memberships__team=team, memberships__until=None, is_software=False)
    return list(there.order_by("pk"))


def _written(team: Team, people: list[Member], count: int) -> list[Procedure]:
    """Copies of the demo's procedures under other names, each in three versions."""
    models = list(Version.objects.filter(procedure__team=team, number=1).select_related("procedure"))
    objectives = list(Objective.objects.filter(team=team, closing=None))
    made, versions, tags = [], [], []
    for number in range(count - len(models)):
        model = models[number % len(models)]
        document = replace(model.document, title=f"{model.document.title}, place {number}")
        moment = now() - timedelta(days=number % 700)
        procedure = Procedure(
            team=team, title=document.title, why=document.why, number=_VERSIONS, asked=1 + number % _VERSIONS,
            words=f"{document.title} {document.why} {model.procedure.words}".lower(),
            owner=people[number % len(people)], objective=objectives[number % len(objectives)],
            review_by=(moment + timedelta(days=720)).date(), made_at=moment, changed_at=moment,
        )  # fmt: skip
        made.append(procedure)
        for place in range(1, _VERSIONS + 1):
            asks = [step.key for step in document.steps[:place]]
            versions.append(
                Version(
                    procedure=procedure,
                    number=place,
                    content=document.as_data(),
                    asks=asks,
                    at=moment,
                    why="It was made better.",
                    by=procedure.owner,
                )
            )
        tags += [Tag(procedure=procedure, word=word) for word in document.tags]
    Procedure.objects.bulk_create(made)
    _in_batches(Version, versions)
    _in_batches(Tag, tags)
    return made


def _read(people: list[Member], procedures: list[Procedure]) -> Iterator[Reading]:
    """Of each version most have read it, and most of those it was clear to."""
    for number, procedure, member in product(range(1, _VERSIONS + 1), procedures, people):
        drawn = (number * 7 + procedure.pk * 13 + member.pk * 29) % 10
        if drawn < 8:
            moment = procedure.made_at + timedelta(days=number)
            clear = drawn < 7
            yield Reading(
                member=member, procedure=procedure, number=number, is_clear=clear, at=moment,
                understood_at=moment if clear else None,
            )  # fmt: skip


def _worked(team: Team, people: list[Member], count: int) -> None:
    first = (Task.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    objectives = list(Objective.objects.filter(team=team, closing=None))
    tasks = (_task(team, people, number, count) for number in range(count))
    _in_batches(Task, (_hung(task, objectives, first + number) for number, task in enumerate(tasks)))
    _in_batches(Turn, _turns(people, first, count))


def _hung(task: Task, objectives: list[Objective], key: int) -> Task:
    task.pk, task.objective = key, objectives[key % len(objectives)]
    return task


def _task(team: Team, people: list[Member], number: int, count: int) -> Task:
    made_at = _made_at(number, count)
    is_open, holder = number % _ONE_IN == 0, people[number % len(people)]
    is_free = is_open and number % (2 * _ONE_IN) == 0
    return Task(
        team=team, stamp=f"bench-{number}", title=f"Look after table {number % 40}",
        why="Whoever sits there sees it first.", due_at=made_at + timedelta(days=2),
        holder=None if is_free else holder, held_by="" if is_free else "taken",
        ended_at=None if is_open else made_at + timedelta(hours=5), end="" if is_open else "done",
        made_by=holder, made_at=made_at,
    )  # fmt: skip


def _turns(people: list[Member], first: int, count: int) -> Iterator[Turn]:
    for number in range(count):
        moment, by = _made_at(number, count), people[number % len(people)]
        yield Turn(task_id=first + number, move="taken", by=by, to=by, at=moment)
        if number % _ONE_IN:
            yield Turn(task_id=first + number, move="done", by=by, at=moment + timedelta(hours=5))


def _made_at(number: int, count: int) -> datetime:
    return now() - timedelta(days=(count - number) / _TASKS_A_DAY)


def _in_batches(model: type[Model], rows: Iterable[Model]) -> None:
    waiting = iter(rows)
    while batch := list(islice(waiting, _BATCH)):
        model._default_manager.bulk_create(batch)  # noqa: SLF001
