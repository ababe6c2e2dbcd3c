"""Closed complaints without anybody in them: who is named gets another name, the same all through.

What the house knows is replaced wherever it stands: names of customers, of everybody who works here, of
teams and of the organisation, numbers of orders; however it is written (`müller`, `Mueller`, `ANA RUIZ'S`).
What nobody knows beforehand goes by its shape: see `remit.practice.shapes`.

Nothing of this is kept: it is done anew, with a key of this house, each time a text is shown.
"""

from __future__ import annotations

import hmac
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Final

from remit.practice import shapes
from remit.practice.names import ALSO_WORDS, FAMILY, GIVEN, NO_NAMES, PARTICLES, PLACES, USUAL
from remit.practice.short_names import ALSO_SHORT_WORDS, SHORT

_SHORTEST: Final = 2
"""Letters of a part of a name; a single letter stands in every text."""
_TELLING: Final = 4
"""Letters of a part of a name that says who it is within a mail address."""
_SINGLE: Final = 12
"""So often a single name is looked for that nobody has; then one of two."""
_OF_ONE: Final = re.compile(r"[\w+-]*[._\d][\w.+-]*")
"""What stands before the @ of a mail address, where it says who it is: `p.holm`, `petra70`; not `kitchen`."""
_UMLAUTS: Final = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "æ": "ae", "ß": "ss"}
_APOSTROPHES: Final = frozenset("’‘ʼ`´")
_WITHOUT_SPACES: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
"""Letters of scripts in which words aren't set apart."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the house knows that could say who it was.

    Attributes:
        people: full names; those who matter most first, who get the plainest names.
        places: names of teams, of the organisation.
        numbers: of orders, complaints, telephones; mail addresses.
        said: everything that was said about it: who is named in one text is hidden in all of them.
    """

    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    said: tuple[str, ...] = ()


def known_of(
    people: Iterable[str], places: Iterable[str], numbers: Iterable[str], said: Iterable[str] = ()
) -> Known:
    """What is known, without what is empty."""
    given = (people, places, numbers, said)
    return Known(*(tuple(dict.fromkeys(filter(None, map(str.strip, each)))) for each in given))


