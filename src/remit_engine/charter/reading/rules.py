"""Grants, guardrails and allowances."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from remit_engine.charter.document import OBJECTIONS_MINUTES, Allowance, Grant, Guardrail, Per
from remit_engine.charter.levels import LEVELS_BY_WORD, Level
from remit_engine.charter.periods import MOST_ROLLING_DAYS, Period, Span
from remit_engine.charter.reading.belonging import BELONGS
from remit_engine.charter.reading.conditions import check_known, check_roles, when, who
from remit_engine.charter.reading.dates import day
from remit_engine.charter.reading.fields import Fields, known_fields, require
from remit_engine.charter.reading.nodes import Map, Node
from remit_engine.charter.reading.notes import Notes, Wrong, meant, shown
from remit_engine.charter.reading.scalars import (
    amount,
    one_of,
    scalar,
    text,
    whole,
    word,
    words,
    working_minutes,
)
from remit_engine.charter.reading.vocabulary import Vocabulary

RESERVED_IDS: Final = frozenset({"about-me", "own-account", "other-currency"})
"""Names of what always holds; a verdict uses them."""
COMMON_FIELDS: Final = ("id", "who", "kind", "when", "from", "until")
"""Fields that all rules have, beside `why`."""
GRANT_FIELDS: Final = (*COMMON_FIELDS, "upto", "level", "say", "tell", "objections", "why")
"""Fields of a grant, in the order they are written."""
GUARDRAIL_FIELDS: Final = (*COMMON_FIELDS, "above", "if_missing", "at_most", "hand_to", "why")
"""Fields of a guardrail, in the order they are written."""
ALLOWANCE_FIELDS: Final = (*COMMON_FIELDS, "per", "period", "most", "beyond", "if_missing", "why")
"""Fields of an allowance, in the order they are written."""

_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]*")
_LONGEST_ID: Final = 100
_ROLLING: Final = re.compile(r"rolling ([0-9]{1,6}) days?")
_PERIODS: Final = {span.value: Period(span) for span in Span if span is not Span.ROLLING}
_PER: Final = {per.value: per for per in Per}
_IF_MISSING: Final = {"ignore": True, "holds": False}

_Value = TypeVar("_Value")


@dataclass(slots=True)
class Reader:
    """Reads one rule after another.

    Attributes:
        notes: where mistakes are noted.
        vocabulary: what rules may name.
    """

    notes: Notes
    vocabulary: Vocabulary

    def grant(self, node: Map) -> Grant | None:
        """A grant; None when anything about it is wrong."""
        found = self._fields(node, "a grant", GRANT_FIELDS, {"level": "decide"})
        common = self._common(found)
        level = self._value(found, "level", _level_of_grant)
        made: dict[str, Any] = {
            "upto": self._value(found, "upto", amount, self.vocabulary.currency),
            "say": self._value(found, "say", text, "what a customer may be told") or "",
            "tell": self._roles(found, "tell"),
            "objections": self._value(found, "objections", working_minutes) or OBJECTIONS_MINUTES,
        }
        if level is None or common is None:
            return None
        grant = Grant(**common, level=level, **made)
        self._remark_on_grant(found, grant)
        return grant

    def guardrail(self, node: Map) -> Guardrail | None:
        """A guardrail; None when anything about it is wrong."""
        found = self._fields(node, "a guardrail", GUARDRAIL_FIELDS, {"at_most": "ask"})
        common = self._common(found)
        at_most = self._value(found, "at_most", _level_of_guardrail)
        made: dict[str, Any] = {
            "above": self._value(found, "above", amount, self.vocabulary.currency),
            "ignores_missing": self._value(
                found, "if_missing", one_of, _IF_MISSING, "word for what is missing", "unknown-if-missing"
            )
            or False,
            "hand_to": self._roles(found, "hand_to"),
        }
        if at_most is None or common is None:
            return None
        self._check_hand_to(found, at_most)
        return Guardrail(**common, at_most=at_most, **made)

    def allowance(self, node: Map) -> Allowance | None:
        """An allowance; None when anything about it is wrong."""
        required = {"per": "member", "period": "week", "most": "300"}
        found = self._fields(node, "an allowance", ALLOWANCE_FIELDS, required)
        common = self._common(found)
        per = self._value(found, "per", one_of, _PER, "bearer of an allowance", "unknown-per")
        period = self._value(found, "period", _period)
        most = self._value(found, "most", self._most)
        beyond = self._value(found, "beyond", _level_beyond) if "beyond" in found else Level.ASK
        ignores = (
            self._value(
                found, "if_missing", one_of, _IF_MISSING, "word for what is missing", "unknown-if-missing"
            )
            or False
        )
        if common is None or per is None or period is None or most is None or beyond is None:
            return None
        return Allowance(
            **common,
            per=per,
            period=period,
            most=most[0],
            counts=most[1],
            beyond=beyond,
            ignores_missing=ignores,
        )

    def _fields(self, node: Map, what: str, known: tuple[str, ...], required: Mapping[str, str]) -> Fields:
        found = known_fields(self.notes, node, what, known, BELONGS[what])
        require(self.notes, node, what, found, {"id": "a-short-name", **required, "why": "what it is for"})
        return found

    def _value(self, found: Fields, name: str, read: Callable[..., _Value], *told: object) -> _Value | None:
        """What a field says; None when it isn't there, or wrong."""
        return self.notes.attempt(read, found[name][1], *told) if name in found else None

    def _common(self, found: Fields) -> dict[str, Any] | None:
        """What all rules have, as arguments; None without an id or a why."""
        identity = self._value(found, "id", identifier)
        why = self._value(found, "why", text, "what the rule is for")
        persons = self._value(found, "who", lambda node: who(self.notes, node, self.vocabulary)) or ()
        facts = self._value(found, "when", lambda node: when(self.notes, node, self.vocabulary)) or ()
        since, until = self._value(found, "from", day), self._value(found, "until", day)
        if since and until and until < since:
            self.notes.error(
                found["until"][1],
                "ends-before",
                f"The rule ends on {until}, before it begins on {since}.",
                "Swap the days, or mend one.",
            )
        kinds = self._value(found, "kind", self._kinds) or ()
        if identity is None or why is None:
            return None
        return {
            "id": identity,
            "why": why,
            "who": persons,
            "kinds": kinds,
            "when": facts,
            "since": since,
            "until": until,
        }

    def _kinds(self, node: Node) -> tuple[str, ...]:
        found = words(node, "kinds")
        in_doubt = "kinds" in self.vocabulary.in_doubt
        check_known(self.notes, found, self.vocabulary.known_kinds, "kind", in_doubt=in_doubt)
        return tuple(found)

    def _roles(self, found: Fields, name: str) -> tuple[str, ...]:
        return self._value(found, name, self._declared_roles) or ()

    def _declared_roles(self, node: Node) -> tuple[str, ...]:
        found = words(node, "roles")
        check_roles(self.notes, found, self.vocabulary)
        return tuple(found)

    def _most(self, node: Node) -> tuple[int, bool]:
        """A sum, or a number of remedies and True."""
        if not isinstance(node, Map):
            return amount(node, self.vocabulary.currency), False
        found = known_fields(self.notes, node, "most", ("count",))
        require(self.notes, node, "most", found, {"count": "3"})
        if "count" not in found:
            return 0, True
        value = found["count"][1]
        return whole(value, scalar(value, "a number of remedies").text, "a number of remedies"), True

    def _remark_on_grant(self, found: Fields, grant: Grant) -> None:
        if grant.level is Level.ASK:
            self.notes.warning(
                found["level"][1],
                "grant-of-ask",
                "A grant of ask does nothing: asking is always there.",
                "Take it out, or give more.",
            )
        for name, level in (("tell", Level.INFORM), ("objections", Level.PROPOSE)):
            if name in found and grant.level is not level:
                self.notes.warning(
                    found[name][0],
                    "no-effect",
                    f"{name} matters only with level {level.word}.",
                    f"Take it out, or write 'level: {level.word}'.",
                )

    def _check_hand_to(self, found: Fields, at_most: Level) -> None:
        if at_most is Level.NEVER and "hand_to" not in found:
            self.notes.warning(
                found["at_most"][1],
                "hand-to-owner",
                "It isn't said who takes over; the owner will.",
                "Say it: 'hand_to: manager'.",
            )
        if at_most is not Level.NEVER and "hand_to" in found:
            self.notes.error(
                found["hand_to"][0],
                "misplaced",
                f"hand_to belongs to 'at_most: never'; {at_most.word} hands nothing over.",
                "Take it out, or write 'at_most: never'.",
            )


