"""Designed errors: what is wrong, where, and what to do next.

Every error that a person may see is a `RemitError`. It carries a stable `code` (for programs), a
sentence that says what is wrong and where, and a sentence that says what to do next. A door (command,
page, API) prints `str(error)`; it never prints a stack trace for one of these.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class RemitError(Exception):
    """Something that a person can mend.

    Args:
        code: stable name for programs, lower case with dashes, for example `two-currencies`.
        wrong: one sentence: what is wrong and where.
        next_step: one sentence: what to do about it.
        data: the values behind the sentence, JSON-like.
    """

    def __init__(self, code: str, wrong: str, next_step: str, **data: object) -> None:
        super().__init__(f"{wrong} {next_step}")
        self.code = code
        self.wrong = wrong
        self.next_step = next_step
        self.data: Mapping[str, object] = MappingProxyType(data)


class InputError(RemitError):
    """The input (a file, a mapping, an option) can't be used as it is. The command exits with 2."""