@dataclass(frozen=True, slots=True)
class _Folded:
    """A text as it is searched: small letters without accents, and where each of them stood."""

    text: str
    places: tuple[int, ...]


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
    _chosen_before: dict[str, str] = field(default_factory=dict, init=False)
    _family_of: dict[str, str] = field(default_factory=dict, init=False)
    _given_of: dict[str, str] = field(default_factory=dict, init=False)
    _made: set[str] = field(default_factory=set, init=False)
    _large_only: set[str] = field(default_factory=set, init=False)
    _pattern: re.Pattern[str] | None = field(default=None, init=False)
    _numbers: re.Pattern[str] = field(default=shapes.NUMBER, init=False)

    def __post_init__(self) -> None:
        """Give everybody another name; two never get the same one, and nobody that of somebody here."""
        taken = {word for name in self.known.people for word in _parts(name)}
        for name in self.known.people:
            self._name(name, taken)
        for name in self.known.people:
            self._short_forms(name)
        for place in self.known.places:
            self._add(place, PLACES[_mark(self.key, "place") % len(PLACES)])
        mails = [number.partition("@")[0] for number in self.known.numbers if "@" in number]
        for local in mails:
            self._of_mail(local, taken)
        for text in self.known.said:
            self._called_in(text, taken)
        if self._words:
            self._pattern = _either(self._words)
        numbers = [number for number in self.known.numbers if "@" not in number and len(number) >= _SHORTEST]
        if numbers:
            known = "|".join(re.escape(number) for number in sorted(numbers, key=len, reverse=True))
            either = rf"(?<![^\W_])(?:{known})(?![^\W_])|{shapes.NUMBER.pattern}"
            self._numbers = re.compile(either, re.IGNORECASE)

    def of(self, text: str) -> str:
        """The text without anybody in it."""
        text = self._known_replaced(text)
        for shape, words in shapes.REPLACED:
            text = shape.sub(words, text)
        for shape in shapes.NAMED:
            text = shape.sub(self._named, text)
        text = self._numbers_replaced(text)
        return self._initials_replaced(self._usual_replaced(text))

    def _name(self, name: str, taken: set[str]) -> None:
        parts = _parts(name)
        if not parts:
            return
        given = self._chosen(GIVEN, parts[0], taken)
        family = self._chosen(FAMILY, parts[-1], taken)
        self._family_of[given], self._given_of[family] = family, given
        self._made |= set(_parts(given)) | set(_parts(family))
        if NO_NAMES.isdisjoint(_fold(name).text.replace(".", " ").split()):
            self._add(name, f"{given} {family}" if len(parts) > 1 else given)
        for spelled in _spellings(name):
            self._add("".join(_parts(spelled)), f"{given}{family}")
            for at, part in enumerate(_parts(spelled)):
                if at and part in PARTICLES:
                    continue
                other = given if at == 0 else family
                self._add(part, other)
                self._add(part.replace("'", ""), other)
                self._add(f"{part}s", f"{other}s")

    def _short_forms(self, name: str) -> None:
        """What whoever is called so may be called for short, with their initials: `Kate`, `P.H.`."""
        parts = [part for part in _parts(name) if part not in PARTICLES]
        for part in parts[:-1] or parts:
            for short in sorted(SHORT.get(part, ())):
                large = short in ALSO_SHORT_WORDS or short in ALSO_WORDS
                self._add(short, self._words[part], large_only=large)
                self._add(f"{short}s", f"{self._words[part]}s", large_only=short not in USUAL)
        initials = [part[0] for part in parts]
        if len(parts) > 1 and initials not in (["p", "m"], ["a", "m"]):
            other = (self._words[parts[0]][0], self._words[parts[-1]][0])
            for dotted in (".", ". "):
                self._add(dotted.join(initials), dotted.join(other), large_only=True)

    def _of_mail(self, local: str, taken: set[str]) -> None:
        """What stands before the @, and its words, where it says who it is."""
        known = [part for name in self.known.people for part in _parts(name) if len(part) >= _TELLING]
        is_told = any(part in _fold(local).text for part in known)
        if not (_OF_ONE.fullmatch(local) or is_told):
            return
        self._add(local, shapes.ACCOUNT)
        for part in re.findall(r"[^\W\d_]{3,}", local) if _OF_ONE.fullmatch(local) else ():
            if _fold(part).text not in NO_NAMES | shapes.OFFICES:
                self._add(part, self._chosen(GIVEN, _fold(part).text, taken), large_only=len(part) < _TELLING)

    def _called_in(self, text: str, taken: set[str]) -> None:
        """Who is named by the place where the name stands: *call me Kate*, a signature, *Mrs Vale*."""
        found = [
            next(filter(None, each.groups())) for shape in shapes.CALLED for each in shape.finditer(text)
        ]
        signed = [each[1] for shape in shapes.LEARNED for each in shape.finditer(text)]
        for name in (*found, *signed):
            parts = [part for part in _parts(name) if part not in shapes.NO_NICKNAMES | PARTICLES]
            for at, part in enumerate(parts):
                names = FAMILY if at else GIVEN
                large = part not in USUAL or part in ALSO_WORDS
                self._add(part, self._chosen(names, part, taken), large_only=large)
                self._add(f"{part}s", f"{self._words[part]}s", large_only=True)

    def _chosen(self, names: tuple[str, ...], part: str, taken: set[str]) -> str:
        """A name in the place of a part of one, the same for the same; of two where most are taken."""
        mark = f"{names[0]}:{part}"
        if mark in self._chosen_before:
            return self._chosen_before[mark]
        for turn in count():
            at = _mark(self.key, f"{mark}:{turn}")
            name = names[at % len(names)]
            if turn >= _SINGLE:
                name = f"{name}-{names[at // len(names) % len(names)]}"
            if _fold(name).text not in taken and name[0].lower() != part[0]:
                break
        taken.add(_fold(name).text)
        self._chosen_before[mark] = name
        return name

    def _add(self, word: str, other: str, *, large_only: bool = False) -> None:
        """Another word in the place of one; of some only where it doesn't stand in small letters."""
        for spelled in _spellings(word):
            if len(spelled) < _SHORTEST:
                continue
            if spelled not in self._words and large_only:
                self._large_only.add(spelled)
            elif not large_only:
                self._large_only.discard(spelled)
            self._words.setdefault(spelled, other)

    def _known_replaced(self, text: str) -> str:
        if self._pattern is None:
            return text
        folded = _fold(text)
        pieces, end = [], 0
        for found in self._pattern.finditer(folded.text):
            start, stop = folded.places[found.start()], folded.places[found.end() - 1] + 1
            stood = text[start:stop]
            is_word = found[0] in ALSO_WORDS or found[0] in self._large_only
            if start < end or (is_word and stood.islower()):
                continue  # "I will" is nobody
            pieces += [text[end:start], _in_letters_of(stood, self._words[found[0]])]
            end = stop
        return "".join([*pieces, text[end:]])

    def _named(self, found: re.Match[str]) -> str:
        """A name that nobody knew beforehand, in its place."""
        whole, name = found[0], found[1]
        if all(self._made.issuperset(_parts(part)) for part in name.split()):
            return whole
        other = FAMILY[_mark(self.key, f"unknown:{_fold(name).text}") % len(FAMILY)]
        at = found.start(1) - found.start()
        return whole[:at] + other + whole[at + len(name) :]

    def _numbers_replaced(self, text: str) -> str:
        pieces, end = [], 0
        for found in shapes.AMOUNT.finditer(text):
            pieces += [self._numbers.sub(self._other_digits, text[end : found.start()]), found[0]]
            end = found.end()
        return "".join([*pieces, self._numbers.sub(self._other_digits, text[end:])])

    def _other_digits(self, found: re.Match[str]) -> str:
        """The same shape with other digits, each different from what stood there."""
        digits = "".join(each for each in found[0] if each.isdecimal())
        mark = _mark(self.key, f"number:{digits}")
        made = []
        for each in found[0]:
            if not each.isdecimal():
                made.append(each)
                continue
            mark, more = divmod(mark, 9)
            made.append(str((int(each) + 1 + more) % 10))
            mark = mark or _mark(self.key, f"more:{digits}:{len(made)}")
        return "".join(made)

    def _usual_replaced(self, text: str) -> str:
        """Given names that are usual, of people whom nobody here knows."""

        def other(found: re.Match[str]) -> str:
            word = _fold(found[0]).text
            if word not in USUAL or word in self._made:
                return found[0]
            return GIVEN[_mark(self.key, f"usual:{word}") % len(GIVEN)]

        return shapes.CAPITAL.sub(other, text)

    def _initials_replaced(self, text: str) -> str:
        """A single letter beside another name is that of the name: `Petra H.` isn't `Wren H.`."""

        def before(found: re.Match[str]) -> str:
            given = self._given_of.get(found[2], "")
            return f"{given[:1]}. {found[2]}" if given else found[0]

        def behind(found: re.Match[str]) -> str:
            family = self._family_of.get(found[1], "")
            return f"{found[1]} {family[:1]}." if family else found[0]

        text = shapes.INITIAL_BEFORE.sub(before, text)
        return shapes.INITIAL_BEHIND.sub(behind, text)


