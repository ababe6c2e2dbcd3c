# ruff: noqa: SLF001, S608 (tables and columns of our own)
"""Fills an empty database with a year of decisions of one team, judged by its charter and answered."""

from __future__ import annotations

import random
import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, Final

from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from remit.approvals.models import Approval, Ending
from remit.approvals.vocabulary import End, Form
from remit.charters.models import Version
from remit.complaints import search_tables
from remit.complaints.models import Complaint, Decision
from remit.people.models import Member, Membership, Organisation, Role, Team
from remit.people.vocabulary import ROLES_AT_THE_START
from remit.remedies.models import Remedy
from remit_engine.charter.compiled import CompiledCharter, compile_charter
from remit_engine.charter.levels import Level
from remit_engine.charter.reading import read_charter_text
from remit_engine.charter.request import Request

CHARTER: Final = """\
charter: The long counter
currency: EUR
why: Every guest leaves wanting to come back.
facts:
  category: [late, cold, wrong item, billing, rude]
  order_age: days
grants:
  - id: on-the-spot
    who: {role: [member, lead]}
    kind: [refund, adjustment, credit]
    upto: 50
    level: decide
    why: A small refund costs less than a lost guest.
  - id: late-is-ours
    who: {role: [member, lead]}
    kind: [refund]
    when: {category: [late, cold]}
    upto: 80
    level: inform
    why: Lateness is our fault, never the guest's.
  - id: lead
    who: {role: lead}
    upto: 300
    level: propose
    why: A lead is there when the manager isn't.
  - id: manager
    who: {role: manager}
    upto: 2000
    level: decide
    why: Somebody on the spot must be able to end any usual trouble.
guardrails:
  - id: old-orders
    when: {order_age: "> 60"}
    if_missing: ignore
    at_most: ask
    why: Old orders need a second look at the bank's deadline.
allowances:
  - id: weekly
    who: {role: [member]}
    per: member
    period: week
    most: 3000
    beyond: ask
    why: A bad week should be seen while it can still be helped.
"""
_ROLES: Final = ("member",) * 26 + ("lead",) * 4 + ("manager",) * 2
_BATCH: Final = 2_000
_MOST_DRAWN: Final = 100_000
_MADE: Final[tuple[type[Any], ...]] = (Complaint, Approval, Ending, Remedy, Decision)
"""In the order in which they are written."""
_MINUTES_OF_A_YEAR: Final = 364 * 24 * 60


