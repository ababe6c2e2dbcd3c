"""What somebody tells about a source: which column is what, which word means what."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Self, TypeVar

from remit_engine.errors import InputError
from remit_engine.history.answers import Meaning
from remit_engine.history.currencies import currency_of
from remit_engine.history.decimal_marks import Mark
from remit_engine.history.moments import Order, is_zone
from remit_engine.history.uses import Use

_Choice = TypeVar("_Choice", Mark, Order)
_DELIMITERS: Final = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|", "\\t": "\t"}


class Untrue(ValueError):
    """A part of a mapping that can't be; its text is a sentence without the place."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """What is told about a source; everything that isn't told is found out.

    Attributes:
        columns: the column of each use.
        answers: the words of each meaning.
        currency: the ISO 4217 code to look at; rows in another currency are left out.
        decimal: what separates decimals.
        dates: the order of day, month and year.
        zone: IANA time zone of moments without an offset.
        facts: the columns taken as facts; None finds them out.
        facts_left_out: columns that are never facts.
        automatic: patterns (* and ?) of those who answer without a person looking.
        sheet: the sheet of a workbook.
        encoding: the encoding of a text file.
        delimiter: the character between the cells of a text file.
        constants: a word for a use that the source has no column for ("kind": "refund").
        events: how decisions are made of events; see `remit_engine.history.events`.
    """

    columns: AnyMapping[Use, str] = field(default_factory=dict)
    answers: AnyMapping[Meaning, tuple[str, ...]] = field(default_factory=dict)
    currency: str | None = None
    decimal: Mark | None = None
    dates: Order | None = None
    zone: str | None = None
    facts: tuple[str, ...] | None = None
    facts_left_out: tuple[str, ...] = ()
    automatic: tuple[str, ...] = ()
    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    constants: AnyMapping[Use, str] = field(default_factory=dict)
    events: AnyMapping[str, Any] | None = None

    def with_overrides(self, options: Sequence[str]) -> Mapping:
        """The same mapping, changed by options as they are typed after `--map`.

        `use=column` names a column (amount=Betrag), `answer.meaning=word` adds a word
        (answer.declined=Nein), `constant.use=word` gives a word for all rows, `currency.only=EUR` looks
        at one currency, `facts=a,b` names the facts, `automatic=pattern` adds a pattern; decimal, dates,
        zone, sheet, encoding and delimiter are set by their names.

        Raises:
            InputError: an option that can't be read; the sentence shows it.
        """
        mapping: Mapping = self
        for option in options:
            try:
                mapping = mapping.with_override(option)
            except Untrue as untrue:
                raise InputError(
                    "map-option",
                    f"--map {option}: {untrue}",
                    "Write it like --map amount=Betrag or --map answer.declined=Nein.",
                    option=option,
                ) from None
        return mapping

    def with_override(self, option: str) -> Self:  # noqa: PLR0911 -- one kind of option a line
        """The same mapping, changed by one option.

        Raises:
            Untrue: it can't be read.
        """
        name, equals, value = (part.strip() for part in option.partition("="))
        if not equals or not name or not value:
            raise Untrue("a name, an equals sign and a value are needed.")
        part, _, rest = name.partition(".")
        if part in {"answer", "answers"} and rest:
            return self.with_words(meaning_named(rest), [value])
        if part in {"constant", "constants"} and rest:
            return replace(self, constants={**self.constants, use_named(rest): value})
        if name == "currency.only":
            return replace(self, currency=currency_named(value))
        if name == "facts":
            return replace(self, facts=tuple(fact.strip() for fact in value.split(",")))
        if name == "automatic":
            return replace(self, automatic=(*self.automatic, value))
        if name in SETTINGS:
            return self.with_setting(name, value)
        return replace(self, columns={**self.columns, use_named(name): value})

    def with_words(self, meaning: Meaning, words: Sequence[str]) -> Self:
        """The same mapping with more words of a meaning."""
        return replace(self, answers={**self.answers, meaning: (*self.answers.get(meaning, ()), *words)})

    def with_setting(self, name: str, value: str) -> Self:  # noqa: PLR0911 -- one setting a line
        """The same mapping with one of `SETTINGS`.

        Raises:
            Untrue: a value that it can't have.
        """
        if name == "currency":
            return replace(self, currency=currency_named(value))
        if name == "decimal":
            return replace(self, decimal=_choice(Mark, value, {".": Mark.POINT, ",": Mark.COMMA}))
        if name == "dates":
            return replace(self, dates=_choice(Order, value.replace("_", " ").replace("-", " "), {}))
        if name == "zone":
            if not is_zone(value):
                raise Untrue(f"'{value}' is no time zone; zones are named like Europe/Berlin.")
            return replace(self, zone=value)
        if name == "delimiter":
            return replace(self, delimiter=_delimiter(value))
        if name == "sheet":
            return replace(self, sheet=value)
        return replace(self, encoding=_encoding(value))


SETTINGS: Final = ("decimal", "dates", "zone", "sheet", "encoding", "delimiter")
"""Parts of a mapping that are one word, besides the currency."""


def use_named(name: str) -> Use:
    """The use with this name ("asked_at" and "asked at" are the same).

    Raises:
        Untrue: there is none.
    """
    try:
        return Use(name.strip().replace("_", " ").casefold())
    except ValueError:
        raise Untrue(f"'{name}' is no use of a column; there are {_listed(Use)}.") from None


def meaning_named(name: str) -> Meaning:
    """The meaning of answer words with this name.

    Raises:
        Untrue: there is none.
    """
    try:
        return Meaning(name.strip().replace("_", " ").casefold())
    except ValueError:
        raise Untrue(f"'{name}' is no answer; there are {_listed(Meaning)}.") from None


def currency_named(word: str) -> str:
    """The code of a currency.

    Raises:
        Untrue: no currency.
    """
    code = currency_of(word)
    if code is None:
        raise Untrue(f"'{word}' is no currency; currencies are named like EUR.")
    return code


def _listed(names: type[Use | Meaning]) -> str:
    words = [member.value for member in names]
    return f"{', '.join(words[:-1])} and {words[-1]}"


def _choice(kind: type[_Choice], value: str, also: dict[str, _Choice]) -> _Choice:
    try:
        return also.get(value) or kind(value.casefold())
    except ValueError:
        raise Untrue(f"'{value}' is none of {', '.join(member.value for member in kind)}.") from None


def _delimiter(value: str) -> str:
    mark = _DELIMITERS.get(value.casefold(), value)
    if len(mark) != 1 or mark in '"\r\n':
        raise Untrue(f"'{value}' is no delimiter; it is one character, or comma, semicolon, tab, pipe.")
    return mark


def _encoding(value: str) -> str:
    try:
        "".encode(value)
    except LookupError:
        raise Untrue(f"'{value}' is no encoding; encodings are named like utf-8 or cp1252.") from None
    return value
