"""Did it work? The best design that the data allow, and a full answer where none is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from remit_engine.evidence.effect import words
from remit_engine.evidence.effect.one_series import MOST_SINCE, YEAR, Series, forecast_of, measured
from remit_engine.evidence.effect.orders import as_numbers, number_of_orders
from remit_engine.evidence.effect.staggered import Staggered, staggered
from remit_engine.evidence.effect.values import (
    ERROR,
    Answering,
    Design,
    Effect,
    Floats,
    Measured,
    Outcome,
    Reason,
    Rollout,
    Says,
    Why,
    Words,
)

FEWEST_TEAMS: Final = 5
"""Fewer teams than that can't reach 5 % by other orders of their starts: four have 24."""
FEWEST_ORDERS: Final = 20
MANY_TEAMS: Final = 8
"""With fewer a remark says that one team weighs much."""
BEFORE_OF_TEAMS: Final = 8
"""Weeks before the first start that a comparison needs, to see whether teams moved alike."""
BEFORE_WITH_OTHERS: Final = 16
"""Weeks before the start that one team needs, with others beside it."""
LEAST_SINCE: Final = 4


def effects_of(outcomes: Sequence[Outcome], rollout: Rollout, primary: str | None = None) -> list[Effect]:
    """Whether it worked, by several outcomes of the same teams and weeks.

    The primary one was named before the start, and is judged by itself. The others (all, without a primary
    one) are judged together by Holm's procedure, so that among them something is called an effect without
    cause in at most 5 of 100 cases.

    Args:
        outcomes: each name once; teams in the order of the rollout.
        rollout: when each team started.
        primary: the name of the one that was named beforehand.

    Raises:
        ValueError: a name comes twice, the primary one isn't there, or an outcome has other teams.
    """
    names = [each.name for each in outcomes]
    if len(set(names)) != len(names) or (primary is not None and primary not in names):
        raise ValueError("each outcome has its own name, and the primary one is among them")
    alone = [effect_of(each, rollout) for each in outcomes]
    together = [each for each in alone if each.outcome != primary and each.measured is not None]
    adjusted = holm([each.measured.chance for each in together if each.measured is not None])
    of_each = {each.outcome: chance for each, chance in zip(together, adjusted, strict=True)}
    return [
        _among_several(each, of_each[each.outcome], len(together)) if each.outcome in of_each else each
        for each in alone
    ]


def effect_of(outcome: Outcome, rollout: Rollout) -> Effect:
    """Whether it worked, by one outcome.

    Args:
        outcome: teams in the order of the rollout.
        rollout: when each team started.

    Raises:
        ValueError: the outcome has another number of teams.
    """
    teams, weeks = outcome.values.shape
    if teams != len(rollout.teams):
        raise ValueError(f"the rollout has {len(rollout.teams)} teams, and the outcome {teams}")
    starts = as_numbers(rollout.starts, weeks)
    if not (starts < weeks).any():
        return _cant_tell(outcome, words.why_not(Why.NOBODY_STARTED))
    ways = number_of_orders(starts)
    if teams < FEWEST_TEAMS or ways < FEWEST_ORDERS:
        return _of_one(outcome, rollout, (words.lot_cant_reach(ways),) if rollout.by_lot else ())
    found = staggered(outcome, rollout)
    if found is None or not np.isfinite([found.measured.low, found.measured.high]).all():
        return _of_one(outcome, rollout, ())
    return _of_teams(outcome, rollout, found)


def holm(chances: Sequence[float]) -> list[float]:
    """Chances after looking at all of them (Holm, Scand. J. Stat. 6, 1979), in their order."""
    order = sorted(range(len(chances)), key=lambda each: chances[each])
    adjusted = [1.0] * len(chances)
    largest = 0.0
    for place, each in enumerate(order):
        largest = max(largest, min(1.0, (len(chances) - place) * chances[each]))
        adjusted[each] = largest
    return adjusted


