"""Charters of 20, 200 and 2,000 rules and requests for them, the same on every machine.

For every role and kind a ladder (decide, inform and propose up to rising amounts, as long as little was given
today) and exceptions under conditions; across roles and kinds guardrails, and what may be given in a week.
Guardrails say `ask` or `never` alone, so that an engine which knows nothing but "the first row that holds"
can answer in one call: caps first, then grants from the highest level down.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt

from remit_engine.charter.document import Allowance, Charter, Grant, Guardrail, Per
from remit_engine.charter.facts import Between, ChoiceFact, Condition, NumberFact, OneOf, Unit
from remit_engine.charter.levels import Level
from remit_engine.charter.periods import Period, Span
from remit_engine.charter.request import Request

ROLES: Final = tuple(f"role {number}" for number in range(1, 21))
KINDS: Final = (
    *("refund", "adjustment", "credit", "replacement", "comp", "apology"),
    *("discount", "upgrade", "voucher", "shipping", "fee waiver", "late fee"),
)
CATEGORIES: Final = (
    *("late", "cold", "wrong item", "missing item", "billing", "rude"),
    *("noise", "dirty", "broken", "cancelled", "overbooked", "allergy"),
)
CHANNELS: Final = ("counter", "phone", "mail", "app", "partner")
TIERS: Final = ("new", "usual", "silver", "gold")
STRANGER: Final = "somebody else"
"""A role, and a kind, that the charter doesn't know."""
DAY: Final = date(2026, 3, 2)


@dataclass(frozen=True, slots=True)
class Shape:
    """How a charter of some size is made: so many roles and kinds, grants and guardrails for each pair."""

    roles: int
    kinds: int
    per_pair: int
    guardrails: int
    allowances: int


SHAPES: Final = {20: Shape(2, 2, 4, 3, 1), 200: Shape(8, 6, 4, 6, 2), 2000: Shape(20, 12, 8, 70, 10)}
FACTS: Final = (
    ChoiceFact("category", CATEGORIES),
    ChoiceFact("channel", CHANNELS),
    ChoiceFact("tier", TIERS),
    NumberFact("order_age", Unit.DAYS),
    NumberFact("comps", Unit.COUNT),
    NumberFact("given_today", Unit.MONEY),
)
WORDS: Final = {"category": CATEGORIES, "channel": CHANNELS, "tier": TIERS}
WHY: Final = "Somebody on the spot can end the trouble."


def made_charter(size: int, seed: int = 1, shape: Shape | None = None) -> Charter:
    """A charter of `size` rules (20, 200 or 2,000; others in a shape that is handed over)."""
    shape = shape or SHAPES[size]
    rng = random.Random(seed * 10_000 + size)  # noqa: S311 (made data, not a secret)
    roles, kinds = ROLES[: shape.roles], KINDS[: shape.kinds]
    grants: list[Grant] = []
    guardrails = [_guardrail(rng, number, roles, kinds) for number in range(shape.guardrails)]
    for role in roles:
        for kind in kinds:
            base = rng.randrange(10_00, 80_00, 2_50)
            name = f"{role} {kind}".replace(" ", "-")
            grants += _ladder(rng, name, role, kind, base)
            for number in range(shape.per_pair - 3):
                exception = _exception(rng, f"{name}-{number}", role, kind, base)
                if isinstance(exception, Grant):
                    grants.append(exception)
                else:
                    guardrails.append(exception)
    charter = Charter(
        name=f"Bench of {size} rules",
        currency="EUR",
        why="Every guest leaves wanting to come back.",
        facts=FACTS,
        kinds=kinds,
        roles=roles,
        grants=tuple(grants),
        guardrails=tuple(guardrails),
        allowances=tuple(_allowance(rng, number, roles, shape) for number in range(shape.allowances)),
    )
    if sum(1 for _ in charter.all_rules) != size:
        raise AssertionError(f"{size} rules were wanted")
    return charter


