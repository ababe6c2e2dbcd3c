"""Columns of requests that can't be meant are refused, as single requests are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from remit_engine.charter.document import Charter
from remit_engine.charter.facts import ChoiceFact, Fact
from remit_engine.errors import InputError
from remit_engine.history.requests.columns import RequestColumns
from remit_engine.history.table import Labels
from remit_engine.limits import AMOUNT_MINOR_UNITS
from remit_engine.nearest import nearest


def check_columns(charter: Charter, columns: RequestColumns) -> None:
    """Refuse what can't be meant; never a guess.

    Raises:
        InputError: columns of unequal length, an unknown fact or allowance, a column of the wrong type, a
            number below -1 or larger than Remit takes.
    """
    for name, column in _all_columns(columns):
        if len(column) != len(columns):
            raise InputError(
                "unequal-columns",
                f"Column {name} has {len(column)} rows, amount has {len(columns)}.",
                "Give every column the same length.",
            )
    _known("fact", columns.facts, charter.all_facts)
    allowances = {allowance.id: allowance for allowance in charter.all_allowances}
    _known("allowance", columns.used, allowances)
    for name, fact in charter.all_facts.items():
        if name in columns.facts:
            _check_type(fact, columns.facts[name])
    _check_numbers("amount", columns.amount)
    _check_numbers("given", columns.given, least=0)
    for name, used in columns.used.items():
        _check_numbers(f"used of {name}", used)


_ALWAYS: Final = (
    *("role", "kind", "member", "team", "step", "given", "about_me", "own_account"),
    *("day", "moment", "customer", "order"),
)


def _all_columns(columns: RequestColumns) -> Iterator[tuple[str, Any]]:
    yield from ((name, getattr(columns, name)) for name in _ALWAYS)
    yield from ((f"fact {name}", column) for name, column in columns.facts.items())
    yield from ((f"used of {name}", column) for name, column in columns.used.items())
    for name in ("currency", "about", "account_of"):
        if getattr(columns, name) is not None:
            yield name, getattr(columns, name)
    if columns.log is not None:
        log = columns.log
        yield from ((f"log {name}", getattr(log, name)) for name in ("answer", "by", "granted", "taken_back"))


def _known(what: str, given: Mapping[str, object], known: Mapping[str, object]) -> None:
    for name in given:
        if name in known:
            continue
        near = nearest(name, known)
        declared = f"Known are: {', '.join(sorted(known))}." if known else "The charter declares none."
        raise InputError(
            f"unknown-{what}",
            f"The charter knows no {what} {name!r}.",
            f"Did you mean {near}?" if near else declared,
            name=name,
        )


def _check_type(fact: Fact, column: Labels | npt.NDArray[Any]) -> None:
    if isinstance(fact, ChoiceFact) != isinstance(column, Labels):
        raise InputError(
            "not-a-word" if isinstance(fact, ChoiceFact) else "not-whole",
            f"The column of the fact {fact.name} is of the wrong type.",
            "Give words as Labels, numbers and flags as signed whole numbers with -1 for missing.",
        )
    if not isinstance(column, Labels):
        most = AMOUNT_MINOR_UNITS if hasattr(fact, "unit") else 1
        _check_numbers(f"fact {fact.name}", column, most=most)


def _check_numbers(
    name: str, column: npt.NDArray[Any], *, least: int = -1, most: int = AMOUNT_MINOR_UNITS
) -> None:
    if not np.issubdtype(column.dtype, np.signedinteger):
        raise InputError(
            "not-whole",
            f"The column {name} holds {column.dtype}, not signed whole numbers.",
            "Give whole numbers; money in minor units (cents); -1 for missing.",
        )
    if not len(column):
        return
    if int(column.min()) < least:
        raise InputError(
            "negative-amount", f"The {name} is {column.min()} in a row.", f"Give numbers from {least} on."
        )
    if int(column.max()) > most:
        raise InputError(
            "too-large", f"The {name} is {column.max()} in a row.", f"Give numbers up to {most}."
        )
