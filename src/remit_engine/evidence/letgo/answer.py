"""`letgo`: from a table of answered questions to what can be let go, as values."""

from __future__ import annotations

from datetime import date

import numpy as np

from remit_engine.charter.document import Charter
from remit_engine.errors import InputError
from remit_engine.evidence.bounds import answers_needed, money_at_most, rate_at_most
from remit_engine.evidence.letgo import checks
from remit_engine.evidence.letgo.finding import Found, find
from remit_engine.evidence.letgo.limit import Finding
from remit_engine.evidence.letgo.saving import cost, saved
from remit_engine.evidence.letgo.segments import Group, counts, oldest_first
from remit_engine.evidence.letgo.today import without_let_go
from remit_engine.evidence.letgo.values import (
    Bound,
    LetGo,
    Period,
    Promise,
    SecondReading,
    Segment,
    Settings,
    ThinSegment,
    Verdict,
)
from remit_engine.history.table import History, Integers


def letgo(
    history: History,
    *,
    tolerance: float = 0.03,
    confidence: float = 0.95,
    promise: Promise | str = Promise.SEGMENTS,
    segment_by: tuple[str, ...] | None = None,
    working_days: frozenset[int] = frozenset(range(5)),
    working_hours: tuple[float, float] = (9.0, 17.0),
    today: Charter | None = None,
) -> LetGo:
    """For each segment the largest amount that can be let go, with a guarantee.

    With the chosen confidence, for all segments together, the share of questions up to the limit that
    would have been declined is at most the tolerance. Assumed: questions to come are like those of the
    history (same mix, same people answering), and outcomes are independent given amount and segment.

    Args:
        history: the answered questions.
        tolerance: tolerated share of declines, in (0, 0.5].
        confidence: one minus the chance of error of the whole answer, in [0.5, 1).
        promise: one promise per segment (`segments`), or one about everything together (`pooled`).
        segment_by: columns that make the segments; None lets counts and the older half choose.
        working_days: weekdays worked, Monday is 0.
        working_hours: first and last hour of a working day.
        today: the charter that holds; what it lets go already is left out.

    Raises:
        InputError: an empty history, a setting out of range, an unknown column in `segment_by`, or a charter
            in another currency.
    """
    settings = Settings(
        tolerance, confidence, Promise(promise), segment_by, frozenset(working_days), working_hours
    )
    _check(settings)
    left_out = None
    if today is not None:
        history, left_out = without_let_go(history, today)
    by_people = oldest_first(history)
    if not len(by_people):
        raise InputError(
            "no-answers",
            "There is no answer by a person to look at.",
            "Check which answers were left out or recognised as automatic.",
        )
    found = find(by_people, settings)
    segments = sorted(_segments(by_people, found, settings), key=_order)
    rows = _together(by_people, found.findings)
    return LetGo(
        settings=settings,
        currency=history.currency,
        period=_period(by_people),
        counts=counts(by_people, np.arange(len(by_people))),
        automatic_approved=len(history) - len(by_people),
        plan=found.plan,
        segments=tuple(segments),
        thin=tuple(_thin(by_people, group, settings) for group in found.thin),
        saved=saved(by_people, rows, len(by_people), settings) if len(rows) else None,
        cost=cost(by_people, rows, settings) if len(rows) else None,
        bound=_bound_together(by_people, found.findings, settings) if len(rows) else None,
        time_split=checks.time_split(by_people, settings),
        standards=checks.standards(by_people, found.findings),
        no_declines=not by_people.declined.any(),
        today=left_out,
    )


def _check(settings: Settings) -> None:
    if not 0 < settings.tolerance <= 0.5:
        raise InputError(
            "tolerance-out-of-range",
            f"A tolerance of {settings.tolerance:g} can't be used.",
            "Choose a share above 0 and up to 0.5, for example 0.03 for 3 %.",
        )
    if not 0.5 <= settings.confidence < 1:
        raise InputError(
            "confidence-out-of-range",
            f"A confidence of {settings.confidence:g} can't be used.",
            "Choose a share from 0.5 to below 1, for example 0.95 for 95 %.",
        )
    first, last = settings.working_hours
    if not 0 <= first < last <= 24:
        raise InputError(
            "hours-out-of-range",
            f"Working hours from {first:g} to {last:g} can't be used.",
            "Give a first and a later last hour between 0 and 24.",
        )


def _segments(history: History, found: Found, settings: Settings) -> list[Segment]:
    second = checks.second_readings(history, found.findings, settings)
    return [_segment(history, finding, settings, second.get(finding.group.key)) for finding in found.findings]


