"""A log of answered questions as requests to a charter, with what became of them."""

from __future__ import annotations

import numpy as np

from remit_engine.charter.document import Charter
from remit_engine.charter.facts import NO_STEP
from remit_engine.history.requests.columns import UNKNOWN, Logged, Numbers, RequestColumns
from remit_engine.history.requests.facts_in_words import as_listed, fact_column
from remit_engine.history.spelling import plain
from remit_engine.history.table import MISSING, Bools, History, Integers, Labels, Moments
from remit_engine.moments import in_zone

_IN_FACTS = ("team", "step", "customer")
"""What is known about who asks, and for whom, where a column of the log is called so."""


def from_history(charter: Charter, history: History, *, zone: str | None = None) -> RequestColumns:
    """The rows of a log as requests, in the order of the log.

    Role, kind, who asked and the case (as the order) come from the columns of the log; a declared fact, the
    team, the step and the customer from a column of that name, whatever its case, spaces and underscores.
    Words that differ from the charter's only in spelling are those words. What the log doesn't carry is
    missing, and `told`. What was used of allowances is unknown; nobody holds a step, nothing was given
    before, and no complaint is about the one who asks.

    Args:
        charter: whose facts and words.
        history: its amounts are in another currency than the charter's only if it names one.
        zone: IANA zone in whose wall clock the days lie; that of the log by default. Moments of a log
            without a zone are taken as that wall clock.
    """
    rows = len(history)
    found = {plain(name): words for name, words in history.facts.items()}
    facts, told = _facts(charter, found, rows)
    others = {name: found.get(name, Labels.absent(rows)) for name in _IN_FACTS}
    role = as_listed(history.role, charter.all_roles)
    step = _step(charter, others["step"])
    moment = _wall_clock(history, zone)
    foreign = history.currency not in {"", charter.currency}
    return RequestColumns(
        role=role,
        kind=as_listed(history.kind, charter.all_kinds),
        member=history.asked_by,
        team=others["team"],
        step=step,
        amount=history.amount,
        given=np.zeros(rows, dtype=np.int64),
        currency=Labels((history.currency,), np.zeros(rows, dtype=np.int32)) if foreign else None,
        about_me=np.zeros(rows, dtype=np.bool_),
        own_account=np.zeros(rows, dtype=np.bool_),
        day=moment.astype("datetime64[D]"),
        moment=history.moment,
        customer=others["customer"],
        order=history.case,
        facts=facts,
        log=_logged(history, role, others["team"], step),
        told=(*_absent(charter, history, others), *told),
    )


def _facts(
    charter: Charter, found: dict[str, Labels], rows: int
) -> tuple[dict[str, Labels | Numbers], list[str]]:
    facts: dict[str, Labels | Numbers] = {}
    told = []
    for name, fact in charter.all_facts.items():
        words = found.get(plain(name))
        if words is None:
            continue
        read = fact_column(fact, words, charter.currency)
        facts[name] = read.column
        if read.unread:
            told.append(f"In {read.unread:,} of {rows:,} rows {name} can't be read; there it is missing.")
    return facts, told


def _absent(charter: Charter, history: History, others: dict[str, Labels]) -> list[str]:
    """What the log doesn't carry though the charter asks for it."""
    in_log = {plain(name) for name in history.facts}
    missing = [name for name in charter.all_facts if plain(name) not in in_log]
    named = {name for rule in charter.all_rules for name, _ in rule.conditions}
    keys = {allowance.per.value for allowance in charter.all_allowances}
    columns = {"role": history.role, "kind": history.kind, "member": history.asked_by} | others
    missing += [name for name, words in columns.items() if name in named | keys and words.is_absent]
    told = [f"Missing facts: {', '.join(missing)}."] if missing else []
    if np.isnat(history.moment).any():
        told.append(f"{int(np.isnat(history.moment).sum()):,} rows have no day.")
    return told


def _step(charter: Charter, words: Labels) -> Labels:
    """Steps as the charter spells them; somebody without a step holds none."""
    spelled = as_listed(words, charter.step_names)
    names = spelled.names if NO_STEP in spelled.names else (*spelled.names, NO_STEP)
    none = np.int32(names.index(NO_STEP))
    return Labels(names, np.where(spelled.codes == MISSING, none, spelled.codes))


def _wall_clock(history: History, zone: str | None) -> Moments:
    moment = history.moment
    if history.zone is None:
        return moment
    known = ~np.isnat(moment)
    shifted = moment.copy()
    shifted[known] = in_zone(moment[known], zone or history.zone)
    return shifted


def _logged(history: History, role: Labels, team: Labels, step: Labels) -> Logged:
    rows = len(history)
    by, asker = history.answered_by, history.asked_by
    places = {name: place for place, name in enumerate(asker.names)}
    people = np.array([*(places.get(name, MISSING) for name in by.names), MISSING], dtype=np.int64)[by.codes]
    steps = _of_people(asker, step, people)
    nobody = np.int32(step.names.index(NO_STEP))
    return Logged(
        answer=history.answer,
        by=by,
        role=_of_people(asker, role, people),
        team=_of_people(asker, team, people),
        step=Labels(steps.names, np.where(steps.codes == MISSING, nobody, steps.codes)),
        granted=np.full(rows, UNKNOWN, dtype=np.int64),
        taken_back=np.zeros(rows, dtype=np.int64),
    )


def _of_people(asker: Labels, words: Labels, people: Integers) -> Labels:
    """The word that stands with somebody whenever they ask; missing where there are several, or none."""
    lowest = np.full(len(asker.names) + 1, len(words.names), dtype=np.int32)
    highest = np.full(len(asker.names) + 1, MISSING, dtype=np.int32)
    known: Bools = (words.codes != MISSING) & (asker.codes != MISSING)
    np.minimum.at(lowest, asker.codes[known], words.codes[known])
    np.maximum.at(highest, asker.codes[known], words.codes[known])
    single = np.where(lowest == highest, highest, np.int32(MISSING))
    return Labels(words.names, single[people])
