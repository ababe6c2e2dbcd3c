"""Closed complaints without anybody in them: who is named gets another name, the same all through.

What the house knows is replaced wherever it stands: names of customers, of everybody who works here, of
teams and of the organisation, numbers of orders; however it is written (`müller`, `Mueller`, `ANA RUIZ'S`).
What nobody knows beforehand goes by its shape: mail and web addresses, names of accounts, telephone numbers,
dates, streets, every number of four digits and more that isn't an amount, whoever is called Mr or Mrs, a
name below a greeting, and given names that are usual.

Nothing of this is kept: it is done anew, with a key of this house, each time a text is shown.
"""

from __future__ import annotations

import hmac
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from remit.practice.names import ALSO_WORDS, FAMILY, GIVEN, USUAL

_SHORTEST: Final = 2
"""Letters of a part of a name; a single letter stands in every text."""
_UMLAUTS: Final = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "æ": "ae", "ß": "ss"}
_CURRENCY: Final = r"(?:[€$£¥₩₹₪₺₫]|\b(?:EUR|USD|GBP|CHF|SEK|NOK|DKK|JPY|PLN|CZK|euros?|dollars?|pounds?)\b)"
_MONTHS: Final = (
    r"(?:jan(?:uary|uar)?|feb(?:ruary|ruar)?|mar(?:ch)?|märz|apr(?:il)?|may|mai|june?|juni|july?|juli|aug(?:ust)?"
    r"|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?)"
)
_STREETS: Final = (
    r"street|st\.?|road|rd\.?|avenue|ave\.?|lane|square|drive|court|alley|boulevard|blvd\.?|strasse|stra(?:ß|ss)e"
    r"|str\.?|gasse|weg|platz|allee|damm|ufer"
)
_WORD: Final = r"[^\W\d_][\w'’.-]*"

DATE, ADDRESS, LINK, MAIL, ACCOUNT = (
    "(a date)",
    "(an address)",
    "(a link)",
    "(a mail address)",
    "(an account)",
)

_SHAPES: Final = (
    (re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE), MAIL),
    (re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE), LINK),
    (re.compile(r"(?<![\w@])@\w[\w.]+"), ACCOUNT),
    (re.compile(r"\b\d{4}-\d{1,2}-\d{1,2}\b|\b\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d{2})\b"), DATE),
    (
        re.compile(
            rf"\b\d{{1,2}}(?:st|nd|rd|th|\.)?\s+(?:of\s+)?{_MONTHS}\b\.?(?:,?\s+\d{{4}})?"
            rf"|\b{_MONTHS}\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+\d{{4}})?",
            re.IGNORECASE,
        ),
        DATE,
    ),
    (
        re.compile(
            rf"\b\d+\s?[a-z]?,?\s+(?:{_WORD}\s+){{1,3}}?(?:{_STREETS})(?!\w)"
            rf"|\b(?:{_WORD}\s+){{0,2}}?[^\W\d_]*(?:{_STREETS})(?!\w)\s*\d+\s?[a-z]?\b"
            r"|\b(?:rue|via|calle|rua|avenida|place)\s+(?:[^\W\d_][\w'’.-]*\s+){1,3}?\d+\b",
            re.IGNORECASE,
        ),
        ADDRESS,
    ),
)
_AMOUNT: Final = re.compile(
    rf"{_CURRENCY}\s?\d[\d.,’' ]*\d|{_CURRENCY}\s?\d|\d[\d.,’']*\s?{_CURRENCY}", re.IGNORECASE
)
_NUMBER: Final = re.compile(r"\+?\(?\d[\d\s()./-]{4,}\d|[^\W_]*\d{4,}[^\W_]*|[^\W\d_]+-?\d{3,}|\d{3,}-\w+")
_TITLED: Final = re.compile(
    rf"\b(?i:mr|mrs|ms|miss|mx|dr|prof|herr|herrn|frau|madame|monsieur|señora?|sig(?:nora?)?)\b\.?\s+"
    rf"({_WORD}(?:\s+[^\W\d_a-z][\w'’-]+)?)"
)
_INTRODUCED: Final = re.compile(
    r"\b(?i:my name is|my name's|i am called|this is|i heiße|ich heiße|ich bin|mein name ist|je m'appelle)\s+"
    r"((?-i:[^\W\d_a-z][\w'’-]+)(?:\s+(?-i:[^\W\d_a-z][\w'’-]+)){0,2})"
)
_SIGNED: Final = re.compile(
    r"(?im:^\s*(?:(?:best|kind|warm)\s+)?(?:regards|wishes|best|cheers|thanks|thank you|sincerely"
    r"|yours(?: truly)?|(?:mit\s+)?(?:freundlichen|vielen|lieben|besten)?\s*(?:grüßen?|grüsse|dank)"
    r"|cordialement|saludos)[,!.]?\s*)\n\s*"
    rf"({_WORD}(?:\s+{_WORD}){{0,3}})\s*$"
)


