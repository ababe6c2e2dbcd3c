"""What a procedure has to say before others read it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from remit.procedures.text.document import Document

_FEWEST_ANSWERS: Final = 2


def missing_in(document: Document) -> Sequence[str]:
    """What stands in the way of publishing, in sentences; empty where nothing does."""
    missing = []
    if not document.title:
        missing.append("Give it a name.")
    if not document.why:
        missing.append("Say what the procedure is for.")
    if not document.steps:
        missing.append("Add a first step.")
    for place, step in enumerate(document.steps, 1):
        if not step.title:
            missing.append(f"Step {place}: say what to do.")
        if not step.why:
            missing.append(f"Step {place}: say why.")
        if step.picture is not None and not step.alt:
            missing.append(f"Step {place}: say what the picture shows, for those who can't see it.")
    for place, question in enumerate(document.questions, 1):
        if not question.ask or len([each for each in question.answers if each]) < _FEWEST_ANSWERS:
            missing.append(f"Question {place}: it needs at least two answers.")
    return missing
