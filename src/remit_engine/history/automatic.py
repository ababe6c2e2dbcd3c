"""Approvals that nobody looked at: batch users and time-outs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fnmatch import fnmatchcase
from typing import Final

import numpy as np

from remit_engine.history.spelling import listed, plain
from remit_engine.history.table import MISSING, Answer, Bools, Integers, Labels, Moments

_MACHINES: Final = listed(
    "system sys batch batchuser bot robot robo rpa workflow workflows wf auto automat automatic "
    "automatically automation automated automatisch automatique automatico automatica rule rules "
    "rulesengine scheduler scheduled daemon cron svc webhook api integration timeout systeme sistema "
    "systeem robotic"
)
_MACHINE_PHRASES: Final = ("service account", "service user", "technical user", "time out", "rule engine")
_HOUR: Final = 3600
_FEWEST: Final = 10
_NEIGHBOURS: Final = 0.05


def is_machine(name: str, patterns: Sequence[str] = ()) -> bool:
    """True for the name of something that answers without a person looking.

    Args:
        name: who answered.
        patterns: further names, with * and ?; case doesn't matter.
    """
    if any(fnmatchcase(name.casefold(), pattern.casefold()) for pattern in patterns):
        return True
    bare = plain(name)
    words = {re.sub(r"\d+$", "", word) for word in bare.split()}
    return not words.isdisjoint(_MACHINES) or any(phrase in bare for phrase in _MACHINE_PHRASES)


def by_machines(answered_by: Labels, patterns: Sequence[str]) -> Bools:
    """True for rows answered by a batch user, a bot, a rule."""
    machine = np.array([is_machine(name, patterns) for name in answered_by.names] + [False])
    return np.asarray(machine[answered_by.codes], dtype=np.bool_)


def timeouts(
    asked_at: Moments, answered_at: Moments, answer: Integers, nobody: Bools
) -> tuple[Bools, tuple[int, ...]]:
    """Approvals by time-out: many with exactly the same waiting time of an hour or more.

    Args:
        asked_at: when it was asked.
        answered_at: when it was answered.
        answer: codes of `Answer`.
        nobody: True where no person is named as the one who answered.

    Returns:
        True for those rows; and the waiting times in seconds.
    """
    known = ~(np.isnat(asked_at) | np.isnat(answered_at)) & (answer == Answer.APPROVED)
    found = np.zeros(len(answer), dtype=np.bool_)
    if not (known & nobody).any() or not _has_clock(answered_at[known]):
        return found, ()
    waiting = (answered_at - asked_at).astype(np.int64)
    times, counts = np.unique(waiting[known & nobody], return_counts=True)
    everybody = np.sort(waiting[known])
    piles = [
        int(time)
        for time, count in zip(times.tolist(), counts.tolist(), strict=True)
        if time >= _HOUR
        and count >= _FEWEST * _usual(counts[times != time])
        and count * 2 > _around(everybody, time)
    ]
    if piles:
        found = known & nobody & np.isin(waiting, piles)
    return found, tuple(piles)


def _has_clock(moments: Moments) -> bool:
    """False for bare dates, whose differences are whole days for everybody."""
    return bool((moments.astype("datetime64[D]") != moments).any())


def _usual(counts: Integers) -> float:
    """How often other waiting times occur: once, unless the source rounds its times."""
    return float(np.median(counts)) if len(counts) else 1.0


def _around(waiting: Integers, time: int) -> int:
    low, high = np.searchsorted(waiting, [time * (1 - _NEIGHBOURS), time * (1 + _NEIGHBOURS)])
    return int(high - low)


def duration(seconds: int) -> str:
    """A waiting time in words: 48 hours, 1 hour 30 minutes."""
    hours, rest = divmod(seconds, _HOUR)
    minutes, left = divmod(rest, 60)
    parts = [(hours, "hour"), (minutes, "minute"), (left, "second")]
    return " ".join(f"{count:,} {unit}{'' if count == 1 else 's'}" for count, unit in parts if count)


def machine_rows(answered_by: Labels, rows: Bools) -> tuple[tuple[str, int], ...]:
    """For each machine that answered: ("answered by batch_01", rows), the busiest first."""
    codes = answered_by.codes[rows & (answered_by.codes != MISSING)]
    counts = np.bincount(codes, minlength=len(answered_by.names))
    busiest = sorted(np.flatnonzero(counts).tolist(), key=lambda code: (-counts[code], code))
    return tuple((f"answered by {answered_by.names[code]}", int(counts[code])) for code in busiest)
