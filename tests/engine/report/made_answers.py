"""Makes values of `letgo` by hand, so that every state of the report can be looked at.

The counts of one answer fit together (curves rise, bands add up), but nothing is computed as evidence.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

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
from remit_engine.history.account import Account, AnswerWord, ColumnUse, LeftOut, LeftOutRow
from remit_engine.history.table import Answer

VERDICTS = {
    Reason.CERTIFIED: Verdict.LET_GO,
    Reason.NO_LIMIT_SEEN: Verdict.LET_GO,
    Reason.REAL_WORK: Verdict.NO,
}
WAITING = Waiting(408, 1371.4, 3.4, 19.1, 412.6, 1.2, 6.7)
SAVED = Saved(412, 0.893, Interval(88.2, 101.5, 115.9), WAITING, 2.87)
COST = Cost(3, 2, 14_800, Interval(1.62, 3.0, 8.77), Interval(2_910.0, 14_800.0, 61_733.0))
BOUND = Bound(0.0263, 0.0817, 240.0)
COUNTS = Counts(461, 446, 11, 2, 1, 1)
FEW = Counts(880, 873, 3, 2, 1, 1)


def curve(amounts: list[int], *, declined_above: int, asked_each: int = 20) -> tuple[CurvePoint, ...]:
    """A curve over rising amounts where a tenth is declined above an amount, and nothing below."""
    points: list[CurvePoint] = []
    asked = declined = 0
    for amount in amounts:
        asked += asked_each
        declined += asked_each // 10 if amount > declined_above else 0
        points.append(
            CurvePoint(
                limit=amount,
                asked=asked,
                declined=declined,
                avoided=asked / (asked_each * len(amounts)),
                rate_at_most=min(1.0, (declined + 3.6) / asked),
                rate_here=0.1 if amount > declined_above else 0.0,
                certified=amount <= declined_above and asked > 120,
            )
        )
    return tuple(points)


def bands(points: tuple[CurvePoint, ...]) -> tuple[AmountBand, ...]:
    """Ten bands that add up to the curve."""
    every = max(1, len(points) // 10)
    edges = sorted({*points[every - 1 :: every][:9], points[-1]}, key=lambda point: point.limit)
    made: list[AmountBand] = []
    above, asked, declined = 0, 0, 0
    for edge in edges:
        made.append(AmountBand(above, edge.limit, edge.asked - asked, edge.declined - declined))
        above, asked, declined = edge.limit, edge.asked, edge.declined
    return tuple(made)


def segment(
    reason: Reason = Reason.CERTIFIED,
    *,
    key: str = "refund-member-late",
    kind: str | None = "refund",
    role: str | None = "member",
    facts: tuple[tuple[str, str], ...] = (("category", "late"),),
    amounts: list[int] | None = None,
    limit: int = 8_000,
    **changed: object,
) -> Segment:
    """One segment with the given reason; everything else can be changed by name."""
    verdict = VERDICTS.get(reason, Verdict.NOT_YET)
    going = verdict is Verdict.LET_GO
    amounts = amounts or [500 * step for step in range(1, 31)]
    limit = amounts[-1] if reason is Reason.NO_LIMIT_SEEN else limit
    points = curve(amounts, declined_above=limit)
    made = Segment(
        key=key,
        kind=kind,
        role=role,
        facts=facts,
        parent=None,
        verdict=verdict,
        reason=reason,
        counts=FEW if reason is Reason.TOO_FEW else COUNTS,
        tested_on="whole history",
        error_share=0.0125,
        smallest_asked=amounts[0],
        largest_asked=amounts[-1],
        curve=points,
        bands=bands(points),
        thin_rate_at_most=0.0397,
        limit=limit if going else None,
        more_needed=29 if reason is Reason.TOO_FEW else None,
        bound=BOUND if going else None,
        saved=SAVED if going else None,
        cost=COST if going else None,
        recent=Recent(8, 57, 1) if going else None,
        second_reading=None,
        changed_since=date(2026, 5, 3) if reason is Reason.CHANGED else None,
    )
    return replace(made, **changed)


def answer(*segments: Segment, promise: Promise = Promise.SEGMENTS, **changed: object) -> LetGo:
    """A whole answer; without segments, nothing is let go."""
    going = any(part.verdict is Verdict.LET_GO for part in segments)
    made = LetGo(
        settings=Settings(promise=promise),
        currency="EUR",
        period=Period(date(2025, 9, 1), date(2026, 10, 31), 60.9),
        counts=Counts(3947, 3807, 127, 4, 5, 4),
        automatic_approved=192,
        plan=Plan("counts", ("kind", "role"), ("category", "channel"), ("category",), 0.05, len(segments)),
        segments=segments,
        saved=replace(SAVED, approvals=2182, share=0.5528) if going else None,
        cost=COST if going else None,
        bound=Bound(0.0201, 0.0707, 516.0) if going else None,
        time_split=TimeSplit(date(2026, 6, 10), 806, 4, kept=True, segments=2),
        standards=Standards(5, 4, 0.123, differ=False),
    )
    return replace(made, **changed)


def account(**changed: object) -> Account:
    """How a small file was read, a few rows left out."""
    made = Account(
        source="approvals.csv",
        form="CSV",
        details=(("encoding", "utf-8"), ("delimiter", "semicolon"), ("decimal", "comma")),
        columns=(
            ColumnUse("Betrag", "amount", "--map"),
            ColumnUse("Decision", "answer", "its name"),
            ColumnUse("Note", "", "too many different words"),
        ),
        answers=(
            AnswerWord("Approved", Answer.APPROVED, automatic=False, rows=3615),
            AnswerWord("Approved", Answer.APPROVED, automatic=True, rows=192),
            AnswerWord("Partly", Answer.GRANTED_LESS, automatic=False, rows=4),
            AnswerWord("Open", None, automatic=False, rows=7),
        ),
        rows_read=4151,
        rows_kept=4139,
        left_out=(
            LeftOut(
                "broken",
                "the row can't be read",
                5,
                (LeftOutRow(812, "The amount 'n/a' is not a number.", "HS-811;2026-01-03;n/a;EUR"),),
            ),
            LeftOut("open", "not answered yet", 7, ()),
        ),
        automatic=(("answered by system", 192),),
    )
    return replace(made, **changed)


def thin(number: int) -> ThinSegment:
    """A group too small to be looked at."""
    return ThinSegment("comp", f"role {number}", (), Counts(7 + number, 7 + number, 0, 0, 0, 0), 117)


LONG = "Erstattungen und Gutschriften für verspätete, beschädigte oder falsch gelieferte Sendungen im Ausland"
HOSTILE = "<script>alert(1)</script>\"'&\x1b[31m\u202e"
FACTS_UNTOLD = {"period": None, "time_split": None, "standards": None}


def states() -> dict[str, LetGo]:
    """Every state that the report has to look right in, by name."""
    untimed = segment(saved=replace(SAVED, a_quarter=None, waiting=None, per_manager_week=None), recent=None)
    others = [segment(reason, key=reason.value) for reason in Reason if reason not in VERDICTS]
    no = segment(Reason.REAL_WORK, key="real", kind="credit")
    skewed = sorted({int(500 * 1.19**step) for step in range(57)})
    huge = [10**15 * step for step in range(1, 31)]
    return {
        "one": answer(segment()),
        "twelve": answer(
            *(segment(key=f"kind-{n}", kind=f"kind {n}", facts=()) for n in range(9)), *others[:2], no
        ),
        "sixty": answer(
            *(segment(key=f"k-{n}", kind=f"kind {n}", role=f"role {n}") for n in range(24)),
            *(segment(Reason.TOO_FEW, key=f"few-{n}", kind=f"few {n}") for n in range(18)),
            *(segment(Reason.REAL_WORK, key=f"no-{n}", kind=f"no {n}") for n in range(18)),
            thin=tuple(thin(number) for number in range(30)),
        ),
        "nothing yet": answer(*others, no),
        "real work": answer(no, time_split=TimeSplit(date(2026, 6, 10), 0, 0, kept=True, segments=0)),
        "no segments": answer(thin=(thin(1), thin(2))),
        "pooled": answer(segment(tested_on="newer half"), promise=Promise.POOLED),
        "no limit seen": answer(segment(Reason.NO_LIMIT_SEEN, second_reading=SecondReading(6, 7_500))),
        "long names": answer(
            segment(kind=LONG, role=LONG, facts=tuple((LONG, f"{LONG} {n}") for n in range(9))),
            segment(Reason.TOO_FEW, key="long-few", kind=LONG, role=LONG),
        ),
        "huge amounts": answer(segment(amounts=huge, limit=huge[20], smallest_asked=huge[0]), currency="IDR"),
        "skewed amounts": answer(segment(amounts=skewed, limit=skewed[30], smallest_asked=skewed[0])),
        "one amount": answer(segment(Reason.NO_LIMIT_SEEN, amounts=[2_500])),
        "limit at the small end": answer(segment(limit=500)),
        "no times": answer(untimed, **FACTS_UNTOLD, saved=replace(SAVED, a_quarter=None, waiting=None)),
        "no currency": answer(segment(), currency=""),
        "no words": answer(segment(kind=None, role=None, facts=(), key="all")),
        "no declines": answer(segment(Reason.NO_LIMIT_SEEN), no_declines=True),
        "did not hold": answer(
            segment(),
            time_split=TimeSplit(date(2026, 6, 10), 806, 61, kept=False, segments=2),
            standards=Standards(5, 4, 0.0004, differ=True),
        ),
        "hostile": answer(
            segment(kind=HOSTILE, role=HOSTILE, facts=((HOSTILE, HOSTILE),)),
            segment(Reason.REAL_WORK, key="hostile", kind=HOSTILE, role=HOSTILE),
        ),
    }
