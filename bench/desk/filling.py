"""Fills an empty database with a great many complaints: a year of the demo, and then copies of it.

Each copy lies some days before the next, so that together they are some years; it has customers of its own,
of whom some come again and again, and says more than the demo does, see `bench.desk.shapes`.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, Self

from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection
from django.db.models import Count, DateTimeField, Field, ForeignKey, Max, Model

from bench.desk.shapes import (
    MANY_PEOPLE,
    MANY_REGULARS,
    MANY_TEXTS,
    PEOPLE,
    REGULARS,
    TEXTS,
    drop_shapes,
    make_shapes,
)
from remit.approvals.models import Approval, Asked, Ending
from remit.complaints import search_tables
from remit.complaints.models import (
    Closure,
    Complaint,
    Customer,
    Decision,
    HandOver,
    Message,
    NextNumber,
    Order,
    Rating,
)
from remit.core.clock import now
from remit.demo.cast import MAIN
from remit.demo.making import Size, make_demo
from remit.ledger.models import Entry as LedgerEntry
from remit.ledger.models import Transfer
from remit.remedies.models import Event, Remedy, StoreCredit
from remit.trail.models import Entry, Words

_BEGUN: Final = time.monotonic()
_MADE: Final = 5000
"""Complaints that the demo makes, a tenth of them of the sisters; the others are copies."""
_YEARS: Final = timedelta(days=3 * 365)
"""So long before the demo's year the first copy lies."""
_COPIED: Final[tuple[type[Model], ...]] = (
    Customer,
    Order,
    Complaint,
    Message,
    HandOver,
    Closure,
    Rating,
    Approval,
    Asked,
    Ending,
    Remedy,
    Event,
    StoreCredit,
    Transfer,
    LedgerEntry,
    Decision,
    Entry,
    Words,
)
_NAMES: Final = {
    (Approval, "subject"),
    (Remedy, "source"),
    (Remedy, "order_key"),
    (Remedy, "customer_key"),
    (Transfer, "source"),
    (Entry, "subject"),
}
"""Columns that name another row: `complaint:2041`, `order:17`, `customer:5`, `remedy:88`."""
_ONCE: Final = {(Complaint, "link"), (Order, "number"), (Decision, "key"), (Entry, "hash")}
"""Columns in which a text stands once; the codes of store credit are short, and made anew."""
_OF_A_PERSON: Final = {"name": "name", "email": "mail", "phone": "phone"}
"""Columns of a customer, and of the table of people."""
_OF_REGULARS: Final = 6
"""One complaint in so many is that of a regular."""
_MESSAGES: Final = 4
"""Messages of a complaint, on average: what the demo hasn't said is said in long conversations."""
_LONG: Final = 40
"""One complaint in so many has a long conversation."""
LONGEST: Final = 300
"""Messages of the longest conversation."""
_ONE_IN: Final = 4
"""One complaint in so many of the newest tenth is open: every fortieth of all."""


