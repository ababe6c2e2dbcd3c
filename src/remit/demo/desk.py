"""The acts that stories are made of, whoever carries them out: in bulk, or one by one by the actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from remit.complaints.actions.answering import Answer
from remit.complaints.actions.customers import CustomerWords
from remit.complaints.actions.deciding import Intent
from remit.complaints.actions.opening import Sought
from remit.complaints.models import Complaint, Decision
from remit.complaints.vocabulary import Channel, CloseReason, Severity
from remit.people.models import Member, Team

_NOTHING_SOUGHT: Final = Sought()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A complaint as it is told.

    Attributes:
        by: who takes it down; None where the customer writes it themselves.
        order, paid, placed_on, summary: what was ordered; no order where the number is "".
    """

    team: Team
    channel: Channel
    title: str
    text: str
    category: str
    customer: CustomerWords
    by: Member | None = None
    severity: Severity = Severity.USUAL
    sought: Sought = _NOTHING_SOUGHT
    about: Member | None = None
    order: str = ""
    paid: int | None = None
    placed_on: date | None = None
    summary: str = ""


class Desk(Protocol):
    """Acts, each at the moment that the clock says; see the actions of the same names."""

    def open(self, told: Told) -> Complaint:
        """A complaint comes in."""

    def take_up(self, member: Member, complaint: Complaint) -> None:
        """Somebody takes it up."""

    def hand_over(self, member: Member, complaint: Complaint, receiver: Member, why: str) -> None:
        """Somebody hands it to a colleague."""

    def tag(self, member: Member, complaint: Complaint, word: str) -> None:
        """Somebody puts a tag on it that has none."""

    def reply(self, member: Member, complaint: Complaint, text: str) -> None:
        """Somebody answers the customer."""

    def note(self, member: Member, complaint: Complaint, text: str) -> None:
        """Somebody writes down what only the team sees."""

    def consult(self, member: Member, complaint: Complaint, colleague: Member, text: str) -> None:
        """Somebody asks a colleague what they would do."""

    def advise(self, colleague: Member, complaint: Complaint, text: str) -> None:
        """The colleague says what they would do."""

    def hear(self, complaint: Complaint, text: str) -> None:
        """The customer writes."""

    def another_look(self, complaint: Complaint, text: str) -> None:
        """The customer isn't content with how it was closed."""

    def decide(self, member: Member, complaint: Complaint, intent: Intent) -> Decision:
        """Somebody gives, proposes or asks."""

    def asked(self, decision: Decision) -> list[Member]:
        """Whose answer is wanted, or who may object, the first who was asked first."""

    def see(self, decision: Decision, member: Member) -> None:
        """Somebody who was asked has the question before their eyes."""

    def move_on(self, decision: Decision) -> None:
        """Time passes over a question: a wider circle is asked."""

    def count_down(self, decision: Decision) -> None:
        """Time passes over a proposal: it goes ahead at its end."""

    def answer(self, member: Member, decision: Decision, answer: Answer) -> None:
        """Somebody answers a question."""

    def object_to(self, member: Member, decision: Decision, why: str) -> None:
        """Somebody stops a proposal."""

    def settle(self, decision: Decision, by: Member | None, reference: str = "") -> None:
        """What was given is handed over."""

    def redeem(self, decision: Decision, amount: int, by: Member, reference: str) -> None:
        """The customer uses their store credit."""

    def close(self, member: Member, complaint: Complaint, reason: CloseReason, why: str = "") -> None:
        """Somebody closes it."""

    def rate(self, complaint: Complaint, made_right: int, quickness: int, words: str) -> None:
        """The customer says how it went."""
