"""Exact answers about whole charters: gaps and rules that never matter, and the difference of two versions.

Run by `bench/authority/run.py`. Seconds of CPU time on one core, the best of several runs, everything made
anew from the values each time. The difference is held against the formula on made requests.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from typing import Final

from bench.authority import charters
from bench.authority.clock import best_seconds, on_one_core
from remit_engine.charter import plain
from remit_engine.charter.analysis import analyse
from remit_engine.charter.difference import difference
from remit_engine.charter.document import Charter
from remit_engine.charter.levels import Level
from remit_engine.charter.request import Request

COMPARED: Final = 1_000
"""So many requests are asked under both versions; each lies in a region exactly if its level changes."""


REPEATS: Final = 5


def measure(size: int) -> dict[str, float]:
    """Seconds by name, and how much was found."""
    old = charters.made_charter(size)
    new = charters.changed_charter(old)
    found, analysed = difference(old, new), analyse(old)
    requests = charters.as_requests(charters.made_columns(COMPARED, size), size)
    wrong = sum(found.levels(request) != _levels(request, old, new) for request in requests)
    return {
        "analysis": best_seconds(lambda: analyse(replace(old)), REPEATS),
        "dead ends": float(len(analysed.dead_ends)),
        "idle rules": float(len(analysed.idle)),
        "difference": best_seconds(lambda: difference(replace(old), replace(new)), REPEATS),
        "regions": float(len(found.regions)),
        "wrong": float(wrong),
    }


def _levels(request: Request, old: Charter, new: Charter) -> tuple[Level, Level] | None:
    """What the formula says: both levels where they differ."""
    levels = plain.level(old, request), plain.level(new, request)
    return None if levels[0] is levels[1] else levels


def main() -> None:
    """Measure on the last core, and print it as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("size", type=int, help="rules of the charter: 20, 200 or 2000")
    options = parser.parse_args()
    on_one_core()
    print(json.dumps(measure(options.size)))


if __name__ == "__main__":
    main()
