"""What stands in the columns of a source: numbers, moments, answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa

from remit_engine.history.amounts import AmountReader, Trouble
from remit_engine.history.answers import meaning_of, tells_an_answer
from remit_engine.history.decimal_marks import Mark
from remit_engine.history.moments import UNREADABLE, MomentReader, Order
from remit_engine.history.source import Batch
from remit_engine.history.spelling import is_nothing
from remit_engine.history.texts import Column, as_texts

SOME: Final = 0.1
MOSTLY: Final = 0.5
NEARLY_ALL: Final = 0.9
"""Shares of cells that make a column be taken for something."""
_LOOKED_AT: Final = 400
_MONEY_READERS: Final = (AmountReader(Mark.POINT, 2), AmountReader(Mark.COMMA, 2))
_MOMENT_READERS: Final = (MomentReader(Order.DAY_FIRST, None), MomentReader(Order.MONTH_FIRST, None))


@dataclass(frozen=True, slots=True)
class Look:
    """What stands in some cells of a column, as shares of those that aren't empty.

    Attributes:
        name: the column's name.
        filled: how many of the looked-at cells hold something.
        distinct: how many different ones.
        numbers, moments, answers: the share that can be read as such ("answers" knows yes and no too).
        outspoken: the share of words that are about an answer in any column ("approved").
        fractions: the share of numbers that have decimals or a currency.
    """

    name: str
    filled: int
    distinct: int
    numbers: float
    moments: float
    answers: float
    outspoken: float
    fractions: float


def look_at(batch: Batch) -> list[Look]:
    """Look at some cells of every column."""
    return [_look(name, batch.columns.column(name)) for name in batch.columns.schema.names]


def _look(name: str, column: Column) -> Look:
    places = np.unique(np.linspace(0, max(len(column) - 1, 0), _LOOKED_AT).astype(np.int64))
    cells = as_texts(column.take(pa.array(places if len(column) else places[:0], pa.int64()))).to_pylist()
    filled = [cell for cell in cells if cell is not None and not is_nothing(cell)]
    is_moment = pa.types.is_temporal(column.type)
    numbers = [0 if is_moment else _is_number(cell) for cell in filled]
    return Look(
        name=name,
        filled=len(filled),
        distinct=len(set(filled)),
        numbers=_share(numbers),
        moments=_share([is_moment or (not cell.isdigit() and _is_moment(cell)) for cell in filled]),
        answers=_share([meaning_of(cell) is not None for cell in filled]),
        outspoken=_share([tells_an_answer(cell) for cell in filled]),
        fractions=_share(
            [not cell.isdigit() for cell, number in zip(filled, numbers, strict=True) if number]
        ),
    )


def _share(found: Sequence[bool | int]) -> float:
    return sum(found) / len(found) if found else 0.0


def _is_number(cell: str) -> bool:
    return any(reader.one(cell) not in {Trouble.MISSING, Trouble.UNREADABLE} for reader in _MONEY_READERS)


def _is_moment(cell: str) -> bool:
    return any(reader.one(cell) > UNREADABLE for reader in _MOMENT_READERS)
