"""What is worth a look: what became worse for somebody, or stands out, against the others of the same weeks.

A member is held against at least four others of the same role, never against their own past, and the alarms
of a team together go off without cause at most once a year. What it finds is shown to whom it concerns first.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q

from remit.approvals.vocabulary import End
from remit.complaints.models import Complaint, Decision
from remit.core.clock import now
from remit.findings.actions import Found
from remit.findings.looking_into import keep_worth_a_look
from remit.findings.models import LookedInto, Taken
from remit.findings.vocabulary import WORTH_A_LOOK, Signal
from remit.people.models import Member, Membership, Team
from remit.remedies.models import Event
from remit.reviews.queries.fair import said_differently_in
from remit_engine.evidence.letgo.live_values import Watch
from remit_engine.evidence.standing_out import (
    expected_rate,
    pairs_that_stand_out,
    rings_of,
    rings_of_share,
)

LOOKED_BACK: Final = timedelta(days=365)
RECENT: Final = timedelta(days=28)
"""An alarm that rang before is no news."""
FEWEST_PEOPLE: Final = 5
"""Somebody is held against four others or more, so that nobody reads a colleague's figures out of it."""
ALARMS: Final = 4
"""Kinds of alarms that share the one false alarm that a team may have in a year."""
FEWEST_UNDER_A_GRANT: Final = 250
"""A false alarm about one grant comes at most once in four times so many decisions under it."""
PAIR_FROM: Final = 4
MOST_IN_A_QUARTER: Final = 4
"""Remedies to one guest within 90 days; one more is worth a look."""
QUARTER: Final = timedelta(days=90)
A_DAY: Final = timedelta(hours=24)
_WEEK: Final = timedelta(weeks=1)
_ALONE: Final = ("decide", "inform", "propose")
_DAYS_A_YEAR: Final = 365


@dataclass(frozen=True, slots=True)
class Row:
    """A decision, as far as it matters here.

    Attributes:
        alone: on their own authority: nobody had to say yes.
        gave: a remedy with a value.
        was_reversed: somebody else took it back, or objected to it.
        complaint: its number; 0 where it doesn't matter.
        kind: of the remedy; "" where it doesn't matter.
    """

    number: int
    member: int
    customer: int
    at: datetime
    alone: bool
    gave: bool
    near_line: bool
    was_reversed: bool
    complaint: int = 0
    kind: str = ""


def look_at_what_stands_out(team: Team) -> None:
    """Look at the decisions of a team, and keep what is worth a look."""
    begin = now() - LOOKED_BACK
    rows = list(_rows(team, begin))
    keep_worth_a_look(team, [*found_in(team, rows), *_let_go_since(team, rows, begin)])


def found_in(team: Team, rows: Sequence[Row]) -> Iterator[Found]:
    """Everything that stands out among decisions, oldest first."""
    people = _people(team)
    since = _looked_into(team)
    said = said_differently_in(team)
    everything, rows = rows, [row for row in rows if row.alone]
    for group in _groups(people.values()):
        yield from _streams(Signal.REVERSED, rows, group, since, lambda row: row.was_reversed)
        yield from _streams(
            Signal.NEAR_LINE, [row for row in rows if row.gave], group, since, lambda row: row.near_line
        )
        reviewed = [row for row in rows if row.number in said]
        yield from _streams(Signal.DIFFERENT, reviewed, group, since, lambda row: said[row.number])
        yield from _shares(team, rows, group, since)
    yield from _pairs(rows, people, since)
    yield from _velocity(everything, since)
    yield from _in_a_day(everything, people, since)


