"""What there is to say about a charter: mistakes and remarks, each with its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from remit_engine.errors import InputError

_LISTED = 10
"""Mistakes that the text of an error lists; it carries them all."""


class Severity(StrEnum):
    """Whether a charter can be used in spite of it."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands.

    Attributes:
        file: name of the file, as it was asked for.
        line, column: from 1 on.
    """

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to say about a charter.

    Attributes:
        code: stable name for programs, lower case with dashes: `unknown-fact`.
        severity: error or warning.
        place: file, line and column.
        wrong: one sentence: what is wrong.
        next_step: what was expected, or what to do.
        rule: id of the rule that it is about, where there is one.
    """

    code: str
    severity: Severity
    place: Place
    wrong: str
    next_step: str
    rule: str | None = None

    def __str__(self) -> str:
        return f"{self.place}: {self.wrong} {self.next_step}"


class CharterError(InputError):
    """A charter can't be read. Code, place and sentences are those of the first mistake by its line.

    Args:
        findings: every mistake that was found in one file, at least one.
    """

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(sorted(findings, key=lambda each: (each.place.line, each.place.column)))
        first = self.findings[0]
        super().__init__(
            first.code,
            f"{first.place}: {first.wrong}",
            first.next_step,
            file=first.place.file,
            line=first.place.line,
            column=first.place.column,
            mistakes=len(self.findings),
        )

    def __str__(self) -> str:
        lines = [str(finding) for finding in self.findings[:_LISTED]]
        more = len(self.findings) - len(lines)
        if more:
            lines.append(f"And {more} more {'mistake' if more == 1 else 'mistakes'}.")
        return "\n".join(lines)

    def __reduce__(self) -> tuple[type[CharterError], tuple[tuple[Finding, ...]]]:
        return CharterError, (self.findings,)
