"""Makes complaints, and wishes about them, in a line."""

import secrets

from remit.complaints.actions.deciding import Intent
from remit.complaints.customer_links import new_link
from remit.complaints.models import Complaint, Customer, Order
from remit.core.clock import now


def made_complaint(house, *, title="Cold dinner", category="late", paid=None, customer=None, team=None):
    """An open complaint of the harbour; with an order where something was paid."""
    number = 2001 + Complaint.objects.count()
    team = team or house.harbour
    customer = customer or Customer.objects.create(
        name="Ana Guest", email="guest@example.org", created_at=now()
    )
    order = None
    if paid is not None:
        order = Order.objects.create(
            team=team, number=f"118-{number}", customer=customer, paid=paid, currency="EUR", created_at=now()
        )
    return Complaint.objects.create(
        number=number,
        link=new_link(),
        team=team,
        customer=customer,
        order=order,
        title=title,
        category=category,
        channel="counter",
        opened_at=now(),
        last_at=now(),
        first_reply_due_at=now(),
        resolution_due_at=now(),
    )


def wants(kind, value, *, letter="", expects="", words="", key=None):
    """An intent with a key of its own."""
    return Intent(
        kind=kind, value=value, letter=letter, expects=expects, words=words, key=key or secrets.token_hex(16)
    )
