"""A whole charter as columns: every request is judged by the rules of its day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, Self

import numpy as np
import numpy.typing as npt

from remit_engine.charter.columns.amounts import Amounts
from remit_engine.charter.columns.form import ColumnForm, Progress
from remit_engine.charter.columns.rows_in_tables import CHUNK, InTables
from remit_engine.charter.columns.source import Bools, Integers, Levels, Source
from remit_engine.charter.document import Charter
from remit_engine.charter.stretches import careful_stretch, stretches

Days = npt.NDArray[np.datetime64]


class DatedSource(Source, Protocol):
    """Requests with their days."""

    @property
    def day(self) -> Days:
        """datetime64[D], NaT for missing."""
        ...

    def take(self, rows: Integers | slice) -> Self:
        """The same for a selection of rows."""
        ...


class CharterInColumns:
    """A charter with all its stretches of days; a stretch is compiled when the first row needs it.

    Args:
        charter: whose rules.
    """

    def __init__(self, charter: Charter) -> None:
        self.charter = charter
        dated = stretches(charter)
        # Where nothing is dated, a day that isn't known changes nothing.
        self._stretches = dated if len(dated) == 1 else (*dated, careful_stretch(charter))
        self._starts = np.array([stretch.since for stretch in dated[1:]], dtype="datetime64[D]")
        self._forms: dict[int, ColumnForm] = {}

    def levels(
        self, source: DatedSource, *, allowances: bool = True, progress: Progress | None = None
    ) -> Levels:
        """The level of every request.

        Args:
            source: the requests.
            allowances: False leaves them out, as if nothing could exceed them.
            progress: told now and then how many rows are done, and of how many.

        Returns:
            int8, values of `Level`.
        """
        whole, done = len(source), 0

        def told(rows: int, _: int) -> None:
            if progress is not None:
                progress(done + rows, whole)

        levels = np.empty(whole, dtype=np.int8)
        for place, rows in self._parts(source):
            part = source.take(rows)
            levels[rows] = self._form(place).levels(part, allowances=allowances, progress=told)
            done += len(part)
        return levels

    def counting(self, source: DatedSource) -> dict[str, Bools]:
        """For every allowance of the charter, by id, the requests that are added to it."""
        counts = {each.id: np.zeros(len(source), dtype=np.bool_) for each in self.charter.all_allowances}
        for place, rows in self._parts(source) if counts else ():
            for name, held in self._form(place).counting(source.take(rows)).items():
                counts[name][rows] = held
        return counts

    def bound(self, source: DatedSource) -> Bound:
        """The charter ready for any rows of these requests, again and again; allowances are left out."""
        amounts = Amounts.of(self.charter, source)
        which = self._which(source)
        places = np.unique(which) if which is not None else [0]
        return Bound(which, {int(place): self._form(int(place)).in_tables(amounts) for place in places})

    def _form(self, place: int) -> ColumnForm:
        form = self._forms.get(place)
        if form is None:
            form = self._forms[place] = ColumnForm(self._stretches[place])
        return form

    def _parts(self, source: DatedSource) -> list[tuple[int, Integers | slice]]:
        """The rows of every stretch; a slice where they lie together."""
        which = self._which(source)
        if which is None:
            return [(0, slice(0, len(source)))]
        parts: list[tuple[int, Integers | slice]] = []
        for place in np.unique(which).tolist():
            rows = np.flatnonzero(which == place)
            first, last = int(rows[0]), int(rows[-1]) + 1
            parts.append((place, slice(first, last) if last - first == len(rows) else rows))
        return parts

    def _which(self, source: DatedSource) -> Integers | None:
        """The place of the stretch of each row; None when there is only one."""
        if len(self._stretches) == 1 or not len(source):
            return None
        which = np.searchsorted(self._starts, source.day, side="right").astype(np.int64)
        which[np.isnat(source.day)] = len(self._stretches) - 1
        return which


@dataclass(frozen=True, slots=True)
class Bound:
    """A charter with the columns that it judges. What was given is read anew each time; nothing else is.

    Attributes:
        which: int64, the place of the stretch of each row; None when there is only one.
        tables: by place of the stretch.
    """

    which: Integers | None
    tables: Mapping[int, InTables]

    def levels(self, rows: Integers) -> Levels:
        """The levels of some rows, as if no allowance could be exceeded."""
        levels = np.empty(len(rows), dtype=np.int8)
        if self.which is None:
            self._put(self.tables[0], rows, levels)
            return levels
        which = self.which[rows]
        for place, tables in self.tables.items():
            of_place = np.flatnonzero(which == place)
            part = np.empty(len(of_place), dtype=np.int8)
            self._put(tables, rows[of_place], part)
            levels[of_place] = part
        return levels

    @staticmethod
    def _put(tables: InTables, rows: Integers, levels: Levels) -> None:
        for start in range(0, len(rows), CHUNK):
            stop = start + CHUNK
            tables.levels_into(rows[start:stop], levels[start:stop], allowances=False)
