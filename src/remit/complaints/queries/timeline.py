"""What happened to a complaint, from the trail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from remit.complaints.models import Complaint
from remit.trail.queries import trail_of


@dataclass(frozen=True, slots=True)
class Step:
    """One act.

    Attributes:
        sentence: who did what.
        words: what was said with it, unless the conversation shows it anyway.
    """

    at: datetime
    sentence: str
    words: str


def timeline_of(complaint: Complaint) -> Sequence[Step]:
    """The last acts on a complaint, newest first, in one query."""
    return [
        Step(line.at, line.sentence, "" if _is_said(line.act, line.data) else line.words)
        for line in trail_of(complaint.subject)
    ]


def _is_said(act: str, data: object) -> bool:
    """Whether its words stand in the conversation."""
    return act == "complaint-opened" or (isinstance(data, dict) and "message" in data)
