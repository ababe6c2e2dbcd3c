"""Editing a charter on a screen: one small change at a time, and what several people did put together."""

from remit_engine.charter.editing.documents import MergedDocument, merge_documents
from remit_engine.charter.editing.merging import Conflict, Merged, merge_charters
from remit_engine.charter.editing.rules import (
    FieldProblem,
    RuleProblems,
    apart,
    free_id,
    read_rule,
    rule_of,
    section_of,
    with_rule,
    without_rule,
)

__all__ = [
    "Conflict",
    "FieldProblem",
    "Merged",
    "MergedDocument",
    "RuleProblems",
    "apart",
    "free_id",
    "merge_charters",
    "merge_documents",
    "read_rule",
    "rule_of",
    "section_of",
    "with_rule",
    "without_rule",
]
