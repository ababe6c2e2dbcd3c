"""One move of a remedy: from state to state, with an event and its entries in the ledger."""

from __future__ import annotations

from typing import Any

from django.db.models import F

from remit.core.clock import now
from remit.core.errors import Changed
from remit.core.written_often import insert_unseen
from remit.ledger.actions import Line, transfer
from remit.ledger.vocabulary import OWED
from remit.notices.actions import settle as settle_notices
from remit.people.models import Member
from remit.remedies.models import Event, Remedy
from remit.remedies.vocabulary import CAME_BACK, WAS_GIVEN, State
from remit.trail.actions import record
from remit_engine.money import written


def step(remedy: Remedy, was: State, becomes: State) -> None:
    """From one state to the next, once: a guarded UPDATE whose row count is looked at."""
    if Remedy.objects.filter(pk=remedy.pk, state=was).update(state=becomes) != 1:
        raise moved()
    remedy.state = becomes


def moved() -> Changed:
    """It isn't in the state in which it can be done."""
    return Changed(
        "remedy-moved",
        "This remedy isn't where it was a moment ago.",
        "Look at the complaint again.",
    )


def need_seen(remedy: Remedy, seen: int | None) -> None:
    """Somebody who looked a while ago saw as much left to give of it; None where nobody looked.

    Raises:
        Changed: it is another amount by now.
    """
    if seen is not None and seen != remedy.owing:
        raise Changed(
            "owes-another-amount",
            f"By now {written(remedy.owing, remedy.currency)} is to be handed over.",
            "Look at it again.",
        )


def in_part(remedy: Remedy, amount: int) -> dict[str, Any]:
    """How much of a remedy something is about, for the trail; {} where it is about all of it."""
    return {} if amount == remedy.counts else {"amount": amount, "currency": remedy.currency}


def count(remedy: Remedy, *, arrived: int = 0, under_way: int = 0) -> None:
    """Minor units more or less that arrived, or that are under way; `go_on` says where it stands then.

    Raises:
        IntegrityError: it would be more than was given.
    """
    Remedy.objects.filter(pk=remedy.pk).update(
        arrived=F("arrived") + arrived, under_way=F("under_way") + under_way
    )


def go_on(remedy: Remedy) -> None:
    """To where it stands, by what arrived and what is under way; what was taken back whole stays so.

    Where nothing is to be done by hand any more nobody is told any longer that something is.
    """
    remedy.refresh_from_db(fields=["state", "provider", "value", "taken_back", "arrived", "under_way"])
    if remedy.state not in WAS_GIVEN:
        settle_notices(f"remedy:{remedy.pk}")
        return
    becomes = State.SETTLED
    if remedy.owing:
        becomes = State.GIVEN
    elif remedy.under_way:
        becomes = State.ON_ITS_WAY
    if becomes != remedy.state:
        step(remedy, State(remedy.state), becomes)
        if becomes != State.GIVEN:
            settle_notices(f"remedy:{remedy.pk}", code=CAME_BACK if becomes == State.ON_ITS_WAY else "")


def settled(remedy: Remedy, account: str, amount: int, by: Member | None, reference: str) -> None:
    """Write down that it, or a part of it, was handed over, from an account; so much of it has arrived.

    Once more, where it had come back.
    """
    number = remedy.events.filter(what__startswith="settled").count() + 1
    event(remedy, "settled" if number == 1 else f"settled-{number}", by, amount=amount, reference=reference)
    lines = [Line(OWED, amount), Line(account, -amount)]
    enter(remedy, "settle", lines, number=number, reference=reference)
    count(remedy, arrived=amount)
    data = {"reference": reference, **in_part(remedy, amount)}
    record("remedy-settled", f"remedy:{remedy.pk}", by=by, team=remedy.team, **data)


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
    insert_unseen([event_of(remedy, what, by, amount=amount, reference=reference, why=why)])


def event_of(
    remedy: Remedy,
    what: str,
    by: Member | None,
    *,
    amount: int | None = None,
    reference: str = "",
    why: str = "",
) -> Event:
    """What happens to a remedy now, for whoever writes it down."""
    return Event(
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
