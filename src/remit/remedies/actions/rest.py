"""Giving the rest of a refund another way, where a provider gave only a part of it, or nothing."""

from __future__ import annotations

from django.db.models import F

from remit.core.writing import write
from remit.ledger.actions import Line
from remit.ledger.vocabulary import CREDIT, OWED
from remit.people.models import Member
from remit.remedies.actions.credit_ends import enter_one_ended, last_day_for
from remit.remedies.actions.handing_over import new_code
from remit.remedies.actions.moving import count, enter, event, go_on, need_seen
from remit.remedies.actions.parts import need_rest
from remit.remedies.models import Remedy, StoreCredit
from remit.trail.actions import record


def give_as_credit(remedy: int, by: Member, why: str, *, seen: int | None = None) -> StoreCredit:
    """Give what of a remedy didn't get through as store credit.

    It is the same remedy: it counts once, and what arrived of it stays where it is. A second rest goes onto
    the credit of the first.

    Args:
        remedy: its number.
        by: who leads the team.
        why: never empty.
        seen: how much was left to give when they looked, in minor units; None where nobody looked.

    Raises:
        Changed: nothing of it is to be handed over any more, another amount is, or it never was with a
            provider.
    """
    with write():
        row = need_rest(remedy)
        need_seen(row, seen)
        amount = row.owing
        number = row.events.filter(what__startswith="as-credit-").count() + 1
        event(row, f"as-credit-{number}", by, amount=amount, why=why)
        enter(row, "give-as-credit", [Line(OWED, amount), Line(CREDIT, -amount)], number=number)
        _more_credit(row, amount)
        count(row, arrived=amount)
        go_on(row)
        record(
            "rest-as-credit",
            f"remedy:{remedy}",
            by=by,
            team=row.team,
            words=why,
            amount=amount,
            currency=row.currency,
        )
        return StoreCredit.objects.select_related("remedy__team").get(remedy=remedy)


def _more_credit(remedy: Remedy, amount: int) -> None:
    """Make a credit, or add to the one that is there; what had ended of that one stays ended."""
    last_day = last_day_for(remedy.team)
    there = StoreCredit.objects.filter(remedy=remedy).first()
    if there is None:
        StoreCredit.objects.create(
            remedy=remedy, code=new_code(), face=amount, left=amount, last_day=last_day
        )
        return
    enter_one_ended(there.pk)
    StoreCredit.objects.filter(pk=there.pk).update(
        face=F("face") + amount, left=F("left") + amount, last_day=last_day, reminded_at=None
    )
