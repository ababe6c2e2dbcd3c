"""What processes hold: memory of their own, open files; and whether it grows, with the error of that."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

_BLOCKS: Final = 12
"""The samples are taken together in so many blocks: neighbours say almost the same."""
_KIB: Final = re.compile(r"^(Rss|Private_Clean|Private_Dirty):\s+(\d+) kB$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Process:
    """A process.

    Attributes:
        uss: bytes that are its own, and would be free without it.
        rss: bytes that it holds, shared ones too.
        files: open file descriptors; database_files: those on the database of SQLite.
    """

    name: str
    uss: int
    rss: int
    files: int
    database_files: int


@dataclass(frozen=True, slots=True)
class Sample:
    """A moment: seconds since the beginning, jobs that wait, connections to the database, the processes."""

    at: float
    waiting: int
    connections: int | None
    processes: Sequence[Process]


def tree_of(roots: dict[int, str]) -> list[Process]:
    """Processes and their children, by name: the children of `serve` are `serve 1`, `serve 2`."""
    found = []
    for root, name in roots.items():
        found.append(_process(root, name))
        children = sorted(_children(root))
        found += [_process(child, f"{name} {number}") for number, child in enumerate(children, start=1)]
    return found


def slope(at: Sequence[float], values: Sequence[float]) -> tuple[float, float]:
    """How much values grow per unit of `at`, with its standard error: least squares over blocks."""
    blocks = np.array_split(np.arange(len(at)), min(_BLOCKS, len(at)))
    x = np.array([np.mean(np.asarray(at)[block]) for block in blocks])
    y = np.array([np.mean(np.asarray(values)[block]) for block in blocks])
    if len(x) < 3:
        return 0.0, float("inf")
    away = x - x.mean()
    grows = float(away @ y / (away @ away))
    left = y - y.mean() - grows * away
    return grows, float(np.sqrt(left @ left / (len(x) - 2) / (away @ away)))


def _process(number: int, name: str) -> Process:
    folder = Path("/proc", str(number))
    sizes = {field: int(kib) * 1024 for field, kib in _KIB.findall((folder / "smaps_rollup").read_text())}
    opened = list(_targets(folder / "fd"))
    uss = sizes["Private_Clean"] + sizes["Private_Dirty"]
    of_database = sum(".sqlite3" in target for target in opened)
    return Process(name, uss, sizes["Rss"], len(opened), of_database)


def _targets(folder: Path) -> Iterable[str]:
    for each in folder.iterdir():
        try:
            yield str(each.readlink())
        except FileNotFoundError:  # closed meanwhile
            continue


def _children(parent: int) -> list[int]:
    text = Path("/proc", str(parent), "task", str(parent), "children").read_text()
    return [int(number) for number in text.split()]
