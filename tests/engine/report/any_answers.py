"""Any value of `letgo` that the types allow, however unlikely: words of any script, amounts of any size."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from remit_engine import limits
from remit_engine.evidence.letgo.values import (
    AmountBand,
    Bound,
    Cost,
    Counts,
    CurvePoint,
    Interval,
    LetGo,
    Period,
    Plan,
    Promise,
    Reason,
    Recent,
    Saved,
    SecondReading,
    Segment,
    Settings,
    Standards,
    ThinSegment,
    TimeSplit,
    Verdict,
    Waiting,
)

WORDS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=40)
NUMBERS = st.integers(0, 10**7)
AMOUNTS = st.integers(0, limits.AMOUNT_MINOR_UNITS)
SHARES = st.floats(0, 1)
HOURS = st.floats(0, 10**7)
DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))
CURRENCIES = st.sampled_from(["", "EUR", "JPY", "KWD"])


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    return Interval(*sorted(draw(st.lists(st.floats(0, 1e17), min_size=3, max_size=3))))


@st.composite
def counts(draw: st.DrawFn) -> Counts:
    parts = draw(st.lists(NUMBERS, min_size=5, max_size=5))
    parts[0] += 1
    return Counts(sum(parts), *parts)


@st.composite
def curves(draw: st.DrawFn) -> tuple[CurvePoint, ...]:
    amounts = sorted(draw(st.sets(AMOUNTS, max_size=12)))
    return tuple(
        CurvePoint(
            limit=amount,
            asked=place,
            declined=draw(st.integers(0, place)),
            avoided=place / len(amounts),
            rate_at_most=draw(SHARES),
            rate_here=draw(SHARES),
            certified=draw(st.booleans()),
        )
        for place, amount in enumerate(amounts, 1)
    )


@st.composite
def bands(draw: st.DrawFn) -> tuple[AmountBand, ...]:
    edges = sorted(draw(st.sets(AMOUNTS, max_size=10)))
    return tuple(
        AmountBand(above, upto, 1 + draw(NUMBERS), draw(st.integers(0, 1)))
        for above, upto in zip([0, *edges], edges, strict=False)
    )


WAITINGS = st.builds(Waiting, NUMBERS, HOURS, HOURS, HOURS, HOURS, HOURS, HOURS)
SAVED = st.builds(Saved, NUMBERS, SHARES, st.none() | intervals(), st.none() | WAITINGS, st.none() | HOURS)
COSTS = st.builds(Cost, NUMBERS, NUMBERS, AMOUNTS, intervals(), intervals())
BOUNDS = st.builds(Bound, SHARES, st.none() | SHARES, st.floats(0, 1e17))
PAIRS = st.lists(st.tuples(WORDS, WORDS), max_size=6).map(tuple)


@st.composite
def segments(draw: st.DrawFn) -> Segment:
    reason = draw(st.sampled_from(Reason))
    going = reason in {Reason.CERTIFIED, Reason.NO_LIMIT_SEEN}
    verdict = Verdict.LET_GO if going else Verdict.NO if reason is Reason.REAL_WORK else Verdict.NOT_YET
    curve = draw(curves())
    amounts = [point.limit for point in curve] or [draw(AMOUNTS)]
    return Segment(
        key=draw(WORDS),
        kind=draw(st.none() | WORDS),
        role=draw(st.none() | WORDS),
        facts=draw(PAIRS),
        parent=None,
        verdict=verdict,
        reason=reason,
        counts=draw(counts()),
        tested_on=draw(st.sampled_from(["whole history", "newer half"])),
        error_share=draw(SHARES),
        smallest_asked=amounts[0],
        largest_asked=amounts[-1],
        curve=curve,
        bands=draw(bands()),
        thin_rate_at_most=draw(SHARES),
        limit=draw(st.sampled_from(amounts)) if going else None,
        more_needed=draw(st.none() | NUMBERS),
        bound=draw(BOUNDS) if going else None,
        saved=draw(SAVED) if going else None,
        cost=draw(COSTS) if going else None,
        recent=draw(st.none() | st.builds(Recent, st.just(8), NUMBERS, NUMBERS)),
        second_reading=draw(st.none() | st.builds(SecondReading, NUMBERS, st.none() | AMOUNTS)),
        changed_since=draw(st.none() | DAYS),
    )


@st.composite
def answers(draw: st.DrawFn) -> LetGo:
    """Any answer."""
    parts = tuple(draw(st.lists(segments(), max_size=4)))
    going = any(part.verdict is Verdict.LET_GO for part in parts)
    words = st.lists(WORDS, max_size=3).map(tuple)
    days = sorted(draw(st.lists(DAYS, min_size=2, max_size=2)))
    return LetGo(
        settings=Settings(
            tolerance=draw(st.floats(0.0001, 0.5)),
            confidence=draw(st.floats(0.5, 0.9999)),
            promise=draw(st.sampled_from(Promise)),
            working_days=draw(st.frozensets(st.integers(0, 6))),
        ),
        currency=draw(CURRENCIES),
        period=draw(st.none() | st.just(Period(days[0], days[1], (days[1] - days[0]).days / 7))),
        counts=draw(counts()),
        automatic_approved=draw(NUMBERS),
        plan=draw(
            st.builds(
                Plan,
                st.sampled_from(["beforehand", "counts", "counts and older half"]),
                words,
                words,
                words,
                SHARES,
                NUMBERS,
            )
        ),
        segments=parts,
        thin=tuple(
            draw(
                st.lists(
                    st.builds(ThinSegment, st.none() | WORDS, st.none(), PAIRS, counts(), NUMBERS), max_size=3
                )
            )
        ),
        saved=draw(SAVED) if going else None,
        cost=draw(COSTS) if going else None,
        bound=draw(BOUNDS) if going else None,
        time_split=draw(st.none() | st.builds(TimeSplit, DAYS, NUMBERS, NUMBERS, st.booleans(), NUMBERS)),
        standards=draw(st.none() | st.builds(Standards, NUMBERS, NUMBERS, st.none() | SHARES, st.booleans())),
        no_declines=draw(st.booleans()),
    )