def _rows(team: Team, begin: datetime) -> Iterator[Row]:
    by_another = Event.objects.filter(remedy=OuterRef("remedy"), what="taken-back", by__isnull=False).exclude(
        by=OuterRef("member")
    )
    decisions = (
        Decision.objects.filter(team=team, at__gte=begin)
        .filter(Q(level__in=_ALONE) | Q(remedy__isnull=False))
        .annotate(was_taken_back=Exists(by_another))
        .order_by("at", "pk")
        .values_list(
            "pk",
            "member",
            "complaint__customer",
            "at",
            "level",
            "value",
            "remedy",
            "near_lines",
            "was_taken_back",
            "approval__ending__how",
            "complaint",
            "kind",
        )
    )
    for number, member, customer, at, level, value, remedy, near, back, how, of, kind in decisions.iterator():
        yield Row(
            number=number,
            member=member,
            customer=customer or 0,
            at=at,
            alone=level in _ALONE,
            gave=value > 0 and remedy is not None,
            near_line=near > 0,
            was_reversed=bool(back) or how == End.OBJECTED,
            complaint=of,
            kind=kind,
        )


@dataclass(frozen=True, slots=True)
class _Colleague:
    member: Member
    role: int


def _people(team: Team) -> dict[int, _Colleague]:
    rows = Membership.objects.select_related("member").filter(team=team, until=None, member__left_at=None)
    return {row.member_id: _Colleague(row.member, row.role_id) for row in rows}


def _groups(people: Any) -> list[list[Member]]:  # noqa: ANN401 (a view of a mapping)
    """Members of the same role, where there are enough of them."""
    by_role: dict[int, list[Member]] = defaultdict(list)
    for each in people:
        by_role[each.role].append(each.member)
    return [group for group in by_role.values() if len(group) >= FEWEST_PEOPLE]


def _looked_into(team: Team) -> Mapping[str, datetime]:
    """When each key was looked into last: what was observed before doesn't count any more."""
    rows = LookedInto.objects.filter(finding__team=team).order_by("at").values_list("finding__key", "at")
    return dict(rows)


def _key(signal: Signal, *whom: object) -> str:
    return ":".join((signal.value, *map(str, whom)))


def _streams(
    signal: Signal,
    rows: Sequence[Row],
    group: Sequence[Member],
    since: Mapping[str, datetime],
    happened: Callable[[Row], bool],
) -> Iterator[Found]:
    """Who has something more often than the others of their role, lately."""
    of: dict[int, list[Row]] = {member.pk: [] for member in group}
    for row in rows:
        if row.member in of:
            of[row.member].append(row)
    observing = [member for member in group if of[member.pk]]
    if len(observing) < FEWEST_PEOPLE:
        return
    total = sum(len(each) for each in of.values())
    times = sum(happened(row) for each in of.values() for row in each)
    for member in observing:
        key = _key(signal, member.pk)
        theirs = of[member.pk]
        others = total - len(theirs)
        others_happened = times - sum(map(happened, theirs))
        observed = [row for row in theirs if key not in since or row.at > since[key]]
        expected = expected_rate(others_happened, others)
        rings = rings_of([happened(row) for row in observed], expected, budget=ALARMS * total)
        if rings and observed[rings[-1].at].at >= now() - RECENT:
            lately = observed[rings[-1].began :]
            evidence = {
                "since": lately[0].at.date().isoformat(),
                "happened": sum(map(happened, lately)),
                "observed": len(lately),
                "others_happened": others_happened,
                "others_observed": others,
                "others": len(observing) - 1,
            }
            behind = [row.number for row in lately if happened(row)]
            yield Found(key, WORTH_A_LOOK, signal.value, evidence, behind=behind, member=member)


