"""Sentences about an effect, in parts: text and figures, for whoever shows them in their unit."""

from __future__ import annotations

from typing import Final

from remit_engine.evidence.effect.values import (
    Answering,
    Design,
    Figure,
    Kind,
    Measured,
    Reason,
    Says,
    Sensitivity,
    Why,
    Words,
)

_LOT: Final = "The order was drawn by lot. "
_NO_LOT: Final = "The order was not drawn by lot, so this is a comparison. "
_BOTH: Final = "teams whose turn had not come"
_DIFFERS: Final[dict[Design, tuple[str, str]]] = {
    Design.BY_LOT: (f"{_LOT}Teams that had started were ", f" than {_BOTH}"),
    Design.COMPARISON: (f"{_NO_LOT}Teams that had started were ", f" than {_BOTH}"),
    Design.INDICATION: (
        "An indication, no proof: the weeks since were ",
        " than the weeks before let expect",
    ),
}
_ALIKE: Final[dict[Design, str]] = {
    Design.BY_LOT: f"{_LOT}Teams that had started differ from {_BOTH} by no more than chance explains",
    Design.COMPARISON: f"{_NO_LOT}Teams that had started differ from {_BOTH} by no more than chance explains",
    Design.INDICATION: (
        "An indication, no proof: the weeks since differ from what the weeks before let expect "
        "by no more than chance explains"
    ),
}


def said(design: Design, says: Says, measured: Measured) -> Words:
    """The sentence of an effect that can be told."""
    low, high = Figure(measured.low), Figure(measured.high)
    if says is Says.NOTHING_SEEN:
        return (f"{_ALIKE[design]}: somewhere from ", low, " to ", high, ".")
    ahead, beside = _DIFFERS[design]
    more = measured.estimate > 0
    return (
        ahead,
        Figure(abs(measured.estimate)),
        f"{' higher' if more else ' lower'}{beside}: the difference lies somewhere from ",
        low,
        " to ",
        high,
        ". Without any effect a difference as large comes up in at most ",
        Figure(_of_100(measured.chance), Kind.OF_100),
        " of 100 cases.",
    )


def cant_tell(reason: Reason) -> Words:
    """The sentence where it can't be told."""
    return ("It can't be told from this data: ", *reason.words, " ", *reason.needed)


def what_would_have_to_be_true(sensitivity: Sensitivity) -> Words:
    """For a comparison that says something: what else could have brought it about."""
    start: Words = (
        "It would be wrong if those who started had gained ",
        Figure(sensitivity.drift),
        " on the others in every four weeks since, for another reason",
    )
    if sensitivity.largest_before > 0:
        return (
            *start,
            ". The largest such step before the start was ",
            Figure(sensitivity.largest_before),
            ".",
        )
    return (*start, ".")


def lot_cant_reach(orders: int) -> Words:
    """Too few teams, or too alike in their starts, for a test over orders."""
    return (
        "Orders of the starts that the lot could have drawn: ",
        Figure(orders, Kind.COUNT),
        ". That is too few to reach 5 %; five teams that start in different weeks can.",
    )


def few_teams(teams: int) -> Words:
    """A lot among few."""
    return ("With ", Figure(teams, Kind.COUNT), " teams, one that is unlike the others weighs much.")


def left_out(weeks: int) -> Words:
    """Weeks that had nobody to be compared with."""
    return (
        "Once the last team had started there was nobody to compare with: ",
        Figure(weeks, Kind.COUNT),
        " weeks of teams are left out.",
    )


def something_else() -> Words:
    """Of one team alone."""
    return ("Something else may have happened in the same weeks; one team alone can't show what it was.",)


def of_several(outcomes: int) -> Words:
    """Beyond chance by itself, and not among several."""
    return (
        "By itself this would be beyond chance. ",
        Figure(outcomes, Kind.COUNT),
        " outcomes were looked at, and among so many something like it comes up by chance.",
    )


def answered(answering: Answering) -> Words:
    """How many answered, and whether that moved."""
    share = Figure(100 * answering.share, Kind.OF_100)
    if not (answering.measured.above() or answering.measured.below()):
        return (share, " of 100 who were asked answered; that share did not move beyond chance.")
    points = Figure(100 * abs(answering.measured.estimate), Kind.OF_100)
    way = "more" if answering.measured.estimate > 0 else "fewer"
    return (share, " of 100 who were asked answered, and since the start ", points, f" in 100 {way}.")


def why_not(why: Why, missing: int = 0) -> Reason:
    """Why it can't be told, and what would be needed.

    Args:
        why: the reason.
        missing: how many weeks are missing, where it is weeks.
    """
    count, weeks = Figure(missing, Kind.COUNT), "week" if missing == 1 else "weeks"
    are = "is" if missing == 1 else "are"
    sentences: dict[Why, tuple[Words, Words]] = {
        Why.NOBODY_STARTED: (
            ("no team had started within these weeks.",),
            ("Look again four weeks after the first start.",),
        ),
        Why.FEW_WEEKS_BEFORE: (
            ("too few weeks before the start say how things were.",),
            (count, f" more {weeks} before it {are} needed; for a new start, wait as long."),
        ),
        Why.FEW_WEEKS_SINCE: (
            ("too few weeks have passed since the start.",),
            ("Look again in ", count, f" {weeks}."),
        ),
        Why.SEASON: (
            ("with less than a year before it and no other team beside, it could as well be a season.",),
            ("Either ", count, f" more {weeks} before the start {are} needed, or a team that starts later."),
        ),
        Why.APART_BEFORE: (
            ("those who started were already moving away from the others before it, beyond chance.",),
            ("An order drawn by lot would tell.",),
        ),
        Why.ANSWERING_MOVED: (
            ("since the start another share of customers answers, and that alone could explain it.",),
            ("An outcome that doesn't hang on who answers would tell, such as what comes in again.",),
        ),
        Why.NOTHING_VARIES: (
            ("the weeks before are all alike, so they don't say how much weeks differ by chance.",),
            ("An outcome that varies from week to week is needed.",),
        ),
    }
    return Reason(why, *sentences[why])


def _of_100(chance: float) -> float:
    """Rounded up to whole cases, as it says *at most*."""
    return float(max(1, -int(-chance * 100 // 1)))
