"""What the manager made right herself in the last weeks, though a member might have: her mirror shows it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Final

from remit.demo.bulk.house import House
from remit.demo.desk import Desk
from remit.demo.playing import Story
from remit.demo.telling import Teller

_LETTER: Final = "Dear {customer}, I was in the house and saw it. {amount} is yours, and an apology. {me}"
_SEEN_TO: Final = (
    (33, "Table by the door", "A draught all evening, and nobody moved us.", "late", "Ida Brandt", 1200),
    (19, "Waited for the bill", "Twenty minutes with our coats on.", "late", "Marek Novotny", 1500),
    (12, "Soup lukewarm", "I said so, and it went back, and came back lukewarm.", "cold", "Lena Fuchs", 950),
    (4, "Forgot the bread", "We asked three times, and then it was the dessert.", "late", "Otto Weiss", 800),
)
"""Days before the end, what was wrong, by whom, and what was given, in minor units."""


def by_herself(desk: Desk, house: House, rng: Random, end: datetime) -> Iterator[tuple[datetime, Story]]:
    """The stories, each with its first moment.

    Args:
        desk: carries out the acts.
        house: the main team.
        rng: draws keys and numbers.
        end: the end of the demo's time.
    """
    told = _ByHerself(desk, house, rng, end)
    for days, title, text, category, name, value in _SEEN_TO:
        yield end - timedelta(days=days, hours=2), told.seen_to(title, text, category, name, value)


class _ByHerself(Teller):
    def seen_to(self, title: str, text: str, category: str, name: str, value: int) -> Story:
        """Mia was there, and made it right before anybody else could."""
        mia = self._member("mia")
        complaint = yield from self._begun(mia, title, text, category, name, paid=4600)
        yield from self._given(self._decided(mia, complaint, "refund", value, letter=_LETTER))
        yield from self._closed(mia, complaint)
