"""Requests as typed columns: from single requests, or from a log of answered questions."""

from remit_engine.history.requests.checking import check_columns
from remit_engine.history.requests.columns import Logged, RequestColumns
from remit_engine.history.requests.listing import from_requests
from remit_engine.history.requests.of_history import from_history

__all__ = ["Logged", "RequestColumns", "check_columns", "from_history", "from_requests"]
