"""What is said about a complaint: to the customer, among the team, and by the customer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from remit.complaints import notices
from remit.complaints.actions.looked_at_again import (
    as_it_stands,
    looked_at_again,
    our_turn_now,
    reckon_whose_turn,
    written_text,
)
from remit.complaints.actions.unsent_files import chosen_of, come_back, send_along, unsent_of
from remit.complaints.attachments import keep_attachments
from remit.complaints.mail import goes_by_mail
from remit.complaints.models import Complaint, Message
from remit.complaints.replies import filled
from remit.complaints.vocabulary import MailState, MessageForm
from remit.core.clean_files import CleanFile, clean_files
from remit.core.clock import now
from remit.core.errors import Changed, NotAllowed, NotThere, Refusal
from remit.core.writing import write
from remit.jobs.queue import later
from remit.notices.actions import tell
from remit.people.access import place_in
from remit.people.models import Member, Membership
from remit.remedies.vocabulary import COUNTS_AS_GIVEN, UNDO_SECONDS
from remit.trail.actions import record

MOST_FROM_CUSTOMER_AN_HOUR = 20


def reply(
    member: Member,
    complaint: Complaint,
    text: str,
    *,
    files: Sequence[CleanFile] = (),
    unsent: Sequence[int] = (),
    leaves_at: datetime | None = None,
) -> Message:
    """Say something to the customer: on their page, and by mail when they have an address.

    Variables in it (`{customer}`) are filled in. The same words again, with nothing said in between and no
    other files, are a second click and say nothing twice.

    Args:
        member: who says it.
        complaint: about what.
        text: what is said.
        files: that go with it, after the unsent ones.
        unsent: identifiers of files that they put to this answer before.
        leaves_at: not sent before, and until then it can be taken back; in 20 seconds by default.

    Raises:
        NotThere: they aren't in its team.
        Refusal: no text, a variable that nothing is known for, too many files or one that is gone, or it
            goes on in another complaint.
    """
    with write():
        _, complaint = looked_at_again(member, complaint)
        text = filled(written_text(text), complaint, member)
        same = _said_already(complaint, MessageForm.TO_CUSTOMER, member, text)
        has_more = unsent_of(member, complaint).filter(pk__in=unsent).exists()
        if same is not None and not has_more and _has_only(same, files):
            return same
        put_before = chosen_of(member, complaint, unsent)
        has_mail = goes_by_mail(complaint)
        message = Message.objects.create(
            complaint=complaint,
            form=MessageForm.TO_CUSTOMER,
            author=member,
            text=text,
            at=now(),
            leaves_at=leaves_at or now() + timedelta(seconds=UNDO_SECONDS),
            mail_state=MailState.WAITS if has_mail else MailState.NONE,
        )
        send_along(message, put_before, files)
        if has_mail:
            later(
                "remit.complaints.jobs.send_message",
                run_at=message.leaves_at,
                unique_key=f"send-message:{message.pk}",
                message_id=message.pk,
            )
        complaint.first_replied_at = complaint.first_replied_at or now()
        complaint.reply_due_at = None
        complaint.last_at = now()
        complaint.save(update_fields=["first_replied_at", "reply_due_at", "last_at"])
        record(
            "customer-answered",
            complaint.subject,
            by=member,
            team=complaint.team,
            words=text,
            message=message.pk,
            by_mail=has_mail,
            files=len(put_before) + len(files),
        )
        return message


def take_reply_back(member: Member, message: Message) -> None:
    """Take a reply back before it left; a second click is harmless.

    Args:
        member: who wrote it, or a lead.
        message: the reply.

    Raises:
        NotThere: they aren't in its team.
        NotAllowed: somebody else wrote it.
        Refusal: a remedy goes out with it, which has to be undone first.
        Changed: it has left already.
    """
    with write():
        place, complaint = looked_at_again(member, message.complaint)
        message = Message.objects.select_related("author", "complaint", "decision__remedy").get(pk=message.pk)
        if message.author_id != member.pk and not place.is_lead:
            raise NotAllowed(
                "not-yours", "Somebody else wrote this.", "Ask them, or a lead, to take it back."
            )
        if message.mail_state == MailState.TAKEN_BACK:
            return
        _need_no_remedy(message)
        taken = Message.objects.filter(
            pk=message.pk,
            form=MessageForm.TO_CUSTOMER,
            mail_state__in=(MailState.NONE, MailState.WAITS),
            leaves_at__gt=now(),
        ).update(mail_state=MailState.TAKEN_BACK)
        if not taken:
            raise Changed("has-left", "This has left already.", "Write to the customer once more instead.")
        come_back(message)
        reckon_whose_turn(complaint)
        complaint.save(update_fields=["first_replied_at", "reply_due_at"])
        record("reply-taken-back", complaint.subject, by=member, team=complaint.team, message=message.pk)


def note(member: Member, complaint: Complaint, text: str) -> Message:
    """Write something down that only the team sees; it never becomes a reply.

    Raises:
        NotThere: they aren't in its team.
        Refusal: no text, or it goes on in another complaint.
    """
    with write():
        _, complaint = looked_at_again(member, complaint)
        return _among_the_team(complaint, MessageForm.NOTE, member, text, act="note-written")


def ask_colleague(member: Member, complaint: Complaint, colleague: Member, text: str) -> Message:
    """Ask a colleague *what would you do?*; the decision stays with the one who asks.

    Raises:
        NotThere: one of the two isn't in its team.
        Refusal: no text, or it is oneself.
    """
    with write():
        _, complaint = looked_at_again(member, complaint)
        _need_colleague(member, complaint, colleague)
        asked = _among_the_team(
            complaint, MessageForm.QUESTION, member, text, act="advice-asked", to_member=colleague
        )
        tell([colleague], notices.what_would_you_do(complaint, member, asked.text))
        return asked


def advise(member: Member, complaint: Complaint, question: Message, text: str) -> Message:
    """Say what one would do; who asked is told, and goes on deciding.

    Raises:
        NotThere: they aren't in its team, or there is no such question.
        Refusal: no text.
    """
    with write():
        _, complaint = looked_at_again(member, complaint)
        if question.complaint_id != complaint.pk or question.form != MessageForm.QUESTION:
            raise NotThere("question")
        advice = _among_the_team(
            complaint, MessageForm.ADVICE, member, text, act="advice-given", to_member=question.author
        )
        if question.author is not None and question.author_id != member.pk:
            tell([question.author], notices.advised(complaint, member, advice.text))
        return advice


def hear_customer(complaint: Complaint, text: str, files: Iterable[UploadedFile[Any]] = ()) -> Message:
    """The customer says something on their page; it is our turn then, and somebody is told.

    Raises:
        Refusal: no text, too much within an hour, a file that isn't taken, or it goes on in another one.
    """
    clean = clean_files(files)
    with write():
        complaint = as_it_stands(complaint)
        message, is_new = heard(complaint, text, clean)
        if is_new:
            tell(notices.who_hears(complaint), notices.customer_wrote(complaint, message.text))
            record(
                "customer-wrote", complaint.subject, by=None, team=complaint.team, words=message.text,
                message=message.pk,
            )  # fmt: skip
        return message


def heard(complaint: Complaint, text: str, files: Iterable[UploadedFile[Any]] = ()) -> tuple[Message, bool]:
    """What the customer says as a message, and whether it is new; inside a write of the caller.

    Raises:
        Refusal: no text, too much within an hour, or a file that isn't taken.
    """
    text = written_text(text)
    same = _said_already(complaint, MessageForm.FROM_CUSTOMER, None, text)
    if same is not None:
        return same, False
    within_an_hour = complaint.messages.filter(
        form=MessageForm.FROM_CUSTOMER, at__gt=now() - timedelta(hours=1)
    ).count()
    if within_an_hour >= MOST_FROM_CUSTOMER_AN_HOUR:
        raise Refusal(
            "too-many",
            "You have written a lot within the last hour.",
            "Everything has arrived. Please give us a moment to read it.",
            field="text",
        )
    message = Message.objects.create(complaint=complaint, form=MessageForm.FROM_CUSTOMER, text=text, at=now())
    keep_attachments(message, files)
    our_turn_now(complaint)
    complaint.save(update_fields=["last_at", "reply_due_at"])
    return message, True


def _among_the_team(
    complaint: Complaint,
    form: MessageForm,
    member: Member,
    text: str,
    *,
    act: str,
    to_member: Member | None = None,
) -> Message:
    text = written_text(text)
    same = _said_already(complaint, form, member, text)
    if same is not None and same.to_member_id == (to_member.pk if to_member else None):
        return same
    message = Message.objects.create(
        complaint=complaint, form=form, author=member, to_member=to_member, text=text, at=now()
    )
    complaint.last_at = now()
    complaint.save(update_fields=["last_at"])
    data: Mapping[str, object] = {"to": to_member.word} if to_member else {}
    record(act, complaint.subject, by=member, team=complaint.team, words=text, message=message.pk, **data)
    return message


def _said_already(
    complaint: Complaint, form: MessageForm, author: Member | None, text: str
) -> Message | None:
    """The last message when it says the same: a second click."""
    last = complaint.messages.select_related("decision").order_by("-at", "-id").first()
    if last is None or last.mail_state == MailState.TAKEN_BACK or hasattr(last, "decision"):
        return None
    is_same = (last.form, last.author_id, last.text) == (form, author.pk if author else None, text)
    return last if is_same else None


def _has_only(message: Message, files: Sequence[CleanFile]) -> bool:
    """Whether no file came that isn't with a message already."""
    there = set(message.attachments.values_list("name", "size"))
    return all((each.name, each.size) in there for each in files)


def _need_colleague(member: Member, complaint: Complaint, colleague: Member) -> None:
    if colleague.pk == member.pk:
        raise Refusal(
            "yourself", "You can't ask yourself.", "Choose somebody else of the team.", field="colleague"
        )
    is_here = Membership.objects.filter(
        team=complaint.team, member=colleague, until=None, member__left_at=None
    ).exists()
    if not is_here:
        place_in(colleague, complaint.team)


def _need_no_remedy(message: Message) -> None:
    remedy = message.decision.remedy if hasattr(message, "decision") else None
    if remedy is not None and remedy.state in COUNTS_AS_GIVEN:
        raise Refusal(
            "goes-with-a-remedy",
            "This letter goes out together with what is given.",
            "Undo the decision; the letter comes back with it.",
        )
