"""What was decided in teams, read from the database into columns: few queries, however many rows."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Any, Final, TypeVar

import numpy as np
from django.db.models import Field, Func, TextField
from django.db.models.functions import Cast

from remit.approvals.vocabulary import End
from remit.charters.in_force import compiled_version
from remit.charters.models import Version
from remit.complaints.models import Decision
from remit.complaints.queries.approvals_log import MEANS
from remit.insight.what_if.columns import Coded, Recorded, joined
from remit.insight.what_if.json_columns import TEXT, JsonColumns, numbers_of, places_of
from remit.people.models import Team
from remit_engine.charter.compiled import CompiledCharter
from remit_engine.charter.document import Allowance, Charter
from remit_engine.charter.levels import LEVELS_BY_WORD, Level
from remit_engine.history.replay.result import Levels
from remit_engine.history.requests.columns import UNKNOWN, Logged, RequestColumns
from remit_engine.history.table import MISSING, Answer, Bools, Integers, Labels, Moments

Read = Callable[[int], None]
"""Told how many rows are read; an exception that it raises ends the work."""

_Row = TypeVar("_Row")
_CHUNK: Final = 4_000
"""Rows at a time: more of them take longer each, as they don't fit into what is near the core."""
_LEVELS: Final[Mapping[str, int]] = {word: int(level) for word, level in LEVELS_BY_WORD.items()}
_ANSWERS: Final[Mapping[str | None, int]] = {
    None: int(Answer.APPROVED),
    **{end.value: int(MEANS[end]) if end in MEANS else UNKNOWN for end in End},
}
"""What an ending says. Without one, nothing was asked: it was given, as if its own yes."""
_WHO: Final = ("member", "role", "team", "step")
_NEVER: Final = np.iinfo(np.int64).min
"""Seconds that stand for no moment: what numpy reads as NaT."""


class _AsItIs(Field[Any, Any]):
    """A value as the database gives it: Django turns nothing into anything, which it would row by row."""


class _Seconds(Func):
    """Whole seconds since 1970: a number is read many times as fast as a moment."""

    output_field = _AsItIs()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:  # noqa: ANN401 (Django's own form)
        template = "CAST(strftime('%%%%s', %(expressions)s) AS INTEGER)"
        return super().as_sql(compiler, connection, template=template, **more)

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:  # noqa: ANN401
        template = "CAST(FLOOR(EXTRACT(EPOCH FROM %(expressions)s)) AS bigint)"
        return super().as_sql(compiler, connection, template=template, **more)


class _Said(Func):
    """The word of the level that a recorded verdict gives."""

    output_field = _AsItIs()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:  # noqa: ANN401 (Django's own form)
        template = "json_extract(%(expressions)s, '$.level')"
        return super().as_sql(compiler, connection, template=template, **more)

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:  # noqa: ANN401
        return super().as_sql(compiler, connection, template="(%(expressions)s ->> 'level')", **more)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """Decisions, one row each, in the order in which they were made.

    Attributes:
        requests: as they were recorded: those of givers, where authority was lent.
        ids, versions: numbers of the decisions, and of the versions of the charter that they were made by.
        said: levels that the charter said, in whose request they are; before anything lent is capped.
        levels: as carried out: lower where nobody could be asked or told, or somebody objected before.
        highest: the highest level that was lent; `decide` where nothing was.
        at, asked_at, answered_at: moments in UTC, whole seconds; NaT for none.
        answers: int8, codes of `Answer`; -1 where nothing was answered that says something.
        granted, taken_back: minor units; `granted` is -1 where it is what was asked.
        authority: on whose it was given, by field: member, role, team and step; {} where that wasn't read.
        compiled: charters by number of the version.
        own: where authority was lent, the places of these rows, and the same decisions with the requests of
            those who made them; None where nothing was lent.
    """

    requests: Recorded
    ids: Integers
    versions: Integers
    said: Levels
    levels: Levels
    highest: Levels
    at: Moments
    asked_at: Moments
    answered_at: Moments
    answers: Levels
    granted: Integers
    taken_back: Integers
    authority: Mapping[str, Labels]
    compiled: Mapping[int, CompiledCharter]
    own: tuple[Integers, Decided] | None = None

    def __len__(self) -> int:
        return len(self.ids)

    def under(self, charter: Charter) -> RequestColumns:
        """The requests as a charter reads them, with what was used of its allowances and what was answered.

        What was recorded as used of an allowance holds for one of any name that counts the same; of others
        nothing is known.
        """
        bare = self.requests.under(charter, self.at)
        used = {each.id: self._used(each) for each in charter.all_allowances}
        return replace(bare, used=used, log=self._log(bare))

    def _used(self, allowance: Allowance) -> Integers:
        """What was recorded of an allowance by whatever name it went then; -1 where nothing counted it."""
        found = np.full(len(self), UNKNOWN, dtype=np.int64)
        for version, compiled in self.compiled.items():
            same = [each for each in compiled.charter.all_allowances if each.counter == allowance.counter]
            if same:
                rows = self.versions == version
                found[rows] = self.requests.used_of(same[0].id)[rows]
        return found

    def unrecorded(self, charter: Charter) -> tuple[str, ...]:
        """Of which allowances of a charter some versions noted nothing, in sentences."""
        told = []
        for allowance in charter.all_allowances:
            without = [
                version
                for version, compiled in self.compiled.items()
                if all(each.counter != allowance.counter for each in compiled.charter.all_allowances)
            ]
            rows = int(np.isin(self.versions, without).sum())
            if rows:
                where = f"With {rows:,} of {len(self):,} decisions"
                told.append(f"{where} nothing was noted of what {allowance.id} counts: there it is used up.")
        return tuple(told)

    def _log(self, bare: RequestColumns) -> Logged:
        """What was answered, and on whose authority it was given: one's own where nobody else's is known."""
        given = {name: _or_else(self.authority.get(name), getattr(bare, name)) for name in _WHO}
        return Logged(
            answer=self.answers,
            by=given["member"],
            role=given["role"],
            team=given["team"],
            step=given["step"],
            granted=self.granted,
            taken_back=self.taken_back,
        )


