"""What is known of how an order was paid, and of what was given back on it without Remit."""

from __future__ import annotations

from remit.complaints.models import Complaint, Order
from remit.core.errors import NotThere, Refusal
from remit.core.writing import write
from remit.people.access import need_rank, place_in
from remit.people.models import Member
from remit.people.vocabulary import Rank
from remit.remedies.actions.elsewhere import strike, write_down
from remit.remedies.actions.giving import given_on
from remit.remedies.models import Elsewhere
from remit_engine.money import written


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
