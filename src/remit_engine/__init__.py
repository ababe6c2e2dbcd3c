"""The engine of Remit: people, authority and evidence, without database, clock or network.

    reading = remit_engine.read_history("approvals.csv")
    answer = remit_engine.letgo(reading.history, tolerance=0.03)

`reading.account` tells how the file was read and what was left out; `answer` holds plain values.
"""

from remit_engine.errors import InputError, RemitError
from remit_engine.evidence.letgo import LetGo, letgo
from remit_engine.history import read_history, read_mapping
from remit_engine.history.table import Answer, History, Labels

__all__ = [
    "Answer",
    "History",
    "InputError",
    "Labels",
    "LetGo",
    "RemitError",
    "letgo",
    "read_history",
    "read_mapping",
]
