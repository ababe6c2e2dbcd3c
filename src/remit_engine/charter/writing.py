"""Writing a charter as YAML that reads back as the same charter."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from remit_engine.charter.document import Charter
from remit_engine.charter.form import RULE_SECTIONS, Form, form
from remit_engine.errors import InputError

_MONEY_FIELDS: Final = frozenset({"upto", "above", "most"})
_DAY_FIELDS: Final = frozenset({"from", "until"})
_AMOUNT: Final = re.compile(r"[0-9]+(\.[0-9]+)?")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NOT_WORDS: Final = frozenset({"yes", "no", "on", "off", "true", "false", "null", "y", "n"})
"""Words that some readers of YAML take for something else."""
_PLAIN_IN_LISTS: Final = re.compile(r"[^\W\d_](?:[\w '.-]*\w)?")
_PLAIN_ON_A_LINE: Final = re.compile(r"(?:[^\W\d_]|[0-9]+ [^\W\d_])(?:.*\S)?")
_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_TWO_DIGITS: Final = 0xFF
_FOUR_DIGITS: Final = 0xFFFF


def write_charter(charter: Charter, *, extend: str = "") -> str:
    """A charter as YAML, in a form of its own.

    Args:
        charter: any charter that could be read.
        extend: the name under which the charter that it extends is found.

    Raises:
        InputError: it extends another charter, and that name isn't given.
    """
    check_extend(charter, extend)
    document = form(charter, extend=extend if charter.extends else "")
    return "".join(written_entry(name, value) for name, value in document.items())


def check_extend(charter: Charter, extend: str) -> None:
    """Refuse to write a charter as if it stood alone.

    Raises:
        InputError: it extends another charter, and the name of that isn't given.
    """
    if charter.extends is not None and not extend:
        raise InputError(
            "extend-unnamed",
            f"The charter {charter.name!r} extends {charter.extends.name!r}, which has no file name here.",
            "Name its file: extend='organisation.yaml'.",
        )


def written_entry(name: str, value: Any) -> str:  # noqa: ANN401 -- forms hold what JSON can hold
    """A name and its value at the top of a document, ending with a line break."""
    if name in RULE_SECTIONS and value:
        return f"{name}:\n" + "".join(written_rule(rule, 2) for rule in value)
    if isinstance(value, Mapping):
        return f"{name}:\n" + "".join(written_field(each, held, 2) for each, held in value.items())
    return written_field(name, value, 0)


def written_rule(rule: Form, indent: int) -> str:
    """A rule as an item of a list.

    Args:
        rule: its form.
        indent: spaces before the dash.
    """
    fields = "".join(written_field(name, value, indent + 2) for name, value in rule.items())
    return f"{' ' * indent}- {fields.lstrip(' ')}"


def written_field(name: str, value: Any, indent: int) -> str:  # noqa: ANN401
    """A name and its value on one line, ending with a line break."""
    return f"{' ' * indent}{in_list(name)}: {on_a_line(name, value)}\n"


def on_a_line(name: str, value: Any) -> str:  # noqa: ANN401
    """The value of a field, to stand behind its name."""
    if not isinstance(value, str):
        return in_list(value)
    if (name in _MONEY_FIELDS and _AMOUNT.fullmatch(value)) or (
        name in _DAY_FIELDS and _DAY.fullmatch(value)
    ):
        return value
    is_safe = _PLAIN_ON_A_LINE.fullmatch(value) and not re.search(r":(?:\s|$)|\s#", value)
    return value if is_safe and value.isprintable() and _is_word(value) else _quoted(value)


def in_list(value: Any) -> str:  # noqa: ANN401
    """A value that may stand inside brackets and braces."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{in_list(name)}: {in_list(held)}" for name, held in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(in_list(item) for item in value) + "]"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return str(value)
    text = str(value)
    is_safe = _PLAIN_IN_LISTS.fullmatch(text) and text.isprintable() and _is_word(text)
    return text if is_safe else _quoted(text)


def _is_word(text: str) -> bool:
    return text.casefold() not in _NOT_WORDS


def _quoted(text: str) -> str:
    return '"' + "".join(_ESCAPES.get(each) or _escaped(each) for each in text) + '"'


def _escaped(character: str) -> str:
    if character.isprintable():
        return character
    number = ord(character)
    if number <= _TWO_DIGITS:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number <= _FOUR_DIGITS else f"\\U{number:08x}"
