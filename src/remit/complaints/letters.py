"""The letters that leave by themselves: what they say, in the words of the team and the customer's language.

A line with a variable for which nothing is known is left out: *Hello {customer},* where there is no name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from django.utils import translation
from django.utils.formats import date_format

from remit.complaints.models import Complaint, LetterWording
from remit.core.errors import Refusal
from remit.core.times import wall_clock
from remit.people.models import Team

ENGLISH: Final = "en"
MOST_LETTERS: Final = 4_000

_ALL: Final = {
    "customer": "the customer's name",
    "number": "the number of the complaint",
    "title": "its title",
    "team": "the team's name",
}
_IN_BRACES: Final = re.compile(r"\{([^{}\n]*)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class AutomaticLetter:
    """One of them.

    Attributes:
        title: what it is called here.
        when: it leaves.
        english: what it says where the team has no words of its own.
        variables: what may stand in braces, and what it becomes.
        example: what they become in a preview.
    """

    title: str
    when: str
    english: str
    variables: Mapping[str, str]
    example: Mapping[str, str | date | datetime]


_EXAMPLE: Final = {
    "customer": "Jo Miller",
    "number": "C-2041",
    "title": "Cold dinner, two hours late",
    "team": "Harbour Street",
}

LETTERS: Final[Mapping[str, AutomaticLetter]] = MappingProxyType(
    {
        "received": AutomaticLetter(
            title="It has arrived",
            when="As soon as a complaint comes in.",
            english=(
                "Thank you for telling us. It has arrived, and its number is {number}.\n"
                "You hear from us by {until}."
            ),
            variables=_ALL | {"until": "by when they hear from you"},
            example=_EXAMPLE | {"until": datetime.fromisoformat("2026-11-23T15:00:00+00:00")},
        ),
        "rating": AutomaticLetter(
            title="How did it go?",
            when="After closing, where customers are asked and have a mail address.",
            english=(
                "Hello {customer},\n\n"
                'we have closed your complaint "{title}". Did we make it right?\n'
                "Three short questions on your page tell us, and nobody has to be polite.\n"
                "If it isn't right yet, say so there: we look at it again.\n\n"
                "{team}"
            ),
            variables=_ALL,
            example=_EXAMPLE,
        ),
        "credit-ends": AutomaticLetter(
            title="Your credit ends soon",
            when="A month before store credit ends that isn't used up.",
            english=(
                "Hello {customer},\n\n"
                "{left} of your credit with us are still unused. You can use them until {until}, "
                "the whole of that day.\n\n"
                "You find the code on your page: say or show it when you come next.\n\n"
                "{team}"
            ),
            variables=_ALL | {"left": "what is left of the credit", "until": "the last day of the credit"},
            example=_EXAMPLE | {"left": "EUR 12.00", "until": date(2026, 12, 31)},
        ),
        "not-read": AutomaticLetter(
            title="Nobody reads mail here",
            when="When a customer answers by mail, and the team has no mailbox.",
            english=(
                "Hello {customer},\n\n"
                "your mail has arrived, but nobody reads mail to this address yet.\n"
                "Please write to us on your page, where you also see how your complaint stands.\n\n"
                "{team}"
            ),
            variables=_ALL,
            example=_EXAMPLE,
        ),
    }
)

LANGUAGES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ar": "العربية", "bg": "български", "cs": "čeština", "da": "dansk", "de": "Deutsch", "el": "Ελληνικά",
        "en": "English", "es": "español", "et": "eesti", "fi": "suomi", "fr": "français", "he": "עברית",
        "hr": "hrvatski", "hu": "magyar", "it": "italiano", "ja": "日本語", "ko": "한국어", "lt": "lietuvių",
        "lv": "latviešu", "nl": "Nederlands", "nb": "norsk", "pl": "polski", "pt": "português",
        "ro": "română", "ru": "русский", "sk": "slovenčina", "sl": "slovenščina", "sv": "svenska",
        "tr": "Türkçe", "uk": "українська", "vi": "Tiếng Việt", "zh": "中文",
    }
)  # fmt: skip
"""Languages in which wordings can be written, each in its own."""


def letter_for(letter: str, complaint: Complaint, **more: str | date | datetime | None) -> str:
    """What a letter says to the customer of a complaint.

    Args:
        letter: one of `LETTERS`.
        complaint: with its team and customer at hand.
        more: its variables beside those that all letters have; None where nothing is known.
    """
    customer = complaint.customer
    known = customer.language.lower()[:2] if customer else ""
    wordings = {each.language: each for each in complaint.team.letter_wordings.filter(letter=letter)}
    usual = next((each for each in wordings.values() if each.is_usual and known != ENGLISH), None)
    chosen = wordings.get(known, usual)
    values: dict[str, str | date | datetime | None] = {
        "customer": customer.name if customer else "",
        "number": complaint.said,
        "title": complaint.title,
        "team": complaint.team.name,
        **more,
    }
    text, language = (chosen.text, chosen.language) if chosen else (LETTERS[letter].english, ENGLISH)
    return filled_letter(text, values, language, complaint.team)


def example_of(letter: str, text: str, language: str, team: Team) -> str:
    """A letter as it would be read, with made-up values."""
    values = {**LETTERS[letter].example, "team": team.name}
    return filled_letter(text, values, language, team)


def filled_letter(
    text: str, values: Mapping[str, str | date | datetime | None], language: str, team: Team
) -> str:
    """A text with its variables filled in; lines for which one isn't known are left out."""
    said = {name: _said(value, language, team) for name, value in values.items()}
    lines = [
        _IN_BRACES.sub(lambda found: said[found[1].strip()], line)
        for line in text.replace("\r\n", "\n").split("\n")
        if all(said.get(name.strip()) for name in _IN_BRACES.findall(line))
    ]
    return "\n".join(lines).strip()


def need_right_variables(letter: str, text: str) -> None:
    """Refuse a text with a variable that this letter doesn't have, or a brace that stands alone.

    Raises:
        Refusal: which, and on which line.
    """
    known = LETTERS[letter].variables
    named = ", ".join(f"{{{name}}}" for name in known)
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        for name in _IN_BRACES.findall(line):
            if name.strip() not in known:
                raise Refusal(
                    "unknown-variable",
                    f"Nobody knows what {{{name}}} on line {number} stands for.",
                    f"Write it out. In this letter there are {named}.",
                    field="text",
                )
        if set("{}") & set(_IN_BRACES.sub("", line)):
            raise Refusal(
                "lone-brace",
                f"On line {number} a brace stands alone.",
                f"Write variables like {{customer}}, on one line. In this letter there are {named}.",
                field="text",
            )


def wordings_of(team: Team) -> dict[str, list[LetterWording]]:
    """What a team says in its own words, by letter."""
    rows = list(team.letter_wordings.order_by("language"))
    return {letter: [each for each in rows if each.letter == letter] for letter in LETTERS}


def _said(value: str | date | datetime | None, language: str, team: Team) -> str:
    """A value as it is written in a language."""
    if value is None or isinstance(value, str):
        return " ".join((value or "").split())
    if isinstance(value, datetime):
        if language == ENGLISH:
            return wall_clock(value, team)
        with translation.override(language):
            return date_format(value.astimezone(team.zone).replace(tzinfo=None), "SHORT_DATETIME_FORMAT")
    if language == ENGLISH:
        return f"{value.day} {value:%B %Y}"
    with translation.override(language):
        return date_format(value, "DATE_FORMAT")
