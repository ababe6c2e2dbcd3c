"""Finding somebody across the application: by name, mail, phone, the number of an order or a complaint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Max, Q
from django.db.models.functions import Lower

from remit.complaints.actions.customers import customer_words
from remit.complaints.models import Complaint, Customer, Order
from remit.complaints.queries.search import Search
from remit.people.models import Member
from remit.people.vocabulary import FORMER

MOST: Final = 30
_SHORTEST: Final = 2


@dataclass(frozen=True, slots=True)
class Found:
    """Who fits what was typed.

    Attributes:
        customers: the records that go on, with `said` and `last_at`; by name.
        members: who works here or did.
        is_more: whether more fit than are shown.
    """

    customers: Sequence[Customer]
    members: Sequence[Member]
    is_more: bool


def find(text: str) -> Found:
    """Who fits; nobody for less than two letters."""
    text = " ".join(text.split())[:200]
    if len(text) < _SHORTEST:
        return Found([], [], is_more=False)
    rows = (
        Customer.objects.filter(pk__in=_going_on(_keys(text)), erased_at=None)
        .annotate(said=Count("complaints"), last_at=Max("complaints__opened_at"))
        .order_by(Lower("name"), "pk")
    )
    customers = list(rows[: MOST + 1])
    named = Q(name__icontains=text) | Q(email__icontains=text) | Q(word=text.lower())
    members = Member.objects.filter(named, is_software=False).exclude(name=FORMER).order_by("name")[:MOST]
    return Found(customers[:MOST], list(members), len(customers) > MOST)


def _keys(text: str) -> set[int]:
    """Customers whose own record fits, or one of whose orders or complaints has this number."""
    words = customer_words(text)
    fits = Q(name__icontains=text) | Q(email__icontains=words.email or text)
    if words.phone:
        fits |= Q(phone__contains=words.phone.lstrip("+0"))
    found: set[int | None] = set(Customer.objects.filter(fits).values_list("pk", flat=True)[: MOST * 4])
    orders = Order.objects.filter(number__iexact=text)
    found |= set(orders.values_list("customer", flat=True))
    number = Search(text).number
    of_order = Q(order__in=orders) | Q(number=number) if number is not None else Q(order__in=orders)
    found |= set(Complaint.objects.filter(of_order).values_list("customer", flat=True))
    return {key for key in found if key is not None}


def _going_on(keys: set[int]) -> set[int]:
    """The records that go on, in place of those that were merged into another."""
    goes_on = keys
    while True:
        rows = Customer.objects.filter(pk__in=goes_on, merged_into__isnull=False)
        merged = {each.pk: each.merged_into_id or each.pk for each in rows.only("merged_into")}
        if not merged:
            return goes_on
        goes_on = {merged.get(key, key) for key in goes_on}