def _mark(key: bytes, words: str) -> int:
    return int.from_bytes(hmac.digest(key, words.encode("utf-8", "surrogatepass"), "sha256"))


def _either(words: Iterable[str]) -> re.Pattern[str]:
    """Any of these words, the longest first; set apart, where its script does so."""
    longest_first = sorted(words, key=len, reverse=True)
    apart = "|".join(re.escape(word) for word in longest_first if not _WITHOUT_SPACES.search(word))
    within = "|".join(re.escape(word) for word in longest_first if _WITHOUT_SPACES.search(word))
    parts = [rf"(?<![^\W_])(?:{apart})(?![^\W_])" if apart else "", within]
    return re.compile("|".join(filter(None, parts)))


def _fold(text: str) -> _Folded:
    """Small letters without accents and without what isn't seen, each with its place in the text."""
    letters, places = [], []
    for at, letter in enumerate(text):
        for each in unicodedata.normalize("NFKD", letter).casefold():
            if unicodedata.combining(each) or unicodedata.category(each) == "Cf":
                continue
            letters.append("'" if each in _APOSTROPHES else each)
            places.append(at)
    return _Folded("".join(letters), tuple(places))


def _spellings(word: str) -> Iterator[str]:
    """How a word may be written: with its accents gone, or with two letters for one."""
    whole = " ".join(word.split())
    yield _fold(whole).text
    yield _fold("".join(_UMLAUTS.get(letter, letter) for letter in whole.casefold())).text


def _parts(name: str) -> list[str]:
    """The words of a name, as they are searched."""
    parts = re.split(r"[\s.,()\"/-]+", _fold(name).text)
    return [part for part in parts if len(part) >= _SHORTEST and part not in NO_NAMES]


def _in_letters_of(stood: str, other: str) -> str:
    """Another word, in large or small letters as the one that stood there."""
    if stood.isupper() and len(stood) > _SHORTEST:
        return other.upper()
    return other.lower() if stood.islower() and other[:1] != "(" else other
