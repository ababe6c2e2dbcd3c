"""The look at which hats a team asks for: rows of today are read, and what is found is kept in one write."""

from __future__ import annotations

from remit.findings.hats import keep_hats
from remit.insight.hats.rules import RULES
from remit.people.models import Team


def look_at_hats(team: Team) -> None:
    """Look at which hats a team asks for, and keep them."""
    keep_hats(team, [found for rule in RULES for found in rule(team)])
