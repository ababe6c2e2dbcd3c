"""The acts of the desk, carried out by the actions of the application one by one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from remit.approvals.actions import saw
from remit.approvals.models import Approval
from remit.charters.actions.lending import lend
from remit.charters.models import Delegation
from remit.complaints.actions import answering, closing, conversation, deciding, handling, rating, waiting
from remit.complaints.actions.answering import Answer
from remit.complaints.actions.changing import change, details_of
from remit.complaints.actions.customers import merge_customers
from remit.complaints.actions.deciding import Intent
from remit.complaints.actions.opening import open_complaint
from remit.complaints.actions.orders import OrderWords
from remit.complaints.models import Complaint, Decision
from remit.complaints.vocabulary import CloseReason, MessageForm
from remit.demo.desk import Told
from remit.people.models import Member, Team
from remit.remedies.actions import handing_over
from remit.remedies.actions.taking_back import take_back
from remit.remedies.models import Remedy, StoreCredit
from remit.reviews.actions import asking, looking, weekly
from remit.reviews.models import Review, Round
from remit.reviews.vocabulary import Outcome
from remit.reviews.weeks import week_of


class ByActions:
    """See `remit.demo.desk.Desk`; what was changed is read anew, so that stories see it as it is."""

    def open(self, told: Told) -> Complaint:
        """A complaint comes in."""
        complaint = open_complaint(
            told.team,
            text=told.text,
            channel=told.channel,
            by=told.by,
            title=told.title,
            category=told.category,
            severity=told.severity,
            customer=told.customer,
            order=OrderWords(told.order, told.paid, told.placed_on, told.summary) if told.order else None,
            sought=told.sought,
            about=told.about,
        )
        return _fresh(complaint)

    def take_up(self, member: Member, complaint: Complaint) -> None:
        """Somebody takes it up."""
        handling.take_up(member, complaint)
        _fresh(complaint)

    def hand_over(self, member: Member, complaint: Complaint, receiver: Member, why: str) -> None:
        """Somebody hands it to a colleague."""
        handling.hand_over(member, complaint, receiver, why)
        _fresh(complaint)

    def tag(self, member: Member, complaint: Complaint, word: str) -> None:
        """Somebody puts a tag on it."""
        seen = details_of(_fresh(complaint))
        change(member, complaint, seen | {"tags": word}, seen=seen)
        _fresh(complaint)

    def reply(self, member: Member, complaint: Complaint, text: str) -> None:
        """Somebody answers the customer."""
        conversation.reply(member, complaint, text)
        _fresh(complaint)

    def note(self, member: Member, complaint: Complaint, text: str) -> None:
        """Somebody writes down what only the team sees."""
        conversation.note(member, complaint, text)

    def consult(self, member: Member, complaint: Complaint, colleague: Member, text: str) -> None:
        """Somebody asks a colleague what they would do."""
        conversation.ask_colleague(member, complaint, colleague, text)

    def advise(self, colleague: Member, complaint: Complaint, text: str) -> None:
        """The colleague says what they would do."""
        question = complaint.messages.filter(form=MessageForm.QUESTION).order_by("at", "id").last()
        if question is not None:
            conversation.advise(colleague, complaint, question, text)

    def hear(self, complaint: Complaint, text: str) -> None:
        """The customer writes."""
        conversation.hear_customer(complaint, text)
        _fresh(complaint)

    def another_look(self, complaint: Complaint, text: str) -> None:
        """The customer isn't content with how it was closed."""
        closing.ask_for_another_look(complaint, text)
        _fresh(complaint)

    def decide(self, member: Member, complaint: Complaint, intent: Intent) -> Decision:
        """Somebody gives, proposes or asks."""
        decision = deciding.decide(member, complaint.number, intent)
        _fresh(complaint)
        return _fresh_decision(decision)

    def asked(self, decision: Decision) -> list[Member]:
        """Whose answer is wanted, or who may object, the first who was asked first."""
        asked = _approval(decision).asked.select_related("member").order_by("id")
        return [each.member for each in asked]

    def see(self, decision: Decision, member: Member) -> None:
        """Somebody who was asked has the question before their eyes."""
        saw(_approval(decision), member)

    def move_on(self, decision: Decision) -> None:
        """Time passes over a question: a wider circle is asked, or it expires."""
        waiting.move_on(_approval(decision).pk)
        _fresh_decision(decision)

    def count_down(self, decision: Decision) -> None:
        """Time passes over a proposal: it goes ahead at its end."""
        waiting.count_down(_approval(decision).pk)
        _fresh_decision(decision)

    def answer(self, member: Member, decision: Decision, answer: Answer) -> None:
        """Somebody answers a question."""
        answering.answer(member, _approval(decision).pk, answer)
        _fresh_decision(decision)

    def object_to(self, member: Member, decision: Decision, why: str) -> None:
        """Somebody stops a proposal."""
        answering.object_to(member, _approval(decision).pk, why)
        _fresh_decision(decision)

    def settle(self, decision: Decision, by: Member | None, reference: str = "") -> None:
        """What was given is handed over."""
        handing_over.settle(_remedy(decision), by, reference)
        _fresh_decision(decision)

    def redeem(self, decision: Decision, amount: int, by: Member, reference: str) -> None:
        """The customer uses their store credit."""
        credit = StoreCredit.objects.select_related("remedy__team").get(remedy=decision.remedy)
        handing_over.redeem(credit, amount, by, reference)

    def close(self, member: Member, complaint: Complaint, reason: CloseReason, why: str = "") -> None:
        """Somebody closes it."""
        closing.close_complaint(member, _fresh(complaint), reason, why)
        _fresh(complaint)

    def rate(self, complaint: Complaint, made_right: int, quickness: int, words: str) -> None:
        """The customer says how it went."""
        rating.rate(_fresh(complaint), made_right, quickness, words)

    def lend(self, giver: Member, team: Team, **part: Any) -> Delegation:  # noqa: ANN401
        """Somebody lends their authority, or a part of it; see the action."""
        return lend(giver, team, **part)

    def withdraw(self, decision: Decision, why: str) -> None:
        """Somebody takes back their question or proposal."""
        deciding.withdraw(decision.member, _approval(decision), why)
        _fresh_decision(decision)

    def take_back(self, decision: Decision, amount: int, by: Member, why: str) -> None:
        """What was given is taken back, whole or in part."""
        take_back(_remedy(decision), amount, by, why)
        _fresh_decision(decision)

    def reopen(self, member: Member, complaint: Complaint, why: str) -> None:
        """Somebody opens it again."""
        closing.reopen_complaint(member, complaint, why)
        _fresh(complaint)

    def merge(self, member: Member, kept: Complaint, gone: Complaint) -> None:
        """Somebody finds that two customers are one."""
        if kept.customer is None or gone.customer is None:
            raise RuntimeError("nobody is named whom one could merge")
        merge_customers(member, kept.customer, gone.customer)


