"""What a text may extend: the charter of the organisation, by its name."""

from __future__ import annotations

from remit.charters.models import Version
from remit.charters.vocabulary import FILE, ORGANISATION
from remit.core.clock import now
from remit.people.models import Team
from remit_engine.charter.reading import ReadCharter, Resolve, read_charter_text
from remit_engine.errors import InputError


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


def resolve_for(team: Team | None) -> Resolve | None:
    """Finds what a text of a team extends; None for the organisation's, which extends nothing."""
    if team is None:
        return None
    above = latest_of(None)
    return found_above(above.text if above else None)


def read_for(team: Team | None, text: str, resolve: Resolve | None = None) -> ReadCharter:
    """Read a text as one of a team, or of the organisation (None).

    Args:
        team: whose.
        text: the YAML.
        resolve: what `resolve_for` gave for the team, where it is at hand.

    Raises:
        CharterError: with every mistake that was found.
    """
    return read_charter_text(text, name=FILE, resolve=resolve or resolve_for(team))
