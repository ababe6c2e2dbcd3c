"""Words of the pulse, and the few figures that it goes by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta
from typing import Final

from django.db.models import TextChoices

LONGEST_ITEM: Final = 160
LONGEST_WORDS: Final = 500
LONGEST_REPLY: Final = 1000

OPEN_FOR: Final = timedelta(days=7)
"""So long a wave can be answered."""
WORDS_AFTER: Final = timedelta(days=7)
"""So long after a wave closed its words are shown: by then nobody remembers who typed when."""
OPENS_AT: Final = time(9)
"""On the wall clock of the team, on the day of a wave."""
TALLIES_KEPT: Final = 6
"""Waves whose counts are kept for the mean of three; of older ones only what was published is."""
COMPARED: Final = 26
"""Waves back to which groups are compared with what was published."""
MOST_OWN: Final = 2
"""Items that a team may add."""

FORTNIGHT, MONTH, EIGHT_WEEKS, QUARTER = 2, 4, 8, 13
RHYTHMS: Final = (
    (FORTNIGHT, "every two weeks"),
    (MONTH, "every four weeks"),
    (EIGHT_WEEKS, "every eight weeks"),
    (QUARTER, "every thirteen weeks"),
    (0, "not at all"),
)
"""Weeks from one wave to the next."""
COUNTS: Final = ((3, "three"), (4, "four"), (5, "five"))
"""How many of our items a wave asks."""

MARKS: Final = ((5, "fully"), (4, "mostly"), (3, "partly"), (2, "hardly"), (1, "not at all"))
"""What is answered to an item, the most first."""


@dataclass(frozen=True, slots=True)
class Item:
    """One sentence that people agree with, more or less; more is better in each of them.

    Attributes:
        key: how tables name it; never changes, and neither does what it asks.
        title: what it is about.
        text: the sentence.
    """

    key: str
    title: str
    text: str


ITEMS: Final = (
    Item("clear", "Clear purpose", "I know what we work for right now, and what my part in it is."),
    Item("may-decide", "What I may decide", "I know what I may decide without asking anybody."),
    Item(
        "sure", "Sure to decide", "When a customer is unhappy, I trust myself to decide what makes it right."
    ),
    Item("heard", "Heard", "When I say what could be better, it is taken up, or I am told why not."),
    Item("backed", "Backed", "When something that I decided went wrong, somebody stands behind me."),
    Item("strength", "Strength left", "After a usual week here I have strength left for what I like."),
)
"""Of our own wording; they come in turn."""
OWN_TITLE: Final = "Our own"


class Form(TextChoices):
    """What a figure is the mean of."""

    ALONE = "alone", "this wave"
    TOGETHER = "together", "the last three waves"


ASKED: Final = "pulse-asked"
RESULT: Final = "pulse-result"
REPLIED: Final = "pulse-replied"

ACTS: Final = {
    "pulse-rhythm": "set how often the pulse is asked: {rhythm}",
    "pulse-opened": "opened wave {number} of the pulse",
    "pulse-closed": "closed wave {number} of the pulse",
    "pulse-replied": "answered the result of wave {number} of the pulse",
}
"""What was done, after the name of who did it. That somebody answered is never among it."""
