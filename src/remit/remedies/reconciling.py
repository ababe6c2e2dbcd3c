"""Proof that what was given is what the books say: transfers, balances, remedies, credit, and allowances."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from remit.charters.models import Use
from remit.ledger import reconciling
from remit.ledger.models import Entry
from remit.ledger.reconciling import Difference
from remit.ledger.vocabulary import COST, CREDIT, ENDED, FREE, HELD, OWED, PAID, PAID_BY_PROVIDER, REDEEMED
from remit.remedies.models import Elsewhere, Event, Remedy, Sending, StoreCredit
from remit.remedies.providers import STORE_CREDIT
from remit.remedies.vocabulary import COUNTS_AS_GIVEN, OPEN_SENDINGS, SendingState, State

_A_CHUNK = 1000


def differences() -> Iterator[Difference]:
    """Everything in the books that isn't right; nothing when they are."""
    yield from reconciling.differences()
    yield from _remedies()
    yield from _allowances()


def _remedies() -> Iterator[Difference]:
    """Remedies whose entries don't sum to what their state says, and credit that isn't what is left of it."""
    entered = _entered()
    redeemed = _amounts_of("redeemed-", "put-back-")
    ended = _amounts_of("ended-", "renewed-")
    left = dict(StoreCredit.objects.values_list("remedy_id", "left"))
    faces = dict(StoreCredit.objects.values_list("remedy_id", "face"))
    sent, under_way = _sums_of([SendingState.DONE]), _sums_of(OPEN_SENDINGS)
    for remedy in Remedy.objects.order_by("id").iterator(chunk_size=_A_CHUNK):
        used, unused = redeemed.get(remedy.pk, 0), ended.get(remedy.pk, 0)
        ways = _Ways(sent.get(remedy.pk, 0), faces.get(remedy.pk), used, unused)
        should = _should_be_entered(remedy, ways)
        found = {name: total for name, total in entered.pop(f"remedy:{remedy.pk}", {}).items() if total}
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
    yield from _elsewhere(entered)
    for source in entered:
        yield Difference(source, "entries of something that isn't there")


def _elsewhere(entered: dict[str, dict[str, int]]) -> Iterator[Difference]:
    """What was given elsewhere and isn't entered as it should be; what is looked at is taken out."""
    for row in Elsewhere.objects.iterator(chunk_size=_A_CHUNK):
        found = {name: total for name, total in entered.pop(f"elsewhere:{row.pk}", {}).items() if total}
        account = PAID_BY_PROVIDER if row.connection_id else PAID
        should = {} if row.fell_through_at else {COST: row.amount, account: -row.amount}
        if found != should:
            yield Difference(f"elsewhere {row.pk}", f"entered is {found}, and should be {should}")


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


def _sums_of(states: Iterable[SendingState]) -> dict[int, int]:
    """Sums by remedy of its parts in some states."""
    rows = Sending.objects.filter(state__in=sorted(states)).values_list("remedy_id")
    return dict(rows.annotate(total=Sum("amount")).order_by())


def _entered() -> dict[str, dict[str, int]]:
    """Sums of entries by source and account."""
    rows = Entry.objects.values_list("transfer__source", "account__name").annotate(total=Sum("amount"))
    sums: dict[str, dict[str, int]] = defaultdict(dict)
    for source, name, total in rows.order_by().iterator(chunk_size=_A_CHUNK):
        sums[source][name] = total
    return sums


def _amounts_of(happened: str, undone: str) -> dict[int, int]:
    """Sums by remedy of what happened to its credit (used, ended), less what was undone of it."""
    sums: dict[int, int] = defaultdict(int)
    for what, sign in ((happened, 1), (undone, -1)):
        rows = Event.objects.filter(what__startswith=what).values_list("remedy_id")
        for remedy, total in rows.annotate(total=Sum("amount")).order_by():
            sums[remedy] += sign * total
    return sums


def _allowances() -> Iterator[Difference]:
    """Buckets of allowances that don't hold what the remedies say they were added."""
    should: dict[tuple[int, str, str, date], list[int]] = defaultdict(lambda: [0, 0])
    given = Remedy.objects.filter(state__in=COUNTS_AS_GIVEN).order_by("id")
    for remedy in given.iterator(chunk_size=_A_CHUNK):
        for name, key, day in remedy.counted:
            sums = should[remedy.team_id, name, key, date.fromisoformat(day)]
            sums[0] += remedy.counts
            sums[1] += 1
    for bucket in Use.objects.iterator(chunk_size=_A_CHUNK):
        amount, count = should.pop((bucket.team_id, bucket.allowance, bucket.key, bucket.day), [0, 0])
        if (bucket.amount, bucket.count) != (amount, count):
            yield Difference(
                f"allowance {bucket.allowance} of {bucket.key} on {bucket.day}",
                f"it holds {bucket.amount} in {bucket.count}, and should hold {amount} in {count}",
            )
    for _, name, key, day in should:
        yield Difference(f"allowance {name} of {key} on {day}", "it isn't counted at all")
