"""What is used of allowances: kept in buckets of a day, moved in the same write as what they count.

An allowance is named by what it counts, so that a changed limit goes on counting where it was; one that
counts something new is first counted over all that was given before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from typing import Any

from django.db.models import BigIntegerField, CharField, DateField, F, Field, Q, QuerySet, Sum, Value

from remit.charters.models import Counter, Use
from remit.core.asked_often import Slot, asked_often
from remit.core.clock import now
from remit.core.writing import is_writing
from remit.core.written_often import Change, changed_often, insert
from remit.people.models import Team
from remit.remedies.models import Remedy
from remit.remedies.vocabulary import COUNTS_AS_GIVEN
from remit_engine.charter.allowances import Given, counted, key_of
from remit_engine.charter.compiled import CompiledCharter
from remit_engine.charter.document import Allowance
from remit_engine.charter.plain import allowances_that_count
from remit_engine.charter.request import Person, Request

Bucket = tuple[str, str, date]
"""Name of the allowance, whose it is, and the day."""


@lru_cache(maxsize=4096)
def name_of(allowance: Allowance) -> str:
    """Names an allowance by what it counts, 32 hexadecimal digits; limit and why are left out."""
    conditions = sorted((name, repr(condition)) for name, condition in allowance.conditions)
    counts = (
        allowance.per.value,
        allowance.period.words,
        allowance.counts,
        conditions,
        allowance.ignores_missing,
        allowance.since,
        allowance.until,
    )
    return hashlib.sha256(repr(counts).encode()).hexdigest()[:32]


def used(team: Team, compiled: CompiledCharter, request: Request) -> dict[str, int]:
    """What was used of every allowance that a request is added to: the figures of `Request.used`.

    Args:
        team: whose.
        compiled: the charter in force.
        request: with its day.
    """
    return used_by_each(team, compiled, [request])[0]


def used_by_each(team: Team, compiled: CompiledCharter, requests: Sequence[Request]) -> list[dict[str, int]]:
    """The same for requests of one day, in one query for all of them."""
    day = requests[0].day
    if day is None:
        return [{} for _ in requests]
    wanted = [
        {
            allowance: key
            for allowance in allowances_that_count(compiled.charter, request)
            if (key := key_of(allowance, request)) is not None
        }
        for request in requests
    ]
    totals = _totals(team, compiled, [pair for each in wanted for pair in each.items()], day)
    return [{pair[0].id: totals[pair] for pair in each.items()} for each in wanted]


def _totals(
    team: Team, compiled: CompiledCharter, wanted: Sequence[tuple[Allowance, str]], day: date
) -> dict[tuple[Allowance, str], int]:
    """What was used, by allowance and whose it is; what isn't counted yet begins to be inside a write."""
    begun, sums = _buckets(team, wanted, day)
    new = {name: allowance for allowance, _ in wanted if (name := name_of(allowance)) not in begun}
    if new and is_writing():
        for allowance in new.values():
            _begin_to_count(team, compiled, allowance)
        new, (_, sums) = {}, _buckets(team, wanted, day)
    return {
        (allowance, key): _counted_anew(team, compiled, allowance, key, day)
        if name_of(allowance) in new
        else sums.get((name_of(allowance), key), (0, 0))[allowance.counts]
        for allowance, key in wanted
    }


def _buckets(
    team: Team, wanted: Sequence[tuple[Allowance, str]], day: date
) -> tuple[set[str], dict[tuple[str, str], tuple[int, int]]]:
    """Names of the allowances that are counted; amounts and counts by name and key: all in one query."""
    if not wanted:
        return set(), {}
    values: dict[str, object] = {"team": team.pk}
    for number, (allowance, key) in enumerate(wanted):
        first, last = allowance.period.days_around(day)
        of_one = {"name": name_of(allowance), "key": key, "first": first, "last": last}
        values |= {f"{what}_{number}": value for what, value in of_one.items()}
    rows = _buckets_of(len(wanted))(**values)
    return (
        {name for name, *_ in rows},
        {(name, key): (int(amounts), int(counts)) for name, key, amounts, counts in rows if key},
    )


@cache
def _buckets_of(count: int) -> Callable[..., list[tuple[str, str, int, int]]]:
    """The question for so many buckets: `name_0`, `key_0`, `first_0`, `last_0` and so on, and their team."""
    kinds: dict[str, Field[Any, Any]] = {"team": BigIntegerField()}
    for number in range(count):
        kinds |= {f"{what}_{number}": CharField() for what in ("name", "key")}
        kinds |= {f"{what}_{number}": DateField() for what in ("first", "last")}

    def buckets(team: Slot, **slots: Slot) -> QuerySet[Any, tuple[str, str, int, int]]:
        each = range(count)
        which = Q()
        for number in each:
            days = (slots[f"first_{number}"], slots[f"last_{number}"])
            which |= Q(allowance=slots[f"name_{number}"], key=slots[f"key_{number}"], day__range=days)
        sums = Use.objects.filter(which, team=team).values_list("allowance", "key")
        names = [slots[f"name_{number}"] for number in each]
        begun = Counter.objects.filter(team=team, allowance__in=names)
        none = begun.values_list("allowance", Value(""), Value(0), Value(0))
        return none.union(sums.annotate(amounts=Sum("amount"), counts=Sum("count")), all=True)

    return asked_often(**kinds)(buckets)


