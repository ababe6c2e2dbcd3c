"""The answers of one team as the engine reads them: questions that needed a yes, in its currency."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import numpy as np

from remit.approvals.models import Approval
from remit.approvals.vocabulary import End, Form
from remit.complaints.queries.approvals_log import MEANS, word_of
from remit.people.models import Team
from remit_engine.history.table import History

_FIELDS: Final = (
    "pk", "amount", "kind", "request", "asked_at", "ended_at", "ending__how", "ending__by_id", "subject",
)  # fmt: skip
_CHUNK: Final = 2000


@dataclass(frozen=True, slots=True)
class Answers:
    """What was asked and answered.

    Attributes:
        history: one row a question; amounts are those judged, members and complaints stand as numbers.
        numbers: of the approvals, in the order of `History.line` (the first line is 1).
        open_since: when the oldest question was asked that has no answer yet.
    """

    history: History
    numbers: Sequence[int]
    open_since: np.datetime64 | None

    def behind(self, lines: Sequence[int]) -> list[int]:
        """The numbers of the approvals that stand in these lines."""
        return [self.numbers[line - 1] for line in lines]


def answers_of(team: Team, currency: str, since: datetime | None = None) -> Answers:
    """The answers of a team. Proposals are none: nobody has to say yes to them.

    What a changed fact made void says nothing and is left out.

    Args:
        team: whose.
        currency: of the charter; other questions are left out.
        since: asked from then on; None for all.
    """
    asked = Approval.objects.filter(team=team, form=Form.ASK, currency=currency)
    if since is not None:
        asked = asked.filter(asked_at__gte=since)
    ended = asked.filter(ended_at__isnull=False).exclude(ending__how=End.VOID)
    rows = list(ended.order_by("asked_at", "pk").values_list(*_FIELDS).iterator(chunk_size=_CHUNK))
    first_open = asked.filter(ended_at=None).order_by("asked_at").values_list("asked_at", flat=True).first()
    return Answers(
        _history(rows, currency, team.time_zone),
        [row[0] for row in rows],
        None if first_open is None else _moment(first_open),
    )


def _history(rows: Sequence[tuple[Any, ...]], currency: str, zone: str) -> History:
    requests = [row[3] for row in rows]
    names = sorted({name for request in requests for name in request.get("facts", {})})
    facts = {name: [word_of(request.get("facts", {}).get(name)) for request in requests] for name in names}
    return History.from_columns(
        amount=[judged(row[1], row[3]) for row in rows],
        answer=[int(MEANS[End(row[6])]) for row in rows],
        currency=currency,
        asked_at=np.array([_moment(row[4]) for row in rows], dtype="datetime64[s]"),
        answered_at=np.array([_moment(row[5]) for row in rows], dtype="datetime64[s]"),
        role=[request.get("role") for request in requests],
        kind=[row[2] for row in rows],
        answered_by=[str(row[7]) if row[7] else None for row in rows],
        case=[row[8] for row in rows],
        facts={name: words for name, words in facts.items() if any(words)},
        zone=zone,
    )


def judged(amount: int, request: dict[str, Any]) -> int:
    """The amount that a charter judges: everything given on the order after this one, in minor units."""
    return int(request.get("given", 0)) + amount


def _moment(moment: datetime) -> np.datetime64:
    return np.datetime64(moment.astimezone(UTC).replace(tzinfo=None), "s")