def fill(decisions: int) -> int:
    """Make a year of so many decisions, unless there are some; returns how many there are.

    More than a hundred thousand are made of so many, written again and again by the database itself.
    """
    call_command("migrate", verbosity=0)
    if Decision.objects.exists():
        return Decision.objects.count()
    with connection.schema_editor() as editor:
        search_tables.remove(editor)
    year = _Year(min(decisions, _MOST_DRAWN))
    while batch := list(islice(year.rows, _BATCH)):
        for model in _MADE:
            model.objects.bulk_create([row for rows in batch for row in rows if isinstance(row, model)])
    with transaction.atomic(), connection.cursor() as cursor:
        for again in range(1, decisions // _MOST_DRAWN):
            for model in _MADE:
                cursor.execute(_once_more(model, again))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return Decision.objects.count()


def _once_more(model: type[Any], again: int) -> str:
    """Writes the rows of a table that were drawn once more, with other numbers and other orders."""
    table, further = model._meta.db_table, again * _MOST_DRAWN
    columns = [each.column for each in model._meta.concrete_fields if not each.generated]
    values = [_another(model, column, again, further) for column in columns]
    names = ", ".join(f'"{column}"' for column in columns)
    first = f'"{model._meta.pk.column}" <= {_MOST_DRAWN}'
    return f'INSERT INTO "{table}" ({names}) SELECT {", ".join(values)} FROM "{table}" WHERE {first}'


def _another(model: type[Any], column: str, again: int, further: int) -> str:
    """What stands in a column of a row that is written once more."""
    related = {each.column for each in model._meta.concrete_fields if each.related_model in _MADE}
    if column in related | {model._meta.pk.column, "number"}:
        return f'"{column}" + {further}'
    if column in {"link", "key", "fingerprint"}:
        return f"SUBSTR(\"{column}\", 1, 12) || '-{again}'"
    if column in {"subject", "source"}:
        return f"'complaint:' || (id + {further})"
    if column in {"request", "order_key"}:
        text = f"REPLACE(CAST(\"{column}\" AS text), 'order:', 'order:{again}-')"
        return f"CAST({text} AS jsonb)" if column == "request" and connection.vendor == "postgresql" else text
    return f'"{column}"'


class _Year:
    """Rows of a year, in the order of time."""

    def __init__(self, decisions: int) -> None:
        self._random = random.Random(20261128)  # noqa: S311  # nosec B311 (made data)
        self._decisions = decisions
        self._start = timezone.now() - timedelta(days=365)
        Organisation.objects.create(name="The bench", created_at=self._start)
        roles = {
            word: Role.objects.create(word=word, title=title, rank=rank)
            for word, title, rank in ROLES_AT_THE_START
        }
        self.team = Team.objects.create(
            word="counter",
            name="The long counter",
            time_zone="Europe/Berlin",
            currency="EUR",
            opening=[[[0, 1440]]] * 7,
            created_at=self._start,
        )
        self._members = [self._member(number, roles[role]) for number, role in enumerate(_ROLES)]
        self._compiled: CompiledCharter = compile_charter(read_charter_text(CHARTER).charter)
        self._version = Version.objects.create(
            team=self.team,
            number=1,
            name="The long counter",
            text=CHARTER,
            hash=self._compiled.hash,
            why="How we begin.",
            published_by=self._members[-1][0],
            published_at=self._start,
        )
        self._used: dict[tuple[str, tuple[int, int]], int] = {}
        self.rows = self._all()

    def _member(self, number: int, role: Role) -> tuple[Member, str]:
        member = Member.objects.create(
            word=f"m{number}", name=f"Member {number}", email=f"m{number}@example.org", joined_at=self._start
        )
        Membership.objects.create(member=member, team=self.team, role=role, since=self._start)
        return member, role.word

    def _all(self) -> Iterator[list[Any]]:
        moments = sorted(self._random.random() for _ in range(self._decisions))
        for number, share in enumerate(moments, start=1):
            yield self._one(number, self._start + timedelta(minutes=share * _MINUTES_OF_A_YEAR))

    def _one(self, number: int, at: datetime) -> list[Any]:
        member, role = self._random.choice(self._members)
        value = int(min(self._random.lognormvariate(8.2, 0.8), 150_000)) // 50 * 50 + 50
        used_by = (member.word, at.isocalendar()[:2])
        request = Request(
            kind=self._random.choice(("refund", "refund", "refund", "credit", "adjustment")),
            role=role,
            member=member.word,
            team=self.team.word,
            amount=value,
            currency="EUR",
            day=at.date(),
            customer=f"customer:{self._random.randrange(1, 1 + self._decisions // 3)}",
            order=f"order:{number}",
            facts={
                "category": self._random.choice(("late", "cold", "wrong item", "billing", "rude")),
                "order_age": self._random.randrange(70),
            },
            used={"weekly": self._used.get(used_by, 0)},
        )
        verdict = self._compiled.verdict(request)
        if verdict.level >= Level.PROPOSE:
            self._used[used_by] = self._used.get(used_by, 0) + value
        complaint = Complaint(
            id=number,
            number=number,
            link=secrets.token_urlsafe(12),
            team=self.team,
            title="Something was wrong",
            category=str(request.facts["category"]),
            channel="counter",
            opened_at=at,
            last_at=at,
        )
        approval = self._approval(number, request, member, at) if verdict.level < Level.INFORM else None
        ending = self._ending(approval, verdict.level, at) if approval else None
        given = ending is None or ending.how in {End.YES, End.WENT_AHEAD}
        remedy = self._remedy(number, request, member, at, ending) if given else None
        decision = Decision(
            id=number,
            complaint=complaint,
            team=self.team,
            member=member,
            kind=request.kind,
            value=value,
            currency="EUR",
            level=verdict.level.word,
            request=request.as_record(),
            verdict=verdict.as_record(),
            charter=self._version,
            key=secrets.token_hex(16),
            at=at,
            approval=approval,
            remedy=remedy,
        )
        return [row for row in (complaint, approval, ending, remedy, decision) if row is not None]

    def _approval(self, number: int, request: Request, member: Member, at: datetime) -> Approval:
        return Approval(
            id=number,
            team=self.team,
            subject=f"complaint:{number}",
            form=Form.ASK,
            asker=member,
            kind=request.kind,
            amount=request.amount or 0,
            currency="EUR",
            request=request.as_record(),
            fingerprint=secrets.token_hex(16),
            charter=self._version,
            asked_at=at,
            expires_at=at + timedelta(days=3),
        )

    def _ending(self, approval: Approval, level: Level, at: datetime) -> Ending:
        is_no = self._random.random() < 0.02
        if level is Level.PROPOSE:
            approval.form, how = Form.PROPOSE, End.OBJECTED if is_no else End.WENT_AHEAD
        else:
            how = End.NO if is_no else End.YES
        approval.ended_at = at + timedelta(minutes=self._random.lognormvariate(4, 1))
        by = None if how is End.WENT_AHEAD else self._members[-1][0]
        return Ending(
            approval=approval, how=how, by=by, why="Not this time." if is_no else "", at=approval.ended_at
        )

    def _remedy(
        self, number: int, request: Request, member: Member, at: datetime, ending: Ending | None
    ) -> Remedy:
        by_another = ending is not None and ending.by is not None
        return Remedy(
            id=number,
            team=self.team,
            source=f"complaint:{number}",
            order_key=request.order or "",
            customer_key=request.customer or "",
            member=member,
            authority=self._members[-1][0] if by_another else None,
            authority_facts={"member": "m31", "role": "manager", "team": "counter"} if by_another else {},
            kind=request.kind,
            value=request.amount or 0,
            currency="EUR",
            request=request.as_record(),
            provider="by-hand",
            state="settled",
            made_at=at,
        )
