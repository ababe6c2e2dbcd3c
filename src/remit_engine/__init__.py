"""The engine of Remit: people, authority and evidence, without database, clock or network.

>>> import remit_engine
>>> reading = remit_engine.read_history("approvals.csv")  # doctest: +SKIP
>>> answer = remit_engine.letgo(reading.history, tolerance=0.03)  # doctest: +SKIP
"""

from remit_engine.errors import InputError, RemitError
from remit_engine.evidence.letgo import LetGo, letgo
from remit_engine.history.table import Answer, History, Labels

__all__ = ["Answer", "History", "InputError", "Labels", "LetGo", "RemitError", "letgo"]