def decided_in(
    teams: Sequence[Team],
    since: datetime,
    until: datetime,
    *,
    with_authority: bool = False,
    read: Read | None = None,
) -> Decided:
    """Every decision of teams in a period.

    Whoever writes while it is read has nothing open: SQLite lets nobody write whose reading began before
    somebody else wrote.

    Args:
        teams: whose.
        since: from this moment on.
        until: before this one.
        with_authority: whether it is read on whose authority it was given; totals that are added up anew
            need that.
        read: told how many are read, and may write then; without it everything is read at one go.
    """
    fields = _FIELDS if with_authority else _FIELDS[:-1]
    found = Decision.objects.filter(team__in=teams, at__gte=since, at__lt=until).order_by()
    reading = _Reading(with_authority=with_authority)
    with _uncollected():
        if read is None:
            for chunk in _pieces(found.values_list(*fields).iterator(chunk_size=_CHUNK)):
                reading.add(chunk)
        else:
            for chunk in _pieces(iter(list(found.values_list("pk", flat=True)))):
                reading.add(list(Decision.objects.filter(pk__in=chunk).order_by().values_list(*fields)))
                read(reading.requests.rows)
    return reading.whole()


def _pieces(rows: Iterator[_Row]) -> Iterator[list[_Row]]:
    """Some at a time."""
    while chunk := list(islice(rows, _CHUNK)):
        yield chunk


