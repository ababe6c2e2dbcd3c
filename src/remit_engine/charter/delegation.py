"""A delegation: somebody hands their own authority, or part of it, to somebody else for a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from remit_engine.charter.document import Charter
from remit_engine.charter.facts import Conditions
from remit_engine.charter.levels import Level
from remit_engine.charter.request import Person
from remit_engine.errors import InputError


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegation:
    """What was lent, by whom, to whom, until when, and why. It is not passed on.

    It ends early when the giver leaves: then it is simply not given to the engine any more.

    Attributes:
        giver: who lends; their grants and allowances count.
        to: the member to whom it is lent.
        why: never empty.
        since, until: first and last day, both included.
        kinds: kinds of remedy; empty for all.
        upto: largest amount judged, in minor units; None for all that the giver has.
        when: conditions on facts; a missing fact makes them not hold.
        highest: the highest level that is lent.
    """

    giver: Person
    to: str
    why: str
    since: date
    until: date
    kinds: tuple[str, ...] = ()
    upto: int | None = None
    when: Conditions = ()
    highest: Level = Level.DECIDE


def check_delegation(charter: Charter, delegation: Delegation) -> None:
    """Refuse a delegation that can't be meant.

    Raises:
        InputError: lent to oneself, no why, an end before its beginning, an unknown kind or fact, or a level
            that lends nothing.
    """
    wrong = _wrong(charter, delegation)
    if wrong:
        code, sentence, next_step = wrong
        raise InputError(code, sentence, next_step)


def _wrong(charter: Charter, delegation: Delegation) -> tuple[str, str, str] | None:
    if delegation.to == delegation.giver.member:
        return "to-oneself", "Authority can't be lent to the one who has it.", "Choose somebody else."
    if not delegation.why.strip():
        return "empty-why", "The delegation has no why.", "Say in a sentence what it is for."
    if delegation.until < delegation.since:
        return "ends-before-it-begins", "The delegation ends before it begins.", "Choose a later last day."
    if delegation.highest < Level.PROPOSE:
        return (
            "lends-nothing",
            f"The level {delegation.highest.word} lends nothing.",
            "Choose propose or more.",
        )
    known = charter.all_facts.keys() | {"about_me", "own_account"}
    unknown = [name for name, _ in delegation.when if name not in known]
    unknown += [kind for kind in delegation.kinds if kind not in charter.all_kinds]
    if unknown:
        return "unknown-part", f"The charter knows no {unknown[0]!r}.", "Choose from its kinds and facts."
    return None