def fill(complaints: int) -> int:
    """Make so many complaints, unless that was done; returns how many there are."""
    done = Path(settings.DATA) / f"filled-with-{complaints}"
    if done.exists():
        return Complaint.objects.count()
    call_command("migrate", verbosity=0)
    made = min(complaints, _MADE)
    with connection.schema_editor() as editor:
        search_tables.remove(editor)
    make_demo(end=now(), size=Size(main=made - made // 10, sisters=made // 10), told=_told)
    with connection.schema_editor() as editor:
        search_tables.remove(editor)
    make_shapes(_regulars())
    with _without_checks(), _without_indexes():
        _copy(round(complaints / made) - 1)
        _talk_on(complaints * _MESSAGES)
    drop_shapes()
    _open_some()
    NextNumber.objects.update(number=_last(Complaint, "number") + 1)
    _told("Search", 0.0)
    with connection.schema_editor() as editor:
        search_tables.install(editor)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
    done.touch()
    return Complaint.objects.count()


def _regulars() -> list[int]:
    """Customers of the main team, those with many complaints first."""
    found = Customer.objects.filter(complaints__team__word=MAIN.word)
    return list(found.annotate(said=Count("complaints")).order_by("-said", "pk").values_list("pk", flat=True))


@contextmanager
def _without_checks() -> Iterator[None]:
    """Rows are written without looking at what they point to, and without waiting for the disk."""
    off, on = (
        (
            ["PRAGMA foreign_keys=OFF", "PRAGMA synchronous=OFF", "PRAGMA cache_size=-2000000"],
            ["PRAGMA foreign_keys=ON", "PRAGMA synchronous=FULL", "PRAGMA wal_checkpoint(TRUNCATE)"],
        )
        if connection.vendor == "sqlite"
        else (
            [
                "SET session_replication_role = replica",
                "SET synchronous_commit = off",
                "SET maintenance_work_mem = '1GB'",
            ],
            ["SET session_replication_role = DEFAULT"],
        )
    )
    with connection.cursor() as cursor:
        for statement in off:
            cursor.execute(statement)
        yield
        for statement in on:
            cursor.execute(statement)


@contextmanager
def _without_indexes() -> Iterator[None]:
    """Indexes that aren't needed to keep a row from standing twice are made anew at the end: much faster."""
    tables = [model._meta.db_table for model in _COPIED]  # noqa: SLF001
    signs = ", ".join(["%s"] * len(tables))
    found = (
        f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({signs})"  # noqa: S608, E501
        if connection.vendor == "sqlite"
        else "SELECT i.indexname, i.indexdef FROM pg_indexes i LEFT JOIN pg_constraint c "  # noqa: S608
        f"ON c.conname = i.indexname WHERE c.oid IS NULL AND i.tablename IN ({signs})"
    )
    with connection.cursor() as cursor:
        cursor.execute(found, tables)
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        yield
        for number, (_, sql) in enumerate(indexes):
            _told("Indexes", number / len(indexes))
            cursor.execute(sql)


@dataclass(frozen=True, slots=True)
class _Steps:
    """By how much identifiers and numbers of a copy are larger than those of the one before."""

    keys: dict[type[Model], int]
    numbers: dict[tuple[type[Model], str], int]

    @classmethod
    def of_what_is_there(cls) -> Self:
        return cls(
            {model: _last(model, "pk") for model in _COPIED},
            {(model, "number"): _last(model, "number") for model in (Complaint, Entry)},
        )

    @property
    def named(self) -> dict[str, int]:
        """The steps of rows that are named in a text."""
        return {
            "complaint": self.numbers[Complaint, "number"],
            "order": self.keys[Order],
            "customer": self.keys[Customer],
            "remedy": self.keys[Remedy],
        }


def _copy(times: int) -> None:
    """Copy every row so many times, with what points to it."""
    steps = _Steps.of_what_is_there()
    with connection.cursor() as cursor:
        for number in range(1, times + 1):
            _told("Copying", number / times)
            back = _YEARS * (times - number) / times
            for model in _COPIED:
                cursor.execute(_statement(model, number, steps, int(back.total_seconds())))
        for statement in connection.ops.sequence_reset_sql(no_style(), list(_COPIED)):
            cursor.execute(statement)


def _statement(model: type[Model], number: int, steps: _Steps, back: int) -> str:
    """Copies the rows of a table that were there at first, so many seconds before them."""
    meta = model._meta  # noqa: SLF001
    fields = [field for field in meta.concrete_fields if not field.generated]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(
        _earlier(f'"{field.column}"', back)
        if isinstance(field, DateTimeField)
        else _value(model, field, number, steps)
        for field in fields
    )
    key = next(field.column for field in fields if field.primary_key)
    return (
        f'INSERT INTO "{meta.db_table}" ({columns}) SELECT {values} '  # noqa: S608
        f'FROM "{meta.db_table}" WHERE "{key}" <= {steps.keys[model]}'
    )


def _earlier(column: str, seconds: int) -> str:
    if connection.vendor == "sqlite":
        moved = f"strftime('%Y-%m-%d %H:%M:%f000', {column}, '-{seconds} seconds')"
        return f"replace({moved}, '.000000', '')"  # as Django writes a whole second
    return f"{column} - interval '{seconds} seconds'"


def _value(model: type[Model], field: Field[Any, Any], number: int, steps: _Steps) -> str:
    """What stands in a column of a copy."""
    column = f'"{field.column}"'
    if (model, field.name) in steps.numbers:
        return f"{column} + {number * steps.numbers[model, field.name]}"
    if drawn := _another(model, field.name, number):
        return drawn
    if (model, field.name) == (Complaint, "customer"):
        step = number * steps.keys[Customer]
        regular = _drawn(REGULARS, "customer", MANY_REGULARS, "complaints_complaint.id", number)
        return (
            f"CASE WHEN id % {_OF_REGULARS} = 0 AND customer_id IS NOT NULL THEN {regular} "
            f"ELSE customer_id + {step} END"
        )
    if (model, field.name) in _NAMES:
        cases = " ".join(
            f"WHEN {column} LIKE '{name}:%' THEN '{name}:' || "
            f"(CAST(substr({column}, {len(name) + 2}) AS integer) + {number * step})"
            for name, step in steps.named.items()
        )
        return f"CASE {cases} ELSE {column} END"
    to = field.remote_field.model if isinstance(field, ForeignKey) else model if field.primary_key else None
    return f"{column} + {number * steps.keys[to]}" if to in steps.keys else column


def _another(model: type[Model], name: str, number: int) -> str:
    """What is another one in each copy; "" for what isn't."""
    if (model, name) in _ONCE:
        return f"substr({name}, 1, 32) || '-{number}'"
    if (model, name) == (StoreCredit, "code"):
        return f"substr(code, 1, 14) || '-{number}'"
    if (model, name) == (Message, "text"):
        return f"text || ' ' || {_drawn_text(1, number)} || ' ' || {_drawn_text(3, number)}"
    if model is Customer and name in _OF_A_PERSON:
        return _drawn(PEOPLE, _OF_A_PERSON[name], MANY_PEOPLE, "complaints_customer.id", number)
    return ""


def _drawn(table: str, column: str, rows: int, key: str, number: int) -> str:
    """Something of a table of shapes: another one in each row and in each copy."""
    return f"(SELECT b.{column} FROM {table} b WHERE b.id = ({key} * 7919 + {number} * 104729) % {rows})"  # noqa: S608


def _drawn_text(times: int, number: int) -> str:
    return _drawn(TEXTS, "text", MANY_TEXTS, f"complaints_message.id * {times}", number)


def _talk_on(messages: int) -> None:
    """Bring the conversations to so many messages, by long ones; one of an open complaint is very long."""
    long = f"complaints_complaint.id % {_LONG} = 0"
    each = max(0, round((messages - Message.objects.count()) / max(1, _count_where(long))))
    longest = Complaint.objects.filter(team__word=MAIN.word).exclude(customer=None).order_by("-pk")
    number = longest.extra(where=[long.replace("%", "%%")])[0].pk  # noqa: S610
    with connection.cursor() as cursor:
        for where, more in ((long, each), (f"complaints_complaint.id = {number}", LONGEST)):
            cursor.execute(_said_more(where, more))
        for statement in connection.ops.sequence_reset_sql(no_style(), [Message]):
            cursor.execute(statement)


def _count_where(where: str) -> int:
    return Complaint.objects.extra(where=[where.replace("%", "%%")]).count()  # noqa: S610


def _said_more(where: str, times: int) -> str:
    """Adds so many messages to complaints: customer and team in turn, an hour after each other."""
    later = (
        "replace(strftime('%Y-%m-%d %H:%M:%f000', opened_at, '+' || n || ' hours'), '.000000', '')"
        if connection.vendor == "sqlite"
        else "opened_at + n * interval '1 hour'"
    )
    return (
        f"INSERT INTO complaints_message (complaint_id, form, author_id, text, at, mail_state, message_id) "  # noqa: S608
        f"WITH RECURSIVE turns(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM turns WHERE n < {times}) "
        f"SELECT complaints_complaint.id, CASE WHEN n % 2 = 1 THEN 'from-customer' ELSE 'to-customer' END, "
        f"CASE WHEN n % 2 = 1 THEN NULL ELSE assignee_id END, "
        f"{_drawn(TEXTS, 'text', MANY_TEXTS, '(complaints_complaint.id + n)', 5)} || ' ' || "
        f"{_drawn(TEXTS, 'text', MANY_TEXTS, '(complaints_complaint.id + n)', 6)}, {later}, 'none', '' "
        f"FROM complaints_complaint CROSS JOIN turns WHERE {where}"
    )


def _last(model: type[Model], name: str) -> int:
    return model._default_manager.aggregate(last=Max(name))["last"] or 0  # noqa: SLF001


def _open_some() -> None:
    """Open some of the newest again, so that there is something to do."""
    newest = _last(Complaint, "pk") * 9 // 10
    some = Complaint.objects.filter(pk__gt=newest).extra(where=[f"id %% {_ONE_IN} = 0"])  # noqa: S610
    Closure.objects.filter(complaint__in=some.values("pk"), reopened_at=None).update(reopened_at=now())
    some.update(closed_at=None, merged_into=None)


def _told(doing: str, share: float) -> None:
    print(
        f"\r{time.monotonic() - _BEGUN:5.0f} s: {doing} {share:.0%}   ", end="", file=sys.stderr, flush=True
    )
