"""Complaints that belong together: linked, or merged into one, which can be undone."""

from __future__ import annotations

from remit.complaints.actions.closing import closed, need_no_open_question, reopened
from remit.complaints.actions.looked_at_again import looked_at_again
from remit.complaints.models import Complaint, Link
from remit.complaints.vocabulary import CloseReason
from remit.core.clock import now
from remit.core.errors import NotThere, Refusal
from remit.core.writing import write
from remit.people.access import place_in
from remit.people.models import Member
from remit.trail.actions import record


def link(member: Member, complaint: Complaint, other: Complaint) -> None:
    """Say that two complaints belong together; a second click is harmless.

    Raises:
        NotThere: they don't see one of the two.
        Refusal: it is the same one.
    """
    with write():
        place_in(member, complaint.team)
        place_in(member, other.team)
        _need_two(complaint, other)
        one, two = sorted((complaint, other), key=lambda each: each.pk)
        _, is_new = Link.objects.get_or_create(one=one, other=two, defaults={"by": member, "at": now()})
        if is_new:
            record("complaint-linked", complaint.subject, by=member, team=complaint.team, other=other.subject)
            record("complaint-linked", other.subject, by=member, team=other.team, other=complaint.subject)


def unlink(member: Member, complaint: Complaint, other: Complaint) -> None:
    """Say that two complaints don't belong together after all.

    Raises:
        NotThere: they don't see one of the two.
    """
    with write():
        place_in(member, complaint.team)
        place_in(member, other.team)
        one, two = sorted((complaint, other), key=lambda each: each.pk)
        gone, _ = Link.objects.filter(one=one, other=two).delete()
        if gone:
            record(
                "complaint-unlinked", complaint.subject, by=member, team=complaint.team, other=other.subject
            )
            record("complaint-unlinked", other.subject, by=member, team=other.team, other=complaint.subject)


def merge_into(member: Member, complaint: Complaint, other: Complaint) -> None:
    """Let a complaint go on in another one, because the same thing was told twice; it can be undone.

    Nothing moves: each keeps what was said in it, and the customer's page of the first leads to the second.

    Raises:
        NotThere: they aren't in the team of one of the two.
        Refusal: another team, another customer, itself, or a question about it is open.
    """
    with write():
        place_in(member, complaint.team)
        if Complaint.objects.filter(pk=complaint.pk, merged_into=other).exists():
            return
        _, complaint = looked_at_again(member, complaint)
        _, other = looked_at_again(member, other)
        _need_two(complaint, other)
        if complaint.team_id != other.team_id:
            raise Refusal(
                "another-team",
                f"{other.said} belongs to another team.",
                "Link the two instead.",
                field="number",
            )
        _need_one_customer(complaint, other)
        need_no_open_question(complaint, "merge it")
        if complaint.closed_at is None:
            closed(complaint, member, CloseReason.DUPLICATE, f"Goes on in {other.said}.")
        complaint.merged_into = other
        complaint.save(update_fields=["merged_into"])
        other.last_at = now()
        other.save(update_fields=["last_at"])
        record("complaint-merged", complaint.subject, by=member, team=complaint.team, into=other.subject)
        record("complaint-took-in", other.subject, by=member, team=other.team, other=complaint.subject)


def undo_merge(member: Member, complaint: Complaint) -> None:
    """Let a merged complaint go its own way again; one that isn't merged stays as it is.

    Raises:
        NotThere: they aren't in its team.
    """
    with write():
        place_in(member, complaint.team)
        complaint = Complaint.objects.select_related("team", "merged_into").get(pk=complaint.pk)
        other = complaint.merged_into
        if other is None:
            return
        complaint.merged_into = None
        complaint.save(update_fields=["merged_into"])
        by_merging = complaint.closures.filter(reopened_at=None, reason=CloseReason.DUPLICATE).exists()
        if by_merging:
            reopened(complaint, member, f"Doesn't belong to {other.said} after all.")
        record("merge-undone", complaint.subject, by=member, team=complaint.team, from_=other.subject)
        record("merge-undone", other.subject, by=member, team=other.team, other=complaint.subject)


def _need_two(complaint: Complaint, other: Complaint) -> None:
    if complaint.pk == other.pk:
        raise Refusal("the-same", f"{other.said} is this complaint.", "Give another number.", field="number")
    if other.pk is None:
        raise NotThere("complaint")


def _need_one_customer(complaint: Complaint, other: Complaint) -> None:
    """The customer's page of the one leads to the other: nobody else may read there."""
    if complaint.customer_id is None or other.customer_id is None:
        nameless = complaint if complaint.customer_id is None else other
        raise Refusal(
            "no-customer",
            f"Nobody knows whose complaint {nameless.said} is.",
            "Say who the customer is first; or link the two instead.",
            field="number",
        )
    if complaint.customer_id != other.customer_id:
        raise Refusal(
            "another-customer",
            f"{other.said} is another customer's, who would read what this one wrote.",
            "Link the two instead; or if they are one person, merge the customers first.",
            field="number",
        )
