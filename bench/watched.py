"""What is looked at all the time: does the promise hold at every look, how often is an alarm a false one?"""

from __future__ import annotations

from typing import Final

import numpy as np

from bench.worlds import ERROR, LIMITS, SHARES, SINGLE, TOLERANCE, true_rates
from remit_engine.evidence.bounds import rate_at_most
from remit_engine.evidence.drift import alarm_path
from remit_engine.evidence.letgo.live import rungs_held
from remit_engine.evidence.standing_out import rings_of

RUNGS: Final = (7500, 10000, 15000, 20000, 30000, 50000)
"""Minor units: six limits, as a window has."""
REVIEW_RATES: Final = (0.02, 0.05, 0.1)
_WORSE: Final = 4.0


def watched(world: str, requests: int, histories: int, seed: int) -> tuple[float, float]:
    """Rungs of one segment, looked at after each answer.

    Returns:
        the share of histories in which a rung with too high a true rate was ever proven, and the share of the
        requests that is let go in the end.
    """
    rng, rates = np.random.default_rng([seed, requests]), SINGLE[world]
    truth = {int(limit) * 100: rate for limit, rate in zip(LIMITS, true_rates(rates), strict=True)}
    broken, released = 0, 0.0
    for _ in range(histories):
        band = rng.choice(len(LIMITS), requests, p=SHARES)
        amount, declined = LIMITS[band].astype(np.int64) * 100, rng.random(requests) < rates[band]
        proven = [rung.limit for rung in rungs_held(amount, declined, RUNGS, TOLERANCE, ERROR) if rung.proven]
        broken += any(truth[limit] > TOLERANCE for limit in proven)
        released += float(SHARES[max(proven, default=0) >= LIMITS * 100].sum())
    return broken / histories, released / histories


def looked_after_each_review(rate: float, reviews: int, histories: int, seed: int) -> tuple[float, float]:
    """The bound of what was let go, looked at after each review.

    Returns:
        the share of histories in which it was below the true rate at any look, and its mean at the last one.
    """
    rng = np.random.default_rng([seed, reviews, round(rate * 1000)])
    looks = np.arange(1, reviews + 1)
    bounds = np.array(
        [rate_at_most(np.cumsum(rng.random(reviews) < rate), looks, ERROR) for _ in range(histories)]
    )
    return float((bounds < rate).any(axis=1).mean()), float(bounds[:, -1].mean())


def alarms(rate: float, answers: int, histories: int, seed: int) -> tuple[float, float]:
    """Whether declines became more frequent, listened to after each answer, at a chance of error of 5 %.

    Returns:
        the share of histories with an alarm where nothing changed, and where the rate is four times as high
        from the middle on.
    """
    rng = np.random.default_rng([seed, answers])
    needed = np.log(answers / ERROR)
    usual = np.full(answers, rate)
    changed = np.where(np.arange(answers) < answers // 2, rate, rate * _WORSE)
    heard = [
        np.mean([alarm_path(rng.random(answers) < each, rate).max() >= needed for _ in range(histories)])
        for each in (usual, changed)
    ]
    return float(heard[0]), float(heard[1])


def worth_a_look(rate: float, budget: int, histories: int, seed: int) -> tuple[float, float]:
    """Alarms about somebody within as many decisions as the budget has, where nothing is out of the ordinary.

    Returns:
        alarms on average (at most one is allowed), and the share of histories with one where the rate is four
        times that of the others from the middle on.
    """
    rng = np.random.default_rng([seed, budget])
    usual = np.full(budget, rate)
    worse = np.where(np.arange(budget) < budget // 2, rate, rate * _WORSE)
    rung = [len(rings_of(rng.random(budget) < usual, rate, budget)) for _ in range(histories)]
    heard = [bool(rings_of(rng.random(budget) < worse, rate, budget)) for _ in range(histories)]
    return float(np.mean(rung)), float(np.mean(heard))


def as_markdown(histories: int) -> str:
    """The tables as Markdown."""
    lines = ["### Looked at all the time", ""]
    lines += ["| world | answers | histories | broken at any look | let go in the end |"]
    lines += ["| --- | ---: | ---: | ---: | ---: |"]
    for world in SINGLE:
        for requests in (600, 2000):
            broken, released = watched(world, requests, histories, 5)
            lines.append(f"| {world} | {requests:,} | {histories:,} | {broken:.1%} | {released:.1%} |")
    lines += ["", "### After letting go: reviews, looked at after each", ""]
    lines += ["| said different | reviews | histories | bound too low at any look | mean bound at the end |"]
    lines += ["| ---: | ---: | ---: | ---: | ---: |"]
    for rate in REVIEW_RATES:
        for reviews in (40, 200):
            missed, bound = looked_after_each_review(rate, reviews, histories, 6)
            lines.append(f"| {rate:.0%} | {reviews} | {histories:,} | {missed:.1%} | {bound:.1%} |")
    lines += ["", "### Drift, and what is worth a look", ""]
    lines += [
        "| what is listened to | observations | histories | false alarms | stated | heard when four times |"
    ]
    lines += ["| --- | ---: | ---: | ---: | ---: | ---: |"]
    for answers in (250, 1000):
        false, heard = alarms(TOLERANCE, answers, histories, 7)
        name = "declines of a segment, 3 % usual"
        lines.append(
            f"| {name} | {answers:,} | {histories:,} | {false:.1%} | at most {ERROR:.0%} | {heard:.0%} |"
        )
    for rate in (0.02, 0.05):
        mean, heard = worth_a_look(rate, 1000, histories, 8)
        name = f"decisions taken back, {rate:.0%} usual"
        lines.append(f"| {name} | 1,000 | {histories:,} | {mean:.2f} each | at most 1 each | {heard:.0%} |")
    return "\n".join([*lines, ""])
