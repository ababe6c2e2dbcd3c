"""The words of a charter as its page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from remit.charters.word_forms import WORDS
from remit_engine.charter.document import Charter, Step
from remit_engine.charter.editing import Word, inherited_words, own_words, rules_naming, word_name
from remit_engine.charter.facts import ChoiceFact, NumberFact, Unit
from remit_engine.charter.sentences import capital, readable

_TITLES: Final = {
    "kinds": ("Kinds of remedy", "What can be given: the rows of the board."),
    "roles": ("Roles", "Who people are, the lowest first: the columns of the board."),
    "facts": ("Facts", "What may be known about a complaint, for rules that hold only where …"),
    "steps": ("Steps", "What growth may reach, from the first up, each with the reviews that it takes."),
    "always": (
        "Numbers that never fall",
        "Which number can’t be more than another: checks leave out the rest.",
    ),
}
_COUNTS: Final = {
    Unit.COUNT: "a number of things",
    Unit.MONEY: "an amount of money",
    Unit.PERCENT: "percent",
}


@dataclass(frozen=True, slots=True)
class ShownWord:
    """One word.

    Attributes:
        name: as the charter writes it; names it in addresses.
        title: as people read it.
        about: what is known of it.
        rules: how many rules name it.
        is_own: whether it can be changed here; others come from the organisation's charter.
    """

    name: str
    title: str
    about: str
    rules: int
    is_own: bool


@dataclass(frozen=True, slots=True)
class WordSection:
    """The words of one section.

    Attributes:
        name: of the section.
        noun: what one of its words is called.
        title, about: what stands above them.
        words: those from above first.
    """

    name: str
    noun: str
    title: str
    about: str
    words: tuple[ShownWord, ...]


def sections_of(charter: Charter) -> list[WordSection]:
    """All words of a charter, section by section."""
    return [
        WordSection(name, noun, *_TITLES[name], tuple(_words(charter, name))) for name, noun in WORDS.items()
    ]


def _words(charter: Charter, section: str) -> list[ShownWord]:
    own = own_words(charter, section)
    return [
        ShownWord(
            word_name(word),
            _title(word),
            about_word(word),
            len(rules_naming(charter, section, word_name(word))),
            word in own,
        )
        for word in dict.fromkeys((*inherited_words(charter, section), *own))
    ]


def _title(word: Word) -> str:
    if isinstance(word, tuple):
        return " ≤ ".join(
            capital(readable(name)) if not place else readable(name) for place, name in enumerate(word)
        )
    return capital(readable(word_name(word)))


def about_word(word: Word) -> str:
    """What is known of a word, in a few words; "" for one that only has a name."""
    if isinstance(word, Step):
        return f"{word.reviews} fair reviews at {word.percent} %"
    if isinstance(word, ChoiceFact):
        return ", ".join(word.values)
    if isinstance(word, NumberFact):
        return _COUNTS.get(word.unit, f"a number of {word.unit.value}")
    return "" if isinstance(word, str | tuple) else "yes or no"
