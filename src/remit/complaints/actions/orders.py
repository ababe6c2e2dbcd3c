"""Orders: light records, typed by hand or imported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from remit.complaints.models import Customer, Order
from remit.core.clock import now
from remit.core.writing import write
from remit.people.access import place_in
from remit.people.models import Member, Team
from remit.trail.actions import record


@dataclass(frozen=True, slots=True)
class OrderWords:
    """An order as it is told.

    Attributes:
        number: as the team writes it.
        paid: in minor units of the team's currency; None when it isn't known.
    """

    number: str
    paid: int | None = None
    placed_on: date | None = None
    summary: str = ""


def found_or_made_order(
    team: Team, words: OrderWords, *, customer: Customer | None, by: Member | None
) -> Order:
    """The order of a number, made when there is none yet; what wasn't known about it is filled in.

    What is known already stays as it is, and whose order it is isn't taken from the one who writes in.

    Raises:
        NotThere: the member isn't in the team.
    """
    with write():
        if by is not None:
            place_in(by, team)
        number = " ".join(words.number.split())[:60]
        order = Order.objects.select_related("customer").filter(team=team, number=number).first()
        if order is None:
            order = Order.objects.create(
                team=team,
                number=number,
                customer=customer if by is not None else None,
                paid=words.paid,
                currency=team.currency,
                placed_on=words.placed_on,
                summary=words.summary[:300],
                created_at=now(),
            )
            record("order-made", f"order:{order.pk}", by=by, team=team, paid=words.paid)
            return order
        filled = _filled_in(order, words, customer if by is not None else None)
        if filled:
            order.save(update_fields=filled)
            record("order-filled-in", f"order:{order.pk}", by=by, team=team, what=filled)
        return order


def _filled_in(order: Order, words: OrderWords, customer: Customer | None) -> list[str]:
    """Fill in what wasn't known; the names of what was."""
    filled = []
    if order.paid is None and words.paid is not None:
        order.paid = words.paid
        filled.append("paid")
    if order.placed_on is None and words.placed_on is not None:
        order.placed_on = words.placed_on
        filled.append("placed_on")
    if not order.summary and words.summary:
        order.summary = words.summary[:300]
        filled.append("summary")
    if order.customer is None and customer is not None:
        order.customer = customer
        filled.append("customer")
    return filled