def identifier(node: Node) -> str:
    """The id of a rule."""
    found = word(node, "a short name")
    if found in RESERVED_IDS:
        raise Wrong(
            node, "reserved-id", f"{shown(found)} is the name of what always holds.", "Choose another id."
        )
    if not _ID.fullmatch(found) or len(found) > _LONGEST_ID:
        raise Wrong(
            node,
            "bad-id",
            f"{shown(found)} can't be an id.",
            f"Write lower-case letters, digits and dashes, at most {_LONGEST_ID}, such as fix-on-the-spot.",
        )
    return found


def _level_of_grant(node: Node) -> Level:
    level = one_of(node, LEVELS_BY_WORD, "level", "unknown-level")
    if level is Level.NEVER:
        raise Wrong(
            node,
            "never-in-grant",
            "A grant can't say never: only a guardrail can.",
            "Write a guardrail with 'at_most: never'.",
        )
    return level


def _level_of_guardrail(node: Node) -> Level:
    level = one_of(node, LEVELS_BY_WORD, "level", "unknown-level")
    if level is Level.DECIDE:
        raise Wrong(
            node,
            "caps-nothing",
            "A guardrail of decide caps nothing.",
            "Write inform, propose, ask or never.",
        )
    return level


def _level_beyond(node: Node) -> Level:
    level = one_of(node, LEVELS_BY_WORD, "level", "unknown-level")
    if level is Level.NEVER:
        raise Wrong(
            node,
            "beyond-never",
            "An allowance can't say never: beyond it somebody can still be asked.",
            "Write 'beyond: ask'; never comes only from a guardrail.",
        )
    if level is Level.DECIDE:
        raise Wrong(
            node, "caps-nothing", "Beyond it decide would cap nothing.", "Write ask, propose or inform."
        )
    return level


def _period(node: Node) -> Period:
    written = " ".join(scalar(node, "a period such as week").text.split())
    if written in _PERIODS:
        return _PERIODS[written]
    rolling = _ROLLING.fullmatch(written)
    if rolling and 1 <= int(rolling[1]) <= MOST_ROLLING_DAYS:
        return Period(Span.ROLLING, int(rolling[1]))
    if rolling:
        raise Wrong(
            node,
            "unknown-period",
            f"A window of {rolling[1]} days can't be kept.",
            f"Write from 1 to {MOST_ROLLING_DAYS} days.",
        )
    known = (*_PERIODS, "rolling 30 days")
    near = meant(written, known)
    every = f" There are: {', '.join(known)}." if near.startswith("Did") else ""
    raise Wrong(node, "unknown-period", f"{shown(written)} is no period.", near + every)
