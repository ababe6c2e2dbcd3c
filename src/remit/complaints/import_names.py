"""What the columns of a file stand for, told by their names as exports of several languages write them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Final

from remit.complaints.vocabulary import ImportOf

FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    ImportOf.COMPLAINTS: (
        "text", "title", "category", "severity", "reference", "opened_at", "closed_at", "sought",
        "name", "email", "phone", "order", "paid",
    ),
    ImportOf.ORDERS: ("order", "paid", "placed_on", "summary", "name", "email", "phone"),
    ImportOf.CUSTOMERS: ("name", "email", "phone", "language", "since", "note"),
}  # fmt: skip
"""What can be brought in, by what a file is a list of."""

NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    ImportOf.COMPLAINTS: ("text",),
    ImportOf.ORDERS: ("order",),
    ImportOf.CUSTOMERS: (),
}
"""What every row has to say; a customer needs a name, a mail or a phone."""

FIELD_WORDS: Final[Mapping[str, str]] = {
    "text": "what happened",
    "title": "title",
    "category": "category",
    "severity": "severity",
    "reference": "its number in the other system",
    "opened_at": "opened",
    "closed_at": "closed",
    "sought": "what they would like",
    "name": "customer's name",
    "email": "customer's mail",
    "phone": "customer's phone",
    "order": "order number",
    "paid": "what was paid",
    "placed_on": "date of the order",
    "summary": "what was ordered",
    "language": "language",
    "since": "customer since",
    "note": "note",
}
"""What fields are called on the page."""

_NAMES: Final[Mapping[str, str]] = {
    "text": "text|complaint|description|what happened|message|details|beschreibung|beschwerde|nachricht",
    "title": "title|subject|summary|betreff|titel|sujet|objet|asunto",
    "category": "category|complaint type|type|reason|kategorie|art|grund|categorie|categoria",
    "severity": "severity|priority|schwere|prioritat|gravite|priorite",
    "reference": "reference|ref|id|ticket|ticket id|case|case id|complaint id|complaint number|vorgang",
    "opened_at": "opened|opened at|opened on|created|created at|received|date|erstellt|eingang|datum",
    "closed_at": "closed|closed at|closed on|resolved|resolved at|geschlossen|erledigt|cloture",
    "sought": "sought|wish|wanted|remedy wanted|remedy sought|wunsch|souhait",
    "name": "name|customer|customer name|full name|guest|client|kunde|kundenname|gast|nom|nombre",
    "email": "email|e mail|mail|customer email|customer mail|email address|mailadresse|courriel|correo",
    "phone": "phone|phone number|telephone|mobile|tel|customer phone|telefon|handy|telefono",
    "order": "order|order number|order no|order id|number|receipt|invoice|bestellung|bestellnummer|commande",
    "paid": "paid|amount|total|price|order total|amount paid|betrag|summe|bezahlt|gesamt|montant|importe",
    "placed_on": "placed|placed on|order date|ordered|ordered on|date|created|created at|bestelldatum|datum",
    "summary": "summary|items|products|content|artikel|inhalt|articles",
    "language": "language|lang|sprache|langue",
    "since": "since|customer since|registered|created|created at|kunde seit",
    "note": "note|notes|comment|notiz|bemerkung",
}
_SHORTEST: Final = 4
"""Letters from which on a name is looked for inside a longer one."""


def recognised(header: Sequence[str], what: str) -> dict[str, str]:
    """The column of each field, by its name; each column stands for one thing."""
    found: dict[str, str] = {}
    for is_whole in (True, False):
        for field in FIELDS[what]:
            taken = set(found.values())
            fitting = (each for each in header if each not in taken and _stands_for(each, field, is_whole))
            if field not in found and (column := next(fitting, None)) is not None:
                found[field] = column
    return found


def _stands_for(column: str, field: str, is_whole: bool) -> bool:  # noqa: FBT001 (two ways to look)
    words = _letters(column)
    names = _NAMES[field].split("|")
    if is_whole:
        return words in names
    return any(f" {name} " in f" {words} " for name in names if len(name) >= _SHORTEST)


def _letters(name: str) -> str:
    """A column's name without accents, capitals and signs."""
    signs = unicodedata.normalize("NFKD", name.casefold())
    bare = (sign if sign.isalnum() else " " for sign in signs if not unicodedata.combining(sign))
    return " ".join("".join(bare).split())
