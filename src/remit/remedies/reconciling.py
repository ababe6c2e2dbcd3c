"""Proof that what was given is what the books say: transfers, balances, remedies, credit, and allowances."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from django.db.models import Exists, OuterRef, Sum

from remit.charters.models import Use
from remit.ledger import reconciling
from remit.ledger.models import Entry, Transfer
from remit.ledger.reconciling import Difference
from remit.ledger.vocabulary import COST, CREDIT, ENDED, FREE, HELD, OWED, PAID, PAID_BY_PROVIDER, REDEEMED
from remit.remedies.models import Elsewhere, Event, Remedy, Sending, StoreCredit
from remit.remedies.providers import STORE_CREDIT
from remit.remedies.vocabulary import COUNTS_AS_GIVEN, OPEN_SENDINGS, SendingState, State

_A_CHUNK = 1000
_Row = TypeVar("_Row")


def differences() -> Iterator[Difference]:
    """Everything in the books that isn't right; nothing when they are."""
    yield from reconciling.differences()
    yield from _remedies()
    yield from _allowances()


def _in_chunks(rows: Iterable[_Row]) -> Iterator[list[_Row]]:
    """Rows, a thousand at a time: what is asked about them together stays small, however many there are."""
    left = iter(rows)
    while chunk := list(islice(left, _A_CHUNK)):
        yield chunk


def _remedies() -> Iterator[Difference]:
    """Remedies whose entries don't sum to what their state says, and credit that isn't what is left of it."""
    for remedies in _in_chunks(Remedy.objects.order_by("id").iterator(chunk_size=_A_CHUNK)):
        yield from _some_remedies(remedies)
    for rows in _in_chunks(Elsewhere.objects.order_by("id").iterator(chunk_size=_A_CHUNK)):
        yield from _some_elsewhere(rows)
    yield from _of_nothing()


def _some_remedies(remedies: Sequence[Remedy]) -> Iterator[Difference]:
    keys = [remedy.pk for remedy in remedies]
    entered = _entered(f"remedy:{key}" for key in keys)
    redeemed = _amounts_of(keys, "redeemed-", "put-back-")
    ended = _amounts_of(keys, "ended-", "renewed-")
    credits_of = StoreCredit.objects.filter(remedy__in=keys)
    left, faces = (dict(credits_of.values_list("remedy_id", field)) for field in ("left", "face"))
    sent, under_way = _sums_of(keys, [SendingState.DONE]), _sums_of(keys, OPEN_SENDINGS)
    for remedy in remedies:
        used, unused = redeemed.get(remedy.pk, 0), ended.get(remedy.pk, 0)
        ways = _Ways(sent.get(remedy.pk, 0), faces.get(remedy.pk), used, unused)
        should = _should_be_entered(remedy, ways)
        found = entered.get(f"remedy:{remedy.pk}", {})
        if found != should:
            yield Difference(
                f"remedy {remedy.pk}", f"it is {remedy.state}; entered is {found}, and should be {should}"
            )
        if remedy.under_way != under_way.get(remedy.pk, 0) or not _is_where_it_should_be(remedy):
            yield Difference(
                f"remedy {remedy.pk}", f"it is {remedy.state}, and its way through the provider isn't"
            )
        is_left = faces.get(remedy.pk, 0) - used - unused
        if remedy.pk in left and left[remedy.pk] != is_left:
            words = f"{left[remedy.pk]} is left of it, and should be {is_left}"
            yield Difference(f"credit of remedy {remedy.pk}", words)


def _some_elsewhere(rows: Sequence[Elsewhere]) -> Iterator[Difference]:
    """What was given elsewhere and isn't entered as it should be."""
    entered = _entered(f"elsewhere:{row.pk}" for row in rows)
    for row in rows:
        found = entered.get(f"elsewhere:{row.pk}", {})
        account = PAID_BY_PROVIDER if row.connection_id else PAID
        should = {} if row.fell_through_at else {COST: row.amount, account: -row.amount}
        if found != should:
            yield Difference(f"elsewhere {row.pk}", f"entered is {found}, and should be {should}")


def _of_nothing() -> Iterator[Difference]:
    """Entries whose source is neither a remedy nor something that was given elsewhere."""
    entered = Transfer.objects.filter(Exists(Entry.objects.filter(transfer=OuterRef("pk"))))
    sources = entered.order_by("source").values_list("source", flat=True).distinct()
    for some in _in_chunks(sources.iterator(chunk_size=_A_CHUNK)):
        there = {
            f"{word}:{key}"
            for word, model in (("remedy", Remedy), ("elsewhere", Elsewhere))
            for key in model._default_manager.filter(pk__in=_keys_in(some, word)).values_list("pk", flat=True)  # noqa: SLF001 (Django documents it)
        }
        for source in some:
            if source not in there:
                yield Difference(source, "entries of something that isn't there")


def _keys_in(sources: Iterable[str], word: str) -> list[int]:
    """The numbers of those sources that begin with a word."""
    parts = (source.partition(":") for source in sources)
    return [int(key) for first, _, key in parts if first == word and key.isascii() and key.isdecimal()]


@dataclass(frozen=True, slots=True)
class _Ways:
    """In which ways a remedy was given, in minor units.

    Attributes:
        sent: through providers, and not come back.
        face: as store credit; None where none was made. Of it `used`, and `ended` before it was used.
    """

    sent: int
    face: int | None
    used: int
    ended: int


