"""Opening a complaint: the one action behind every door, by hand, by the form, by an import."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import F

from remit.complaints.actions.customers import CustomerWords, found_or_made_customer
from remit.complaints.actions.looked_at_again import written_text
from remit.complaints.actions.orders import OrderWords, found_or_made_order
from remit.complaints.actions.paying import look_for_payment
from remit.complaints.arriving import came_in, on_duty_in
from remit.complaints.attachments import keep_attachments
from remit.complaints.customer_links import new_link
from remit.complaints.deadlines import deadlines_of
from remit.complaints.letters import letter_for
from remit.complaints.mail import goes_by_mail
from remit.complaints.models import Complaint, Customer, FormSent, Message, NextNumber, Order
from remit.complaints.vocabulary import Channel, MailState, MessageForm, Severity
from remit.core.clean_files import clean_files
from remit.core.clock import now
from remit.core.writing import write
from remit.jobs.queue import later
from remit.notices.actions import tell
from remit.people.access import place_in
from remit.people.models import Member, Team
from remit.trail.actions import record

_LONGEST_TITLE = 160


@dataclass(frozen=True, slots=True)
class Sought:
    """The remedy that the customer would like; everything may be open.

    Attributes:
        kind: of the remedy: `refund`.
        amount: in minor units of the team's currency.
        words: in the customer's own words.
    """

    kind: str = ""
    amount: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Once:
    """What makes a second click harmless: the stamp of the form that was shown, good once.

    Attributes:
        stamp: of the form.
        origin: who sends it; see `FormSent`.
    """

    stamp: str
    origin: str


def open_complaint(
    team: Team,
    *,
    text: str,
    channel: Channel,
    by: Member | None = None,
    assignee: Member | None = None,
    title: str = "",
    category: str = "",
    severity: int = Severity.USUAL,
    customer: CustomerWords | None = None,
    order: OrderWords | None = None,
    sought: Sought | None = None,
    about: Member | None = None,
    files: Iterable[UploadedFile[Any]] = (),
    language: str = "",
    opened_at: datetime | None = None,
    acknowledges: bool = True,
    once: Once | None = None,
) -> Complaint:
    """Open a complaint: number, token, deadlines, first message, acknowledgement, trail, notices.

    Args:
        team: where.
        text: what happened, in the customer's words as far as they are known.
        channel: how it came in.
        by: the member who opens it; None for the customer themselves, and for time.
        assignee: who takes it up; None leaves it to whoever is on duty, and they are told.
        title: made from the first line of the text when "".
        category: a word of the team's charter, or any where there is none.
        severity: how bad it is for the customer.
        customer: who complains: known or new.
        order: what it is about: known or new.
        sought: what they would like.
        about: the member whom it is about.
        files: that came with it.
        language: of the customer; the team's when "".
        opened_at: when it came in, for an import; now by default.
        acknowledges: whether the customer hears at once that it has arrived.
        once: makes the same form, sent twice, one complaint.

    Returns:
        The complaint; the one that there is already when the form was sent before.

    Raises:
        NotThere: the member, or who takes it up, isn't in the team.
        Refusal: no text, or a file that isn't taken.
    """
    text = written_text(text)
    clean = clean_files(files)
    with write():
        for each in filter(None, (by, assignee)):
            place_in(each, team)
        if once is not None and (sent := _sent_before(once)) is not None:
            return sent
        person, bought = _who_and_what(team, customer, order, by)
        complaint = Complaint(team=team, customer=person, order=bought, category=category, channel=channel)
        complaint.title = (title.strip() or title_of(text))[:_LONGEST_TITLE]
        complaint.severity, complaint.language = severity, language or team.language
        complaint.about, complaint.assignee, complaint.opened_by = about, assignee, by
        _save_with_deadlines(complaint, sought or Sought(), opened_at or now())
        keep_attachments(_first_message(complaint, text, once), clean)
        if bought is not None and acknowledges:
            look_for_payment(bought)
        if acknowledges:
            _acknowledge(complaint)
        _tell(complaint, text, by)
        _record(complaint, text, by, files=len(clean))
        return complaint


def _first_message(complaint: Complaint, text: str, once: Once | None) -> Message:
    """What the customer said; and that its form was sent."""
    if once is not None:
        FormSent.objects.create(
            team=complaint.team, origin=once.origin, stamp=once.stamp, complaint=complaint, at=now()
        )
    return Message.objects.create(
        complaint=complaint, form=MessageForm.FROM_CUSTOMER, text=text, at=complaint.opened_at
    )


def _who_and_what(
    team: Team, customer: CustomerWords | None, order: OrderWords | None, by: Member | None
) -> tuple[Customer | None, Order | None]:
    """The customer and the order, found or made; a member's word about an order says whose it is."""
    person = found_or_made_customer(team, customer, by=by) if customer else None
    bought = found_or_made_order(team, order, customer=person, by=by) if order else None
    if person is None and bought is not None and by is not None:
        person = bought.customer
    return person, bought


