"""All rows that belong to one customer, and what of them the books need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.db.models import CharField, Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse

from remit.approvals.models import Approval
from remit.complaints.models import Complaint, Customer, Decision, Order
from remit.core.erasing import Traces
from remit.core.errors import NotThere
from remit.privacy.models import Hold
from remit.remedies.models import Elsewhere, Payment, Remedy
from remit.reviews.models import Review

_LARGEST: Final = 2**63 - 1
OF_ONE_CUSTOMER: Final = (
    *("complaint:", "order:", "customer:", "remedy:"),
    *("approval:", "approval-ended:", "decision:", "review:"),
)
"""How what belongs to one customer is named in the trail: what is said there of others stays theirs."""
_AT_ONCE: Final = 4
"""How many mergings after one another are followed in one query."""


@dataclass(frozen=True)
class Reach:
    """One person: every record of them, and what hangs on it.

    Attributes:
        customers: the one that goes on first, then those that were merged into it.
        complaints: with `is_asked`, `is_on_hold`, `has_decision` and `takes_in`: whether a question about it
            is open, nothing may be erased, something was decided, one of others was merged into it.
        orders: with `is_in_books`: whether a payment or a refund from elsewhere names it.
    """

    customers: Sequence[Customer]
    complaints: Sequence[Complaint]
    orders: Sequence[Order]

    @property
    def customer(self) -> Customer:
        """The record that goes on."""
        return self.customers[0]

    @property
    def keys(self) -> tuple[list[int], list[int], list[int]]:
        """Of customers, complaints and orders."""
        return (
            [each.pk for each in self.customers],
            [each.pk for each in self.complaints],
            [each.pk for each in self.orders],
        )

    @property
    def sources(self) -> list[str]:
        """How remedies, approvals and the trail name their complaints."""
        return [each.subject for each in self.complaints]

    @property
    def order_keys(self) -> list[str]:
        """How the books name their orders."""
        return [each.key for each in self.orders]

    @cached_property
    def remedies(self) -> Sequence[Remedy]:
        """What was given for their complaints and on their orders."""
        of_them = Remedy.objects.filter(Q(source__in=self.sources) | Q(order_key__in=self.order_keys))
        return list(of_them.order_by("made_at", "pk"))

    @cached_property
    def _decided(self) -> Sequence[tuple[int, int | None]]:
        """Keys of decisions about their complaints, and of the questions that they became."""
        rows = Decision.objects.filter(complaint__in=self.keys[1])
        return list(rows.values_list("pk", "approval_id"))

    @property
    def decisions(self) -> Sequence[int]:
        """What was decided about their complaints."""
        return [decision for decision, _ in self._decided]

    @property
    def approvals(self) -> Sequence[int]:
        """Questions about their complaints: each belongs to a decision."""
        return [approval for _, approval in self._decided if approval is not None]

    @cached_property
    def reviews(self) -> Sequence[int]:
        """Looks at decisions about their complaints."""
        return list(Review.objects.filter(decision__in=self.decisions).values_list("pk", flat=True))

    @property
    def subjects(self) -> list[str]:
        """How the trail and notices name all of it."""
        return [
            *self.sources,
            *self.order_keys,
            *(f"customer:{each.pk}" for each in self.customers),
            *(f"remedy:{each.pk}" for each in self.remedies),
            *(f"approval:{key}" for key in self.approvals),
            *(f"approval-ended:{key}" for key in self.approvals),
            *(f"decision:{key}" for key in self.decisions),
            *(f"review:{key}" for key in self.reviews),
        ]

    @property
    def addresses(self) -> list[str]:
        """Where their complaints and the questions about them stand: what leads there is about them too."""
        return [
            *(reverse("complaints:complaint", args=[each.number]) for each in self.complaints),
            *(reverse("approvals:approval", args=[key]) for key in self.approvals),
        ]

    @property
    def traces(self) -> Traces:
        """By what they are found in text that isn't tied to them."""
        return Traces.of(
            names=(each.name for each in self.customers),
            others=(said for each in self.customers for said in (each.email, each.phone)),
        )


def reach_of(customer_id: int) -> Reach:
    """All rows of a customer, and of every record that was merged with theirs.

    Raises:
        NotThere: there is none.
    """
    group = _group(customer_id)
    return _reach(group)