@dataclass(frozen=True, slots=True)
class Known:
    """What the house knows that could say who it was.

    Attributes:
        people: full names of customers and members.
        places: names of teams, of the organisation, of companies.
        numbers: of orders and telephones, mail addresses: whatever stands for somebody as a whole.
    """

    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Folded:
    """A text as it is searched: small letters without accents, and where each of them stood."""

    text: str
    places: tuple[int, ...]
    original: str


@dataclass(slots=True)
class Disguise:
    """Other names for one complaint; the same text twice is the same again.

    Args:
        key: of this house, and of the complaint.
        known: what is known about it.
    """

    key: bytes
    known: Known
    _words: dict[str, str] = field(default_factory=dict, init=False)
    _pattern: re.Pattern[str] | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        """Give everybody another name; two never get the same one, and nobody that of somebody here."""
        taken = {word for name in self.known.people for word in _parts(name)}
        for name in sorted(set(self.known.people), key=lambda each: _mark(self.key, each)):
            self._name(name, taken)
        for place in self.known.places:
            self._add(place, "the house")
        for number in self.known.numbers:
            self._add(number, self._digits(number) if "@" not in number else MAIL)
        longest_first = sorted(self._words, key=len, reverse=True)
        if longest_first:
            either = "|".join(re.escape(word) for word in longest_first)
            self._pattern = re.compile(rf"(?<![^\W_])(?:{either})(?![^\W_])")

    def of(self, text: str) -> str:
        """The text without anybody in it."""
        text = self._known_replaced(text)
        for shape, words in _SHAPES:
            text = shape.sub(words, text)
        for shape in (_TITLED, _INTRODUCED, _SIGNED):
            text = shape.sub(self._named, text)
        text = self._numbers_replaced(text)
        return self._usual_replaced(text)

    def name_of(self, name: str) -> str:
        """The other name of somebody who is known, in full."""
        return self.of(name)

    def _name(self, name: str, taken: set[str]) -> None:
        parts = _parts(name)
        if not parts:
            return
        given = self._chosen(GIVEN, f"given:{parts[0]}", taken)
        family = self._chosen(FAMILY, f"family:{parts[-1]}", taken)
        self._add(name, f"{given} {family}" if len(parts) > 1 else given)
        for spelled in _spellings(name):
            self._add("".join(_parts(spelled)), f"{given}{family}")
            for at, part in enumerate(_parts(spelled)):
                self._add(part, given if at == 0 else family)

    def _chosen(self, names: tuple[str, ...], mark: str, taken: set[str]) -> str:
        folded = {_fold(name).text: name for name in names}
        free = [name for word, name in folded.items() if word not in taken] or list(names)
        name = free[_mark(self.key, mark) % len(free)]
        taken.add(_fold(name).text)
        return name

    def _add(self, word: str, other: str) -> None:
        for spelled in _spellings(word):
            if len(spelled) >= _SHORTEST:
                self._words.setdefault(spelled, other)

    def _known_replaced(self, text: str) -> str:
        if self._pattern is None:
            return text
        folded = _fold(text)
        pieces, end = [], 0
        for found in self._pattern.finditer(folded.text):
            start, stop = folded.places[found.start()], folded.places[found.end() - 1] + 1
            stood = text[start:stop]
            if found[0] in ALSO_WORDS and stood.islower():
                continue  # "I will" is nobody
            pieces += [text[end:start], _in_letters_of(stood, self._words[found[0]])]
            end = stop
        return "".join([*pieces, text[end:]])

    def _named(self, found: re.Match[str]) -> str:
        """A name that nobody knew beforehand, in its place."""
        whole, name = found[0], found[1]
        if all(_fold(part).text in self._others for part in name.split()):
            return whole
        other = FAMILY[_mark(self.key, f"unknown:{_fold(name).text}") % len(FAMILY)]
        at = found.start(1) - found.start()
        return whole[:at] + other + whole[at + len(name) :]

    @property
    def _others(self) -> set[str]:
        return {part for other in self._words.values() for part in _parts(other)}

    def _numbers_replaced(self, text: str) -> str:
        pieces, end = [], 0
        for found in _AMOUNT.finditer(text):
            pieces += [_NUMBER.sub(self._other_digits, text[end : found.start()]), found[0]]
            end = found.end()
        return "".join([*pieces, _NUMBER.sub(self._other_digits, text[end:])])

    def _other_digits(self, found: re.Match[str]) -> str:
        return self._digits(found[0])

    def _digits(self, number: str) -> str:
        """The same shape with other digits and letters, each different from what stood there."""
        mark = _mark(self.key, f"number:{_fold(number).text}")
        made = []
        for each in number:
            mark, more = divmod(mark, 7) if mark > _ENOUGH else (_mark(self.key, f"more:{mark}"), mark % 7)
            made.append(str((int(each) + 1 + more) % 10) if each.isdecimal() else each)
        return "".join(made)

    def _usual_replaced(self, text: str) -> str:
        """Given names that are usual, of people whom nobody here knows."""

        def other(found: re.Match[str]) -> str:
            word = _fold(found[0]).text
            if word not in USUAL or word in self._others:
                return found[0]
            return GIVEN[_mark(self.key, f"usual:{word}") % len(GIVEN)]

        return re.sub(r"\b[^\W\d_a-z][\w]+", other, text)


