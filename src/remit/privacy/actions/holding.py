"""A hold on a complaint: nothing of it is erased until somebody ends it."""

from __future__ import annotations

from remit.complaints.models import Complaint
from remit.core.clock import now
from remit.core.errors import NotThere, Refusal
from remit.core.writing import write
from remit.people.access import need_owner
from remit.people.models import Member
from remit.privacy.models import Hold
from remit.trail.actions import record


def place_hold(owner: Member, number: int, why: str) -> Hold:
    """Exempt a complaint from everything that erases; one that is on hold stays so.

    Raises:
        NotAllowed: they aren't an owner.
        NotThere: there is no such complaint.
        Refusal: it was erased already.
    """
    need_owner(owner, "place a hold")
    with write():
        complaint = _complaint(number)
        if complaint.erased_at is not None:
            raise Refusal(
                "is-erased", f"The words of {complaint.said} are erased already.", "It is too late."
            )
        held = Hold.objects.filter(complaint=complaint, ended_at=None).first()
        if held is not None:
            return held
        hold = Hold.objects.create(complaint=complaint, why=why.strip(), by=owner, at=now())
        record("hold-placed", complaint.subject, by=owner, team=complaint.team, words=hold.why)
        return hold


def end_hold(owner: Member, number: int) -> None:
    """The matter is over; ended twice, nothing more happens.

    Raises:
        NotAllowed: they aren't an owner.
        NotThere: there is no such complaint.
    """
    need_owner(owner, "end a hold")
    with write():
        complaint = _complaint(number)
        if Hold.objects.filter(complaint=complaint, ended_at=None).update(ended_at=now(), ended_by=owner):
            record("hold-ended", complaint.subject, by=owner, team=complaint.team)


def _complaint(number: int) -> Complaint:
    complaint = Complaint.objects.select_related("team").filter(number=number).first()
    if complaint is None:
        raise NotThere("complaint")
    return complaint
