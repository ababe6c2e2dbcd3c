"""Who handles a complaint, what is known about it, and who else is looking."""

from __future__ import annotations

from datetime import timedelta

from remit.complaints import notices
from remit.complaints.actions.looked_at_again import looked_at_again, written_text
from remit.complaints.models import Complaint, HandOver, Presence
from remit.core.clock import now
from remit.core.errors import Changed, NotAllowed, NotThere, Refusal
from remit.core.writing import write
from remit.notices.actions import settle, tell
from remit.people.access import place_in
from remit.people.models import Member, Membership
from remit.people.queries import leads_of
from remit.trail.actions import record

MOST_WHY = 1000
HERE_FOR = timedelta(seconds=40)
"""Somebody who wasn't seen for so long isn't looking any more; the page says *here* every 15 seconds."""
_FORGOTTEN_AFTER = timedelta(minutes=10)


def take_up(member: Member, complaint: Complaint) -> None:
    """Take up a complaint that nobody has; a second click is harmless.

    Raises:
        NotThere: they aren't in its team.
        Changed: somebody else has it.
        Refusal: it is closed, or goes on in another one.
    """
    with write():
        _, complaint = looked_at_again(member, complaint)
        if complaint.assignee_id == member.pk:
            return
        _need_open(complaint)
        if complaint.assignee is not None:
            raise Changed(
                "taken",
                f"{complaint.assignee.name} has taken this up already.",
                "Ask them to hand it over, or help with a note.",
            )
        _goes_to(complaint, member, by=member, why="")
        record("complaint-taken-up", complaint.subject, by=member, team=complaint.team)


def put_back(member: Member, complaint: Complaint, why: str) -> None:
    """Put a complaint back, so that somebody else can take it up; with a word why.

    Raises:
        NotThere: they aren't in its team.
        NotAllowed: somebody else has it.
        Refusal: no why.
    """
    with write():
        place, complaint = looked_at_again(member, complaint)
        if complaint.assignee is None:
            return
        if complaint.assignee_id != member.pk and not place.is_lead:
            raise _has_it(complaint)
        why = written_text(why, field="why", most=MOST_WHY)
        _goes_to(complaint, None, by=member, why=why)
        record("complaint-put-back", complaint.subject, by=member, team=complaint.team, words=why)


def hand_over(member: Member, complaint: Complaint, receiver: Member, why: str) -> None:
    """Hand a complaint to a colleague, who is told; with a word why.

    Raises:
        NotThere: one of the two isn't in its team.
        NotAllowed: somebody else has it, and this isn't a lead.
        Refusal: no why, or it is closed.
    """
    with write():
        place, complaint = looked_at_again(member, complaint)
        if complaint.assignee_id == receiver.pk:
            return
        _need_open(complaint)
        if complaint.assignee is not None and complaint.assignee_id != member.pk and not place.is_lead:
            raise _has_it(complaint)
        if receiver.left_at is not None:
            raise NotThere("colleague")
        place_in(receiver, complaint.team)
        why = written_text(why, field="why", most=MOST_WHY)
        _goes_to(complaint, receiver, by=member, why=why)
        settle(complaint.subject)
        if receiver.pk != member.pk:
            tell([receiver], notices.handed_over(complaint, member, why))
        record(
            "complaint-handed-over",
            complaint.subject,
            by=member,
            team=complaint.team,
            words=why,
            to=receiver.word,
        )


def leave_behind(membership: Membership, by: Member | None) -> None:
    """Somebody left a team: what they had there is free to take, and its leads hear of it."""
    member, team = membership.member, membership.team
    with write():
        theirs = Complaint.objects.filter(team=team, assignee=member, closed_at=None, merged_into=None)
        complaints = list(theirs.select_related("team", "assignee").order_by("id"))
        for complaint in complaints:
            _goes_to(complaint, None, by=by or member, why="")
            record("complaint-left-behind", complaint.subject, by=by, team=team, member=member.word)
        if complaints:
            tell(leads_of(team), notices.left_behind(team, member, len(complaints)))


def be_here(member: Member, complaint: Complaint) -> list[Member]:
    """Say that somebody has the page open, and hear who else has.

    Raises:
        NotThere: they aren't in its team.
    """
    with write():
        place_in(member, complaint.team)
        Presence.objects.filter(seen_at__lt=now() - _FORGOTTEN_AFTER).delete()
        Presence.objects.update_or_create(complaint=complaint, member=member, defaults={"seen_at": now()})
    others = (
        Presence.objects.select_related("member")
        .filter(complaint=complaint, seen_at__gt=now() - HERE_FOR)
        .exclude(member=member)
    )
    return [each.member for each in others.order_by("member__name")]


def _goes_to(complaint: Complaint, receiver: Member | None, *, by: Member, why: str) -> None:
    HandOver.objects.create(
        complaint=complaint, giver=complaint.assignee, receiver=receiver, by=by, why=why, at=now()
    )
    complaint.assignee = receiver
    complaint.last_at = now()
    complaint.save(update_fields=["assignee", "last_at"])


def _need_open(complaint: Complaint) -> None:
    if complaint.closed_at is not None:
        raise Refusal("closed", f"{complaint.said} is closed.", "Open it again first, with a word why.")


def _has_it(complaint: Complaint) -> NotAllowed:
    name = complaint.assignee.name if complaint.assignee else "Somebody"
    return NotAllowed("not-yours", f"{name} has this complaint.", f"Ask {name}, or a lead, to hand it over.")