_ENOUGH: Final = 1000


def _mark(key: bytes, words: str) -> int:
    return int.from_bytes(hmac.digest(key, words.encode(), "sha256")[:16])


def _fold(text: str) -> _Folded:
    """Small letters without accents, each with its place in the text."""
    letters, places = [], []
    for at, letter in enumerate(text):
        for each in unicodedata.normalize("NFKD", letter).casefold():
            if not unicodedata.combining(each):
                letters.append(each)
                places.append(at)
    return _Folded("".join(letters), tuple(places), text)


def _spellings(word: str) -> Iterator[str]:
    """How a word may be written: with its accents gone, or with two letters for one."""
    whole = " ".join(word.split())
    yield _fold(whole).text
    yield _fold("".join(_UMLAUTS.get(letter, letter) for letter in whole.casefold())).text


def _parts(name: str) -> list[str]:
    """The words of a name, as they are searched."""
    return [part for part in re.split(r"[\s.,()\"-]+", _fold(name).text) if len(part) >= _SHORTEST]


def _in_letters_of(stood: str, other: str) -> str:
    """Another word, in large or small letters as the one that stood there."""
    if stood.isupper() and len(stood) > _SHORTEST:
        return other.upper()
    return other.lower() if stood.islower() and other[:1] != "(" else other


def known_of(people: Iterable[str], places: Iterable[str], numbers: Iterable[str]) -> Known:
    """What is known, without what is empty."""
    return Known(
        tuple(dict.fromkeys(each.strip() for each in people if each.strip())),
        tuple(dict.fromkeys(each.strip() for each in places if each.strip())),
        tuple(dict.fromkeys(each.strip() for each in numbers if each.strip())),
    )
