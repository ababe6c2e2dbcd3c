"""Names of columns as sources have them: empty, doubled, padded."""

from __future__ import annotations

from collections.abc import Container, Iterable

from remit_engine import limits
from remit_engine.errors import InputError


def unique_names(cells: Iterable[str | None]) -> tuple[str, ...]:
    """The names of columns, each once: the second "amount" becomes "amount (2)", an empty one "column 3".

    Raises:
        InputError: more columns than `limits.SOURCE_COLUMNS`.
    """
    found = list(cells)
    if len(found) > limits.SOURCE_COLUMNS:
        raise InputError(
            "too-many-columns",
            f"The source has {len(found):,} columns; at most {limits.SOURCE_COLUMNS} are read.",
            "Export only the columns that say something about the approvals.",
        )
    names: dict[str, None] = {}
    for place, cell in enumerate(found, 1):
        wanted = " ".join((cell or "").replace("\ufeff", "").split()) or f"column {place}"
        names[_free(wanted, names)] = None
    return tuple(names)


def _free(wanted: str, taken: Container[str]) -> str:
    name, count = wanted, 1
    while name in taken:
        count += 1
        name = f"{wanted} ({count})"
    return name
