"""Taking back what was given, whole or in part."""

from __future__ import annotations

from django.db.models import F

from remit.core.errors import Changed, Refusal
from remit.core.writing import write
from remit.ledger.actions import Line
from remit.ledger.vocabulary import COST, CREDIT, OWED, PAID
from remit.people.models import Member
from remit.remedies.actions.moving import enter, event
from remit.remedies.allowances import give_back
from remit.remedies.models import Remedy, StoreCredit
from remit.remedies.providers import STORE_CREDIT
from remit.remedies.vocabulary import State
from remit.trail.actions import record


def take_back(remedy: Remedy, amount: int, by: Member, why: str) -> None:
    """Take something back that was given, whole or in part; allowances are credited.

    Args:
        remedy: given or handed over.
        amount: minor units, at most what is left of it; 0 for an apology.
        by: who does it.
        why: never empty.

    Raises:
        Refusal: there isn't as much left of it.
        Changed: it was taken back already.
    """
    with write():
        remedy = Remedy.objects.select_related("team").get(pk=remedy.pk)
        if remedy.state == State.ON_ITS_WAY:
            raise Refusal(
                "on-its-way",
                "It is on its way to the customer.",
                "Wait until it is through or has come back, or have it stopped under To hand over.",
            )
        if remedy.state not in {State.GIVEN, State.SETTLED}:
            raise Changed("not-given", "This isn't given any more.", "Look at the complaint again.")
        if amount > remedy.counts or (amount <= 0 < remedy.counts):
            raise Refusal(
                "too-much-back",
                "There isn't as much left of it to take back.",
                "Take back less.",
                field="amount",
            )
        was_settled = remedy.state == State.SETTLED
        is_whole = amount == remedy.counts
        changed = {"taken_back": remedy.taken_back + amount} | (
            {"state": State.TAKEN_BACK} if is_whole else {}
        )
        rows = Remedy.objects.filter(pk=remedy.pk, state=remedy.state, taken_back=remedy.taken_back)
        if rows.update(**changed) != 1:
            raise Changed("not-given", "Somebody changed this at the same moment.", "Look at it again.")
        number = remedy.events.filter(what="taken-back").count() + 1
        event(remedy, "taken-back", by, amount=amount, why=why)
        _enter_taken_back(remedy, amount, number, was_settled=was_settled)
        give_back(remedy, amount, is_whole=is_whole)
        record(
            "remedy-taken-back",
            f"remedy:{remedy.pk}",
            by=by,
            team=remedy.team,
            words=why,
            amount=amount,
            currency=remedy.currency,
        )


def _enter_taken_back(remedy: Remedy, amount: int, number: int, *, was_settled: bool) -> None:
    if remedy.provider == STORE_CREDIT:
        if was_settled and amount:
            unused = StoreCredit.objects.filter(remedy=remedy, left__gte=amount)
            if unused.update(left=F("left") - amount) != 1:
                raise Refusal(
                    "credit-used",
                    "The customer used some of this credit already, or it has ended.",
                    "Take back what is left.",
                )
        back = CREDIT
    else:
        back = PAID if was_settled else OWED
    enter(remedy, "reverse", [Line(COST, -amount), Line(back, amount)], number=number)
