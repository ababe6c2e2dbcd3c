"""What the customer sees on their page: their side of it, and nothing that is for the team."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from remit.charters.in_force import compiled_version
from remit.complaints.models import Attachment, Closure, Complaint, Decision, Message, Rating, RatingSetting
from remit.complaints.queries.page import with_their_files
from remit.complaints.vocabulary import (
    CLOSED_IN_PLAIN_WORDS,
    MADE_RIGHT_WORDS,
    Channel,
    CloseReason,
    MailState,
    MessageForm,
)
from remit.core.clock import now
from remit.remedies.models import Event, Remedy, StoreCredit
from remit.remedies.vocabulary import WAS_GIVEN, State
from remit_engine.money import written

FOR_THE_CUSTOMER: Final = frozenset(
    {MessageForm.FROM_CUSTOMER, MessageForm.TO_CUSTOMER, MessageForm.AUTOMATIC}
)
"""The only forms of messages that ever stand on the customer's page."""
SHOWN: Final = 200
_GIVEN_WORDS: Final = {
    "refund": "We give you {amount} back.",
    "adjustment": "We take {amount} off your bill.",
    "credit": "You have a credit of {amount} with us.",
    "replacement": "We replace it.",
    "comp": "It is on the house.",
    "apology": "We apologise.",
}


@dataclass(frozen=True, slots=True)
class Use:
    """A time that the customer used their credit.

    Attributes:
        amount: minor units.
    """

    amount: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Given:
    """Something that was given, as the customer reads it.

    Attributes:
        kind: of remedy.
        value, currency: its worth.
        what: in words, for a replacement.
        say: the reason, as the charter says it to customers; "" for none.
        code: of a credit, "" for none.
        code_left: minor units of it that can still be used.
        uses: of the credit, the latest last.
        face: minor units that it was made over; less than `value` where the rest went back otherwise.
        last_day: on which the credit can be used; None where it never ends.
        has_ended: whether that day is over.
        is_settled: whether it was handed over already.
    """

    kind: str
    value: int
    currency: str
    what: str
    say: str
    code: str
    code_left: int
    uses: Sequence[Use]
    face: int
    last_day: date | None
    has_ended: bool
    is_settled: bool
    at: datetime

    @property
    def sentence(self) -> str:
        """What is given, in a sentence."""
        amount = written(self.value, self.currency)
        if self.has_ended and self.face == self.value:
            return f"You had a credit of {amount} with us."
        return _GIVEN_WORDS.get(self.kind, "We give you {amount}.").format(amount=amount)


@dataclass(frozen=True, slots=True)
class CustomerView:
    """The customer's page.

    Attributes:
        state: one of `waiting`, `our-turn`, `their-turn`, `closed`, `again`, `merged`.
        closed_words: why it was closed, in plain words.
        goes_on: the complaint that it was merged into; None where it came by the public form: whoever filled
            that in showed nobody who they are, and would read what the real customer wrote.
        hears_by_mail: whether an answer goes to an address that they know of.
        can_rate: whether the questions about how it went are shown.
        until: by when they hear from us, or None.
    """

    complaint: Complaint
    state: str
    messages: Sequence[Message]
    given: Sequence[Given]
    closure: Closure | None
    closed_words: str
    goes_on: Complaint | None
    hears_by_mail: bool
    can_rate: bool
    until: datetime | None

    @property
    def rating(self) -> Rating | None:
        """What they said about it, or None."""
        return getattr(self.closure, "rating", None)

    @property
    def rating_words(self) -> str:
        """Their answer to *was it made right?*."""
        return MADE_RIGHT_WORDS[self.rating.made_right] if self.rating else ""

    @property
    def is_late(self) -> bool:
        """Whether they should have heard from us already."""
        return self.until is not None and self.until < now()


