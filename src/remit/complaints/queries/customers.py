"""Customers as the desk sees them: found, suggested, and all that is known about one at a glance."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Final

from django.db import connection
from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Lower

from remit.complaints.access import complaints_for, customers_for, orders_for
from remit.complaints.actions.customers import customer_words
from remit.complaints.customer_search import begins_words
from remit.complaints.models import Complaint, Customer, CustomerMerge, Order, Rating
from remit.complaints.models.customers import EndOfPhone, end_of_phone
from remit.people.models import Member
from remit.remedies.models import Remedy
from remit.remedies.vocabulary import WAS_GIVEN

PAGE: Final = 50
_SHORTEST: Final = 2
_SUGGESTED: Final = 5
_SHOWN: Final = 50


@dataclass(frozen=True, slots=True)
class Known:
    """All that somebody may know about a customer.

    Attributes:
        complaints: with team and closing; the newest first.
        given: what was given, by currency, in minor units.
        times_given: how often.
        ratings: the newest first.
        alike: records that may be the same person.
        merges: that can be taken back.
    """

    customer: Customer
    complaints: list[Complaint]
    orders: list[Order]
    given: dict[str, int]
    times_given: int
    ratings: list[Rating]
    alike: list[Customer]
    merges: list[CustomerMerge]

    @property
    def open_complaints(self) -> int:
        """How many are open."""
        return sum(complaint.closed_at is None for complaint in self.complaints)

    @property
    def made_right(self) -> float | None:
        """The mean of what they said."""
        said = [rating.made_right for rating in self.ratings]
        return sum(said) / len(said) if said else None


def known_about(member: Member, customer: Customer) -> Known:
    """All about a customer that this member may see."""
    complaints = list(
        complaints_for(member)
        .filter(customer=customer)
        .select_related("team", "assignee")
        .order_by("-opened_at", "-id")[:_SHOWN]
    )
    remedies = list(
        Remedy.objects.filter(source__in=[complaint.subject for complaint in complaints], state__in=WAS_GIVEN)
    )
    given: dict[str, int] = {}
    for remedy in remedies:
        given[remedy.currency] = given.get(remedy.currency, 0) + remedy.counts
    ratings = Rating.objects.filter(complaint__in=[complaint.pk for complaint in complaints])
    merges = CustomerMerge.objects.filter(kept=customer, undone_at=None, kept__erased_at=None).select_related(
        "gone", "by"
    )
    return Known(
        customer,
        complaints,
        list(orders_for(member).filter(customer=customer).select_related("team").order_by("-id")[:_SHOWN]),
        given,
        len(remedies),
        list(ratings.select_related("complaint").order_by("-at")),
        alike(member, customer),
        list(merges),
    )


def alike(member: Member, customer: Customer) -> list[Customer]:
    """Records that may be the same person: the same mail, phone or name."""
    if customer.erased_at is not None:
        return []
    every = Customer.objects.alias(mail=Lower("email"), low=Lower("name"), end=EndOfPhone("phone"))
    # Each by its own index: in one condition with OR, SQLite would read all customers.
    same = [every.filter(low=Lower(Value(customer.name)))]
    if customer.email:
        same.append(every.filter(mail=Lower(Value(customer.email))))
    if customer.phone:
        same.append(every.filter(end=end_of_phone(customer.phone)))
    found = Customer.objects.none().union(*(each.values("pk") for each in same))
    others = customers_for(member).filter(pk__in=found.values("pk")).exclude(pk=customer.pk)
    return list(others.annotate(said=Count("complaints")).order_by("id")[:_SUGGESTED])


def found_customers(member: Member, text: str, *, after: str = "") -> QuerySet[Customer]:
    """Customers whose name, mail or phone has this in it, by name; one more than a page.

    Args:
        member: who looks.
        text: what is looked for; "" finds all.
        after: identifier of the last one of the page before.
    """
    found = customers_for(member).filter(erased_at=None)
    if text.strip():
        found = _fitting(found, text)
    last = Customer.objects.filter(pk=int(after)).first() if after.isdecimal() and len(after) < 18 else None  # noqa: PLR2004
    found = found.annotate(low=Lower("name"))
    if last is not None:
        name = last.name.lower()
        found = found.filter(Q(low__gt=name) | Q(low=name, pk__gt=last.pk))
    theirs = Complaint.objects.filter(customer=OuterRef("pk")).order_by()
    said = theirs.values("customer").annotate(count=Count("pk")).values("count")
    latest = theirs.order_by("-opened_at").values("opened_at")
    # Counted for the rows of the page alone: what is grouped would be all of them.
    return found.annotate(said=Coalesce(Subquery(said), Value(0)), last_at=Subquery(latest[:1])).order_by(
        "low", "pk"
    )[: PAGE + 1]


def suggested_customers(member: Member, text: str) -> list[Customer]:
    """The few who fit best what was typed so far."""
    if len(text.strip()) < _SHORTEST:
        return []
    return list(
        _fitting(customers_for(member).filter(erased_at=None), text)
        .annotate(said=Count("complaints"), last_at=Max("complaints__opened_at"))
        .order_by("-last_at", "id")[:_SUGGESTED]
    )


def _fitting(customers: QuerySet[Customer], text: str) -> QuerySet[Customer]:
    """Mail or phone where they are typed, and otherwise beginnings of words of the name or of the mail."""
    words, typed = customer_words(text), text.strip().lower()
    begins = words.email or (typed if "@" in typed and len(typed.split()) == 1 else "")
    if begins:
        mail = Lower("email")
        if connection.vendor == "postgresql":
            return customers.alias(mail=mail).filter(mail__startswith=begins)
        # SQLite looks into an index for what lies between two texts, and for no beginning.
        return customers.alias(mail=mail).filter(mail__gte=begins, mail__lt=begins + chr(sys.maxunicode))
    if words.phone:
        return customers.filter(phone__contains=words.phone.lstrip("+0"))
    begin = begins_words(text)
    return customers.none() if begin is None else customers.filter(begin)
