"""Draws who complains about what, and what would be right for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import log
from random import Random
from typing import Final, TypeVar
from unicodedata import normalize

from remit.complaints.actions.customers import CustomerWords
from remit.complaints.actions.opening import Sought
from remit.complaints.vocabulary import Channel, Severity
from remit.demo.desk import Told
from remit.demo.words.complaints import COMPLAINTS, DISHES, OCCASIONS
from remit.demo.words.guests import FAMILY, GIVEN, LANGUAGES
from remit.people.models import Member, Team
from remit_engine.money import written

_CATEGORIES: Final = {"late": 34, "cold": 23, "wrong item": 20, "billing": 13, "rude": 10}
_IN_A_STORM: Final = {"late": 68, "cold": 24, "wrong item": 5, "billing": 2, "rude": 1}
_CHANNELS: Final = {Channel.FORM: 45, Channel.PHONE: 27, Channel.COUNTER: 28}
_KINDS: Final = {
    "late": {"refund": 63, "adjustment": 9, "credit": 10, "comp": 5, "apology": 13},
    "cold": {"refund": 55, "replacement": 20, "credit": 10, "comp": 6, "apology": 9},
    "wrong item": {"replacement": 44, "refund": 38, "credit": 10, "apology": 8},
    "billing": {"refund": 34, "adjustment": 22, "credit": 34, "apology": 10},
    "rude": {"credit": 50, "comp": 15, "apology": 35},
}
_MEDIANS: Final = {"refund": 34, "adjustment": 14, "credit": 24, "replacement": 22, "comp": 14, "apology": 0}
_SPREADS: Final = {
    "refund": 0.5,
    "adjustment": 0.5,
    "credit": 0.55,
    "replacement": 0.3,
    "comp": 0.45,
    "apology": 0,
}
_COMES_BACK: Final = 0.22
_MOST_GUESTS_KNOWN: Final = 400


_Word = TypeVar("_Word", bound=str)


@dataclass(frozen=True, slots=True)
class Right:
    """What would be right.

    Attributes:
        kind: of remedy.
        value: in minor units.
        what: in words, for what isn't money.
    """

    kind: str
    value: int
    what: str


class Guests:
    """The customers of a team; some come back.

    Args:
        rng: draws them.
    """

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._known: list[CustomerWords] = []
        self._orders: set[str] = set()

    def one(self) -> CustomerWords:
        """Somebody new, or somebody who was here before."""
        if self._known and self._rng.random() < _COMES_BACK:
            return self._rng.choice(self._known)
        guest = self._new()
        self._known.append(guest)
        del self._known[:-_MOST_GUESTS_KNOWN]
        return guest

    def order_of_their_own(self, number: str) -> str:
        """A number of an order, or the next one that the team hasn't had: many are drawn in a large demo."""
        while number in self._orders:
            till, slip = number.split("-")
            number = f"{till}-{10_000 + (int(slip) - 9_999) % 90_000}"
        self._orders.add(number)
        return number

    def _new(self) -> CustomerWords:
        given, family = self._rng.choice(GIVEN), self._rng.choice(FAMILY)
        has_mail = self._rng.random() < 0.75  # noqa: PLR2004
        plain = normalize("NFKD", f"{given}.{family}").encode("ascii", "ignore").decode().lower()
        letters = "".join(letter for letter in plain if letter.isalnum() or letter == ".")
        mail = f"{letters}{self._rng.randrange(10, 9999)}@post.example" if has_mail else ""
        phone = f"+49{self._rng.randrange(1510_0000000, 1799_9999999)}"
        return CustomerWords(
            name=f"{given} {family}",
            email=mail,
            phone="" if has_mail and self._rng.random() < 0.5 else phone,  # noqa: PLR2004
            language=self._rng.choice(LANGUAGES),
        )


def drawn(
    rng: Random, team: Team, guest: CustomerWords, day: date, taker: Member | None, *, storm: bool
) -> tuple[Told, Right]:
    """A complaint as it is told, and what would be right for it.

    Args:
        rng: draws it.
        team: where.
        guest: who complains.
        day: on the wall clock of the team.
        taker: who takes it down, where it doesn't come by the form.
        storm: whether it storms.
    """
    category = _one_of(rng, _IN_A_STORM if storm else _CATEGORIES)
    right = _right(rng, category)
    paid = max(
        round(right.value * rng.choice((1.0, 1.0, 1.3, 1.7, 2.4)) / 10) * 10, rng.randrange(1450, 9800, 10)
    )
    values = {
        "dish": rng.choice(DISHES),
        "other": rng.choice(DISHES),
        "occasion": rng.choice(OCCASIONS),
        "minutes": rng.choice((35, 40, 45, 50, 55, 60, 70, 75, 80, 95)),
        "people": rng.choice((3, 4, 5, 6, 8)),
        "paid": written(paid, team.currency),
    }
    title, text = rng.choice(COMPLAINTS[category])
    channel = _one_of(rng, _CHANNELS) if taker else Channel.FORM
    title = title.format(**values)
    told = Told(
        team=team,
        channel=channel,
        by=None if channel == Channel.FORM else taker,
        title=title[0].upper() + title[1:],
        text=text.format(**values)[0].upper() + text.format(**values)[1:],
        category=category,
        customer=guest,
        severity=rng.choices((Severity.SMALL, Severity.USUAL, Severity.SERIOUS), (3, 6, 1))[0],
        sought=_sought(rng, right),
        order=f"{rng.randrange(100, 999)}-{rng.randrange(10_000, 99_999)}",
        paid=paid,
        placed_on=day - timedelta(days=rng.choice((0, 0, 0, 0, 0, 1, 1, 2, 9))),
        summary=f"{rng.choice((1, 2, 2, 3))}× {values['dish']}, {rng.choice((1, 1, 2))}× {values['other']}",
    )
    return told, right


def _right(rng: Random, category: str) -> Right:
    kind = _one_of(rng, _KINDS[category])
    if kind == "apology":
        return Right(kind, 0, "")
    value = rng.lognormvariate(log(_MEDIANS[kind]), _SPREADS[kind])
    rounded = rng.choice(
        (round(value), round(value), round(value, 1), 5 * round(value / 5), round(value) - 0.1)
    )
    whats = {
        "replacement": ("the dish, freshly made", "what was missing", "the right size"),
        "comp": ("dessert for the table", "a round of drinks", "coffee and cake", "a bottle of wine"),
    }
    what = rng.choice(whats[kind]) if kind in whats else ""
    return Right(kind, max(round(rounded * 100), 300), what)


def _sought(rng: Random, right: Right) -> Sought:
    if rng.random() < 0.4:  # noqa: PLR2004
        return Sought()
    if right.kind in {"refund", "adjustment"}:
        return Sought(kind="refund", amount=right.value, words=rng.choice(("", "My money back, please.")))
    if right.kind == "replacement":
        return Sought(kind="replacement", words="What I ordered.")
    return Sought(words=rng.choice(("An honest answer.", "That it doesn't happen again.", "")))


def _one_of(rng: Random, weights: dict[_Word, int]) -> _Word:
    return rng.choices(list(weights), list(weights.values()))[0]
