"""The engine of Remit: people, authority and evidence, without database, clock or network.

    reading = remit_engine.read_history("approvals.csv")
    answer = remit_engine.letgo(reading.history, tolerance=0.03)

    charter = remit_engine.compile_charter(remit_engine.read_charter("charter.yaml").charter)
    verdict = charter.verdict(remit_engine.Request(kind="refund", role="member", amount=42_00))

Names are loaded when they are first used: who judges a request needn't wait for statistics.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from remit_engine.charter.approval import consequences, may_say_yes, who_may_say_yes
    from remit_engine.charter.compiled import CompiledCharter, compile_charter
    from remit_engine.charter.delegation import Delegation
    from remit_engine.charter.difference import difference
    from remit_engine.charter.levels import Level
    from remit_engine.charter.on_behalf import Lent, authority
    from remit_engine.charter.reading import read_charter, read_charter_text
    from remit_engine.charter.request import Person, Request
    from remit_engine.charter.verdict import Verdict
    from remit_engine.charter.writing import write_charter
    from remit_engine.errors import InputError, RemitError
    from remit_engine.evidence.letgo import LetGo, letgo
    from remit_engine.history import read_history, read_mapping
    from remit_engine.history.table import Answer, History, Labels

_HOMES = {
    "Answer": "history.table",
    "CompiledCharter": "charter.compiled",
    "Delegation": "charter.delegation",
    "History": "history.table",
    "InputError": "errors",
    "Labels": "history.table",
    "Lent": "charter.on_behalf",
    "LetGo": "evidence.letgo",
    "Level": "charter.levels",
    "Person": "charter.request",
    "RemitError": "errors",
    "Request": "charter.request",
    "Verdict": "charter.verdict",
    "authority": "charter.on_behalf",
    "compile_charter": "charter.compiled",
    "consequences": "charter.approval",
    "difference": "charter.difference",
    "letgo": "evidence.letgo",
    "may_say_yes": "charter.approval",
    "read_charter": "charter.reading",
    "read_charter_text": "charter.reading",
    "read_history": "history",
    "read_mapping": "history",
    "who_may_say_yes": "charter.approval",
    "write_charter": "charter.writing",
}
"""In which module each name lives."""

__all__ = [
    "Answer",
    "CompiledCharter",
    "Delegation",
    "History",
    "InputError",
    "Labels",
    "Lent",
    "LetGo",
    "Level",
    "Person",
    "RemitError",
    "Request",
    "Verdict",
    "authority",
    "compile_charter",
    "consequences",
    "difference",
    "letgo",
    "may_say_yes",
    "read_charter",
    "read_charter_text",
    "read_history",
    "read_mapping",
    "who_may_say_yes",
    "write_charter",
]


def __getattr__(name: str) -> object:
    """Load a name when it is first used (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
