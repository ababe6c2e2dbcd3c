"""Words and mail addresses out of what people type."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.text import slugify

from remit.core.errors import Refusal

_LONGEST_WORD = 40


def word_for(name: str, taken: Iterable[str], otherwise: str) -> str:
    """A word that nobody has yet, made from a name: `ana-ruiz`, `ana-ruiz-2`.

    Args:
        name: as it was typed; may have no letter that a word can hold.
        taken: words that there are; those that begin alike are enough.
        otherwise: what it begins with where the name gives nothing.
    """
    start = word_start(name, otherwise)
    words = set(taken)
    if start not in words:
        return start
    number = 2
    while f"{start}-{number}" in words:
        number += 1
    return f"{start}-{number}"


def word_start(name: str, otherwise: str) -> str:
    """What a word made from a name begins with."""
    return slugify(name)[:_LONGEST_WORD].strip("-_") or otherwise


def tidy_name(name: str) -> str:
    """A name without what can't be seen: control characters, and spaces that do nothing."""
    kept = "".join(" " if character in "\t\r\n" else character for character in name)
    name = " ".join("".join(c for c in kept if not _is_unseen(c)).split())
    return name if name.strip("\u200c\u200d") else ""


def _is_unseen(character: str) -> bool:
    # Among the marks of format, joiners stay, and the tags of flags: emoji and scripts need them.
    if character in "\u200c\u200d" or "\U000e0020" <= character <= "\U000e007f":
        return False
    return unicodedata.category(character) in {"Cc", "Cf"}


def mail_address(typed: str) -> str:
    """A mail address as it is kept: in lower case, its domain in ASCII; "" stays "".

    Letters that only look like those of an address (a dotless i, a long s, a Kelvin sign) are refused: lower
    or upper case would turn them into the address of somebody else.

    Raises:
        Refusal: it is none.
    """
    text = typed.strip()
    if not text:
        return ""
    local, at, domain = text.rpartition("@")
    try:
        domain = domain if domain.isascii() else domain.encode("idna").decode("ascii")
        address = f"{local}{at}{domain}"
        if not address.isascii():  # before it is lowered: that would make a k of a Kelvin sign
            raise _refusal(local)
        address = address.lower()
        validate_email(address)
    except (ValidationError, UnicodeError) as problem:
        raise _refusal(local) from problem
    return address


def _refusal(local: str) -> Refusal:
    strange = next((letter for letter in local if not letter.isascii()), "")
    if strange:
        wrong = f"The letter {strange} can't stand in a mail address."
        return Refusal("mail-not-valid", wrong, "Use plain letters, as in name@example.org.", field="email")
    wrong = "That isn't a whole mail address."
    return Refusal("mail-not-valid", wrong, "It looks like name@example.org.", field="email")
