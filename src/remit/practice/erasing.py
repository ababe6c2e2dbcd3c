"""Erasing: a complaint whose words are gone can't be practised on; nobody's tries outlive them."""

from __future__ import annotations

from collections.abc import Sequence

from remit.core.writing import write
from remit.people.models import Member
from remit.practice.models import Case, Tried


def erase_cases(complaints: Sequence[int]) -> None:
    """Remove the cases that were made of complaints, with all that was tried on them.

    Args:
        complaints: their keys.
    """
    with write():
        Case.objects.filter(complaint__in=complaints).delete()


def erase_tries(member: Member) -> None:
    """Remove what somebody tried."""
    with write():
        Tried.objects.filter(member=member).delete()
