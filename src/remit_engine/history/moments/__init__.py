"""Dates and times as written, into seconds since 1970."""

from remit_engine.history.moments.orders import Order, OrderEvidence
from remit_engine.history.moments.reading import (
    MISSING,
    UNREADABLE,
    MomentReader,
    is_typed_moment,
    is_zone,
    order_by_time,
)

__all__ = [
    "MISSING",
    "UNREADABLE",
    "MomentReader",
    "Order",
    "OrderEvidence",
    "is_typed_moment",
    "is_zone",
    "order_by_time",
]
