"""What a text may extend: the charter of the organisation, by its name."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from remit.charters.models import Version
from remit.charters.vocabulary import FILE, ORGANISATION
from remit.core.clock import now
from remit.people.models import Team
from remit_engine.charter.reading import ReadCharter, Resolve, read_charter_text
from remit_engine.errors import InputError

_KEPT: Final = 16


def latest_of(team: Team | None) -> Version | None:
    """The version in force of a team, or of the organisation; None where there is none."""
    return (
        Version.objects.select_related("extends__extends", "team", "published_by", "seconded_by")
        .filter(team=team, published_at__lte=now(), withdrawn_at=None)
        .order_by("-published_at", "-number")
        .first()
    )


def found_above(organisation: str | None) -> Resolve:
    """Finds what the text of a team extends.

    Args:
        organisation: the text of the organisation's charter; None where there is none.
    """

    def resolve(name: str, _beside: str) -> str:
        if organisation is None or name.removesuffix(".yaml") != ORGANISATION:
            raise InputError(
                "no-such-charter",
                "there is no charter of that name here.",
                f"Write 'extend: {ORGANISATION}', once an owner has published the organisation's charter.",
            )
        return organisation

    return resolve


def read_below(team: Team | None, text: str, above: Version | None) -> ReadCharter:
    """Read a text as one of a team, or of the organisation (None).

    Args:
        team: whose.
        text: the YAML.
        above: the organisation's charter in force; None where there is none.

    Raises:
        CharterError: with every mistake that was found.
    """
    return read_text(text, above.text if above else None, is_team=team is not None)


@lru_cache(maxsize=_KEPT)
def read_text(text: str, organisation: str | None, *, is_team: bool = True) -> ReadCharter:
    """Read a text that may extend another one; the last ones are kept: an edit is looked at several times.

    Args:
        text: the YAML.
        organisation: the text of the organisation's charter; None where there is none.
        is_team: whether it may extend that at all.

    Raises:
        CharterError: with every mistake that was found.
    """
    return read_charter_text(text, name=FILE, resolve=found_above(organisation) if is_team else None)