def _shares(
    team: Team, rows: Sequence[Row], group: Sequence[Member], since: Mapping[str, datetime]
) -> Iterator[Found]:
    """Who gives more often than their share of the complaints of the same week explains."""
    begin = now() - LOOKED_BACK
    weeks = _DAYS_A_YEAR // 7

    def week_of(moment: datetime) -> int:
        return min(int((moment - begin) / _WEEK), weeks - 1)

    members = {member.pk for member in group}
    handled: dict[int, Counter[int]] = defaultdict(Counter)
    complaints = Complaint.objects.filter(team=team, assignee__in=members, opened_at__gte=begin)
    for assignee, opened in complaints.values_list("assignee", "opened_at"):
        handled[assignee or 0][week_of(opened)] += 1
    given: dict[int, Counter[int]] = defaultdict(Counter)
    for row in rows:
        if row.gave and row.member in members:
            given[row.member][week_of(row.at)] += 1
    observing = [member for member in group if handled[member.pk]]
    if len(observing) < FEWEST_PEOPLE:
        return
    all_handled = [sum(handled[member.pk][week] for member in group) for week in range(weeks)]
    all_given = [sum(given[member.pk][week] for member in group) for week in range(weeks)]
    for member in observing:
        key = _key(Signal.SHARE, member.pk)
        first = week_of(since[key]) + 1 if key in since and since[key] > begin else 0
        mine = [given[member.pk][week] for week in range(first, weeks)]
        share = [
            handled[member.pk][week] / all_handled[week] if all_handled[week] else 0.0
            for week in range(first, weeks)
        ]
        rings = rings_of_share(mine, all_given[first:], share, budget=ALARMS * len(observing) * weeks)
        if rings and rings[-1].at + first >= weeks - RECENT // _WEEK:
            began = rings[-1].began
            expected = sum(n * s for n, s in zip(all_given[first + began :], share[began:], strict=True))
            start = begin + (first + began) * _WEEK
            evidence = {
                "since": start.date().isoformat(),
                "happened": sum(mine[began:]),
                "expected": round(expected, 1),
                "others": len(observing) - 1,
            }
            behind = [row.number for row in rows if row.member == member.pk and row.gave and row.at >= start]
            yield Found(key, WORTH_A_LOOK, Signal.SHARE.value, evidence, behind=behind, member=member)


def _pairs(
    rows: Sequence[Row], people: Mapping[int, _Colleague], since: Mapping[str, datetime]
) -> Iterator[Found]:
    """The same member and the same guest again and again."""
    gave = [row for row in rows if row.gave and row.customer]
    if len({row.member for row in gave}) < FEWEST_PEOPLE:
        return
    of_member, of_customer = Counter(row.member for row in gave), Counter(row.customer for row in gave)
    together: dict[tuple[int, int], list[Row]] = defaultdict(list)
    for row in gave:
        together[row.member, row.customer].append(row)
    pairs = [pair for pair in sorted(together) if of_customer[pair[1]] >= PAIR_FROM and pair[0] in people]
    named = pairs_that_stand_out(
        [len(together[pair]) for pair in pairs],
        [of_customer[customer] for _, customer in pairs],
        [of_member[member] / len(gave) for member, _ in pairs],
    )
    for (member, customer), is_named in zip(pairs, named, strict=True):
        key = _key(Signal.PAIR, member, customer)
        met = together[member, customer]
        fresh = [row for row in met if key not in since or row.at > since[key]]
        if is_named and len(met) >= PAIR_FROM and fresh and fresh[-1].at >= now() - RECENT:
            evidence = {
                "since": met[0].at.date().isoformat(),
                "happened": len(met),
                "observed": of_customer[customer],
                "expected": round(of_customer[customer] * of_member[member] / len(gave), 1),
            }
            behind = [row.number for row in met]
            yield Found(
                key,
                WORTH_A_LOOK,
                Signal.PAIR.value,
                evidence,
                behind=behind,
                member=people[member].member,
            )


def _velocity(rows: Sequence[Row], since: Mapping[str, datetime]) -> Iterator[Found]:
    """Guests to whom much was given within a quarter, whoever said yes. It is about nobody who works here."""
    begin = now() - QUARTER
    lately: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        key = _key(Signal.VELOCITY, row.customer)
        if row.gave and row.customer and row.at >= max(begin, since.get(key, begin)):
            lately[row.customer].append(row)
    for customer, given in sorted(lately.items()):
        if len(given) > MOST_IN_A_QUARTER:
            evidence = {"since": given[0].at.date().isoformat(), "happened": len(given)}
            yield Found(
                _key(Signal.VELOCITY, customer),
                WORTH_A_LOOK,
                Signal.VELOCITY.value,
                evidence,
                behind=[row.number for row in given],
            )