def reach_of_complaints(complaints: Sequence[Complaint]) -> Reach:
    """These complaints alone, with the orders that belong to nothing else: who complained stays known."""
    keys = [each.pk for each in complaints]
    orders = Order.objects.filter(complaints__in=keys).exclude(
        complaints__in=Complaint.objects.exclude(pk__in=keys)
    )
    return Reach((), complaints, list(orders.distinct().order_by("pk")))


def _group(customer_id: int) -> list[Customer]:
    """Every record of one person, the one that goes on first."""
    if customer_id > _LARGEST:  # A union doesn't leave it to Django to see that no row has such a number.
        raise NotThere("customer")
    found = {each.pk: each for each in _near(customer_id)}
    if customer_id not in found:
        raise NotThere("customer")
    kept = found[customer_id]
    while kept.merged_into_id is not None:
        found |= {each.pk: each for each in _near(kept.merged_into_id)}
        kept = found[kept.merged_into_id]
    depths = _depths(kept.pk, found)
    if max(depths.values()) >= _AT_ONCE:
        for each in [key for key, depth in depths.items() if depth >= _AT_ONCE]:
            found |= {row.pk: row for row in _group_below(each)}
    return sorted(found.values(), key=lambda each: (each.pk != kept.pk, each.pk))


def _near(customer_id: int) -> list[Customer]:
    """A record and those that were merged into it, a few mergings deep."""
    # Each by its own index: in one condition with OR, the database would read all customers.
    below = (
        Customer.objects.filter(**{"__".join(["merged_into"] * steps): customer_id})
        for steps in range(1, _AT_ONCE + 1)
    )
    return list(Customer.objects.filter(pk=customer_id).union(*below, all=True))


def _group_below(customer_id: int) -> list[Customer]:
    below = _near(customer_id)
    return below + [row for each in below if each.pk != customer_id for row in _group_below(each.pk)]


def _depths(kept: int, found: dict[int, Customer]) -> dict[int, int]:
    """How many mergings lie between each record and the one that goes on."""
    depths = {kept: 0}
    newest = [kept]
    while newest:
        newest = [key for key, each in found.items() if each.merged_into_id in newest and key not in depths]
        depths |= {key: depths[found[key].merged_into_id or kept] + 1 for key in newest}
    return depths


def _reach(customers: Sequence[Customer]) -> Reach:
    keys = [each.pk for each in customers]
    subject = Concat(Value("complaint:"), Cast(OuterRef("number"), CharField()))
    complaints = (
        Complaint.objects.filter(customer__in=keys)
        .select_related("team", "order")
        .annotate(
            is_asked=Exists(Approval.objects.filter(subject=subject, ended_at=None)),
            is_on_hold=Exists(Hold.objects.filter(complaint=OuterRef("pk"), ended_at=None)),
            has_decision=Exists(Decision.objects.filter(complaint=OuterRef("pk"))),
            takes_in=Exists(Complaint.objects.filter(merged_into=OuterRef("pk")).exclude(customer__in=keys)),
        )
    )
    key = Concat(Value("order:"), Cast(OuterRef("pk"), CharField()))
    theirs = Q(customer__in=keys) | Q(customer=None, complaints__customer__in=keys) & ~Exists(
        Complaint.objects.filter(order=OuterRef("pk")).exclude(customer__in=keys)
    )
    orders = (
        Order.objects.filter(theirs)
        .distinct()
        .select_related("team")
        .annotate(
            is_in_books=Exists(Payment.objects.filter(order_key=key))
            | Exists(Elsewhere.objects.filter(order_key=key))
        )
    )
    return Reach(customers, list(complaints.order_by("opened_at", "pk")), list(orders.order_by("pk")))


def in_the_books(reach: Reach) -> list[str]:
    """What has to be kept for the books, in words; nothing where all of it can be deleted."""
    numbers = (
        (len(reach.remedies), "remedy", "remedies"),
        (_of(reach.complaints, "has_decision"), "complaint with a decision", "complaints with a decision"),
        (sum(each.paid is not None for each in reach.orders), "paid order", "paid orders"),
        (_of(reach.orders, "is_in_books"), "order with a payment", "orders with a payment"),
        (
            _of(reach.complaints, "takes_in"),
            "complaint that took in somebody else's",
            "complaints that took in others'",
        ),
    )
    return [f"{count} {one if count == 1 else many}" for count, one, many in numbers if count]


def _of(rows: Sequence[object], what: str) -> int:
    return sum(bool(getattr(row, what, False)) for row in rows)
