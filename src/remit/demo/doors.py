"""The doors of the demo: who a visitor can be, and what is worth trying first as them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.urls import reverse

from remit.complaints.models import Complaint
from remit.core.errors import NotThere
from remit.demo.cast import MAIN
from remit.demo.founding import NO_PASSWORD, PERSONAS
from remit.people.actions.duty import go_on_duty
from remit.people.models import Member, Membership


@dataclass(frozen=True, slots=True)
class Door:
    """Somebody whom a visitor can be.

    Attributes:
        word: of the member; "" for the customer.
        name, role: as the card says them.
        about: who they are.
        first: what to try first.
        icon: drawn on the card.
        address: where the door leads.
        at_work: leads right to a complaint of theirs, where there is one to decide.
    """

    word: str
    name: str
    role: str
    about: str
    first: str
    icon: str
    address: str = ""
    at_work: bool = False


DOORS: Final = (
    Door(
        "ana",
        "Ana Ruiz",
        "Member",
        "Works the early evenings, at the counter and on the phone.",
        "Two lasagnes came cold. Move the amount, see how far you may decide, and make it right.",
        "hand-heart",
        "/complaints/?tab=mine",
        at_work=True,
    ),
    Door(
        "sam",
        "Sam Lindqvist",
        "Lead",
        "Leads the evening, and hears first when somebody needs a yes.",
        "Answer what waits for you, in two taps. Then tick off what is to be handed over.",
        "circle-check-big",
        "/approvals/",
    ),
    Door(
        "mia",
        "Mia Keller",
        "Manager",
        "Said yes hundreds of times this year, mostly hours later.",
        "Say yes, and from now on. Then read what the charter would look like.",
        "scroll-text",
        "/approvals/",
    ),
    Door(
        "ola",
        "Ola Keller",
        "Owner",
        "Owns Harbour Street and its nine sisters, which began with Remit one after the other.",
        "See what is open in all ten places in one list. Then read who may decide what in each of them.",
        "store",
        "/complaints/",
    ),
    Door(
        "",
        "A customer",
        "Customer",
        "Has no account and no password: only a link.",
        "Read the answer, write back, or say whether it was made right.",
        "message-circle-heart",
    ),
)


def need_demo() -> None:
    """Outside the demo there are no doors.

    Raises:
        NotThere: this isn't the demo.
    """
    if not settings.DEMO:
        raise NotThere


def member_behind(word: str) -> Member:
    """The member to whom a door leads; from then on those of all doors are on duty, whatever the hour is.

    Raises:
        NotThere: there is no such door, or somebody of that word who wasn't made for the demo.
    """
    need_demo()
    made = Member.objects.filter(word__in=PERSONAS, left_at=None, password=NO_PASSWORD)
    member = made.filter(word=word).first()
    if member is None:
        raise NotThere("door")
    places = Membership.objects.select_related("member", "team").filter(
        member__in=made, team__word=MAIN.word, until=None
    )
    for place in places:
        go_on_duty(place)
    return member


def address_behind(member: Member) -> str:
    """Where a door leads: to what its member sees first, or right to a complaint that they have to decide."""
    mine = Complaint.objects.filter(
        team__word=MAIN.word, assignee=member, closed_at=None, merged_into=None, decisions=None
    )
    number = mine.order_by("due_at").values_list("number", flat=True).first()
    door = next(door for door in DOORS if door.word == member.word)
    if door.at_work and number is not None:
        return reverse("complaints:complaint", args=[number])
    return door.address


def link_of_a_customer() -> str:
    """The page of a customer who was answered lately.

    Raises:
        NotThere: nobody was answered yet, or this isn't the demo.
    """
    need_demo()
    answered = Complaint.objects.filter(team__word=MAIN.word, merged_into=None).exclude(first_replied_at=None)
    complaint = answered.order_by("-last_at").first()
    if complaint is None:
        raise NotThere("customer")
    return complaint.token
