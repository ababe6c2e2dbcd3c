"""Words of the people: ranks, and what a rank may do in Remit beyond what the charter says."""

from __future__ import annotations

from enum import IntEnum


class Rank(IntEnum):
    """How far up a role stands; roles may have any rank, these are where something begins.

    What money somebody may give is said by the charter alone, never by a rank.
    """

    MEMBER = 10
    LEAD = 20
    """Answers what is asked, sees the team's approvals, brings people in."""
    MANAGER = 30
    """Publishes the charter, changes roles and settings of the team."""
    OWNER = 100
    """Everything, everywhere."""


ROLES_AT_THE_START = (("member", "Member", 10), ("lead", "Lead", 20), ("manager", "Manager", 30))
"""Word, title and rank of the roles that a new organisation has."""

LONGEST_DUTY_HOURS = 14
"""Somebody who said that they are on duty and forgot to go is off after so many hours."""
