"""Closing and reopening: acts with reasons, by the team or by the customer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from remit.approvals.models import Approval
from remit.approvals.vocabulary import Form
from remit.complaints import notices
from remit.complaints.actions.conversation import heard
from remit.complaints.actions.looked_at_again import (
    as_it_stands,
    looked_at_again,
    reckon_whose_turn,
    written_text,
)
from remit.complaints.deadlines import deadlines_of
from remit.complaints.models import Closure, Complaint, Message, RatingSetting
from remit.complaints.vocabulary import NEEDS_WHY, CloseReason
from remit.core.clean_files import clean_files
from remit.core.clock import now
from remit.core.errors import Refusal
from remit.core.writing import write
from remit.jobs.queue import later
from remit.notices.actions import settle, tell
from remit.people.models import Member
from remit.people.queries import leads_of
from remit.trail.actions import record

MOST_WHY = 1000


def close_complaint(member: Member, complaint: Complaint, reason: str, why: str) -> Closure:
    """Close a complaint; a second click is harmless.

    Args:
        member: who closes it.
        complaint: what is closed.
        reason: a word of `CloseReason`.
        why: a sentence; some reasons need one.

    Raises:
        NotThere: they aren't in its team.
        Refusal: a question about it is still open, or the reason needs a why.
    """
    with write():
        _, complaint = looked_at_again(member, complaint)
        standing = complaint.closures.filter(reopened_at=None).first()
        if standing is not None:
            return standing
        need_no_open_question(complaint, "close it")
        if reason not in CloseReason.values:
            raise Refusal("no-reason", "Say why it is closed.", "Choose one of the reasons.", field="reason")
        why = why.strip()
        if reason in NEEDS_WHY:
            why = written_text(why, field="why", most=MOST_WHY)
        closure = closed(complaint, member, CloseReason(reason), why)
        record(
            "complaint-closed", complaint.subject, by=member, team=complaint.team, words=why, reason=reason
        )
        return closure


def reopen_complaint(member: Member, complaint: Complaint, why: str) -> None:
    """Open a closed complaint again; one that is open stays so.

    Raises:
        NotThere: they aren't in its team.
        Refusal: no why.
    """
    with write():
        _, complaint = looked_at_again(member, complaint)
        if complaint.closed_at is None:
            return
        why = written_text(why, field="why", most=MOST_WHY)
        reopened(complaint, member, why)
        record("complaint-reopened", complaint.subject, by=member, team=complaint.team, words=why)


def ask_for_another_look(complaint: Complaint, text: str, files: Iterable[UploadedFile[Any]] = ()) -> Message:
    """The customer isn't content: a closed complaint opens again; either way a lead is told.

    Raises:
        Refusal: no text, too much within an hour, or a file that isn't taken.
    """
    clean = clean_files(files)
    with write():
        complaint = as_it_stands(complaint)
        was_closed = complaint.closed_at is not None
        message, is_new = heard(complaint, text, clean)
        if was_closed:
            reopened(complaint, None, message.text[:MOST_WHY])
        if is_new or was_closed:
            told = {each.pk: each for each in (*notices.who_hears(complaint), *leads_of(complaint.team))}
            tell(told.values(), notices.another_look(complaint, message.text))
            record(
                "another-look-asked",
                complaint.subject,
                by=None,
                team=complaint.team,
                words=message.text,
                message=message.pk,
                was_closed=was_closed,
            )
        return message


def closed(complaint: Complaint, member: Member, reason: CloseReason, why: str) -> Closure:
    """Close it, inside a write of the caller, who has asked whether it may be."""
    closure = Closure.objects.create(complaint=complaint, reason=reason, why=why, by=member, at=now())
    complaint.closed_at = now()
    complaint.reply_due_at = None
    complaint.last_at = now()
    complaint.save(update_fields=["closed_at", "reply_due_at", "last_at"])
    settle(complaint.subject)
    setting = RatingSetting.objects.filter(team=complaint.team).first() or RatingSetting(team=complaint.team)
    if setting.asks and reason != CloseReason.DUPLICATE:
        later(
            "remit.complaints.jobs.ask_for_rating",
            run_at=now() + timedelta(hours=setting.after_hours),
            unique_key=f"ask-for-rating:{closure.pk}",
            closure_id=closure.pk,
        )
    return closure


def reopened(complaint: Complaint, member: Member | None, why: str) -> None:
    """Open it again, inside a write of the caller; None is the customer."""
    complaint.closures.filter(reopened_at=None).update(
        reopened_at=now(), reopened_by=member, reopened_why=why
    )
    complaint.closed_at = None
    if complaint.assignee is not None and not notices.is_with_us(complaint.assignee, complaint.team):
        complaint.assignee = None
    complaint.last_at = now()
    complaint.resolution_due_at = deadlines_of(complaint.team, now()).resolution
    reckon_whose_turn(complaint)
    complaint.save(update_fields=["closed_at", "assignee", "last_at", "resolution_due_at", "reply_due_at"])


def need_no_open_question(complaint: Complaint, to_do: str) -> None:
    """Refuse what can't be done while an approval or a proposal is open.

    Raises:
        Refusal: one is.
    """
    waiting = Approval.objects.filter(subject=complaint.subject, ended_at=None).first()
    if waiting is None:
        return
    what = "A proposal" if waiting.form == Form.PROPOSE else "A question for a yes"
    raise Refusal(
        "still-asked",
        f"{what} about {complaint.said} is still open.",
        f"Wait for the answer, or withdraw it; then you can {to_do}.",
        approval=waiting.pk,
    )
