"""The trials of a team's charter, for ideas that are tried there."""

from __future__ import annotations

from typing import Final

from remit.charters.models import Version
from remit.people.access import Place
from remit.voice.charter_trials import CharterTrial

_MOST: Final = 10
_LONGEST: Final = 80


def charter_trials(place: Place) -> list[CharterTrial]:
    """The newest trials of a team's charter, published or still to begin; one query."""
    rows = Version.objects.filter(team=place.team, withdrawn_at=None, trial_until__isnull=False)
    return [_told(row) for row in rows.order_by("-number").defer("text")[:_MOST]]


def _told(version: Version) -> CharterTrial:
    asks = version.question or version.why
    asks = asks if len(asks) <= _LONGEST else f"{asks[: _LONGEST - 1]}…"
    until = f"{version.trial_until.day} {version.trial_until:%B}" if version.trial_until else ""
    return CharterTrial(version.number, f"Version {version.number}, until {until}: {asks}")
