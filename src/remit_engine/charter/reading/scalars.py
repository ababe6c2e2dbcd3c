"""Single values of a charter: words, texts, names, flags, whole numbers, sums of money, working time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NoReturn, TypeVar

from remit_engine.charter.facts import OTHER
from remit_engine.charter.reading.nodes import UNPRINTABLE, Map, Node, Row, Scalar
from remit_engine.charter.reading.notes import Wrong, meant, shown
from remit_engine.limits import (
    AMOUNT_MINOR_UNITS,
    CHARTER_TEXT_CHARACTERS,
    CHARTER_WORD_CHARACTERS,
    CHARTER_WORDS,
)
from remit_engine.money import decimals

_FLAGS: Final = {"true": True, "yes": True, "false": False, "no": False}
_WHOLE: Final = re.compile(r"0|[1-9][0-9]*")
_AMOUNT: Final = re.compile(r"(0|[1-9][0-9]*)(?:\.([0-9]+))?")
_NEGATIVE: Final = re.compile(r"-\s*[0-9.]+")
_DECIMAL_COMMA: Final = re.compile(r"([0-9][0-9.\s'_]{0,30}),([0-9]{1,2})")
_BREAKS: Final = re.compile(r"[\n\r\t]")
_WORKING_TIME: Final = re.compile(r"([1-9][0-9]{0,4}) working (minute|hour|day)s?")
_MINUTES: Final = {"minute": 1, "hour": 60, "day": 8 * 60}
_MOST_DIGITS: Final = 18

_Named = TypeVar("_Named")


def scalar(node: Node, what: str) -> Scalar:
    """A single value that says something.

    Args:
        node: the value.
        what: what is expected, as in "a word".
    """
    if isinstance(node, (Row, Map)):
        written = "a list" if isinstance(node, Row) else "a map"
        raise Wrong(node, "not-single", f"Here stands {written} where {what} is expected.", f"Write {what}.")
    if not isinstance(node, Scalar) or node.is_nothing:
        raise Wrong(node, "empty", f"Nothing stands here, where {what} is expected.", f"Write {what}.")
    return node


def word(node: Node, what: str = "a word") -> str:
    """A word, as written."""
    found = scalar(node, what)
    text = found.text
    if found.is_boolean:
        raise Wrong(
            node,
            "not-a-word",
            f"{text} is no word in YAML.",
            f'Put it in quotes if the word is meant: "{text}".',
        )
    if not text.strip():
        raise Wrong(node, "empty", f"Nothing stands here, where {what} is expected.", f"Write {what}.")
    if text != text.strip() or _BREAKS.search(text):
        raise Wrong(
            node,
            "spaces-around",
            f"{shown(text)} begins or ends with a space, or holds a line break.",
            f"Write {shown(' '.join(text.split()))}.",
        )
    if len(text) > CHARTER_WORD_CHARACTERS:
        raise Wrong(
            node,
            "too-long",
            f"{shown(text)} has {len(text):,} characters.",
            f"Keep it to {CHARTER_WORD_CHARACTERS} characters.",
        )
    return text


def can_be_word(text: str) -> bool:
    """Whether a text can be a word of a charter, in quotes if need be."""
    is_tidy = text == text.strip() and not _BREAKS.search(text) and not UNPRINTABLE.search(text)
    return is_tidy and 0 < len(text) <= CHARTER_WORD_CHARACTERS


def text(node: Node, what: str) -> str:
    """A sentence or two, as written."""
    found = scalar(node, what)
    if found.is_boolean:
        raise Wrong(node, "not-a-text", f"{found.text} is no text.", f"Write {what}.")
    if not any(character.isalnum() for character in found.text):
        raise Wrong(node, "empty", "Nothing is said here.", f"Write {what}.")
    if len(found.text) > CHARTER_TEXT_CHARACTERS:
        raise Wrong(
            node,
            "too-long",
            f"This text has {len(found.text):,} characters.",
            f"Keep it to {CHARTER_TEXT_CHARACTERS:,} characters.",
        )
    return found.text


def one_of(node: Node, known: Mapping[str, _Named], noun: str, code: str) -> _Named:
    """One of a few words, exactly as they are spelt.

    Args:
        node: the value.
        known: what each word means.
        noun: what they are: "level".
        code: of the finding when it is another word.
    """
    found = scalar(node, f"a {noun} ({', '.join(known)})").text
    if found not in known:
        near = meant(found, known)
        every = f" There are: {', '.join(known)}." if near.startswith("Did") else ""
        raise Wrong(node, code, f"{shown(found)} is no {noun}.", near + every)
    return known[found]


def items(node: Node, what: str) -> list[Node]:
    """The values of a list; a single value is a list of one."""
    if isinstance(node, Map):
        raise Wrong(
            node,
            "not-a-list",
            f"A map stands here where {what} are expected.",
            "Write one word, or a list: [a, b].",
        )
    if not isinstance(node, Row):
        return [node]
    if not node.items:
        raise Wrong(
            node,
            "empty",
            f"The list is empty, where {what} are expected.",
            "Name at least one, or leave the field out.",
        )
    if len(node.items) > CHARTER_WORDS:
        raise Wrong(
            node,
            "too-many-words",
            f"The list has {len(node.items):,} words.",
            f"Keep it to {CHARTER_WORDS:,}.",
        )
    return node.items


def words(node: Node, what: str = "words") -> dict[str, Node]:
    """Distinct words in their order, each with its place; one word stands for a list of one."""
    found: dict[str, Node] = {}
    for item in items(node, what):
        each = word(item)
        if each in found:
            raise Wrong(item, "twice", f"{shown(each)} stands here twice.", "Name it once.")
        found[each] = item
    return found


def without_other(found: dict[str, Node], what: str) -> None:
    """Refuse the word that stands for every word not listed."""
    if OTHER in found:
        raise Wrong(
            found[OTHER],
            "reserved-word",
            f"'{OTHER}' can't be {what}: it is always there, and stands for every word that isn't listed.",
            "Leave it out, or choose another word.",
        )


def flag(node: Node) -> bool:
    """Yes or no."""
    found = scalar(node, "yes or no")
    value = _FLAGS.get(found.text.casefold())
    if value is None:
        raise Wrong(node, "not-a-flag", f"{shown(found.text)} is neither yes nor no.", "Write yes or no.")
    return value


def whole(node: Node, written: str, what: str) -> int:
    """A whole number from 0 on.

    Args:
        node: where it stands.
        written: its text.
        what: what it is, as in "a number of days".
    """
    if not _WHOLE.fullmatch(written):
        _refuse_number(node, written, what, "Write a whole number in digits, such as 30.")
    return _within(node, written, int(written) if len(written) <= _MOST_DIGITS else AMOUNT_MINOR_UNITS + 1)


def money(node: Node, written: str, currency: str | None) -> int:
    """A sum in minor units, exactly as written in units of the currency.

    Args:
        node: where it stands.
        written: its text.
        currency: its code; None where it isn't known, and then decimals aren't judged.
    """
    found = _AMOUNT.fullmatch(written)
    if not found:
        _refuse_number(
            node,
            written,
            "a sum of money",
            "Write it in digits, such as 50 or 49.90; the currency stands at the top.",
        )
    places = decimals(currency) if currency else max(4, len(found[2] or ""))
    fraction = found[2] or ""
    if len(fraction) > places:
        has = f"{places} decimals" if places else "no decimals"
        raise Wrong(
            node,
            "too-many-decimals",
            f"{shown(written)} has more decimals than {currency}, which has {has}.",
            "Write it with as many.",
        )
    digits = found[1] + fraction.ljust(places, "0")
    return _within(node, written, int(digits) if len(found[1]) <= _MOST_DIGITS else AMOUNT_MINOR_UNITS + 1)


def amount(node: Node, currency: str | None) -> int:
    """A sum that is a value of its own."""
    return money(node, scalar(node, "a sum of money").text.strip(), currency)


def _refuse_number(node: Node, written: str, what: str, next_step: str) -> NoReturn:
    if _NEGATIVE.fullmatch(written):
        raise Wrong(node, "negative", f"{shown(written)} is below zero.", "Write 0 or more.")
    decimal_comma = _DECIMAL_COMMA.fullmatch(written)
    if decimal_comma:
        units = re.sub(r"[^0-9]", "", decimal_comma[1])
        raise Wrong(
            node,
            "not-a-number",
            f"{shown(written)} has a decimal comma.",
            f"Write {units}.{decimal_comma[2]}, with a point.",
        )
    bare = re.sub(r"[\s,_']", "", written)
    if bare != written and _AMOUNT.fullmatch(bare):
        raise Wrong(
            node,
            "not-a-number",
            f"{shown(written)} is no plain number.",
            f"Write {bare}, without anything between the digits.",
        )
    if re.fullmatch(r"0+[0-9]+", written):
        raise Wrong(
            node, "not-a-number", f"{shown(written)} begins with 0.", f"Write {written.lstrip('0') or '0'}."
        )
    raise Wrong(node, "not-a-number", f"{shown(written)} is no number that can stand for {what}.", next_step)


def _within(node: Node, written: str, value: int) -> int:
    if value > AMOUNT_MINOR_UNITS:
        raise Wrong(
            node,
            "too-large",
            f"{shown(written)} is more than Remit takes.",
            f"Stay below {AMOUNT_MINOR_UNITS:,} in the smallest unit.",
        )
    return value


def working_minutes(node: Node) -> int:
    """Working time, in minutes: `4 working hours`; a working day has 8 hours."""
    written = scalar(node, "a time such as 4 working hours").text
    found = _WORKING_TIME.fullmatch(" ".join(written.split()))
    if not found:
        raise Wrong(
            node,
            "not-a-time",
            f"{shown(written)} is no working time.",
            "Write it as '4 working hours', '30 working minutes' or '2 working days'.",
        )
    return int(found[1]) * _MINUTES[found[2]]
