"""Complaints as rows of a table for a spreadsheet, where nothing that somebody typed becomes a formula."""

from __future__ import annotations

from datetime import datetime
from itertools import takewhile
from typing import Final

from remit.complaints.models import Complaint
from remit_engine.money import decimals, in_units

HEADER: Final = (
    "number", "team", "title", "category", "severity", "channel", "customer", "mail", "phone", "order",
    "paid", "currency", "sought", "sought amount", "assignee", "tags", "opened", "first reply", "due",
    "closed",
)  # fmt: skip
_FORMULA: Final = frozenset("=+-@＝＋－＠")
"""With the wide forms of Asian keyboards, which some spreadsheets take for the others."""
_ENDS_A_CELL: Final = frozenset("\t\r\n")


def cells_of(complaint: Complaint) -> list[str]:
    """The cells of one complaint; times are those on the wall clock of its team."""
    customer, order, currency = complaint.customer, complaint.order, complaint.team.currency
    return [
        complaint.said,
        harmless(complaint.team.name),
        harmless(complaint.title),
        harmless(complaint.category),
        complaint.get_severity_display(),
        complaint.get_channel_display(),
        harmless(customer.name if customer else ""),
        harmless(customer.email if customer else ""),
        harmless(customer.phone if customer else ""),
        harmless(order.number if order else ""),
        _amount(order.paid if order else None, order.currency if order else currency),
        currency,
        harmless(" ".join(part for part in (complaint.sought_kind, complaint.sought) if part)),
        _amount(complaint.sought_amount, currency),
        harmless(complaint.assignee.name if complaint.assignee else ""),
        harmless(", ".join(tag.word for tag in complaint.tags.all())),
        _moment(complaint.opened_at, complaint),
        _moment(complaint.first_replied_at, complaint),
        _moment(complaint.due_at, complaint),
        _moment(complaint.closed_at, complaint),
    ]


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula: one that begins like one gets a quote in front.

    What nobody sees at its beginning doesn't count: some programs leave that out, and read on.
    """
    unseen = list(takewhile(lambda sign: sign.isspace() or not sign.isprintable(), text))
    begins = text[len(unseen) : len(unseen) + 1]
    return f"'{text}" if begins in _FORMULA or not _ENDS_A_CELL.isdisjoint(unseen) else text


def _amount(amount: int | None, currency: str) -> str:
    return "" if amount is None else f"{in_units(amount, currency):.{decimals(currency)}f}"


def _moment(moment: datetime | None, complaint: Complaint) -> str:
    return f"{moment.astimezone(complaint.team.zone):%Y-%m-%d %H:%M}" if moment else ""
