"""What is known of how an order was paid, and of what was given back on it without Remit."""

from __future__ import annotations

from collections.abc import Sequence

from remit.complaints.actions.orders import OrderWords, found_or_made_order
from remit.complaints.models import Complaint, Order
from remit.core.errors import NotThere, Refusal
from remit.core.writing import write
from remit.jobs.queue import later
from remit.people.access import need_rank, place_in
from remit.people.models import Member
from remit.people.vocabulary import Rank
from remit.remedies.actions.elsewhere import strike, write_down
from remit.remedies.actions.giving import given_on
from remit.remedies.models import Elsewhere, Payment
from remit.remedies.payments import connection_of
from remit.remedies.providers.contract import PaymentThere
from remit_engine.money import written


def look_for_payment(order: Order) -> None:
    """Have the payment of an order looked for, where its team has a provider and no payment is known."""
    if Payment.objects.filter(order_key=order.key).exists() or connection_of(order.team) is None:
        return
    later("remit.complaints.jobs.find_payment", unique_key=f"find-payment-{order.pk}", order=order.pk)


def take_found_payment(order: Order, found: Sequence[PaymentThere]) -> PaymentThere | None:
    """The one payment that surely is an order's: of its number, in its currency, over what was paid.

    Args:
        order: as it is known here.
        found: what the provider has for its number.

    Returns:
        It, to be linked; None where there is none, or more than one, so that somebody has to look.
    """
    fitting = [
        payment
        for payment in found
        if payment.order == order.number
        and payment.currency == order.currency
        and order.paid in {None, payment.amount}
    ]
    if len(fitting) != 1:
        return None
    words = OrderWords(order.number, paid=fitting[0].amount)
    found_or_made_order(order.team, words, customer=None, by=None)
    return fitting[0]


def note_given_elsewhere(
    member: Member, complaint: Complaint, amount: int, *, reference: str, why: str
) -> Elsewhere:
    """Write down what was given back on an order without Remit: it counts from now on.

    Args:
        member: who knows it.
        complaint: of the order.
        amount: minor units of the order's currency.
        reference: of the till or the bank; "" for none.
        why: never empty.

    Raises:
        NotThere: the complaint has no order.
        Refusal: more was given than was paid.
    """
    if complaint.order is None:
        raise NotThere("order")
    with write():
        order = Order.objects.get(pk=complaint.order.pk)
        left = None if order.paid is None else order.paid - given_on(complaint.order_key)
        if left is not None and amount > left:
            raise Refusal(
                "more-than-paid",
                f"Only {written(max(left, 0), order.currency)} of what was paid isn't given back yet.",
                "If more was paid, correct the order first.",
                field="amount",
            )
        return write_down(
            member,
            complaint.team,
            complaint.order_key,
            amount,
            order.currency,
            reference=reference,
            why=why,
        )


def strike_elsewhere(member: Member, complaint: Complaint, number: int, why: str) -> None:
    """What was written down by mistake doesn't count any more; for leads.

    Raises:
        NotAllowed: they are no lead.
        NotThere: nothing of this number was given on the order of the complaint.
        Refusal: the provider said so.
        Changed: it was struck already.
    """
    need_rank(place_in(member, complaint.team), Rank.LEAD, "strike what was written down")
    with write():
        row = Elsewhere.objects.filter(pk=number, order_key=complaint.order_key).first()
        if row is None:
            raise NotThere("refund")
        strike(row, member, why)
