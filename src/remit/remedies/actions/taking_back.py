"""Taking back what was given, whole or in part."""

from __future__ import annotations

from django.db.models import F

from remit.core.errors import Changed, Refusal
from remit.core.writing import write
from remit.ledger.actions import Line
from remit.ledger.vocabulary import COST, CREDIT, OWED, PAID
from remit.people.models import Member
from remit.remedies.actions.moving import enter, event, go_on
from remit.remedies.allowances import give_back
from remit.remedies.models import Remedy, StoreCredit
from remit.remedies.providers import STORE_CREDIT
from remit.remedies.vocabulary import State
from remit.trail.actions import record
from remit_engine.money import written


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
        _need_as_much(remedy, amount)
        was_settled = remedy.state == State.SETTLED
        is_whole = amount == remedy.counts
        changed = {"taken_back": remedy.taken_back + amount} | (
            {"state": State.TAKEN_BACK} if is_whole else {}
        )
        if was_settled:
            changed["arrived"] = remedy.arrived - amount
        rows = Remedy.objects.filter(pk=remedy.pk, state=remedy.state, taken_back=remedy.taken_back)
        if rows.update(**changed) != 1:
            raise Changed("not-given", "Somebody changed this at the same moment.", "Look at it again.")
        number = remedy.events.filter(what="taken-back").count() + 1
        event(remedy, "taken-back", by, amount=amount, why=why)
        _enter_taken_back(remedy, amount, number, was_settled=was_settled)
        give_back(remedy, amount, is_whole=is_whole)
        go_on(remedy)
        record(
            "remedy-taken-back",
            f"remedy:{remedy.pk}",
            by=by,
            team=remedy.team,
            words=why,
            amount=amount,
            currency=remedy.currency,
        )


def _need_as_much(remedy: Remedy, amount: int) -> None:
    """Of what is still to be handed over, the rest can be taken back; of what arrived, all of it."""
    most = remedy.owing if remedy.state == State.GIVEN else remedy.counts
    if remedy.arrived < 0:
        raise Refusal(
            "came-back",
            "The customer brought some of it, and then what had been sent came back: they are owed both.",
            "Hand it over first; what is too much can be taken back then.",
        )
    if amount > most and most < remedy.counts:
        raise Refusal(
            "gone-out",
            f"{written(remedy.counts - most, remedy.currency)} of it went out already, or is on its way.",
            f"Take back {written(most, remedy.currency)} at most; the rest once all of it is through.",
            field="amount",
        )
    if amount > most or (amount <= 0 < most):
        raise Refusal(
            "too-much-back",
            "There isn't as much left of it to take back.",
            "Take back less.",
            field="amount",
        )


def _enter_taken_back(remedy: Remedy, amount: int, number: int, *, was_settled: bool) -> None:
    """What isn't used of its store credit is taken first; what is more came in by hand."""
    if was_settled:
        of_credit = _taken_from_credit(remedy, amount)
        lines = [Line(CREDIT, of_credit), Line(PAID, amount - of_credit)]
    else:
        lines = [Line(CREDIT if remedy.provider == STORE_CREDIT else OWED, amount)]
    enter(remedy, "reverse", [Line(COST, -amount), *lines], number=number)


def _taken_from_credit(remedy: Remedy, amount: int) -> int:
    """Take as much as can be from the store credit of a remedy, in minor units; 0 where it has none.

    Raises:
        Refusal: the customer has used what would have to be taken.
    """
    credit = StoreCredit.objects.filter(remedy=remedy).first()
    if credit is None:
        return 0
    taken = min(amount, credit.left)
    less = {"left": F("left") - taken, "face": F("face") - taken}
    unused = StoreCredit.objects.filter(pk=credit.pk, left__gte=taken)
    if amount - taken > remedy.arrived - credit.face or unused.update(**less) != 1:
        raise Refusal(
            "credit-used",
            "The customer used some of this credit already, or it has ended.",
            "Take back what is left.",
        )
    return taken
