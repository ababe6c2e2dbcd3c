"""Erasing what is known about somebody who left: what they read, and where they stumbled."""

from __future__ import annotations

from remit.core.writing import write
from remit.people.models import Member
from remit.procedures.models import Confusion, ReadIn, Reading


def erase_readings(member: Member) -> None:
    """Remove what somebody read and what confused them: nothing rests on it.

    What they wrote of procedures stays: it says how the team works, and nothing about them.

    Args:
        member: who left.
    """
    with write():
        Reading.objects.filter(member=member).delete()
        Confusion.objects.filter(member=member).delete()
        ReadIn.objects.filter(member=member).delete()