def _of_teams(outcome: Outcome, rollout: Rollout, found: Staggered) -> Effect:
    """By lot, or a comparison."""
    design = Design.BY_LOT if rollout.by_lot else Design.COMPARISON
    effect = Effect(
        outcome.name,
        design,
        _says(outcome, found.measured),
        found.measured,
        months=found.months,
        before=found.before,
        sensitivity=None if rollout.by_lot else found.sensitivity,
        remarks=_remarks_of_teams(rollout, found),
        figures=(
            ("teams", len(rollout.teams)),
            ("orders", found.orders),
            ("orders looked at", found.looked_at),
            ("weeks of teams compared", found.compared),
            ("weeks of teams left out", found.left_out),
            ("comparison of having started", found.kept),
        ),
    )
    answering = _answering(outcome, rollout)
    if not rollout.by_lot:
        before = min(start for start in rollout.starts if start is not None)
        if before < BEFORE_OF_TEAMS:
            return _instead(effect, words.why_not(Why.FEW_WEEKS_BEFORE, BEFORE_OF_TEAMS - before))
        if found.before is not None and found.before.chance <= ERROR:
            return _instead(effect, words.why_not(Why.APART_BEFORE))
    return _told(effect, answering)


def _remarks_of_teams(rollout: Rollout, found: Staggered) -> tuple[Words, ...]:
    teams = len(rollout.teams)
    several = _says_any(found.measured)
    return (
        *([words.few_teams(teams)] if teams < MANY_TEAMS else []),
        *([words.left_out(found.left_out)] if found.left_out else []),
        *([words.what_would_have_to_be_true(found.sensitivity)] if several and not rollout.by_lot else []),
    )


def _of_one(outcome: Outcome, rollout: Rollout, remarks: tuple[Words, ...]) -> Effect:
    """Before and after, of those that started first; an indication at most."""
    series = _series_of(outcome.values, outcome.weights(), rollout)
    reason = _too_short(series)
    if reason is not None:
        return replace(_cant_tell(outcome, reason), remarks=remarks)
    forecast = forecast_of(series)
    if forecast is None:
        return replace(_cant_tell(outcome, words.why_not(Why.NOTHING_VARIES)), remarks=remarks)
    number = measured(forecast)
    before, since = series.weeks()
    effect = Effect(
        outcome.name,
        Design.INDICATION,
        _says(outcome, number),
        number,
        remarks=(*remarks, words.something_else()),
        figures=(
            ("weeks before", len(before)),
            ("weeks since", len(since)),
            ("teams beside", 0 if series.beside is None else _beside(rollout, series).sum()),
            ("degrees of freedom", forecast.free),
            ("seen", forecast.seen),
            ("forecast", forecast.seen - number.estimate),
        ),
    )
    return _told(effect, _answering_of_one(outcome, rollout))


def _too_short(series: Series) -> Reason | None:
    before, since = series.weeks()
    if len(since) < LEAST_SINCE:
        return words.why_not(Why.FEW_WEEKS_SINCE, LEAST_SINCE - len(since))
    if series.beside is None and len(before) < YEAR:
        return words.why_not(Why.SEASON, YEAR - len(before))
    if len(before) < BEFORE_WITH_OTHERS:
        return words.why_not(Why.FEW_WEEKS_BEFORE, BEFORE_WITH_OTHERS - len(before))
    return None


def _series_of(values: Floats, weights: Floats, rollout: Rollout) -> Series:
    """Those that started first as one series; beside it those that start after the weeks looked at."""
    weeks = values.shape[1]
    starts = as_numbers(rollout.starts, weeks)
    first = int(starts.min())
    own = starts == first
    later = np.unique(starts[starts >= first + LEAST_SINCE])
    whole = later[later >= first + MOST_SINCE]
    # Whoever has not started in all of these weeks; where there is none, the last to start, for fewer weeks.
    from_then = int(whole[0]) if len(whole) else int(later[-1]) if len(later) else weeks
    end = min(weeks, from_then)
    mine, weight = _as_one(values[own, :end], weights[own, :end], first)
    others = starts >= from_then if len(later) else np.zeros(len(starts), dtype=np.bool_)
    beside = _as_one(values[others, :end], weights[others, :end], first)[0] if others.any() else None
    return Series(mine, weight, first, beside)


def _beside(rollout: Rollout, series: Series) -> np.typing.NDArray[np.bool_]:
    return as_numbers(rollout.starts, len(series.values)) >= len(series.values)


