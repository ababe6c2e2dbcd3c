"""Today's charter: what it lets go already is no news, and is left out before anything is weighed.

It is left out by facts and amounts alone, never by how the question was answered, so that the promise about
the rest stays what it is.
"""

from __future__ import annotations

import numpy as np

from remit_engine.charter.document import Charter
from remit_engine.charter.naming import charter_hash
from remit_engine.errors import InputError
from remit_engine.evidence.letgo.values import Today
from remit_engine.history.replay import already_let_go
from remit_engine.history.table import History


def without_let_go(history: History, charter: Charter) -> tuple[History, Today]:
    """The answers that are still needed under a charter, and what was left out.

    Args:
        history: answered questions.
        charter: that holds today.

    Raises:
        InputError: the currencies differ, or the charter lets everything go.
    """
    if history.currency and history.currency != charter.currency:
        raise InputError(
            "two-currencies",
            f"The log is in {history.currency}, the charter {charter.name!r} in {charter.currency}.",
            "Give the charter in whose currency the log is.",
        )
    already = already_let_go(charter, history)
    if len(history) and already.rows == len(history):
        raise InputError(
            "all-let-go",
            f"The charter {charter.name!r} lets go of everything in this log already.",
            "There is nothing left to look at; leave --today out to weigh the whole log.",
        )
    declined = int(np.count_nonzero(history.declined & already.mask))
    today = Today(charter.name, charter_hash(charter), already.rows, declined, already.told)
    return history.take(~already.mask), today