def _save_with_deadlines(complaint: Complaint, sought: Sought, moment: datetime) -> None:
    """Save the complaint with all that it gets by itself."""
    due = deadlines_of(complaint.team, moment)
    complaint.number = _next_number()
    complaint.link = new_link()
    complaint.sought_kind, complaint.sought_amount = sought.kind, sought.amount
    complaint.sought = sought.words[:300]
    complaint.opened_at = complaint.last_at = moment
    complaint.first_reply_due_at = complaint.reply_due_at = due.first_reply
    complaint.resolution_due_at = due.resolution
    complaint.save()


def _tell(complaint: Complaint, text: str, by: Member | None) -> None:
    """Whoever takes it up hears of it, or without one whoever is on duty; an import wakes nobody."""
    if complaint.assignee is not None:
        if complaint.assignee != by:
            tell([complaint.assignee], came_in(complaint, text))
    elif complaint.channel != Channel.IMPORT:
        tell(on_duty_in(complaint.team, but=by), came_in(complaint, text))


def _record(complaint: Complaint, text: str, by: Member | None, *, files: int) -> None:
    record(
        "complaint-opened",
        complaint.subject,
        by=by,
        team=complaint.team,
        words=text,
        channel=str(complaint.channel),
        category=complaint.category,
        severity=int(complaint.severity),
        customer=complaint.customer_id,
        order=complaint.order_id,
        assignee=complaint.assignee.word if complaint.assignee else None,
        files=files,
    )


def title_of(text: str) -> str:
    """A title made from a text: its first line, cut at a word."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    line = " ".join(line.split())
    if len(line) <= 90:  # noqa: PLR2004 (what fits on one line of a list)
        return line.rstrip(".")
    sentence = line.split(". ", maxsplit=1)[0]
    if len(sentence) <= 90:  # noqa: PLR2004
        return sentence.rstrip(".")
    return f"{sentence[:88].rsplit(' ', 1)[0].rstrip(',;:')}…"


def _sent_before(once: Once) -> Complaint | None:
    sent = FormSent.objects.select_related("complaint__team").filter(stamp=once.stamp).first()
    return sent.complaint if sent else None


def _next_number() -> int:
    """Take the next number: nobody else can get the same."""
    while True:
        row = NextNumber.objects.first() or NextNumber.objects.create()
        if NextNumber.objects.filter(pk=row.pk, number=row.number).update(number=F("number") + 1):
            return row.number


def _acknowledge(complaint: Complaint) -> None:
    """Say at once that it has arrived, and until when they hear from us."""
    has_mail = goes_by_mail(complaint)
    message = Message.objects.create(
        complaint=complaint,
        form=MessageForm.AUTOMATIC,
        text=letter_for("received", complaint, until=complaint.first_reply_due_at),
        at=complaint.opened_at,
        mail_state=MailState.WAITS if has_mail else MailState.NONE,
    )
    if has_mail:
        later(
            "remit.complaints.jobs.send_message",
            unique_key=f"send-message:{message.pk}",
            message_id=message.pk,
        )