def _should_be_entered(remedy: Remedy, ways: _Ways) -> Mapping[str, int]:
    """What the entries of a remedy sum to, by account.

    What arrived and neither a provider sent nor is store credit went out by hand; below zero, it came in.
    """
    amount, face = remedy.counts, ways.face or 0
    if remedy.state == State.HELD:
        sums = {HELD: amount, FREE: -amount}
    elif remedy.state == State.RELEASED:
        sums = {}
    elif remedy.provider == STORE_CREDIT and ways.face is None:
        sums = {COST: amount, CREDIT: -amount}
    else:
        sums = {
            COST: amount,
            OWED: remedy.arrived - amount,
            PAID_BY_PROVIDER: -ways.sent,
            PAID: ways.sent + face - remedy.arrived,
            CREDIT: ways.used + ways.ended - face,
            REDEEMED: -ways.used,
            ENDED: -ways.ended,
        }
    return {name: total for name, total in sums.items() if total}


def _is_where_it_should_be(remedy: Remedy) -> bool:
    """Whether the state of a remedy is what it owes and what is under way say."""
    match remedy.state:
        case State.GIVEN:
            return bool(remedy.owing) or not remedy.counts
        case State.ON_ITS_WAY:
            return bool(remedy.under_way) and not remedy.owing
        case State.SETTLED:
            return not remedy.under_way and not remedy.owing
        case _:
            return not remedy.under_way


def _sums_of(keys: Sequence[int], states: Iterable[SendingState]) -> dict[int, int]:
    """Sums by remedy of its parts in some states."""
    rows = Sending.objects.filter(remedy__in=keys, state__in=sorted(states)).values_list("remedy_id")
    return dict(rows.annotate(total=Sum("amount")).order_by())


def _entered(sources: Iterable[str]) -> dict[str, dict[str, int]]:
    """Sums of the entries of some sources, by source and account; those that aren't nothing."""
    entries = Entry.objects.filter(transfer__source__in=list(sources))
    rows = entries.values_list("transfer__source", "account__name").annotate(total=Sum("amount"))
    sums: dict[str, dict[str, int]] = defaultdict(dict)
    for source, name, total in rows.order_by("account__name"):
        if total:
            sums[source][name] = total
    return sums


def _amounts_of(keys: Sequence[int], happened: str, undone: str) -> dict[int, int]:
    """Sums by remedy of what happened to its credit (used, ended), less what was undone of it."""
    sums: dict[int, int] = defaultdict(int)
    for what, sign in ((happened, 1), (undone, -1)):
        rows = Event.objects.filter(remedy__in=keys, what__startswith=what).values_list("remedy_id")
        for remedy, total in rows.annotate(total=Sum("amount")).order_by():
            sums[remedy] += sign * total
    return sums


def _allowances() -> Iterator[Difference]:
    """Buckets of allowances that don't hold what the remedies say they were added."""
    with closing(_Buckets()) as should:
        given = Remedy.objects.filter(state__in=COUNTS_AS_GIVEN).order_by("id")
        for remedy in given.iterator(chunk_size=_A_CHUNK):
            for name, key, day in remedy.counted:
                should.add((remedy.team_id, name, key, day), remedy.counts)
        for bucket in Use.objects.iterator(chunk_size=_A_CHUNK):
            where = (bucket.team_id, bucket.allowance, bucket.key, bucket.day.isoformat())
            amount, count = should.take(where)
            if (bucket.amount, bucket.count) != (amount, count):
                yield Difference(
                    f"allowance {bucket.allowance} of {bucket.key} on {bucket.day}",
                    f"it holds {bucket.amount} in {bucket.count}, and should hold {amount} in {count}",
                )
        for _, name, key, day in should.left():
            yield Difference(f"allowance {name} of {key} on {day}", "it isn't counted at all")


_Bucket = tuple[int, str, str, str]
"""Team, allowance, whose, and the day as in ISO 8601."""


class _Buckets:
    """What buckets should hold: in a passing file, since there may be many of them."""

    def __init__(self) -> None:
        self._file = sqlite3.connect("", isolation_level=None)
        self._file.execute("PRAGMA synchronous=OFF")
        self._file.execute(
            "CREATE TABLE bucket (team, allowance, whose, day, amount, count, "
            "PRIMARY KEY (team, allowance, whose, day)) WITHOUT ROWID"
        )
        self._file.execute("BEGIN")

    def add(self, bucket: _Bucket, amount: int) -> None:
        """Count an amount in."""
        self._file.execute(
            "INSERT INTO bucket VALUES (?, ?, ?, ?, ?, 1) ON CONFLICT (team, allowance, whose, day) "
            "DO UPDATE SET amount = amount + excluded.amount, count = count + 1",
            (*bucket, amount),
        )

    def take(self, bucket: _Bucket) -> tuple[int, int]:
        """Take a bucket out: its amount, and how many were counted in."""
        where = "FROM bucket WHERE team = ? AND allowance = ? AND whose = ? AND day = ?"
        found: tuple[int, int] | None = self._file.execute(f"SELECT amount, count {where}", bucket).fetchone()
        self._file.execute(f"DELETE {where}", bucket)
        return found or (0, 0)

    def left(self) -> Iterator[_Bucket]:
        """Those that weren't taken out."""
        yield from self._file.execute("SELECT team, allowance, whose, day FROM bucket ORDER BY 4, 1, 2, 3")

    def close(self) -> None:
        """The file is gone then."""
        self._file.close()