def take(team: Team, compiled: CompiledCharter, given: Given) -> list[Bucket]:
    """Add something given to the buckets of its allowances; the answer is kept with the remedy."""
    if given.request.day is None:
        return []
    buckets: list[Bucket] = []
    for allowance, key in counted(compiled.charter, given):
        name, day = name_of(allowance), given.request.day
        added = {"name": name, "key": key, "day": day, "amount": given.amount, "count": 1}
        if not _added(team=team.pk, **added):
            if not _counters(team=team.pk, name=name):
                _begin_to_count(team, compiled, allowance)
            _move(team, (name, key, day), given.amount, 1)
        buckets.append((name, key, day))
    return buckets


def give_back(remedy: Remedy, amount: int, *, is_whole: bool) -> None:
    """Credit what was taken back to the days that it came from."""
    for name, key, day in remedy.counted:
        _move(remedy.team, (name, key, date.fromisoformat(day)), -amount, -1 if is_whole else 0)


def follow_customer(sources: Iterable[str], customer_key: str) -> None:
    """What was given for some complaints counts for another customer: records were merged, or parted.

    Args:
        sources: `complaint:2041` …
        customer_key: `customer:17`.
    """
    remedies = Remedy.objects.select_related("team").filter(source__in=list(sources))
    for remedy in remedies.exclude(customer_key=customer_key).exclude(customer_key=""):
        counts = remedy.state in COUNTS_AS_GIVEN
        buckets = [(name, key, date.fromisoformat(day)) for name, key, day in remedy.counted]
        for name, key, day in buckets:
            if key == remedy.customer_key and counts:
                _move(remedy.team, (name, key, day), -remedy.counts, -1)
                _move(remedy.team, (name, customer_key, day), remedy.counts, 1)
        remedy.counted = [
            [name, customer_key if key == remedy.customer_key else key, day.isoformat()]
            for name, key, day in buckets
        ]
        remedy.request = {**remedy.request, "customer": customer_key}
        remedy.customer_key = customer_key
        remedy.save(update_fields=["counted", "request", "customer_key"])


def _move(team: Team, bucket: Bucket, amount: int, count: int) -> None:
    """Add to a bucket, which is made where it isn't there yet."""
    name, key, day = bucket
    if not _added(team=team.pk, name=name, key=key, day=day, amount=amount, count=count):
        insert(Use(team=team, allowance=name, key=key, day=day, amount=amount, count=count))


@asked_often(team=BigIntegerField(), name=CharField())
def _counters(team: Slot, name: Slot) -> QuerySet[Counter]:
    return Counter.objects.filter(team=team, allowance=name)


@changed_often(
    team=BigIntegerField(),
    name=CharField(),
    key=CharField(),
    day=DateField(),
    amount=BigIntegerField(),
    count=BigIntegerField(),
)
def _added(*, team: Slot, name: Slot, key: Slot, day: Slot, amount: Slot, count: Slot) -> Change:
    bucket = Use.objects.filter(team=team, allowance=name, key=key, day=day)
    return bucket, {"amount": F("amount") + amount, "count": F("count") + count}


def _counted_anew(team: Team, compiled: CompiledCharter, allowance: Allowance, key: str, day: date) -> int:
    """What buckets would hold, where there are none yet and nothing may be written."""
    total = 0
    first, _ = allowance.period.days_around(day)
    for remedy in _given_in(team, first):
        given = given_of(remedy)
        then = given.request.day
        if (
            then is not None
            and allowance.period.covers(then, day)
            and (allowance, key) in counted(compiled.charter, given)
        ):
            total += given.count if allowance.counts else given.amount
    return total


def _begin_to_count(team: Team, compiled: CompiledCharter, allowance: Allowance) -> None:
    name = name_of(allowance)
    Counter.objects.create(team=team, allowance=name, since=now())
    totals: dict[tuple[str, date], list[int]] = {}
    changed: list[Remedy] = []
    for remedy in _given_in(team):
        given = given_of(remedy)
        for each, key in counted(compiled.charter, given):
            if each.id == allowance.id and given.request.day is not None:
                sums = totals.setdefault((key, given.request.day), [0, 0])
                sums[0] += given.amount
                sums[1] += given.count
                remedy.counted.append([name, key, given.request.day.isoformat()])
                changed.append(remedy)
    Use.objects.bulk_create(
        [
            Use(team=team, allowance=name, key=key, day=day, amount=amount, count=count)
            for (key, day), (amount, count) in totals.items()
        ]
    )
    Remedy.objects.bulk_update(changed, ["counted"], batch_size=500)


def _given_in(team: Team, first: date = date.min) -> Iterable[Remedy]:
    """What was given in a team, or what may count from a day on: nothing is made before its day."""
    rows = Remedy.objects.filter(team=team, state__in=COUNTS_AS_GIVEN)
    if first > date.min:
        a_day_earlier = datetime.combine(first, time(), tzinfo=UTC) - timedelta(days=1)
        rows = rows.filter(made_at__gte=a_day_earlier)
    return rows.order_by("id").iterator(chunk_size=500)


def given_of(remedy: Remedy) -> Given:
    """A remedy as the engine's book keeps it."""
    request = Request.from_record(remedy.request)
    authority = Person(**remedy.authority_facts) if remedy.authority_facts else None
    return Given(request=request, authority=authority, taken_back=remedy.taken_back)
