"""What members are told about complaints, and who is told."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from remit.complaints.models import Complaint
from remit.notices.actions import Message
from remit.people.models import Member, Membership, Team
from remit.people.queries import leads_of

_SHORT = 140


def who_hears(complaint: Complaint) -> list[Member]:
    """Whom news of a complaint concerns: its assignee while they are in its team, or else its leads."""
    if complaint.assignee is not None and is_with_us(complaint.assignee, complaint.team):
        return [complaint.assignee]
    return leads_of(complaint.team)


def is_with_us(member: Member, team: Team) -> bool:
    """Whether somebody is in a team still."""
    return Membership.objects.filter(member=member, team=team, until=None, member__left_at=None).exists()


def address_of(complaint: Complaint) -> str:
    """Where its page is."""
    return reverse("complaints:complaint", args=[complaint.number])


def in_short(text: str) -> str:
    """The beginning of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= _SHORT else f"{line[: _SHORT - 1].rstrip()}…"


def customer_wrote(complaint: Complaint, text: str) -> Message:
    """The customer said something."""
    return Message(
        code="customer-wrote",
        subject=complaint.subject,
        title=f"{_name_of(complaint)} wrote about {complaint.said}",
        body=in_short(text),
        address=address_of(complaint),
        is_urgent=True,
    )


def mail_came_back(complaint: Complaint) -> Message:
    """The customer answered by mail, which nobody reads yet."""
    return Message(
        code="mail-came-back",
        subject=complaint.subject,
        title=f"{_name_of(complaint)} answered {complaint.said} by mail",
        body="Nobody has read it: ask them to write on their page, or call them.",
        address=address_of(complaint),
        is_urgent=True,
    )


def aside_subject(team: Team) -> str:
    """What notices of mail that was set aside are about."""
    return f"mails-aside:{team.word}"


def mail_set_aside(team: Team, waiting: int) -> Message:
    """Mail to the team may be a complaint, and somebody has to look."""
    mails = "One mail was" if waiting == 1 else f"{waiting:,} mails were"
    return Message(
        code="mail-set-aside",
        subject=aside_subject(team),
        title=f"{mails} set aside in {team.name}",
        body="They may be complaints: look at them, make them one or leave them.",
        address=reverse("complaints:mail-aside"),
    )


def another_look(complaint: Complaint, text: str) -> Message:
    """The customer isn't content with what was done."""
    return Message(
        code="another-look-asked",
        subject=complaint.subject,
        title=f"{_name_of(complaint)} asks for another look at {complaint.said}",
        body=in_short(text),
        address=address_of(complaint),
        is_urgent=True,
    )


def handed_over(complaint: Complaint, by: Member, why: str) -> Message:
    """Somebody hands a complaint to a colleague."""
    return Message(
        code="complaint-handed-over",
        subject=complaint.subject,
        title=f"{by.first_name} hands you {complaint.said}: {complaint.title}"[:200],
        body=why,
        address=address_of(complaint),
        is_urgent=True,
    )


def left_behind(team: Team, member: Member, count: int) -> Message:
    """Somebody left the team, and what they had is free to take."""
    what = "complaint is" if count == 1 else "complaints are"
    return Message(
        code="complaints-left-behind",
        subject=f"team:{team.word}",
        title=f"{member.name} left {team.name}: {count} {what} free to take",
        body="Customers wait for somebody to take them up.",
        address=f"{reverse('complaints:list')}?tab=unassigned&team={team.word}",
        is_urgent=True,
    )


def what_would_you_do(complaint: Complaint, by: Member, text: str) -> Message:
    """A colleague asks for advice; the decision stays theirs."""
    return Message(
        code="advice-asked",
        subject=complaint.subject,
        title=f"{by.first_name} asks about {complaint.said}: what would you do?",
        body=in_short(text),
        address=address_of(complaint),
    )


def advised(complaint: Complaint, by: Member, text: str) -> Message:
    """A colleague says what they would do."""
    return Message(
        code="advice-given",
        subject=complaint.subject,
        title=f"{by.first_name} says what they would do about {complaint.said}",
        body=in_short(text),
        address=address_of(complaint),
    )


def not_sent(complaint: Complaint, wrong: str) -> Message:
    """A mail to the customer may not have arrived."""
    return Message(
        code="reply-not-sent",
        subject=complaint.subject,
        title=f"Your reply in {complaint.said} could not be sent by mail",
        body=f"{wrong} It stands on the customer's page. Call them, or write once more.",
        address=address_of(complaint),
        is_urgent=True,
    )


def rated(complaint: Complaint, words: str, free_line: str) -> Message:
    """The customer said how it went."""
    return Message(
        code="complaint-rated",
        subject=complaint.subject,
        title=f"{_name_of(complaint)} about {complaint.said}: {words}"[:200],
        body=free_line,
        address=address_of(complaint),
    )


def examples(complaint: Complaint, member: Member) -> Iterable[Message]:
    """One of each, so that all of them can be looked at."""
    yield customer_wrote(complaint, "It is still cold.")
    yield mail_came_back(complaint)
    yield mail_set_aside(complaint.team, 2)
    yield another_look(complaint, "It is still cold.")
    yield handed_over(complaint, member, "You know the kitchen.")
    yield left_behind(complaint.team, member, 3)
    yield what_would_you_do(complaint, member, "Would you give more?")
    yield advised(complaint, member, "I would.")
    yield not_sent(complaint, "The address was refused.")
    yield rated(complaint, "made right in full", "Thank you!")


def _name_of(complaint: Complaint) -> str:
    return complaint.customer.name if complaint.customer else "The customer"
