"""Writes made questions the way a back office exports them, flaws included."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from remit.demo.log import drawing
from remit.demo.log.drawing import Integers, Questions
from remit.demo.log.truth import LogTruth
from remit_engine.moments import Moments

HEADER = (
    "Request number,Requested at,Requested by,Role,Kind,Category,Channel,"
    "Amount,Currency,Decision,Decided at,Decided by,Note\n"
)
CURRENCY = "EUR"
OPEN = "Pending"
_LINES_AT_ONCE = 100_000
_NOTES = tuple(
    note.format(minutes)
    for minutes in range(15, 125, 5)
    for note in (
        "{} min late",
        '"{} min after the promised time, called twice"',
        '"waited {} min, ""no answer"""',
    )
)
"""Free text, quoted as CSV wants it where it holds a comma or a quote; most rows have none."""


@dataclass(frozen=True, slots=True)
class Flaws:
    """What is wrong with the file, by place among the questions.

    Attributes:
        broken: rows that can't be read.
        doubled: rows that stand there twice.
        still_open: rows without an answer yet.
    """

    broken: Integers
    doubled: Integers
    still_open: Integers

    @classmethod
    def draw(cls, rng: np.random.Generator, truth: LogTruth, questions: Questions) -> Flaws:
        """Choose rows that were asked once and approved, so that every flaw costs exactly one answer."""
        single = np.bincount(questions.request)[questions.request] == 1
        plain = np.flatnonzero(single & (questions.ending == drawing.APPROVED) & ~questions.automatic)
        still_open, older = np.split(plain[::-1], [truth.still_open])
        wanted = min(truth.broken + truth.duplicates, len(older))
        broken, doubled = np.split(rng.choice(older, size=wanted, replace=False), [truth.broken])
        return cls(np.sort(broken), np.sort(doubled), np.sort(still_open))


def as_lines(truth: LogTruth, questions: Questions, flaws: Flaws) -> Iterator[str]:
    """The header, then pieces of many lines each."""
    yield HEADER
    for first in range(0, len(questions), _LINES_AT_ONCE):
        places = np.arange(first, min(first + _LINES_AT_ONCE, len(questions)))
        lines = _written(truth, questions.take(places), np.isin(places, flaws.still_open))
        for at in np.flatnonzero(np.isin(places, flaws.broken)):
            lines[at] = _broken(lines[at], int(np.searchsorted(flaws.broken, places[at])))
        for at in np.flatnonzero(np.isin(places, flaws.doubled)):
            lines[at] *= 2
        yield "".join(lines)


def _written(truth: LogTruth, questions: Questions, still_open: drawing.Bools) -> list[str]:
    """One line for each question, as they should be."""
    columns = (
        _texts("HS-{:06d}", questions.request),
        _clock(questions.asked_at),
        _people(truth, questions),
        _words([segment.role for segment in truth.segments], questions.segment),
        _words([segment.kind for segment in truth.segments], questions.segment),
        _words(drawing.CATEGORIES, questions.category),
        _words(drawing.CHANNELS, questions.channel),
        _texts("{:d}.{:02d}", *np.divmod(questions.amount, 100)),
        itertools.repeat(CURRENCY, len(questions)),
        _unless(still_open, _words(drawing.ENDINGS, questions.ending), OPEN),
        _unless(still_open, _clock(questions.answered_at), ""),
        _unless(still_open, _words(drawing.DECIDERS, questions.decider), ""),
        _words(("", *_NOTES), _note(questions)),
    )
    return [",".join(cells) + "\n" for cells in zip(*columns, strict=True)]


def _people(truth: LogTruth, questions: Questions) -> list[str]:
    leads = np.isin(questions.segment, [at for at, one in enumerate(truth.segments) if one.role == "Lead"])
    return _words(
        (*drawing.MEMBERS, *drawing.LEADS), questions.person + np.where(leads, len(drawing.MEMBERS), 0)
    )


def _note(questions: Questions) -> Integers:
    """A note on one row in six; which one is fixed by the request, so that a copy is a copy."""
    mixed = questions.request * 2_654_435_761 % 4_294_967_296
    note: Integers = np.where(mixed % 6 == 0, 1 + mixed // 6 % len(_NOTES), 0)
    return note


def _broken(line: str, way: int) -> str:
    """The line as a hurried hand leaves it: an amount that is none, or cells missing or too many."""
    cells = line.rstrip("\n").split(",")
    ways = (
        [*cells[:7], "tbc", *cells[8:]],
        cells[:5],
        [*cells[:7], "", *cells[8:]],
        [*cells, "see mail", "urgent"],
        [*cells[:7], "see receipt", *cells[8:]],
        cells[:8],
    )
    return ",".join(ways[way % len(ways)]) + "\n"


def _words(names: Sequence[str], places: Integers) -> list[str]:
    return [names[place] for place in places.tolist()]


def _texts(form: str, *numbers: Integers) -> Iterator[str]:
    return map(form.format, *(column.tolist() for column in numbers))


def _clock(moments: Moments) -> list[str]:
    return [text.replace("T", " ") for text in np.datetime_as_string(moments, unit="m").tolist()]


def _unless(hidden: drawing.Bools, words: list[str], instead: str) -> list[str]:
    for at in np.flatnonzero(hidden):
        words[at] = instead
    return words
