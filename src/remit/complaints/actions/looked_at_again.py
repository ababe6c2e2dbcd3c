"""What every act on a complaint begins with: who may, and how the complaint stands inside the write."""

from __future__ import annotations

from remit.complaints.deadlines import deadlines_of
from remit.complaints.models import Complaint
from remit.complaints.vocabulary import MailKind, MessageForm
from remit.core.clock import now
from remit.core.errors import Refusal
from remit.people.access import Place, place_in
from remit.people.models import Member


def looked_at_again(member: Member, complaint: Complaint) -> tuple[Place, Complaint]:
    """Somebody's place in the complaint's team, and the complaint as it stands inside this write.

    Raises:
        NotThere: they aren't in its team.
        Refusal: it goes on in another one.
    """
    place = place_in(member, complaint.team)
    return place, as_it_stands(complaint)


def as_it_stands(complaint: Complaint) -> Complaint:
    """The complaint as it stands inside this write.

    Raises:
        Refusal: it goes on in another one.
    """
    fresh = Complaint.objects.select_related("team", "customer", "order", "assignee", "merged_into").get(
        pk=complaint.pk
    )
    if fresh.merged_into is not None:
        raise Refusal(
            "merged",
            f"{fresh.said} goes on in {fresh.merged_into.said}.",
            f"Do this in {fresh.merged_into.said}, or undo the merging first.",
        )
    return fresh


def written_text(text: str, *, field: str = "text", most: int = 20_000) -> str:
    """A text without blanks around it.

    Raises:
        Refusal: there is none, or it is too long to be read.
    """
    text = text.replace("\x00", "").replace("\r\n", "\n").strip()
    if not text:
        raise Refusal("no-text", "There is no text yet.", "Write what you want to say.", field=field)
    if len(text) > most:
        raise Refusal(
            "too-long",
            f"This text has {len(text):,} characters, and {most:,} is the most.",
            "Make it shorter, or say it in two.",
            field=field,
        )
    return text


def our_turn_now(complaint: Complaint) -> None:
    """The customer said something now: an answer is due unless it is closed; the row isn't saved here."""
    complaint.last_at = now()
    if complaint.closed_at is None:
        due = deadlines_of(complaint.team, now()).next_reply
        complaint.reply_due_at = min(complaint.reply_due_at or due, due)


def reckon_whose_turn(complaint: Complaint) -> None:
    """Whether it is our turn, and until when, from what was said; the row isn't saved here.

    Args:
        complaint: as it stands inside this write.
    """
    said = [
        (form, at)
        for form, state, at in complaint.messages.filter(
            form__in=(MessageForm.FROM_CUSTOMER, MessageForm.TO_CUSTOMER)
        )
        .order_by("at", "id")
        .values_list("form", "mail_state", "at")
        if state != "taken-back"
    ]
    if complaint.mails_back:
        unread = complaint.mails_received.filter(kind=MailKind.UNREAD).values_list("at", flat=True)
        said = sorted(said + [(MessageForm.FROM_CUSTOMER, at) for at in unread], key=lambda each: each[1])
    ours = [at for form, at in said if form == MessageForm.TO_CUSTOMER]
    complaint.first_replied_at = ours[0] if ours else None
    if complaint.closed_at is not None or (said and said[-1][0] == MessageForm.TO_CUSTOMER):
        complaint.reply_due_at = None
    elif not ours:
        complaint.reply_due_at = complaint.first_reply_due_at
    else:
        waiting_since = next((at for _, at in said if at > ours[-1]), now())
        complaint.reply_due_at = deadlines_of(complaint.team, waiting_since).next_reply
