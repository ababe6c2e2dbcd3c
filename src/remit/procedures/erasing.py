"""Erasing what is known about somebody who left, what they read and where they stumbled; and their name."""

from __future__ import annotations

from typing import Final

from remit.core.erasing import Loose, Traces, take_out
from remit.core.writing import write
from remit.people.models import Member
from remit.procedures.models import Confusion, Draft, Procedure, ReadIn, Reading

_LOOSE: Final[Loose] = (
    (Draft, ("title", "why", "answer")),
    (Procedure, ("retired_why",)),
    (Confusion, ("words",)),
)


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


def take_out_of_procedures(traces: Traces) -> None:
    """Take somebody out of what drafts are for, why a procedure ended, and what confused others.

    What was published stays as it was: it is written once. Inside a write of the caller.

    Args:
        traces: by what they are found.
    """
    take_out(traces, _LOOSE)
