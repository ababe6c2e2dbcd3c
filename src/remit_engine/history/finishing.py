"""The last step of reading: the grown columns become the table, automatic answers are told."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from remit_engine.history.assembling import WORD_USES, Assembler
from remit_engine.history.automatic import by_machines, duration, machine_rows, timeouts
from remit_engine.history.choices import Choices
from remit_engine.history.facts import gives_the_answer_away
from remit_engine.history.mapping import Mapping
from remit_engine.history.moments import MISSING as NO_MOMENT
from remit_engine.history.table import MISSING, Answer, Bools, History, Integers, Labels, Moments
from remit_engine.history.uses import Use


@dataclass(frozen=True, slots=True)
class Finished:
    """The table, and what was seen only when it was whole.

    Attributes:
        history: the table.
        automatic: pairs (what automatic approvals were recognised by, rows).
        given_away: columns that aren't facts, since they give the answer away.
    """

    history: History
    automatic: tuple[tuple[str, int], ...]
    given_away: tuple[str, ...]


def finish(assembler: Assembler, choices: Choices, mapping: Mapping) -> Finished:
    """Make the table of what was assembled."""
    answer = assembler.answer.whole()
    rows = len(answer)
    words = {use: _labels(assembler, mapping, use, rows) for use in WORD_USES}
    asked_at, answered_at = (_moments(assembler, use, rows) for use in (Use.ASKED_AT, Use.ANSWERED_AT))
    automatic, pairs = _automatic(
        assembler.automatic_word.whole(), words[Use.ANSWERED_BY], (asked_at, answered_at), answer, mapping
    )
    facts = {name: column.labels(rows) for name, column in assembler.facts.items()}
    given_away = (
        ()
        if mapping.facts is not None
        else tuple(
            name for name, labels in facts.items() if gives_the_answer_away(labels, answer != Answer.APPROVED)
        )
    )
    history = History(
        currency=choices.currency.code,
        amount=assembler.amount.whole(),
        answer=answer,
        automatic=automatic,
        asked_at=asked_at,
        answered_at=answered_at,
        asked_by=words[Use.ASKED_BY],
        role=words[Use.ROLE],
        kind=words[Use.KIND],
        answered_by=words[Use.ANSWERED_BY],
        case=assembler.case.whole(),
        line=assembler.line.whole(),
        facts={name: labels for name, labels in facts.items() if name not in given_away},
        zone=choices.zone,
    )
    return Finished(history, pairs, given_away)


def _labels(assembler: Assembler, mapping: Mapping, use: Use, rows: int) -> Labels:
    column = assembler.words.get(use)
    if column is not None:
        return column.labels(rows)
    constant = mapping.constants.get(use)
    if constant is None or not rows:
        return Labels.absent(rows)
    return Labels((constant,), np.zeros(rows, dtype=np.int32))


def _moments(assembler: Assembler, use: Use, rows: int) -> Moments:
    column = assembler.moments.get(use)
    seconds = np.full(rows, NO_MOMENT, dtype=np.int64) if column is None else column.whole()
    return seconds.astype("datetime64[s]")


def _automatic(
    by_word: Bools,
    answered_by: Labels,
    times: tuple[Moments, Moments],
    answer: Integers,
    mapping: Mapping,
) -> tuple[Bools, tuple[tuple[str, int], ...]]:
    """Rows that nobody looked at, and by what their approvals were recognised."""
    approved = answer == Answer.APPROVED
    machines = by_machines(answered_by, mapping.automatic)
    nobody = (answered_by.codes == MISSING) | machines
    by_timeout, waits = timeouts(*times, answer, nobody)
    pairs = []
    if said := int((by_word & approved).sum()):
        pairs.append(("an answer word that says so", said))
    pairs += machine_rows(answered_by, machines & approved & ~by_word)
    if late := int((by_timeout & ~machines & ~by_word).sum()):
        pairs.append((f"nobody named, after exactly {' or '.join(duration(wait) for wait in waits)}", late))
    return by_word | machines | by_timeout, tuple(pairs)
