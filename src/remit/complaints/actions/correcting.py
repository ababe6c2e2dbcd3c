"""An order corrected by hand: what was written down wrongly is a fact in judging, so it says why."""

from __future__ import annotations

from datetime import date
from typing import Final

from remit.complaints.actions.looked_at_again import looked_at_again, written_text
from remit.complaints.actions.orders import OrderWords
from remit.complaints.actions.questions import facts_changed
from remit.complaints.models import Complaint, Order
from remit.core.clock import today
from remit.core.errors import Changed, Refusal
from remit.core.writing import write
from remit.people.models import Member
from remit.remedies.actions.giving import given_on
from remit.trail.actions import record
from remit_engine.money import written

_WORDS: Final = {"number": "number", "paid": "paid", "placed_on": "date", "summary": "items"}
_JUDGED: Final = ("paid", "placed_on")
"""What a charter may judge by."""


def words_of(order: Order) -> OrderWords:
    """What is known about an order now."""
    return OrderWords(order.number, order.paid, order.placed_on, order.summary)


def correct_order(
    member: Member, complaint: Complaint, words: OrderWords, *, seen: OrderWords, why: str
) -> Order:
    """Correct the order of a complaint; open questions whose facts change are void, and both sides told.

    Args:
        member: who; anybody in the team of the complaint.
        complaint: whose order.
        words: as the order should be.
        seen: as it was when they began.
        why: a word why, kept in the trail.

    Raises:
        NotThere: they aren't in its team.
        Changed: a colleague corrected it meanwhile.
        Refusal: there is no order, the number is another one's, or more was given than would have been paid.
    """
    with write():
        _, complaint = looked_at_again(member, complaint)
        why = written_text(why, field="why", most=1000)
        if complaint.order is None:
            raise Refusal(
                "no-order", "No order is known here.", "Give its number under what is known, and save."
            )
        order = complaint.order
        before = words_of(order)
        wanted = _tidy(words)
        changed = [name for name in _WORDS if getattr(wanted, name) != getattr(before, name)]
        if not changed:
            return order
        if before != seen:
            raise Changed(
                "changed-meanwhile",
                "A colleague corrected this order while you were writing.",
                "Open the page anew, see what stands there now, and correct what is still wrong.",
            )
        _need_possible(complaint, order, wanted)
        for name in changed:
            setattr(order, name, getattr(wanted, name))
        order.save(update_fields=changed)
        figures = {name: _figure(getattr(wanted, name)) for name in _JUDGED if name in changed}
        record(
            "order-corrected",
            complaint.subject,
            by=member,
            team=complaint.team,
            words=f"{_in_words(before, wanted, changed, order.currency)}. {why}",
            order=order.pk,
            fields=[_WORDS[name] for name in changed],
            **figures,
        )
        if not set(_JUDGED).isdisjoint(changed):
            dated = "placed_on" in changed
            for each in Complaint.objects.filter(order=order).select_related("team", "order"):
                facts_changed(each, member, is_dated_anew=dated)
    return order


def _tidy(words: OrderWords) -> OrderWords:
    number = " ".join(words.number.split())[:60]
    if not number:
        raise Refusal("no-number", "An order has a number.", "Write it as you find it.", field="number")
    return OrderWords(number, words.paid, words.placed_on, " ".join(words.summary.split())[:300])


def _need_possible(complaint: Complaint, order: Order, wanted: OrderWords) -> None:
    """Refuse what can't be.

    Raises:
        Refusal: the number is another one's, the date is to come, or more was given than was paid.
    """
    others = Order.objects.filter(team=order.team_id, number=wanted.number).exclude(pk=order.pk)
    if others.exists():
        raise Refusal(
            "number-taken",
            f"{wanted.number} is the number of another order.",
            "If this complaint is about that one, give its number under what is known.",
            field="number",
        )
    if wanted.placed_on is not None and wanted.placed_on > today(complaint.team.time_zone):
        raise Refusal(
            "date-to-come", "That day is still to come.", "Give the day of the order.", field="placed_on"
        )
    given = given_on(complaint.order_key)
    if wanted.paid is not None and wanted.paid != order.paid and wanted.paid < given:
        raise Refusal(
            "less-than-given",
            f"{_money(given, order.currency)} was given on this order already.",
            "Less can't have been paid; take back what was given too much first.",
            field="paid",
        )


def _in_words(before: OrderWords, after: OrderWords, changed: list[str], currency: str) -> str:
    return "; ".join(
        f"{_WORDS[name]}: {_said(getattr(before, name), currency)} → {_said(getattr(after, name), currency)}"
        for name in changed
    )


def _said(value: str | int | date | None, currency: str) -> str:
    if isinstance(value, int):
        return _money(value, currency)
    return str(value) if value not in {None, ""} else "–"


def _money(amount: int, currency: str) -> str:
    return written(amount, currency)


def _figure(value: int | date | None) -> int | str | None:
    return value.isoformat() if isinstance(value, date) else value
