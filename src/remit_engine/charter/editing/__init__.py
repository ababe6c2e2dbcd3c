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
from remit_engine.charter.editing.words import (
    WORD_SECTIONS,
    Word,
    check_words,
    inherited_words,
    own_words,
    rules_naming,
    with_word,
    without_word,
    word_name,
)

__all__ = [
    "WORD_SECTIONS",
    "Conflict",
    "FieldProblem",
    "Merged",
    "MergedDocument",
    "RuleProblems",
    "Word",
    "apart",
    "check_words",
    "free_id",
    "inherited_words",
    "merge_charters",
    "merge_documents",
    "own_words",
    "read_rule",
    "rule_of",
    "rules_naming",
    "section_of",
    "with_rule",
    "with_word",
    "without_rule",
    "without_word",
    "word_name",
]
