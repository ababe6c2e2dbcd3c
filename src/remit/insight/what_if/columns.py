"""Requests as they were recorded, as columns: each value once, and a small number for it in every row."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from remit.insight.what_if.json_columns import NUMBER, TEXT, TRUTH, JsonColumns, Values
from remit_engine.charter.document import Charter
from remit_engine.charter.facts import NO_STEP, ChoiceFact, Fact, FlagFact
from remit_engine.history.requests.columns import UNKNOWN, Numbers, RequestColumns
from remit_engine.history.table import MISSING, Codes, Integers, Labels, Moments

_WORDS: Final = (
    *("role", "kind", "member", "team", "step", "currency"),
    *("about", "account_of", "customer", "order", "day"),
)
_KEYS: Final = {"customer", "order"}
_FLAGS: Final = ("about_me", "own_account")
_TYPES: Final = {
    **dict.fromkeys(_WORDS, TEXT),
    **dict.fromkeys(_FLAGS, TRUTH),
    **dict.fromkeys(("amount", "given"), NUMBER),
}
"""What Arrow reads the fields of a request as; facts and totals as they look."""


@dataclass(slots=True)
class Coded:
    """A column of values of any type, each kept once.

    Attributes:
        places: the code of each value seen; None has -1. Truths stand in tuples, as they equal 0 and 1.
        codes: int32 of the rows read so far, in pieces.
    """

    places: dict[Any, int] = field(default_factory=lambda: {None: MISSING})
    codes: list[Codes] = field(default_factory=list)

    def add(self, values: Sequence[Any]) -> None:
        """Take in the values of some more rows."""
        places = self.places
        codes = [places.setdefault(value, len(places) - 1) for value in values]
        self.codes.append(np.array(codes, dtype=np.int32))

    def add_coded(self, coded: Values) -> None:
        """Take in the values of some more rows that are told apart already."""
        values, codes = coded
        places = self.places
        keep = places.setdefault
        if values and isinstance(values[0], bool):
            values = [_apart(value) for value in values]
        to = [keep(value, len(places) - 1) for value in values]
        self.codes.append(np.array([*to, MISSING], dtype=np.int32)[codes])

    def add_missing(self, rows: int) -> None:
        """Rows in which nothing was noted."""
        self.codes.append(np.full(rows, MISSING, dtype=np.int32))

    @property
    def values(self) -> list[Any]:
        """What the codes stand for."""
        return [value for value, code in self.places.items() if code != MISSING]

    def words(self) -> Labels:
        """As a column of words; whatever is none is missing."""
        names = [value if isinstance(value, str) else None for value in self.values]
        kept = [name for name in names if name is not None]
        codes = joined(self.codes, np.int32)
        if len(kept) < len(names):
            to = {name: place for place, name in enumerate(kept)}
            known = (MISSING if name is None else to[name] for name in names)
            codes = np.array([*known, MISSING], dtype=np.int32)[codes]
        return Labels(tuple(kept), codes)

    def numbers(self, kind: type[int | bool]) -> Numbers:
        """As a column of numbers, or of truths as 0 and 1; whatever is of another type is missing."""
        by_code = [_number(value, kind) for value in self.values]
        found: Numbers = np.array([*by_code, UNKNOWN], dtype=np.int64)[joined(self.codes, np.int32)]
        return found


@dataclass(slots=True)
class Recorded:
    """The requests of decisions, in the order in which they were taken in.

    Attributes:
        with_keys: whether customer and order are kept: only totals that are added up anew ask for them.
        rows: how many.
        words: columns by field of `Request`; facts, used: by name of the fact and id of the allowance.
    """

    with_keys: bool
    rows: int = 0
    words: dict[str, Coded] = field(default_factory=lambda: {name: Coded() for name in _WORDS})
    flags: dict[str, list[Any]] = field(default_factory=lambda: {name: [] for name in _FLAGS})
    amount: list[Integers] = field(default_factory=list)
    given: list[Integers] = field(default_factory=list)
    facts: dict[str, Coded] = field(default_factory=dict)
    used: dict[str, list[Integers]] = field(default_factory=dict)

    def add_texts(self, texts: Sequence[str]) -> None:
        """Take in records of `Request.as_record`, as the database has them."""
        read = JsonColumns.read(texts, _TYPES)
        facts, used = (read and read.inside("facts")), (read and read.inside("used"))
        if read and facts and used and facts.are_plain and used.are(NUMBER):
            self._add_columns(read, facts, used)
        else:
            self.add(json.loads(f"[{','.join(texts)}]"))

    def _add_columns(self, read: JsonColumns, facts: JsonColumns, used: JsonColumns) -> None:
        for name, column in self.words.items():
            if self.with_keys or name not in _KEYS:
                column.add_coded(read.values(name))
            else:
                column.add_missing(read.rows)
        for name, flags in self.flags.items():
            flags.append(read.numbers(name, 0).astype(np.bool_))
        self.amount.append(read.numbers("amount", UNKNOWN))
        self.given.append(read.numbers("given", 0))
        for name in facts.names:
            self._of(name).add_coded(facts.values(name))
        for name in self.facts.keys() - set(facts.names):
            self.facts[name].add_missing(read.rows)
        for name in {*used.names, *self.used}:
            self._used(name).append(used.numbers(name, UNKNOWN))
        self.rows += read.rows

    def add(self, records: Sequence[Mapping[str, Any]]) -> None:
        """Take in such records one by one."""
        there = set().union(*records)
        if not self.with_keys:
            there -= _KEYS
        for name, column in self.words.items():
            if name in there:
                column.add([record.get(name) for record in records])
            else:
                column.add_missing(len(records))
        for name, flags in self.flags.items():
            if name in there:
                flags.append(np.array([record.get(name, False) for record in records], dtype=np.bool_))
            else:
                flags.append(np.zeros(len(records), dtype=np.bool_))
        self.amount.append(_whole(record.get("amount") for record in records))
        self.given.append(_whole(record.get("given", 0) for record in records))
        facts = [record.get("facts") or _NOTHING for record in records]
        for name in set().union(*facts) | self.facts.keys():
            self._of(name).add([_apart(each.get(name)) for each in facts])
        used = [record.get("used") or _NOTHING for record in records]
        for name in set().union(*used) | self.used.keys():
            self._used(name).append(_whole(each.get(name) for each in used))
        self.rows += len(records)

    def _used(self, name: str) -> list[Integers]:
        return self.used.setdefault(name, [np.full(self.rows, UNKNOWN, dtype=np.int64)])

    def _of(self, name: str) -> Coded:
        column = self.facts.get(name)
        if column is None:
            column = self.facts[name] = Coded()
            column.add_missing(self.rows)
        return column

    def put_in(self, order: Integers) -> None:
        """Put the rows in another order."""
        for column in (*self.words.values(), *self.facts.values()):
            column.codes = [joined(column.codes, np.int32)[order]]
        for pieces in (*self.flags.values(), *self.used.values(), self.amount, self.given):
            pieces[:] = [joined(pieces, np.int64)[order]]

    def under(self, charter: Charter, moment: Moments) -> RequestColumns:
        """The requests as a charter may read them, without what was used of its allowances.

        Facts that it doesn't declare are left out; values of another type than it declares are missing.

        Args:
            charter: whose facts.
            moment: datetime64[s] of each row, UTC.
        """
        words: dict[str, Any] = {name: column.words() for name, column in self.words.items() if name != "day"}
        words["step"] = _no_step(words["step"])
        flags = {name: joined(pieces, np.bool_) for name, pieces in self.flags.items()}
        return RequestColumns(
            **words,
            **flags,
            amount=joined(self.amount, np.int64),
            given=np.maximum(joined(self.given, np.int64), 0),
            day=self._days(),
            moment=moment,
            facts={
                name: _typed(fact, self.facts[name])
                for name, fact in charter.all_facts.items()
                if name in self.facts
            },
        )

    def used_of(self, name: str) -> Integers:
        """What was recorded as used of an allowance, by its id then; -1 where nothing was."""
        column = self.used.get(name)
        return np.full(self.rows, UNKNOWN, dtype=np.int64) if column is None else joined(column, np.int64)

    def _days(self) -> Moments:
        column = self.words["day"]
        days: Moments = np.array([*column.values, "NaT"], dtype="datetime64[D]")[
            joined(column.codes, np.int32)
        ]
        return days

    def column(self, name: str) -> Labels:
        """A fact, as words; what is no word is missing."""
        return self._of(name).words() if name in self.facts else Labels.absent(self.rows)


_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})


def _apart(value: Any) -> Any:  # noqa: ANN401 (a word, a number or a truth)
    """Truths are told from the numbers that they equal."""
    return (value,) if isinstance(value, bool) else value


def _number(value: Any, kind: type[int | bool]) -> int:  # noqa: ANN401
    if kind is bool:
        return int(value[0]) if isinstance(value, tuple) else UNKNOWN
    return value if isinstance(value, int) and value >= 0 else UNKNOWN


def _typed(fact: Fact, column: Coded) -> Labels | Numbers:
    if isinstance(fact, ChoiceFact):
        return column.words()
    if isinstance(fact, FlagFact):
        return column.numbers(bool).astype(np.int8)
    return column.numbers(int)


def _no_step(step: Labels) -> Labels:
    """A record leaves out the step of somebody who holds none."""
    names = step.names if NO_STEP in step.names else (*step.names, NO_STEP)
    none = np.int32(names.index(NO_STEP))
    return Labels(names, np.where(step.codes == MISSING, none, step.codes))


def _whole(values: Iterable[int | None]) -> Integers:
    return np.array([UNKNOWN if value is None else value for value in values], dtype=np.int64)


def joined(pieces: Sequence[Any], kind: Any) -> Any:  # noqa: ANN401 (an array of this type)
    """The pieces of a column as one."""
    if len(pieces) == 1:
        return pieces[0]
    return np.concatenate(pieces) if pieces else np.zeros(0, dtype=kind)