def changed_charter(charter: Charter, seed: int = 2, share: float = 0.02) -> Charter:
    """A next version of a charter: a few limits and levels are others."""
    rng = random.Random(seed)  # noqa: S311 (made data, not a secret)
    grants = list(charter.grants)
    for place in rng.sample(range(len(grants)), max(1, int(len(grants) * share))):
        old = grants[place]
        upto = round((old.upto or 0) * rng.choice((0.8, 1.25, 1.5)))
        level = rng.choice((Level.PROPOSE, Level.INFORM, Level.DECIDE))
        grants[place] = replace(old, upto=upto) if rng.random() < 0.7 else replace(old, level=level)
    return replace(charter, grants=tuple(grants))


def _ladder(rng: random.Random, name: str, role: str, kind: str, base: int) -> list[Grant]:
    today = base * rng.randint(10, 40)
    steps = ((Level.DECIDE, 1, 1), (Level.INFORM, 2, 2), (Level.PROPOSE, 4, 3))
    return [
        Grant(
            id=f"{name}-{level.word}",
            why=WHY,
            who=(("role", OneOf((role,))),),
            kinds=(kind,),
            when=(("given_today", Between(0, today * days)),),
            upto=base * times,
            level=level,
        )
        for level, times, days in steps
    ]


def _exception(rng: random.Random, name: str, role: str, kind: str, base: int) -> Grant | Guardrail:
    """A grant, or now and then a guardrail, for one role and kind under one or two conditions."""
    when = tuple(
        (fact, _condition(rng, fact))
        for fact in rng.sample([fact.name for fact in FACTS[:-1]], rng.choice((1, 2)))
    )
    who = (("role", OneOf((role,))),)
    if rng.random() < 0.3:
        at_most = rng.choice((Level.ASK, Level.ASK, Level.NEVER))
        above = rng.choice((base // 2, base, base * 3))
        return Guardrail(id=name, why=WHY, who=who, kinds=(kind,), when=when, above=above, at_most=at_most)
    level = rng.choice((Level.PROPOSE, Level.INFORM, Level.DECIDE))
    upto = rng.randrange(base, base * 5, 2_50)
    return Grant(id=name, why=WHY, who=who, kinds=(kind,), when=when, upto=upto, level=level)


def _guardrail(rng: random.Random, number: int, roles: Sequence[str], kinds: Sequence[str]) -> Guardrail:
    """A cap across some roles and kinds."""
    forms = ("comps", "category", "order_age", "channel")
    fact = forms[number % len(forms)]
    condition = {
        "comps": Between(rng.randint(3, 6)),
        "order_age": Between(rng.randint(90, 365)),
    }.get(fact) or _condition(rng, fact)
    return Guardrail(
        id=f"across-{number}",
        why=WHY,
        who=(("role", OneOf(_some(rng, roles, 4))),),
        kinds=_some(rng, kinds, 3),
        when=((fact, condition),),
        above=rng.randrange(200_00, 600_00, 5_00) if fact in WORDS else None,
        at_most=rng.choice((Level.ASK, Level.ASK, Level.NEVER)),
    )


def _allowance(rng: random.Random, number: int, roles: Sequence[str], shape: Shape) -> Allowance:
    """What members of some roles may give in a week; the allowances share out the roles."""
    return Allowance(
        id=weekly(number),
        why=WHY,
        who=(("role", OneOf(tuple(roles[number :: shape.allowances]))),),
        per=Per.MEMBER,
        period=Period(Span.WEEK),
        most=rng.randrange(8_000_00, 20_000_00, 100_00),
    )


def weekly(number: int) -> str:
    """The id of an allowance."""
    return f"weekly-{number}"


def _condition(rng: random.Random, fact: str) -> Condition:
    if fact in WORDS:
        return OneOf(_some(rng, WORDS[fact], 4 if fact == "category" else 2))
    if fact == "order_age":
        return Between(rng.choice((0, 14, 30, 60)), rng.choice((90, 120, 180, 365)))
    return Between(rng.randint(0, 3), rng.randint(4, 9))


def _some(rng: random.Random, words: Sequence[str], most: int) -> tuple[str, ...]:
    return tuple(rng.sample(list(words), min(len(words), rng.randint(1, most))))


@dataclass(frozen=True, slots=True)
class MadeRequests:
    """Requests as columns: of words their numbers in `ROLES` and so on, of numbers themselves.

    Attributes:
        role, kind: one more than the last stands for a stranger.
        words: category, channel and tier.
        numbers: order_age, comps, given_today, amount, given_this_week.
    """

    role: npt.NDArray[np.uint8]
    kind: npt.NDArray[np.uint8]
    words: dict[str, npt.NDArray[np.uint8]]
    numbers: dict[str, npt.NDArray[np.int64]]

    def __len__(self) -> int:
        return len(self.role)


def made_columns(count: int, size: int, seed: int = 3) -> MadeRequests:
    """So many requests for a charter of some size; no fact is missing, one in fifty is by a stranger."""
    rng, shape = np.random.default_rng(seed), SHAPES[size]
    today = np.where(rng.random(count) < 0.3, 0, _money(rng, count, 10.0))
    return MadeRequests(
        _codes(rng, count, shape.roles, len(ROLES)),
        _codes(rng, count, shape.kinds, len(KINDS)),
        {name: rng.integers(0, len(words), count).astype(np.uint8) for name, words in WORDS.items()},
        {
            "order_age": np.minimum(rng.exponential(40, count), 730).astype(np.int64),
            "comps": rng.poisson(0.7, count).astype(np.int64),
            "given_today": today,
            "amount": _money(rng, count, 8.5),
            "given_this_week": today + _money(rng, count, 11.0),
        },
    )


def _codes(rng: np.random.Generator, count: int, known: int, stranger: int) -> npt.NDArray[np.uint8]:
    """A few values are frequent, most are rare."""
    weights = 1 / np.arange(1, known + 1) ** 0.7
    codes = rng.choice(known, size=count, p=weights / weights.sum()).astype(np.uint8)
    codes[rng.random(count) < 0.02] = stranger
    return codes


def _money(rng: np.random.Generator, count: int, mean: float) -> npt.NDArray[np.int64]:
    return np.minimum(rng.lognormal(mean, 1.2, count), 500_000_00).astype(np.int64)


def as_requests(columns: MadeRequests, size: int) -> list[Request]:
    """The same requests one by one, as the engine takes them."""
    made = []
    for row in as_rows(columns):
        role = row["role"]
        used = {}
        if role != STRANGER:
            used = {weekly(ROLES.index(str(role)) % SHAPES[size].allowances): row["given_this_week"]}
        facts = {fact.name: row[fact.name] for fact in FACTS}
        made.append(
            Request(
                kind=str(row["kind"]),
                role=str(role),
                member="somebody",
                amount=int(row["amount"]),
                day=DAY,
                facts=facts,
                used=used,  # type: ignore[arg-type]  # a number, as the row has it
            )
        )
    return made


def as_rows(columns: MadeRequests) -> list[dict[str, str | int]]:
    """The same requests as flat dictionaries, as the rivals take them.

    `with_this_week` is what would be given in the week with this remedy: the number that an allowance limits.
    """
    words = {"role": (*ROLES, STRANGER), "kind": (*KINDS, STRANGER), **WORDS}
    codes = {"role": columns.role, "kind": columns.kind, **columns.words}
    decoded = {name: [words[name][code] for code in column] for name, column in codes.items()}
    decoded |= {name: column.tolist() for name, column in columns.numbers.items()}
    week = columns.numbers["given_this_week"] + columns.numbers["amount"]
    decoded["with_this_week"] = week.tolist()
    return [dict(zip(decoded, row, strict=True)) for row in zip(*decoded.values(), strict=True)]
