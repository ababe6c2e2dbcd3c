"""Customers and their orders: light records, typed or imported."""

from __future__ import annotations

from typing import Any, Final

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func, Q
from django.db.models.functions import Lower
from django.db.models.sql.compiler import SQLCompiler

from remit.core.fields import Currency, MinorUnits
from remit.people.models import Member, Team

_PHONE_END: Final = 8


def end_of_phone(phone: str) -> str:
    """The last digits, which say whose a number is, with and without the country in front."""
    return phone[-_PHONE_END:]


class EndOfPhone(Func):
    """The last digits of a phone number, in the database; their count is part of the words of its index."""

    template = f"RIGHT(%(expressions)s, {_PHONE_END})"
    output_field = models.CharField()

    def as_sqlite(
        self,
        compiler: SQLCompiler,
        connection: BaseDatabaseWrapper,
        **extra_context: Any,  # noqa: ANN401
    ) -> tuple[str, tuple[str | int, ...]]:
        """The same on SQLite."""
        template = f"SUBSTR(%(expressions)s, -{_PHONE_END})"
        return self.as_sql(compiler, connection, template=template, **extra_context)


class Customer(models.Model):
    """Somebody who complained, or might.

    Attributes:
        team: where they were first known, without a complaint or an order yet.
        merged_into: the one that goes on in their place.
        erased_at: when they were made nobody; for good.
    """

    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="customers")
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=12, blank=True)
    note = models.TextField(blank=True)
    since = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", db_index=False
    )
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            # Only of those that were merged: *nobody* is nearly all, and no way to find them.
            models.Index(
                fields=("merged_into",), condition=Q(merged_into__isnull=False), name="customers_merged"
            ),
            models.Index(Lower("name"), "id", condition=Q(merged_into=None), name="customers_listed"),
            models.Index(Lower("email"), name="customer_by_mail"),
            models.Index(fields=("phone",), name="customer_by_phone"),
            models.Index(EndOfPhone("phone"), name="customer_by_phone_end"),
            models.Index(Lower("name"), name="customer_by_name"),
        )

    def __str__(self) -> str:
        return self.name


class Order(models.Model):
    """What a customer paid for: a light record, typed or imported."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="orders")
    number = models.CharField(max_length=60)
    customer = models.ForeignKey(Customer, models.PROTECT, null=True, blank=True, related_name="orders")
    placed_on = models.DateField(null=True, blank=True)
    paid = MinorUnits(null=True, blank=True)
    currency = Currency()
    summary = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("team", "number"), name="one_order_a_number"),)

    def __str__(self) -> str:
        return self.number

    @property
    def key(self) -> str:
        """How remedies and payments name it: `order:17`."""
        return f"order:{self.pk}"


class CustomerMerge(models.Model):
    """Two records of one customer became one; it can be taken back.

    Attributes:
        moved: JSON: which complaints and orders went over, and what the kept one said before.
    """

    kept = models.ForeignKey(Customer, models.CASCADE, related_name="merges")
    gone = models.ForeignKey(Customer, models.CASCADE, related_name="+")
    moved = models.JSONField(default=dict)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-at", "-id")
        constraints = (
            models.UniqueConstraint(fields=("gone",), condition=Q(undone_at=None), name="merged_once"),
        )

    def __str__(self) -> str:
        return f"{self.gone_id} into {self.kept_id}"
