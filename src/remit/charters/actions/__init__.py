"""Every write of the charters: publishing, lending authority, and having looked."""

from remit.charters.actions.lending import end_all_of, end_lending, lend
from remit.charters.actions.publishing import hand_in, looked_at, publish, second, take_back

__all__ = [
    "end_all_of",
    "end_lending",
    "hand_in",
    "lend",
    "looked_at",
    "publish",
    "second",
    "take_back",
]
