"""Complaints for the tests of their page, made by the actions."""

from remit.complaints.actions.customers import CustomerWords
from remit.complaints.actions.opening import open_complaint
from remit.complaints.actions.orders import OrderWords
from remit.complaints.models import Complaint
from remit.complaints.vocabulary import Channel

JO = CustomerWords(name="Jo Miller", email="jo@example.com", phone="0170 1234567")


def opened(house, text="The soup was cold.", **words):
    """A complaint of Jo Miller at Harbour Street, fresh from the database."""
    words.setdefault("customer", JO)
    complaint = open_complaint(
        words.pop("team", house.harbour), text=text, channel=words.pop("channel", Channel.FORM), **words
    )
    return fresh(complaint)


def with_order(house, number="118-1", paid=8600, **words):
    """The same, about an order."""
    return opened(house, order=OrderWords(number=number, paid=paid), **words)


def fresh(complaint):
    """The complaint as it stands."""
    return Complaint.objects.select_related("team", "customer", "order", "assignee").get(pk=complaint.pk)
