"""What was used of allowances, asked of whoever keeps the books: an app above hooks itself in."""

from __future__ import annotations

from collections.abc import Callable

from remit.people.models import Team
from remit_engine.charter.compiled import CompiledCharter
from remit_engine.charter.request import Request

Books = Callable[[Team, CompiledCharter, Request], dict[str, int]]
"""Gives what was used of every allowance that a request is added to, by id of the allowance."""

_books: list[Books] = []


def kept_by(books: Books) -> None:
    """Hook in the function that knows what was used."""
    _books[:] = [books]


def used(team: Team, compiled: CompiledCharter, request: Request) -> dict[str, int]:
    """What was used of every allowance that a request is added to; nothing where no books are kept."""
    if not _books:
        return {allowance.id: 0 for allowance in compiled.charter.all_allowances}
    return _books[0](team, compiled, request)