def _in_a_day(
    rows: Sequence[Row], people: Mapping[int, _Colleague], since: Mapping[str, datetime]
) -> Iterator[Found]:
    """Guests to whom something was given twice within a day: for two complaints, or of the same kind.

    Whom it concerns is somebody who gave all of it on their own; where several did, it is about nobody.
    """
    gave: dict[int, list[Row]] = defaultdict(list)
    begin = now() - _WEEK  # it is looked every night
    for row in rows:
        key = _key(Signal.IN_A_DAY, row.customer)
        if row.gave and not row.was_reversed and row.customer and row.at >= max(begin, since.get(key, begin)):
            gave[row.customer].append(row)
    for customer, given in sorted(gave.items()):
        together = _within_a_day(given)
        if not together:
            continue
        givers = {row.member if row.alone else 0 for row in together}
        giver = people.get(givers.pop()) if len(givers) == 1 else None
        yield Found(
            _key(Signal.IN_A_DAY, customer),
            WORTH_A_LOOK,
            Signal.IN_A_DAY.value,
            {"since": together[0].at.date().isoformat(), "happened": len(together)},
            behind=[row.number for row in together],
            member=giver.member if giver else None,
        )


def _within_a_day(given: Sequence[Row]) -> list[Row]:
    """The latest of them within 24 hours that have to do with each other; none where there are none."""
    for at in range(len(given) - 1, 0, -1):
        last = given[at]
        before = [
            row
            for row in given[:at]
            if last.at - row.at <= A_DAY
            and (row.complaint != last.complaint or (row.kind and row.kind == last.kind))
        ]
        if before:
            return [*before, last]
    return []


def _let_go_since(team: Team, rows: Sequence[Row], begin: datetime) -> Iterator[Found]:
    """The smoke alarm over what was let go: taken back, or *different*, more often than was promised.

    Counted are decisions that the grant alone allowed. The promise was about requests like those of before;
    once people may decide alone, they may ask for other things.
    """
    of = {row.number: row for row in rows if row.alone}
    since = _looked_into(team)
    taken_up = _latest_of_each_grant(team)
    if not taken_up:
        return
    verdicts = dict(Decision.objects.filter(team=team, at__gte=begin).values_list("pk", "verdict"))
    said = said_differently_in(team)
    for taken in taken_up:
        key = _key(Signal.LET_GO, taken.rule)
        under_it = [
            row
            for number, row in of.items()
            if verdicts[number].get("grants") == [taken.rule] and (key not in since or row.at > since[key])
        ]
        bad = [row.was_reversed or said.get(row.number, False) for row in under_it]
        tolerance = Watch.from_record(taken.finding.window.watch).tolerance if taken.finding.window else 0.03
        rings = rings_of(bad, tolerance, budget=ALARMS * max(len(bad), FEWEST_UNDER_A_GRANT))
        if rings and under_it[rings[-1].at].at >= now() - RECENT:
            lately, bad_lately = under_it[rings[-1].began :], bad[rings[-1].began :]
            evidence = {
                "since": lately[0].at.date().isoformat(),
                "happened": sum(bad_lately),
                "observed": len(lately),
                "tolerance": tolerance,
                "rule": taken.rule,
            }
            behind = [row.number for row, is_bad in zip(lately, bad_lately, strict=True) if is_bad]
            yield Found(key, WORTH_A_LOOK, Signal.LET_GO.value, evidence, behind=behind)


def _latest_of_each_grant(team: Team) -> list[Taken]:
    """What was taken up last of each grant."""
    rows = Taken.objects.filter(finding__team=team).select_related("finding__window").order_by("at", "pk")
    return list({row.rule: row for row in rows}.values())
