"""What customers read about what is kept: written anew by an owner, each version kept."""

from __future__ import annotations

from remit.core.clock import now
from remit.core.writing import write
from remit.people.access import need_owner
from remit.people.models import Member
from remit.privacy.models import Statement
from remit.trail.actions import record


def write_statement(owner: Member, text: str, contact: str) -> Statement:
    """Write a new version; the same again is the one that is there.

    Raises:
        NotAllowed: they aren't an owner.
    """
    need_owner(owner, "write what customers read")
    with write():
        last = Statement.objects.first()
        if last is not None and (last.text, last.contact) == (text, contact.strip()):
            return last
        number = last.number + 1 if last else 1
        made = Statement.objects.create(number=number, text=text, contact=contact.strip(), by=owner, at=now())
        record("statement-written", "statement:1", by=owner, version=number)
        return made