def _segment(history: History, finding: Finding, settings: Settings, second: SecondReading | None) -> Segment:
    group, profile = finding.group, finding.profile
    rows = finding.let_go(history)
    place = profile.place(finding.limit) if finding.limit is not None else -1
    amounts = history.amount[group.rows]
    return Segment(
        key=group.key,
        kind=group.kind,
        role=group.role,
        facts=group.facts,
        parent=finding.narrowed,
        verdict=finding.verdict,
        reason=finding.reason,
        counts=counts(history, group.rows),
        tested_on="whole history" if len(finding.tested) == len(group.rows) else "newer half",
        error_share=finding.error,
        smallest_asked=int(amounts.min()),
        largest_asked=int(amounts.max()),
        curve=profile.curve(settings.tolerance, finding.error, place if place >= 0 else None),
        bands=profile.bands(),
        thin_rate_at_most=_rate_at_most(history, finding.tested, finding.error),
        limit=finding.limit,
        more_needed=finding.more_needed,
        bound=_bound(history, finding, settings) if len(rows) else None,
        saved=saved(history, rows, len(group.rows), settings) if len(rows) else None,
        cost=cost(history, rows, settings) if len(rows) else None,
        recent=checks.recent(history, rows) if len(rows) else None,
        second_reading=second,
        changed_since=finding.changed_since,
    )


def _rate_at_most(history: History, rows: Integers, error: float) -> float:
    return float(rate_at_most(int(history.declined[rows].sum()), len(rows), error))


def _bound(history: History, finding: Finding, settings: Settings) -> Bound:
    """The promise about one segment; under the pooled one only what its own answers say of its rate."""
    limit = finding.limit or 0
    tested = finding.tested
    inside = tested[history.amount[tested] <= limit]
    rate = _rate_at_most(history, inside, finding.error)
    if settings.promise is Promise.POOLED:
        return Bound(rate, None, None)
    return Bound(
        rate_at_most=rate,
        money_at_most=money_at_most(history.amount[tested], history.declined[tested], limit, finding.error),
        leak_at_most=settings.tolerance * limit,
    )


def _bound_together(history: History, findings: list[Finding], settings: Settings) -> Bound:
    """The promise about everything let go: the segments' bounds by their questions, or the pool's own."""
    going = [finding for finding in findings if finding.limit is not None]
    largest = max(finding.limit or 0 for finding in going)
    if settings.promise is Promise.POOLED:
        tested = np.concatenate(
            [finding.tested[history.amount[finding.tested] <= (finding.limit or 0)] for finding in going]
        )
        rate = _rate_at_most(history, tested, going[0].error)
        return Bound(rate, None, settings.tolerance * largest)
    parts = [(_bound(history, finding, settings), finding.let_go(history)) for finding in going]
    asked = sum(len(rows) for _, rows in parts)
    rate = sum(bound.rate_at_most * len(rows) for bound, rows in parts) / asked
    money = [float(history.amount[rows].sum(dtype=np.float64)) for _, rows in parts]
    shares = [bound.money_at_most for bound, _ in parts]
    known = [share for share in shares if share is not None]
    of_money = None
    if len(known) == len(shares) and sum(money) > 0:
        of_money = sum(share * part for share, part in zip(known, money, strict=True)) / sum(money)
    return Bound(rate, of_money, settings.tolerance * largest)


def _together(history: History, findings: list[Finding]) -> Integers:
    parts = [finding.let_go(history) for finding in findings]
    return np.unique(np.concatenate(parts)) if parts else np.zeros(0, dtype=np.int64)


def _order(segment: Segment) -> tuple[int, int, str]:
    first = [Verdict.LET_GO, Verdict.NOT_YET, Verdict.NO].index(segment.verdict)
    size = segment.saved.approvals if segment.saved else segment.counts.asked
    return first, -size, segment.key


def _thin(history: History, group: Group, settings: Settings) -> ThinSegment:
    needed = answers_needed(0, settings.tolerance, 1 - settings.confidence)
    return ThinSegment(group.kind, group.role, group.facts, counts(history, group.rows), needed)


def _period(history: History) -> Period | None:
    moments = history.moment
    known = moments[~np.isnat(moments)]
    if not len(known):
        return None
    first: date = known.min().astype("datetime64[D]").item()
    last: date = known.max().astype("datetime64[D]").item()
    return Period(first, last, ((last - first).days + 1) / 7)
