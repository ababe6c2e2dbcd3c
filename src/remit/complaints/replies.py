"""Saved replies: the variables in braces, filled with what is known."""

from __future__ import annotations

import re
from typing import Final

from remit.complaints.models import Complaint
from remit.core.errors import Refusal
from remit.people.models import Member

VARIABLES: Final = {
    "customer": "the customer's name",
    "number": "the number of the complaint",
    "order": "the number of the order",
    "team": "the team's name",
    "me": "your first name",
}
"""What may stand in braces, and what it becomes."""

_IN_BRACES: Final = re.compile(r"\{\s*([^\W\d][\w -]{0,30})\s*\}")


def values_for(complaint: Complaint, member: Member) -> dict[str, str]:
    """What each variable becomes; "" where nothing is known."""
    return {
        "customer": complaint.customer.name if complaint.customer else "",
        "number": complaint.said,
        "order": complaint.order.number if complaint.order else "",
        "team": complaint.team.name,
        "me": member.first_name,
    }


def filled_where_known(text: str, complaint: Complaint, member: Member) -> str:
    """A text with the variables filled for which something is known; the others stay, to be seen."""
    values = values_for(complaint, member)
    return _IN_BRACES.sub(lambda match: values.get(match[1].strip().lower()) or match[0], text)


def filled(text: str, complaint: Complaint, member: Member) -> str:
    """A text ready to be sent.

    Raises:
        Refusal: a variable stands in it that is unknown, or for which nothing is known here.
    """
    values = values_for(complaint, member)
    need_known_variables(text)
    empty = [name for name in _names_in(text) if not values[name]]
    if empty:
        raise Refusal(
            "empty-variable",
            f"{{{empty[0]}}} would stay empty: this complaint doesn't have {VARIABLES[empty[0]]}.",
            "Add it to the complaint, or write the sentence without it.",
            field="text",
        )
    return filled_where_known(text, complaint, member)


def need_known_variables(text: str) -> None:
    """Refuse a text with a variable that nobody knows.

    Raises:
        Refusal: there is one.
    """
    unknown = [name for name in _names_in(text) if name not in VARIABLES]
    if unknown:
        raise Refusal(
            "unknown-variable",
            f"Nobody knows what {{{unknown[0]}}} stands for.",
            f"Write it out. Known are {', '.join(f'{{{name}}}' for name in VARIABLES)}.",
            field="text",
        )


def _names_in(text: str) -> list[str]:
    return [match[1].strip().lower() for match in _IN_BRACES.finditer(text)]
