"""Closed complaints of the harbour, full of names."""

from datetime import date, timedelta

from tests.app.made_complaints import made_complaint, wants

from remit.complaints.actions.closing import close_complaint
from remit.complaints.actions.deciding import decide
from remit.complaints.actions.rating import rate
from remit.complaints.models import Customer, Message, Order
from remit.core import clock
from remit.core.clock import now

LONG_AGO = timedelta(days=60)


def closed_complaint(house, *, said="The dinner was cold.", value=4200, decider=None, **more):
    """A complaint that was opened, decided by ana and closed two months ago, and what the guest said then.

    More: `title`, `category`, `customer`, `order`, `stars`, `rating_words`, `reason`, `why`.
    """
    decider = decider or house.ana
    with clock.at(now() - LONG_AGO):
        complaint = made_complaint(
            house,
            title=more.get("title", "Cold dinner"),
            category=more.get("category", "late"),
            customer=more.get("customer"),
        )
        complaint.order = Order.objects.create(
            team=house.harbour,
            number=f"{more.get('order', '118-2231')}-{complaint.number}",
            customer=complaint.customer,
            placed_on=date(2026, 9, 23),
            paid=31200,
            currency="EUR",
            created_at=now(),
        )
        complaint.save()
        Message.objects.create(complaint=complaint, form="from-customer", text=said, at=now())
    with clock.at(now() - LONG_AGO + timedelta(hours=1)):
        if value:
            decide(decider, complaint.number, wants("refund", value))
        close_complaint(decider, complaint, more.get("reason", "made-right"), more.get("why", ""))
        complaint.refresh_from_db()
        if stars := more.get("stars", 4):
            rate(complaint, stars, 3, more.get("rating_words", ""))
    return complaint


def a_category(house, category="late", count=5):
    """So many alike that none of them is known by itself."""
    return [closed_complaint(house, category=category, value=500) for _ in range(count)]


def known_customer(name, email="", phone=""):
    """A customer whom the house knows."""
    return Customer.objects.create(name=name, email=email, phone=phone, created_at=now())
