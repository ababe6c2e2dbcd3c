"""What a charter and a request say, in a line."""

from __future__ import annotations

from datetime import UTC, date, datetime

from rich.text import Text

from remit_engine.charter.document import Charter
from remit_engine.charter.facts import PERSONAL_FLAGS, NumberFact
from remit_engine.charter.request import Request
from remit_engine.charter.sentences import amount, day_in_words, plural, quantity, readable

_WORDS = ("member", "team", "step", "customer", "order")
_PERSONAL = dict(zip(PERSONAL_FLAGS, ("about themselves", "to their own account"), strict=True))


def today() -> date:
    """The day on the clock of this machine."""
    return datetime.now(UTC).astimezone().date()


def heading(charter: Charter, request: Request) -> Text:
    """The name of a charter with its currency, and the day where rules are dated."""
    dated = any(rule.is_dated for rule in charter.all_rules)
    day = f", on {day_in_words(request.day)}" if dated and request.day else ""
    return Text.assemble((charter.name, "bold"), (f"  {charter.currency}{day}", "dim"))


def counted(number: int, thing: str) -> str:
    """So many things: `1 grant`, `1,284 grants`."""
    return f"{number:,} {thing if number == 1 else plural(thing)}"


def printable(text: str) -> str:
    """Text on one line, without characters that steer a terminal."""
    return " ".join("".join(mark if mark.isprintable() else " " for mark in text).split())


def known_in_words(charter: Charter, request: Request) -> str:
    """What is known beside role, kind, day and amount: `category late, 30 given before`."""
    said = [
        f"{readable(name)} {value_in_words(charter, name, value)}" for name, value in request.facts.items()
    ]
    record = request.as_record()
    said += [f"{name} {record[name]}" for name in _WORDS if name in record]
    said += [words for name, words in _PERSONAL.items() if name in record]
    if request.given:
        said.append(f"{amount(request.given, request.currency or charter.currency)} given before")
    return ", ".join(said)


def value_in_words(charter: Charter, name: str, value: object) -> str:
    """A value of a declared fact: `late`, `yes`, `2 days`, `86.50`."""
    fact = charter.all_facts.get(name)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(fact, NumberFact) and isinstance(value, int):
        return quantity(value, fact.unit, charter.currency)
    return str(value)
