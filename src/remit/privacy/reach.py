"""All rows that belong to one customer, and what stands in the way of erasing them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q
from django.urls import reverse

from remit.approvals.models import Approval
from remit.complaints.models import Complaint, Customer, Decision, Order
from remit.core.erasing import Traces
from remit.privacy.models import Hold
from remit.remedies.models import Elsewhere, Payment, Remedy
from remit.remedies.vocabulary import State

UNSETTLED = (State.HELD, State.GIVEN, State.ON_ITS_WAY)
"""States in which the customer is still to get something, and has to be known for it."""


@dataclass(frozen=True)
class Reach:
    """One person: every record of them, and what hangs on it.

    Attributes:
        customers: the one that goes on first, then those that were merged into it.
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
    def approvals(self) -> Sequence[Approval]:
        """Questions about their complaints."""
        return list(Approval.objects.filter(subject__in=self.sources).order_by("pk"))

    @property
    def subjects(self) -> list[str]:
        """How the trail and notices name all of it."""
        return [
            *self.sources,
            *self.order_keys,
            *(f"customer:{each.pk}" for each in self.customers),
            *(f"remedy:{each.pk}" for each in self.remedies),
            *(f"approval:{each.pk}" for each in self.approvals),
            *(f"approval-ended:{each.pk}" for each in self.approvals),
            *(f"decision:{key}" for key in self.decisions),
        ]

    @cached_property
    def decisions(self) -> Sequence[int]:
        """Keys of what was decided about their complaints."""
        return list(
            Decision.objects.filter(complaint__in=[each.pk for each in self.complaints]).values_list(
                "pk", flat=True
            )
        )

    @property
    def addresses(self) -> list[str]:
        """Where their complaints and the questions about them stand: what leads there is about them too."""
        return [
            *(reverse("complaints:complaint", args=[each.number]) for each in self.complaints),
            *(reverse("approvals:approval", args=[each.pk]) for each in self.approvals),
        ]

    @property
    def traces(self) -> Traces:
        """By what they are found in text that isn't tied to them."""
        return Traces.of(
            names=(each.name for each in self.customers),
            others=(said for each in self.customers for said in (each.email, each.phone)),
        )


def reach_of(customer: Customer) -> Reach:
    """All rows of a customer, and of every record that was merged with theirs."""
    kept = customer
    while kept.merged_into is not None:
        kept = kept.merged_into
    found = [kept]
    newest = [kept]
    while newest:
        newest = list(Customer.objects.filter(merged_into__in=newest).order_by("pk"))
        found += newest
    return _reach(found)


def _reach(customers: Sequence[Customer]) -> Reach:
    complaints = list(
        Complaint.objects.filter(customer__in=customers)
        .select_related("team", "order")
        .order_by("opened_at", "pk")
    )
    theirs = Order.objects.filter(customer__in=customers)
    of_nobody = Order.objects.filter(customer=None, complaints__in=complaints).exclude(
        complaints__in=Complaint.objects.exclude(customer__in=customers)
    )
    orders = Order.objects.filter(Q(pk__in=theirs.values("pk")) | Q(pk__in=of_nobody.values("pk")))
    return Reach(customers, complaints, list(orders.select_related("team").order_by("pk")))


def in_the_way(reach: Reach) -> list[str]:
    """What has to be done before they can be erased, in sentences; nothing where they can."""
    said = [
        f"{each.said} is still open: close it first."
        for each in reach.complaints
        if each.closed_at is None and each.merged_into_id is None
    ]
    said += [
        f"A {remedy.kind} for {_said(remedy.source)} is {remedy.get_state_display()}: "
        "hand it over, or take it back."
        for remedy in reach.remedies
        if remedy.state in UNSETTLED
    ]
    said += [
        f"A question about {_said(each.subject)} is open: answer or withdraw it."
        for each in reach.approvals
        if each.is_open
    ]
    holds = Hold.objects.filter(complaint__in=[each.pk for each in reach.complaints], ended_at=None)
    said += [
        f"{each.complaint.said} has a hold since {each.at:%d %b %Y}: end it first."
        for each in holds.select_related("complaint")
    ]
    return said


def in_the_books(reach: Reach) -> list[str]:
    """What has to be kept for the books, in words; nothing where all of it can be deleted."""
    said = []
    paid = sum(each.paid is not None for each in reach.orders)
    given = len(reach.remedies)
    decided = sum(each.decisions.exists() for each in reach.complaints)
    payments = Payment.objects.filter(order_key__in=reach.order_keys).count()
    elsewhere = Elsewhere.objects.filter(order_key__in=reach.order_keys).count()
    numbers = (
        (given, "remedy", "remedies"),
        (decided, "complaint with a decision", "complaints with a decision"),
        (paid, "paid order", "paid orders"),
        (payments, "payment", "payments"),
        (elsewhere, "refund noted from elsewhere", "refunds noted from elsewhere"),
    )
    said += [f"{count} {one if count == 1 else many}" for count, one, many in numbers if count]
    others = Complaint.objects.filter(merged_into__in=reach.complaints).exclude(customer__in=reach.customers)
    if others.exists():
        said.append("a complaint of somebody else that was merged into theirs")
    return said


def _said(source: str) -> str:
    """`complaint:2041` as it is said: C-2041."""
    kind, _, number = source.partition(":")
    return f"C-{number}" if kind == "complaint" else source