class WithReviews(ByActions):
    """The same with the reviews; see `remit.demo.reviewed.Reviewing`."""

    def open_week(self, team: Team, moment: datetime, key: bytes) -> Round | None:
        """The week that a moment lies in is opened."""
        return weekly.open_with(key, team, week_of(team, moment))

    def draw_week(self, row: Round) -> Round:
        """A week that is over is drawn."""
        weekly.draw_round(row.pk)
        return Round.objects.select_related("team").get(pk=row.pk)

    def ask_for_looks(self, row: Round) -> list[Review]:
        """A reviewer is asked for everything that a week drew."""
        asking.ask_reviewers(row.pk)
        return list(_REVIEWS.filter(lot__round=row.pk).order_by("pk"))

    def look(self, review: Review, outcome: Outcome, why: str, better: str) -> None:
        """A reviewer says what they would have decided."""
        looking.finish(review.reviewer, review.pk, outcome, why=why, better=better)

    def pass_look_on(self, review: Review) -> Review | None:
        """A review wasn't done by its day: somebody else is asked, or it is given up."""
        found = asking.pass_on(review.pk)
        return _REVIEWS.get(pk=found.pk) if found else None

    def answer_look(self, review: Review, words: str) -> None:
        """Whoever decided answers."""
        looking.answer(review.decision.member, review.pk, words)

    def thank(self, review: Review) -> None:
        """Whoever decided found it helpful."""
        looking.mark_helpful(review.decision.member, review.pk)


_REVIEWS = Review.objects.select_related("reviewer", "lot__round", "decision__member", "decision__team")


def _approval(decision: Decision) -> Approval:
    if decision.approval is None:
        raise RuntimeError(f"nothing was asked about {decision}")
    return decision.approval


def _remedy(decision: Decision) -> Remedy:
    if decision.remedy is None:
        raise RuntimeError(f"nothing was given by {decision}")
    return Remedy.objects.select_related("team").get(pk=decision.remedy.pk)


def _fresh(complaint: Complaint) -> Complaint:
    rows = Complaint.objects.select_related("team", "customer", "order", "assignee")
    complaint.__dict__.update(rows.get(pk=complaint.pk).__dict__)
    return complaint


_AT_HAND: Sequence[str] = (
    "approval",
    "remedy",
    "message",
    "member",
    "team",
    "complaint__team",
    "complaint__order",
    "complaint__assignee",
)


def _fresh_decision(decision: Decision) -> Decision:
    rows = Decision.objects.select_related(*_AT_HAND)
    decision.__dict__.update(rows.get(pk=decision.pk).__dict__)
    return decision
