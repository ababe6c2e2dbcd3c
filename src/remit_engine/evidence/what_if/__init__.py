"""What another charter would have meant: facts of the past, the weeks to come, and what nobody can know."""

from remit_engine.evidence.what_if.looking_back import what_if
from remit_engine.evidence.what_if.parts import places
from remit_engine.evidence.what_if.past import Moves, Past
from remit_engine.evidence.what_if.records import as_record, from_record
from remit_engine.evidence.what_if.values import (
    Choice,
    ChoicePoint,
    Looking,
    NotKnown,
    Part,
    WhatIf,
)

__all__ = [
    "Choice",
    "ChoicePoint",
    "Looking",
    "Moves",
    "NotKnown",
    "Part",
    "Past",
    "WhatIf",
    "as_record",
    "from_record",
    "places",
    "what_if",
]