def _as_one(values: Floats, weights: Floats, start: int) -> tuple[Floats, Floats]:
    """Teams as one: the mean of how far each is from its own weeks before, on their common level."""
    filled = np.where(weights > 0, values, 0.0)
    before = weights[:, :start].sum(axis=1)
    level = (filled * weights)[:, :start].sum(axis=1) / np.where(before > 0, before, 1.0)
    counted = weights * (before > 0)[:, None]
    whole = counted.sum(axis=0)
    common = float((level * before).sum() / before.sum()) if before.sum() else 0.0
    away = ((filled - level[:, None]) * counted).sum(axis=0) / np.where(whole > 0, whole, 1.0)
    return np.where(whole > 0, common + away, np.nan), whole


def _shares(outcome: Outcome) -> Outcome | None:
    """The share of those asked that answered, as an outcome of its own."""
    if outcome.asked is None or outcome.counts is None or not outcome.asked.sum():
        return None
    asked = outcome.asked
    share = np.where(asked > 0, outcome.counts / np.maximum(asked, 1.0), np.nan)
    return Outcome(f"answered: {outcome.name}", share, asked)


def _answering(outcome: Outcome, rollout: Rollout) -> Answering | None:
    shares = _shares(outcome)
    found = staggered(shares, rollout) if shares is not None else None
    return None if found is None else _moved(outcome, found.measured)


def _answering_of_one(outcome: Outcome, rollout: Rollout) -> Answering | None:
    shares = _shares(outcome)
    if shares is None:
        return None
    series = _series_of(shares.values, shares.weights(), rollout)
    forecast = forecast_of(series) if _too_short(series) is None else None
    return None if forecast is None else _moved(outcome, measured(forecast))


def _moved(outcome: Outcome, by: Measured) -> Answering:
    """By how much other people's answers could have moved the outcome.

    Of those who answer now, the share `moved / share` wouldn't have before, or the other way round; at worst
    they all stand at one end of the scale.
    """
    assert outcome.counts is not None  # noqa: S101 (only with counts there is a share)
    assert outcome.asked is not None  # noqa: S101
    share = float(outcome.counts.sum() / outcome.asked.sum())
    moves = 0.0
    if _says_any(by):
        long = float("inf") if outcome.scale is None else outcome.scale[1] - outcome.scale[0]
        moves = long * min(1.0, abs(by.estimate) / max(share, abs(by.estimate)))
    return Answering(share, by, moves)


def _told(effect: Effect, answering: Answering | None) -> Effect:
    """With its sentence; or that it can't be told, where who answers could be all of it."""
    assert effect.measured is not None  # noqa: S101 (it was measured)
    told = replace(
        effect,
        words=words.said(effect.design, effect.says, effect.measured),
        answering=answering,
        remarks=effect.remarks + (() if answering is None else (words.answered(answering),)),
    )
    if answering is None or effect.says is Says.NOTHING_SEEN:
        return told
    stays = effect.measured.above(answering.moves) or effect.measured.below(-answering.moves)
    return told if stays else _instead(told, words.why_not(Why.ANSWERING_MOVED))


def _cant_tell(outcome: Outcome, reason: Reason) -> Effect:
    return Effect(
        outcome.name, Design.CANT_TELL, Says.CANT_TELL, None, words=words.cant_tell(reason), reason=reason
    )


def _instead(effect: Effect, reason: Reason) -> Effect:
    """What was measured goes to the figures for a statistician."""
    number = effect.measured
    figures = (
        () if number is None else (("estimate", number.estimate), ("low", number.low), ("high", number.high))
    )
    return replace(
        effect,
        design=Design.CANT_TELL,
        says=Says.CANT_TELL,
        measured=None,
        words=words.cant_tell(reason),
        reason=reason,
        figures=effect.figures + figures,
    )


def _among_several(effect: Effect, adjusted: float, outcomes: int) -> Effect:
    told = replace(effect, adjusted=adjusted)
    if effect.says is Says.NOTHING_SEEN or adjusted <= ERROR:
        return told
    assert effect.measured is not None  # noqa: S101 (adjusted is what was measured)
    return replace(
        told,
        says=Says.NOTHING_SEEN,
        words=words.of_several(outcomes),
        remarks=(words.said(effect.design, effect.says, effect.measured), *effect.remarks),
    )


def _says(outcome: Outcome, number: Measured) -> Says:
    if not _says_any(number):
        return Says.NOTHING_SEEN
    return Says.BETTER if (number.estimate > 0) == outcome.more_is_better else Says.WORSE


def _says_any(number: Measured) -> bool:
    return number.above() or number.below()