@contextmanager
def _uncollected() -> Iterator[None]:
    """Nothing that is read refers to itself in circles; looking for circles takes a quarter of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


_FIELDS: Final = (
    "id",
    "charter_id",
    _Said("verdict"),
    "level",
    _Seconds("at"),
    Cast("request", TextField()),
    "delegation__highest",
    _Seconds("approval__asked_at"),
    _Seconds("approval__ended_at"),
    "approval__ending__how",
    "approval__ending__amount",
    "remedy__taken_back",
    Cast("remedy__authority_facts", TextField()),
)
"""What is read of each decision, in this order."""


class _Reading:
    """Rows of the database taken in, piece by piece."""

    def __init__(self, *, with_authority: bool) -> None:
        self.requests = Recorded(with_keys=with_authority)
        self._with_keys = with_authority
        self._own: dict[int, Mapping[str, Any]] = {}
        self._authority = {name: Coded() for name in _WHO} if with_authority else {}
        self._numbers: dict[str, list[Any]] = {name: [] for name in _NUMBERS}

    def add(self, rows: Sequence[tuple[Any, ...]]) -> None:
        """Take in some more rows."""
        (
            ids,
            versions,
            said,
            levels,
            at,
            requests,
            highest,
            asked_at,
            ended_at,
            how,
            amounts,
            taken,
            *facts,
        ) = zip(*rows, strict=True)
        texts = list(requests)
        self._own |= _as_lent(texts, ids, highest)
        self.requests.add_texts(texts)
        asked, ended = numbers_of(asked_at, _NEVER), numbers_of(ended_at, _NEVER)
        for name, column in (
            ("ids", np.array(ids)),
            ("versions", np.array(versions)),
            ("said", _by_word(said, _LEVELS, UNKNOWN)),
            ("levels", _by_word(levels, _LEVELS, UNKNOWN)),
            ("highest", _by_word(highest, _LEVELS, int(Level.DECIDE))),
            ("at", np.array(at)),
            ("asked_at", asked),
            ("answered_at", ended),
            ("answers", _answers(how, is_asked=asked != _NEVER)),
            ("granted", numbers_of(amounts, UNKNOWN)),
            ("taken_back", numbers_of(taken, 0)),
        ):
            self._numbers[name].append(column.astype(_NUMBERS[name]))
        if self._authority:
            self._read_authority([each or "{}" for each in facts[0]])

    def _read_authority(self, texts: list[str]) -> None:
        read = JsonColumns.read(texts, dict.fromkeys(_WHO, TEXT))
        people = [] if read else json.loads(f"[{','.join(texts)}]")
        for name, column in self._authority.items():
            if read:
                column.add_coded(read.values(name))
            else:
                column.add([person.get(name) for person in people])

    def whole(self) -> Decided:
        """Everything that was taken in."""
        numbers = {name: joined(pieces, _NUMBERS[name]) for name, pieces in self._numbers.items()}
        order = np.lexsort((numbers["ids"], numbers["at"]))
        numbers = {name: column[order] for name, column in numbers.items()}
        for name in ("at", "asked_at", "answered_at"):
            numbers[name] = numbers[name].astype("datetime64[s]")
        versions = Version.objects.filter(pk__in=np.unique(numbers["versions"]).tolist()).defer("text")
        self.requests.put_in(order)
        whole = Decided(
            requests=self.requests,
            authority={name: column.words().take(order) for name, column in self._authority.items()},
            compiled={version.pk: compiled_version(version) for version in versions},
            **numbers,
        )
        return replace(whole, own=self._with_own(whole)) if self._own else whole

    def _with_own(self, whole: Decided) -> tuple[Integers, Decided]:
        """The decisions with lent authority once more, as requests of those who made them."""
        rows = np.flatnonzero(np.isin(whole.ids, list(self._own)))
        own = Recorded(with_keys=self._with_keys)
        own.add([self._own[int(number)] for number in whole.ids[rows]])
        some = {name: getattr(whole, name)[rows] for name in _NUMBERS}
        authority = {name: column.take(rows) for name, column in whole.authority.items()}
        return rows, replace(whole, requests=own, authority=authority, **some)


_NUMBERS: Final = {
    **dict.fromkeys(("ids", "versions", "at", "asked_at", "answered_at", "granted", "taken_back"), np.int64),
    **dict.fromkeys(("said", "levels", "highest", "answers"), np.int8),
}


def _as_lent(
    texts: list[str], ids: Sequence[int], highest: Sequence[str | None]
) -> dict[int, Mapping[str, Any]]:
    """Where authority was lent, the request that was judged is the giver's; those they were, by number."""
    lent = {ids[row]: row for row, level in enumerate(highest) if level}
    own: dict[int, Mapping[str, Any]] = {number: json.loads(texts[row]) for number, row in lent.items()}
    if lent:
        judged = Decision.objects.filter(pk__in=list(lent)).values_list("pk", "verdict")
        for pk, verdict in judged:
            texts[lent[pk]] = json.dumps(verdict["of"])
    return own


def _by_word(words: Sequence[str | None], to: Mapping[str, int], missing: int) -> Integers:
    """The number of each word; `missing` for none."""
    known, places = places_of(words)
    return np.array([*(to[word] for word in known), missing], dtype=np.int64)[places]


def _answers(how: Sequence[str | None], *, is_asked: Bools) -> Integers:
    """What endings say: a question without one isn't answered; what was never asked was given."""
    known, places = places_of(how)
    found = np.array([*(_ANSWERS.get(end, UNKNOWN) for end in known), UNKNOWN], dtype=np.int64)[places]
    return np.where((places < 0) & ~is_asked, _ANSWERS[None], found)


def _or_else(words: Labels | None, others: Labels) -> Labels:
    """A column with the words of another one where it has none."""
    if words is None:
        return others
    names = tuple(dict.fromkeys((*words.names, *others.names)))
    place = {name: number for number, name in enumerate(names)}
    here = np.array([*(place[name] for name in words.names), MISSING], dtype=np.int32)[words.codes]
    there = np.array([*(place[name] for name in others.names), MISSING], dtype=np.int32)[others.codes]
    return Labels(names, np.where(here == MISSING, there, here))
