"""Text that is no YAML at all, told so that it can be mended."""

from __future__ import annotations

import re
from typing import Final

from ruamel.yaml.error import MarkedYAMLError

_COMPARISON: Final = re.compile(r"[:\[,]\s*>=?\s*\d")


class Unreadable(Exception):
    """The text as a whole can't be read.

    Attributes:
        code, wrong, next_step: as in a finding.
        line, column: from 1 on.
    """

    def __init__(self, code: str, wrong: str, next_step: str, line: int = 1, column: int = 1) -> None:
        super().__init__(wrong)
        self.code = code
        self.wrong = wrong
        self.next_step = next_step
        self.line = line
        self.column = column


def explained(error: MarkedYAMLError, text: str) -> Unreadable:
    """What the parser complains about, with the usual cause where the line shows one."""
    mark = error.problem_mark or error.context_mark
    number, column = (mark.line, mark.column) if mark else (0, 0)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    line = lines[number] if number < len(lines) else ""
    before = lines[number - 1] if number else ""
    problem = (error.problem or error.context or "it can't be read").replace("\t", "\\t")
    return Unreadable(
        "not-yaml", f"This isn't YAML: {problem}.", _advice(line, before), number + 1, column + 1
    )


def _advice(line: str, before: str) -> str:
    indentation = line[: len(line) - len(line.lstrip())]
    if "\t" in indentation:
        return "Indent with spaces; YAML takes no tabs there."
    if _COMPARISON.search(line) or _COMPARISON.search(before):
        return 'Put a condition that begins with > in quotes: "> 60".'
    if re.search(r":\s*[@`%]", line):
        return "Put the text in quotes."
    if line.count(": ") > 1 and not re.search(r"[{\[]", line):
        return "Put a text that holds a colon in quotes."
    return "Look at the quotes, the brackets and the indentation of this line and the one before."
