"""Every write of the charters: drafting, publishing, lending authority, and having looked."""

from remit.charters.actions.binding import bind_checks
from remit.charters.actions.commenting import comment_on, settle_comment, share_draft
from remit.charters.actions.drafting import (
    begin_draft,
    bring_forward,
    name_draft,
    put_away,
    restore_revision,
    save_draft,
)
from remit.charters.actions.lending import end_all_of, end_lending, lend
from remit.charters.actions.publishing import hand_in, looked_at, publish, second, take_back
from remit.charters.actions.versions import end_trial, withdraw

__all__ = [
    "begin_draft",
    "bind_checks",
    "bring_forward",
    "comment_on",
    "end_all_of",
    "end_lending",
    "end_trial",
    "hand_in",
    "lend",
    "looked_at",
    "name_draft",
    "publish",
    "put_away",
    "restore_revision",
    "save_draft",
    "second",
    "settle_comment",
    "share_draft",
    "take_back",
    "withdraw",
]