def view_of_customer(complaint: Complaint) -> CustomerView:
    """Everything that the customer's page shows.

    Args:
        complaint: with its team, customer and order at hand.
    """
    messages = list(seen_by_customer(complaint).order_by("-at", "-id")[:SHOWN])[::-1]
    with_their_files(messages)
    closures = list(complaint.closures.select_related("rating").order_by("-at", "-id")[:2])
    closure = closures[0] if closures and closures[0].reopened_at is None else None
    is_proven = complaint.channel != Channel.FORM
    goes_on = (
        Complaint.objects.filter(pk=complaint.merged_into_id, customer=complaint.customer_id).first()
        if complaint.merged_into_id and complaint.customer_id and is_proven
        else None
    )
    can_rate = (
        closure is not None
        and closure.reason != CloseReason.DUPLICATE
        and not hasattr(closure, "rating")
        and _asks(complaint)
    )
    return CustomerView(
        complaint,
        _state(complaint, closures, messages),
        messages,
        [] if complaint.merged_into_id else given_to_customer(complaint),
        closure,
        CLOSED_IN_PLAIN_WORDS[CloseReason(closure.reason)] if closure else "",
        goes_on,
        is_proven and complaint.customer is not None and bool(complaint.customer.email),
        can_rate,
        complaint.reply_due_at,
    )


def seen_by_customer(complaint: Complaint) -> QuerySet[Message]:
    """What of the conversation the customer sees: never what the team says among itself, nor what was taken
    back, nor what hasn't left yet.
    """  # noqa: D205
    return (
        Message.objects.filter(complaint=complaint, form__in=FOR_THE_CUSTOMER)
        .exclude(mail_state=MailState.TAKEN_BACK)
        .filter(Q(leaves_at=None) | Q(leaves_at__lte=now()))
        .select_related("author")
        .annotate(has_files=Exists(Attachment.objects.filter(message=OuterRef("pk"))))
    )


def given_to_customer(complaint: Complaint) -> Sequence[Given]:
    """What was given and can't be undone by a click any more; what is held or asked for isn't given."""
    decisions = (
        Decision.objects.filter(complaint=complaint, remedy__state__in=WAS_GIVEN)
        .filter(Q(remedy__settles_at=None) | Q(remedy__settles_at__lte=now()))
        .select_related("remedy__store_credit", "remedy__team", "charter__extends__extends")
        .prefetch_related(
            Prefetch(
                "remedy__events",
                Event.objects.filter(Q(what__startswith="redeemed-") | Q(what__startswith="put-back-")),
            )
        )
        .order_by("at", "id")
    )
    return [_given(decision, decision.remedy) for decision in decisions if decision.remedy is not None]


def _given(decision: Decision, remedy: Remedy) -> Given:
    credit = getattr(remedy, "store_credit", None)
    return Given(
        remedy.kind,
        remedy.counts,
        remedy.currency,
        remedy.what,
        _say(decision),
        credit.code if credit else "",
        credit.left if credit else 0,
        _uses(remedy) if credit else (),
        credit.face if credit else 0,
        credit.last_day if credit else None,
        bool(credit and credit.has_ended and not _is_used_up(remedy, credit)),
        remedy.state == State.SETTLED,
        remedy.made_at,
    )


def _is_used_up(remedy: Remedy, credit: StoreCredit) -> bool:
    """Whether the customer had all of it, so that nothing of it could end."""
    return sum(use.amount for use in _uses(remedy)) >= credit.face


def _uses(remedy: Remedy) -> list[Use]:
    events = list(remedy.events.all())
    put_back = {event.what.removeprefix("put-back-") for event in events}
    return [
        Use(event.amount, event.at)
        for event in events
        if event.what.startswith("redeemed-") and event.what.removeprefix("redeemed-") not in put_back
    ]


def _say(decision: Decision) -> str:
    """What the charter says to the customer about it: of the grants that made the verdict."""
    names = decision.verdict.get("grants", [])
    charter = compiled_version(decision.charter).charter
    above = charter.extends.grants if charter.extends else ()
    return next((each.say for each in (*charter.grants, *above) if each.id in names and each.say), "")


def _state(complaint: Complaint, closures: Sequence[Closure], messages: Sequence[Message]) -> str:
    if complaint.merged_into_id:
        return "merged"
    if complaint.closed_at is not None:
        return "closed"
    if complaint.reply_due_at is None and _has_our_word(messages):
        return "their-turn"
    if closures:
        return "again"
    return "our-turn" if complaint.first_replied_at else "waiting"


def _has_our_word(messages: Sequence[Message]) -> bool:
    """Whether what was said last is an answer of ours: one that hasn't left yet isn't seen."""
    said = [each.form for each in messages if each.form != MessageForm.AUTOMATIC]
    return bool(said) and said[-1] == MessageForm.TO_CUSTOMER


def _asks(complaint: Complaint) -> bool:
    setting = RatingSetting.objects.filter(team=complaint.team).first()
    return setting is None or setting.asks
