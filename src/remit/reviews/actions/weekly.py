"""The weeks: opened with the mark of a key before the first decision, drawn with that key after the last."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from remit.complaints.models import Decision
from remit.core.clock import now
from remit.core.sealing import SealBroken, seal, unseal
from remit.core.writing import write
from remit.jobs.queue import later
from remit.people.models import Team
from remit.reviews.drawable import drawable_in, expected_in, name_of, stake_of
from remit.reviews.models import Lot, Round
from remit.reviews.settings import Budget, budget_of
from remit.reviews.vocabulary import DOUBLES, DRAWN_AFTER, OPENED_BEFORE
from remit.reviews.weeks import end_of, start_of, week_of
from remit.trail.actions import record
from remit_engine.evidence import sampling
from remit_engine.evidence.redrawing import FORMULA

_WEEK: Final = timedelta(days=7)


def open_rounds() -> int:
    """Open the week that runs, and the next one shortly before it begins, for every team that wants it.

    Returns:
        how many were opened.
    """
    opened = 0
    for team in Team.objects.filter(closed_at=None):
        this = week_of(team, now())
        opened += open_round(team, this) is not None
        if start_of(team, this + _WEEK) - now() <= OPENED_BEFORE:
            opened += open_round(team, this + _WEEK) is not None
    return opened


def open_round(team: Team, week: date) -> Round | None:
    """Open a week: its key is made and sealed, its mark is told.

    A week that began already is drawn from now on: before, nothing was there that anybody could check.

    Args:
        team: whose.
        week: its Monday.

    Returns:
        None where the team draws nothing, or the week is open already.
    """
    return open_with(secrets.token_bytes(sampling.KEY_BYTES), team, week)


def open_with(key: bytes, team: Team, week: date) -> Round | None:
    """The same with a key that is there already: for made data, which is the same each time it is made."""
    with write():
        budget = budget_of(team)
        if not budget.is_on or Round.objects.filter(team=team, week=week).exists():
            return None
        row = opened(key, team, week, budget, expected_in(team, now()))
        row.save(force_insert=True)
        record("review-round-opened", f"round:{row.pk}", by=None, team=team, **told_of(row))
        return row


def opened(key: bytes, team: Team, week: date, budget: Budget, expected: dict[str, int]) -> Round:
    """A week that begins now, or with its Monday, and isn't written yet."""
    moment = now()
    return Round(
        team=team,
        week=week,
        starts_at=max(start_of(team, week), moment),
        ends_at=end_of(team, week),
        each=budget.each,
        budget=budget.risk,
        expected=expected,
        formula=FORMULA,
        commitment=sampling.commitment(key),
        sealed_key=seal(key.hex()),
        opened_at=moment,
    )


def told_of(row: Round) -> dict[str, Any]:
    """What the record says of a week that is opened."""
    return {
        "week": row.week.isoformat(),
        "commitment": row.commitment,
        "each": row.each,
        "budget": row.budget,
        "expected": row.expected,
        "formula": row.formula,
    }


def rounds_to_draw() -> list[int]:
    """Weeks that are over, and weren't drawn."""
    over = Round.objects.filter(drawn_at=None, ends_at__lte=now() - DRAWN_AFTER)
    return list(over.order_by("ends_at", "pk").values_list("pk", flat=True))


def draw_round(round_id: int) -> Round | None:
    """Draw from the decisions of a week that is over, and tell the key; all of it or nothing, once.

    Returns:
        None where it was drawn before, or isn't over.
    """
    with write():
        row = Round.objects.select_related("team").filter(pk=round_id, drawn_at=None).first()
        if row is None or row.ends_at > now() - DRAWN_AFTER:
            return None
        try:
            key = bytes.fromhex(unseal(row.sealed_key))
        except SealBroken:
            return _lost(row)
        lots = lots_of(row, key, drawable_in(row))
        Lot.objects.bulk_create(lots)
        row.key, row.sealed_key, row.drawn_at = key.hex(), "", now()
        row.save(update_fields=["key", "sealed_key", "drawn_at"])
        record(
            "review-round-drawn",
            f"round:{row.pk}",
            by=None,
            team=row.team,
            key=row.key,
            lots=len(lots),
            drawn=sum(each.is_drawn for each in lots),
        )
        later("remit.reviews.jobs.ask_reviewers", unique_key=f"review-round:{row.pk}", number=row.pk)
        return row


def lots_of(row: Round, key: bytes, decisions: Sequence[Decision]) -> list[Lot]:
    """A lot for each decision of a week, reviewed or not; not written yet."""
    stakes = {each.pk: stake_of(each, row.expected) for each in decisions}
    lots = sampling.draw(
        [sampling.Decided(name_of(each.pk), each.member.word, stakes[each.pk]) for each in decisions],
        key,
        each=row.each,
        budget=row.budget,
    )
    double = sampling.doubled([each.name for each in lots if each.is_drawn], key, DOUBLES)
    return [
        Lot(
            round=row,
            decision=decision,
            member=decision.member,
            stake=stakes[decision.pk],
            chance_fair=lot.fair,
            chance_risk=lot.risk,
            chance=lot.chance,
            drawn_fair=lot.is_fair,
            drawn_risk=lot.is_risk,
            place=lot.place,
            is_double=lot.name in double,
        )
        for decision, lot in zip(decisions, lots, strict=True)
    ]


def _lost(row: Round) -> Round:
    """Nobody can open the key: nothing is drawn, as any other key would be one that somebody chose."""
    row.sealed_key, row.drawn_at, row.assigned_at = "", now(), now()
    row.save(update_fields=["sealed_key", "drawn_at", "assigned_at"])
    record("review-round-lost", f"round:{row.pk}", by=None, team=row.team)
    return row
