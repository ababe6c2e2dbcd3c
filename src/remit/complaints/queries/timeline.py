"""What happened to a complaint, from the trail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from remit.complaints.models import Complaint
from remit.complaints.near_lines import marked, marked_for
from remit.complaints.sentences import decided
from remit.people.models import Member
from remit.remedies.models import Remedy
from remit.trail.queries import Line, trail_of
from remit_engine.money import written


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


def timeline_of(complaint: Complaint, member: Member) -> Sequence[Step]:
    """The last acts on a complaint, its order and what was given in it, newest first, in three queries.

    Args:
        complaint: whose.
        member: who looks: what is to be looked at together shows to those whom it concerns.
    """
    rows = marked_for(member, [complaint.team]).filter(complaint=complaint)
    marks: dict[object, int] = {**dict(rows.values_list("pk", "near_lines"))}
    steps = []
    remedies = Remedy.objects.filter(source=complaint.subject).values_list("pk", flat=True)
    subjects = dict.fromkeys((complaint.subject, complaint.order_key))
    for line in trail_of(*subjects, *(f"remedy:{number}" for number in remedies)):
        if line.act == "complaint-decided" and (near_lines := marks.get(line.data.get("decision"))):
            steps.append(Step(line.at, marked(near_lines), ""))
        steps.append(Step(line.at, _sentence(line), "" if _is_said(line.act, line.data) else line.words))
    return steps


def _sentence(line: Line) -> str:
    """Who did what; of how much, where an amount was written down."""
    match line.data:
        case {"kind": str(kind), "value": int(value), "currency": str(currency), "level": str(level)}:
            return f"{line.who} {decided(kind, value, currency, level)}"
        case {"amount": int(amount), "currency": str(currency)} if amount:
            return f"{line.sentence}: {written(amount, currency)}"
        case _:
            return line.sentence


def _is_said(act: str, data: object) -> bool:
    """Whether its words stand in the conversation."""
    return act == "complaint-opened" or (isinstance(data, dict) and "message" in data)
