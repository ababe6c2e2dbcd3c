"""What members are told about money that goes back through a provider, and who is told."""

from __future__ import annotations

from collections.abc import Iterable

from remit.notices.actions import Message
from remit.people.models import Member
from remit.people.queries import leads_of
from remit.remedies.dispute_words import dispute_title, dispute_words
from remit.remedies.models import Connection, Payment, Remedy
from remit.remedies.providers.contract import DisputeState
from remit.remedies.vocabulary import BALANCE_SHORT, CAME_BACK
from remit_engine.money import written

_TO_HAND_OVER = "/remedies/"


def who_hears(remedy: Remedy) -> list[Member]:
    """Whom it concerns that a remedy is to be handed over by hand: who gave it, and the leads of its team."""
    return [remedy.member, *leads_of(remedy.team)]


def came_back(remedy: Remedy, words: str) -> Message:
    """A refund, or a part of it, didn't go through or came back."""
    of_all = f" of {written(remedy.counts, remedy.currency)}" if remedy.owing < remedy.counts else ""
    return Message(
        code=CAME_BACK,
        subject=f"remedy:{remedy.pk}",
        title=f"{written(remedy.owing, remedy.currency)}{of_all} didn't arrive",
        body=f"{words} The customer was promised it: hand it over another way, then tick it off.",
        address=_TO_HAND_OVER,
        is_urgent=True,
    )


def waits_for_customer(remedy: Remedy, amount: int, words: str) -> Message:
    """A refund goes on only once the customer did something: they may wait for us meanwhile."""
    return Message(
        code="refund-waits",
        subject=f"remedy:{remedy.pk}",
        title=f"{written(amount, remedy.currency)} of a refund waits for the customer",
        body=words,
        address=_TO_HAND_OVER,
    )


def balance_is_short(connection: Connection, words: str) -> Message:
    """Refunds wait for money that the team has to bring to the provider first."""
    return Message(
        code=BALANCE_SHORT,
        subject=f"connection:{connection.pk}",
        title=f"Refunds wait for money at {connection.account}",
        body=words,
        address=f"/money/{connection.pk}/",
        is_urgent=True,
    )


def payment_disputed(payment: Payment) -> Message:
    """The customer's bank takes a payment back or asks about it, or that came to an end."""
    source = Remedy.objects.filter(order_key=payment.order_key).values_list("source", flat=True).last()
    return Message(
        code="payment-disputed",
        subject=f"payment:{payment.pk}",
        title=dispute_title(payment),
        body=dispute_words(payment),
        address=f"/complaints/{source.partition(':')[2]}/payment/" if source else _TO_HAND_OVER,
        is_urgent=payment.dispute in {DisputeState.OPEN, DisputeState.ASKED},
    )


def connection_in_trouble(connection: Connection, words: str) -> Message:
    """A provider lets nothing through any more."""
    return Message(
        code="connection-in-trouble",
        subject=f"connection:{connection.pk}",
        title=f"Nothing goes back through {connection.account}",
        body=words,
        address=f"/money/{connection.pk}/",
        is_urgent=True,
    )


def books_differ(connection: Connection, how_many: int) -> Message:
    """The daily look found something that isn't the same here and at the provider."""
    things = "One refund isn't" if how_many == 1 else f"{how_many} refunds aren't"
    return Message(
        code="refunds-differ",
        subject=f"connection:{connection.pk}",
        title=f"{things} the same here and at {connection.account}",
        body="Each stands on the page of the connection, with what may be behind it.",
        address=f"/money/{connection.pk}/",
    )


def examples(remedy: Remedy, connection: Connection, payment: Payment) -> Iterable[Message]:
    """One message of each kind."""
    yield came_back(remedy, "The bank of the customer sent it back (lost_or_stolen_card).")
    yield connection_in_trouble(connection, "The key was revoked. Make a new one, and put it in.")
    yield books_differ(connection, 2)
    yield waits_for_customer(remedy, remedy.value, "It waits for the customer: have them answer.")
    yield balance_is_short(connection, "The balance doesn't cover it: top it up.")
    yield payment_disputed(payment)
