"""What is noted while a charter is read: every mistake, not only the first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from remit_engine.charter.findings import CharterError, Finding, Place, Severity
from remit_engine.charter.reading.nodes import Node
from remit_engine.limits import CHARTER_FINDINGS
from remit_engine.nearest import nearest

_Value = TypeVar("_Value")
_SHOWN = 60
_LISTED = 12


class Wrong(Exception):
    """A value is wrong; what else the charter says can still be looked at.

    Args:
        node: where.
        code, wrong, next_step: as in a finding.
    """

    def __init__(self, node: Node, code: str, wrong: str, next_step: str) -> None:
        super().__init__(wrong)
        self.node = node
        self.code = code
        self.wrong = wrong
        self.next_step = next_step


class Notes:
    """Findings about one file.

    Attributes:
        file: its name.
        errors, warnings: in the order they were found.
        rule: id of the rule that is being read.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self.errors: list[Finding] = []
        self.warnings: list[Finding] = []
        self.rule: str | None = None

    def place(self, node: Node) -> Place:
        """Where a value stands."""
        return Place(self.file, node.line, node.column)

    def error(self, node: Node, code: str, wrong: str, next_step: str) -> None:
        """Note a mistake.

        Raises:
            CharterError: there are so many that nobody reads more.
        """
        self.errors.append(Finding(code, Severity.ERROR, self.place(node), wrong, next_step, self.rule))
        if len(self.errors) >= CHARTER_FINDINGS:
            raise CharterError(self.errors)

    def warning(self, node: Node, code: str, wrong: str, next_step: str) -> None:
        """Note something that is allowed, and probably not meant."""
        self.warnings.append(Finding(code, Severity.WARNING, self.place(node), wrong, next_step, self.rule))

    def attempt(self, read: Callable[..., _Value], *told: object) -> _Value | None:
        """What `read` makes of its arguments; None, and the mistake noted, when they are wrong."""
        try:
            return read(*told)
        except Wrong as wrong:
            self.error(wrong.node, wrong.code, wrong.wrong, wrong.next_step)
            return None


def shown(text: str) -> str:
    """A word of the document in a message: quoted, not too long, control characters visible."""
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")


def meant(word: str, known: Iterable[str]) -> str:
    """The next step about a word that isn't known: the nearest one, or all that there are."""
    words = list(known)
    near = nearest(word, words) if len(word) <= _SHOWN else None
    if near is not None:
        return f"Did you mean {near}?"
    more = f" and {len(words) - _LISTED} more" if len(words) > _LISTED else ""
    return f"Known are: {', '.join(words[:_LISTED])}{more}." if words else "None is declared."
