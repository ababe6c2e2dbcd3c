"""A charter as rows of a table, of which the first that holds has the answer: rivals are built of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from remit_engine.charter.document import Allowance, Charter, Grant, Guardrail
from remit_engine.charter.facts import Between, OneOf
from remit_engine.charter.levels import Level

Flat = dict[str, str | int]
"""A request as a rival takes it."""

WORDS: Final = ("role", "kind", "category", "channel", "tier")
NUMBERS: Final = ("order_age", "comps", "given_today", "amount", "with_this_week")


@dataclass(frozen=True, slots=True)
class Row:
    """One rule as a row of a table.

    Attributes:
        level: of the answer when this is the first row that holds.
        words: by fact, the words of which one has to be there.
        numbers: by fact, the smallest and the largest number; None without an end.
    """

    level: Level
    words: dict[str, tuple[str, ...]]
    numbers: dict[str, tuple[int, int | None]]


def rows_of(charter: Charter) -> list[Row]:
    """The rows whose first that holds has the level of the formula; `ask` where none does."""
    capping: list[Guardrail | Allowance] = [*charter.guardrails, *charter.allowances]
    caps = sorted((_row(cap) for cap in capping), key=lambda row: row.level)
    if any(row.level > Level.ASK for row in caps):
        raise ValueError("a cap above ask can't be a row whose level is the answer")
    grants = sorted((_row(grant) for grant in charter.grants), key=lambda row: -row.level)
    return caps + grants


def _row(rule: Grant | Guardrail | Allowance) -> Row:
    words: dict[str, tuple[str, ...]] = {}
    numbers: dict[str, tuple[int, int | None]] = {}
    for name, condition in rule.conditions:
        if isinstance(condition, OneOf):
            words[name] = condition.values
        elif isinstance(condition, Between):
            numbers[name] = condition.at_least, condition.at_most
    if isinstance(rule, Grant):
        if rule.upto is not None:
            numbers["amount"] = 0, rule.upto
        return Row(rule.level, words, numbers)
    if isinstance(rule, Guardrail):
        if rule.above is not None:
            numbers["amount"] = rule.above + 1, None
        return Row(rule.at_most, words, numbers)
    numbers["with_this_week"] = rule.most + 1, None
    return Row(rule.beyond, words, numbers)
