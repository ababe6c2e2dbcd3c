"""A text line by line, each with what was found about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from remit_engine.charter.findings import Finding

_ALL_UP_TO = 300
"""Lines of a text that is shown in full; of a longer one only what stands around a finding."""
_AROUND = 8


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """A line of a text.

    Attributes:
        number: from 1 on.
        text: as it is written.
        findings: about this line.
        skipped: whether lines before it aren't shown.
    """

    number: int
    text: str
    findings: tuple[Finding, ...]
    skipped: bool


def marked_lines(text: str, findings: Iterable[Finding]) -> list[MarkedLine]:
    """The lines of a text; none where nothing was found, those around findings where it is long."""
    by_line: dict[int, list[Finding]] = {}
    for finding in findings:
        by_line.setdefault(finding.place.line, []).append(finding)
    if not by_line:
        return []
    lines = text.splitlines()
    near = {each + by for each in by_line for by in range(-_AROUND, _AROUND + 1)}
    shown = [n for n in range(1, len(lines) + 1) if len(lines) <= _ALL_UP_TO or n in near]
    return [
        MarkedLine(number, lines[number - 1], tuple(by_line.get(number, ())), number != before + 1)
        for number, before in zip(shown, [0, *shown], strict=False)
    ]
