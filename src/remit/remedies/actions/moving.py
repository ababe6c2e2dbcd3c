"""One move of a remedy: from state to state, with an event and its entries in the ledger."""

from __future__ import annotations

from remit.core.clock import now
from remit.core.errors import Changed
from remit.ledger.actions import Line, transfer
from remit.ledger.vocabulary import OWED
from remit.people.models import Member
from remit.remedies.models import Event, Remedy
from remit.remedies.vocabulary import State
from remit.trail.actions import record


def step(remedy: Remedy, was: State, becomes: State) -> None:
    """From one state to the next, once: a guarded UPDATE whose row count is looked at."""
    if Remedy.objects.filter(pk=remedy.pk, state=was).update(state=becomes) != 1:
        raise Changed(
            "remedy-moved",
            "This remedy isn't where it was a moment ago.",
            "Look at the complaint again.",
        )
    remedy.state = becomes


def settled(remedy: Remedy, account: str, amount: int, by: Member | None, reference: str) -> None:
    """Write down that it was handed over, from an account; once more, where it had come back."""
    number = remedy.events.filter(what__startswith="settled").count() + 1
    event(remedy, "settled" if number == 1 else f"settled-{number}", by, amount=amount, reference=reference)
    lines = [Line(OWED, amount), Line(account, -amount)]
    enter(remedy, "settle", lines, number=number, reference=reference)
    record("remedy-settled", f"remedy:{remedy.pk}", by=by, team=remedy.team, reference=reference)


def event(
    remedy: Remedy,
    what: str,
    by: Member | None,
    *,
    amount: int | None = None,
    reference: str = "",
    why: str = "",
) -> None:
    """Write down what happened to a remedy: the whole of it, where no amount is said."""
    Event.objects.create(
        remedy=remedy,
        what=what,
        by=by,
        at=now(),
        amount=remedy.value if amount is None else amount,
        reference=reference,
        why=why,
    )


def enter(remedy: Remedy, what: str, lines: list[Line], *, number: int = 1, reference: str = "") -> None:
    """Enter what happened to a remedy into the books of its team, by its kind and currency."""
    transfer(
        remedy.team,
        what,
        f"remedy:{remedy.pk}",
        lines,
        kind=remedy.kind,
        currency=remedy.currency,
        number=number,
        reference=reference,
    )
