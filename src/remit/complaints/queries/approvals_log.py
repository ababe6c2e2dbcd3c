"""The questions that were answered here, as the engine reads a log of approvals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC
from typing import Any, Final

import numpy as np

from remit.approvals.models import Approval
from remit.approvals.vocabulary import End
from remit.people.models import Team
from remit_engine.errors import InputError
from remit_engine.history.account import Account, AnswerWord, ColumnUse, LeftOut, Reading
from remit_engine.history.table import Answer, History

SOURCE: Final = "the database"
MEANS: Final = {
    End.YES: Answer.APPROVED,
    End.YES_FROM_NOW_ON: Answer.APPROVED,
    End.ANOTHER_AMOUNT: Answer.GRANTED_LESS,
    End.NO: Answer.DECLINED,
    End.OBJECTED: Answer.DECLINED,
    End.WENT_AHEAD: Answer.APPROVED,
    End.WITHDRAWN: Answer.WITHDRAWN,
    End.EXPIRED: Answer.EXPIRED,
}
"""What an ending says; a question that a changed fact made void says nothing."""
_COLUMNS: Final = (
    ("amount", "amount"),
    ("ending", "answer"),
    ("asked at", "asked at"),
    ("ended at", "answered at"),
    ("asker", "asked by"),
    ("role", "role"),
    ("kind", "kind"),
    ("answered by", "answered by"),
    ("complaint", "case"),
)


def answered_questions(currency: str | None = None, zone: str | None = None) -> Reading:
    """Every question of every team that has an ending, as a table, and what was left out of it.

    Args:
        currency: only questions in this one; that of most questions by default.
        zone: in which working hours are counted; that of most teams by default.

    Raises:
        InputError: nothing was answered here yet.
    """
    everything = list(_rows())
    ended = [row for row in everything if row.ended_at is not None]
    known = [row for row in ended if row.ending.how in MEANS]
    if currency is None and known:
        currency = Counter(row.currency for row in known).most_common(1)[0][0]
    rows = [row for row in known if row.currency == currency]
    if not rows:
        raise InputError(
            "nothing-answered",
            "Nothing that was asked has an answer here yet" + (f" in {currency}." if currency else "."),
            "Let questions be answered for some weeks, or read a log from before with remit letgo FILE.",
        )
    left_out = (
        _left_out("open", "the question isn't answered yet", len(everything) - len(ended)),
        _left_out("void", "a fact changed, so it was never answered", len(ended) - len(known)),
        _left_out("currency", f"it isn't in {currency}", len(known) - len(rows)),
    )
    history = _history(rows, currency or "", zone or _usual_zone())
    return Reading(
        history, _account(rows, history, len(everything), [each for each in left_out if each.rows])
    )


def _rows() -> Iterable[Approval]:
    return (
        Approval.objects.select_related("ending__by", "asker", "team")
        .order_by("asked_at", "id")
        .iterator(chunk_size=2000)
    )


def _history(rows: Sequence[Approval], currency: str, zone: str) -> History:
    names = sorted({name for row in rows for name in row.request.get("facts", {})})
    facts = {name: [word_of(row.request.get("facts", {}).get(name)) for row in rows] for name in names}
    if len({row.team_id for row in rows}) > 1:
        facts["team"] = [row.team.name for row in rows]
    return History.from_columns(
        amount=[row.amount for row in rows],
        answer=[int(MEANS[End(row.ending.how)]) for row in rows],
        currency=currency,
        automatic=[row.ending.how == End.WENT_AHEAD for row in rows],
        asked_at=_moments(row.asked_at for row in rows),
        answered_at=_moments(row.ended_at for row in rows),
        asked_by=[row.asker.name for row in rows],
        role=[row.request.get("role") for row in rows],
        kind=[row.kind for row in rows],
        answered_by=[row.ending.by.name if row.ending.by else None for row in rows],
        case=[row.subject for row in rows],
        facts={name: words for name, words in facts.items() if any(words)},
        zone=zone,
    )


def word_of(value: object) -> str | None:
    """Words and flags make segments; a number says too many different things."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else None


def _moments(moments: Iterable[Any]) -> Any:  # noqa: ANN401 (an array of moments)
    return np.array(
        [moment.astimezone(UTC).replace(tzinfo=None) for moment in moments], dtype="datetime64[s]"
    )


def _usual_zone() -> str:
    zones = Counter(Team.objects.filter(closed_at=None).values_list("time_zone", flat=True))
    return zones.most_common(1)[0][0] if zones else "UTC"


def _left_out(code: str, reason: str, rows: int) -> LeftOut:
    return LeftOut(code, reason, rows, ())


def _account(rows: Sequence[Approval], history: History, read: int, left_out: Sequence[LeftOut]) -> Account:
    words = Counter(End(row.ending.how) for row in rows)
    automatic = words[End.WENT_AHEAD]
    return Account(
        source=SOURCE,
        form="approvals of Remit",
        details=(("currency", history.currency), ("time zone", history.zone or "UTC")),
        columns=(
            *(ColumnUse(name, use, "Remit wrote it") for name, use in _COLUMNS),
            *(ColumnUse(name, "fact", "Remit wrote it") for name in history.facts),
        ),
        answers=tuple(
            AnswerWord(end.label, MEANS[end], end == End.WENT_AHEAD, count)
            for end, count in words.most_common()
        ),
        rows_read=read,
        rows_kept=len(history),
        left_out=tuple(left_out),
        automatic=(("nobody objected in time", automatic),) if automatic else (),
    )
