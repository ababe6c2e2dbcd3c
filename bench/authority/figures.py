"""Measured figures with their aims, and the tables of the page."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.authority import remit_lines, rivals

Lines = dict[int, list[dict[str, Any]]]
"""Of each size, the lines of `bench/authority/single.py`."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number, and the aim that it is held against.

    Attributes:
        what: was measured.
        value: measured.
        aim: to reach; None where there is none, only a number to know.
        unit: after both.
        at_least: whether more is better.
    """

    what: str
    value: float
    aim: float | None = None
    unit: str = ""
    at_least: bool = False

    @property
    def factor(self) -> float:
        """How many times better than the aim it is; below 1 it is missed."""
        if self.aim is None:
            return float("nan")
        return self.value / self.aim if self.at_least else self.aim / self.value

    @property
    def said(self) -> str:
        """Whether the aim is reached, and by how much."""
        if self.aim is None:
            return ""
        if self.factor >= 1:
            return f"reached, {self.factor:.2g} times better"
        return f"**missed**, {1 / self.factor:.2g} times worse"

    def as_row(self) -> str:
        """A row of the table."""
        aim = "" if self.aim is None else f"{'≥' if self.at_least else '≤'} {_short(self.aim)}{self.unit}"
        return f"| {self.what} | {_short(self.value)}{self.unit} | {aim} | {self.said} |"


def table_of(title: str, figures: Sequence[Figure]) -> list[str]:
    """Figures with their aims."""
    rows = [figure.as_row() for figure in figures]
    return [f"### {title}", "", "| what | measured | aim | |", "| --- | ---: | ---: | --- |", *rows, ""]


def single_figures(lines: Lines, once: dict[int, dict[str, float]]) -> list[Figure]:
    """What single decisions are held against, for the smallest and the largest charter that was measured."""
    small, large = min(lines), max(lines)
    rules = f"{large:,} rules"
    medians = {size: {line["name"]: line["p50"] for line in lines[size]} for size in (small, large)}
    level, verdict = medians[large][remit_lines.LEVEL], medians[large][remit_lines.VERDICT]
    figures = [
        Figure(f"level, median at {rules}", level, 0.5, " µs"),
        Figure(f"verdict with rules and what is left, median at {rules}", verdict, 1.0, " µs"),
    ]
    if small < large:
        figures += [
            Figure(
                f"{what} at {rules}, times that at {small}", medians[large][name] / medians[small][name], 1.7
            )
            for what, name in (("level", remit_lines.LEVEL), ("verdict", remit_lines.VERDICT))
        ]
    rivals = {line["name"]: line["p50"] for line in lines[large] if _comes_as_it_is(line)}
    if rivals:
        fastest = min(rivals, key=lambda name: rivals[name])
        what = f"times the speed of the fastest other as it comes ({fastest})"
        figures.append(Figure(f"level, {what}", rivals[fastest] / level, 30, at_least=True))
    figures += [
        Figure(f"{name}, verdict included", medians[large][name], 20, " µs") for name in remit_lines.ON_DEMAND
    ]
    figures += [
        Figure(f"compile {rules}, for every role and kind", once[large]["compile"], 0.5, " s"),
        Figure(
            f"compile {rules}, to the first answer", once[large]["compile, first answer"] * 1000, None, " ms"
        ),
        Figure(f"load {rules}, to the first answer", once[large]["load, first answer"] * 1000, 50, " ms"),
        Figure(f"size of {rules}, pickled", once[large]["bytes"] / 1000, None, " kB"),
        Figure("level, times the floor", level / medians[large][remit_lines.FLOOR]),
    ]
    return figures


def columns_figures(measured: dict[int, dict[str, float]]) -> list[Figure]:
    """What replay is held against, at the largest charter."""
    found = measured[max(measured)]
    at = f"at {max(measured):,} rules, {found['rows'] / 1e6:,.3g} M requests"
    figures = [
        Figure(f"{what} {at}", found[name] / 1e6, aim, " M rows/s", at_least=True)
        for what, name, aim in (
            ("levels in any order", "levels, any order", 8),
            ("levels clustered by role and kind", "levels, clustered", 20),
            ("whole replay in any order, with checks and sums,", "replay, any order", None),
            ("whole replay clustered, with checks and sums,", "replay, clustered", None),
            ("closed loop, a daily allowance per member,", "closed loop", 3),
        )
    ]
    copied = f"a copy of the {found['bytes a row']:.0f} bytes of each row in memory"
    return [
        *figures,
        Figure(copied, found["copy"] / 1e6, None, " M rows/s"),
        Figure(
            "levels clustered, share of that copy",
            100 * found["levels, clustered"] / found["copy"],
            None,
            " %",
        ),
        Figure("levels that the daily allowance lowers", 100 * found["lowered"], None, " %"),
        Figure("compile to columns", found["compile seconds"], None, " s"),
    ]


def columns_table(measured: dict[int, dict[str, float]]) -> list[str]:
    """Replay for each size, million rows a second."""
    names = [name for name in next(iter(measured.values())) if "," in name or name in {"closed loop", "copy"}]
    rows = [
        f"| {size:,} | " + " | ".join(f"{found[name] / 1e6:.3g}" for name in names) + " |"
        for size, found in measured.items()
    ]
    head = f"| rules | {' | '.join(names)} |"
    return ["### Columns, million rows a second", "", head, "| ---: " * (len(names) + 1) + "|", *rows, ""]


def analysis_figures(measured: dict[int, dict[str, float]]) -> list[Figure]:
    """What exact answers are held against: 0.5 s for the largest charter, 5 ms for the smallest, together."""
    figures = []
    for size, aim in ((min(measured), 5), (max(measured), 500)):
        found = {name: 1000 * value for name, value in measured[size].items()}
        together = f"gaps, rules that never matter, and the difference of two charters, {size:,} rules"
        counts = measured[size]
        alone = (
            f"analysis alone (dead ends: {counts['dead ends']:.0f}, idle rules: {counts['idle rules']:.0f})"
        )
        changes = f"difference alone (in sentences; regions: {counts['regions']:.0f})"
        figures += [
            Figure(together, found["analysis"] + found["difference"], aim, " ms"),
            Figure(alone, found["analysis"], None, " ms"),
            Figure(changes, found["difference"], None, " ms"),
        ]
    return figures


def _comes_as_it_is(line: dict[str, Any]) -> bool:
    return bool(line["version"]) and line["name"] != rivals.INDEXED.name


def single_tables(lines: Lines) -> list[str]:
    """Every engine, a table for each size."""
    text = []
    for size, measured in lines.items():
        text += [
            f"### One decision, {size:,} rules",
            "",
            "| what | version | decisions/s | p50 µs | p99 µs | build s | asked | wrong |",
            "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |",
        ]
        text += [
            f"| {line['name']} | {line['version']} | {line['per_second']:,.0f} | {line['p50']:,.2f} | "
            f"{line['p99']:,.2f} | {line['build']:.3f} | {line['asked']:,} | {line['wrong']} |"
            for line in measured
        ]
        text.append("")
    return text


def machine() -> str:
    """The machine, the day and how busy it was."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    day = datetime.now(UTC).date().isoformat()
    return (
        f"Machine: {os.cpu_count()} cores ({_model()}, {platform.machine()}), {memory:.0f} GiB, "
        f"{platform.system()}, Python {platform.python_version()}; {day}; "
        f"load {os.getloadavg()[0]:.1f} when it began."
    )


def _model() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "of a kind that isn't told"
    return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), "unknown")


def _short(number: float) -> str:
    if number >= 100:
        return f"{number:,.0f}"
    return f"{number:.3g}"
