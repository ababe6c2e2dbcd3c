"""Handing over what was given: ticked off at the till, as a code, or with nothing to hand over."""

from __future__ import annotations

import secrets
from typing import Final

from django.db.models import F

from remit.core.errors import Changed, NotThere, Refusal
from remit.core.writing import write
from remit.ledger.actions import Line
from remit.ledger.vocabulary import CREDIT, PAID, REDEEMED
from remit.people.models import Member
from remit.remedies.actions.credit_ends import last_day_for, need_valid
from remit.remedies.actions.moving import (
    count,
    enter,
    event,
    go_on,
    moved,
    need_seen,
    settled,
    step,
)
from remit.remedies.models import Remedy, StoreCredit
from remit.remedies.providers import BY_HAND, STORE_CREDIT, THROUGH_PROVIDERS
from remit.remedies.vocabulary import State
from remit.trail.actions import record

_CODE_LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Letters and digits that can be said on the phone: none that looks like another."""


def settle(remedy: Remedy, by: Member | None, reference: str = "", *, seen: int | None = None) -> None:
    """It, or the rest of it, was handed over: at the till, or by itself where there is nothing to do by hand.

    Args:
        remedy: given, and to be handed over.
        by: who did it; None where nobody did.
        reference: of the till or the bank.
        seen: how much was to be handed over when they looked, in minor units; None where nobody looked.

    Raises:
        Changed: it is settled already, was taken back, or goes by itself.
    """
    with write():
        if Remedy.objects.filter(pk=remedy.pk).exclude(provider=remedy.provider).exists():
            raise Changed("goes-another-way", "It goes another way by now.", "Look at the list again.")
        if remedy.provider in THROUGH_PROVIDERS:
            raise Changed(
                "goes-by-itself",
                "It goes back by itself.",
                "Nothing is to be done by hand; should it come back, it stands on the list.",
            )
        remedy.refresh_from_db(fields=["state", "value", "taken_back", "arrived", "under_way"])
        if remedy.state != State.GIVEN:
            raise moved()
        need_seen(remedy, seen)
        left = remedy.owing
        if remedy.provider == BY_HAND:
            settled(remedy, PAID, left, by, reference)
            go_on(remedy)
            return
        step(remedy, State.GIVEN, State.SETTLED)
        count(remedy, arrived=left)
        event(remedy, "settled", by, reference=reference)
        if remedy.provider == STORE_CREDIT and left:
            last_day = last_day_for(remedy.team)
            StoreCredit.objects.create(
                remedy=remedy, code=new_code(), face=left, left=left, last_day=last_day
            )
        record("remedy-settled", f"remedy:{remedy.pk}", by=by, team=remedy.team, reference=reference)


def redeem(
    credit: StoreCredit, amount: int, by: Member, reference: str = "", *, seen: int | None = None
) -> None:
    """A customer uses store credit, whole or in part.

    Args:
        credit: of the customer.
        amount: minor units.
        by: who takes it in.
        reference: of the till.
        seen: what was left of it when they looked, so that a second click takes nothing.

    Raises:
        Changed: some of it was used since they looked.
        Refusal: there isn't as much left of it, or its last day is over.
    """
    with write():
        need_valid(StoreCredit.objects.select_related("remedy__team").get(pk=credit.pk))
        if seen is not None and not StoreCredit.objects.filter(pk=credit.pk, left=seen).exists():
            raise Changed(
                "credit-moved",
                "Some of this credit was used since you looked.",
                "Look at what is left, and take in what is still to be taken.",
            )
        enough = StoreCredit.objects.filter(pk=credit.pk, left__gte=amount)
        if amount <= 0 or enough.update(left=F("left") - amount) != 1:
            raise Refusal(
                "credit-used", "There isn't as much left of this credit.", "Take less.", field="amount"
            )
        remedy = credit.remedy
        number = remedy.events.filter(what__startswith="redeemed").count() + 1
        event(remedy, f"redeemed-{number}", by, amount=amount, reference=reference)
        enter(
            remedy,
            "redeem",
            [Line(CREDIT, amount), Line(REDEEMED, -amount)],
            number=number,
            reference=reference,
        )
        record(
            "credit-redeemed",
            f"remedy:{remedy.pk}",
            by=by,
            team=remedy.team,
            amount=amount,
            currency=remedy.currency,
        )


def put_back(credit: StoreCredit, number: int, by: Member, why: str) -> None:
    """A use of store credit was a mistake: what was taken in can be used again.

    Args:
        credit: of the customer.
        number: of the use: the first, the second.
        by: who mends it.
        why: never empty.

    Raises:
        NotThere: it wasn't used so often.
        Changed: this use was put back already.
    """
    with write():
        remedy = credit.remedy
        use = remedy.events.filter(what=f"redeemed-{number}").first()
        if use is None:
            raise NotThere("use of this credit")
        if remedy.events.filter(what=f"put-back-{number}").exists():
            raise Changed("put-back", "This was put back already.", "Look at what is left of it.")
        StoreCredit.objects.filter(pk=credit.pk).update(left=F("left") + use.amount)
        event(remedy, f"put-back-{number}", by, amount=use.amount, why=why)
        lines = [Line(REDEEMED, use.amount), Line(CREDIT, -use.amount)]
        enter(remedy, "put-back", lines, number=number, reference=use.reference)
        record(
            "credit-put-back",
            f"remedy:{remedy.pk}",
            by=by,
            team=remedy.team,
            words=why,
            amount=use.amount,
            currency=remedy.currency,
        )


def new_code() -> str:
    """A code of store credit that nobody guesses."""
    groups = ("".join(secrets.choice(_CODE_LETTERS) for _ in range(4)) for _ in range(3))
    return "-".join(groups)
