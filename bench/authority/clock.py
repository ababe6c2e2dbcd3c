"""One core, and CPU time: what other work on the machine does shows as little as can be."""

from __future__ import annotations

import os
import time
from collections.abc import Callable


def on_one_core() -> None:
    """Keep this process on the last core, where the system can do that."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def best_seconds(work: Callable[[], object], repeats: int) -> float:
    """CPU seconds of some work, the best of several runs."""
    seconds = []
    for _ in range(repeats):
        started = time.process_time()
        work()
        seconds.append(time.process_time() - started)
    return min(seconds)
