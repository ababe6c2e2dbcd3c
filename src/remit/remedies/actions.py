"""Giving, holding, settling and taking back: every move of a remedy, each with its entries in the ledger."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import F, Sum

from remit.core.clock import now
from remit.core.errors import Changed, Refusal
from remit.core.writing import write
from remit.jobs.queue import later
from remit.ledger.actions import Line, transfer
from remit.ledger.vocabulary import COST, CREDIT, FREE, HELD, OWED, PAID, REDEEMED
from remit.people.models import Member, Team
from remit.remedies.allowances import give_back, take
from remit.remedies.models import Event, Remedy, StoreCredit
from remit.remedies.providers import BY_HAND, STORE_CREDIT, provider_for
from remit.remedies.vocabulary import COUNTS_AS_GIVEN, UNDO_SECONDS, State
from remit.trail.actions import record
from remit_engine.charter.allowances import Given
from remit_engine.charter.compiled import CompiledCharter
from remit_engine.charter.request import Person, Request

_CODE_LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Letters and digits that can be said on the phone: none that looks like another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to be given.

    Attributes:
        source: what for: `complaint:2041`.
        request: as it was judged; its order and customer say what it counts to.
        value: in minor units.
        what: in words, for a replacement or something on the house.
        authority: on whose authority, where it isn't the member's own: who said yes, or lent it.
        authority_person: the same as the engine knows them.
    """

    team: Team
    source: str
    member: Member
    kind: str
    value: int
    currency: str
    request: Request
    what: str = ""
    authority: Member | None = None
    authority_person: Person | None = None


def given_on(order_key: str) -> int:
    """What was given on an order, less what was taken back, in minor units; held ones are counted."""
    rows = Remedy.objects.filter(order_key=order_key, state__in=COUNTS_AS_GIVEN)
    totals = rows.aggregate(value=Sum("value"), back=Sum("taken_back"))
    return int((totals["value"] or 0) - (totals["back"] or 0))


def give(wish: Wish, compiled: CompiledCharter) -> Remedy:
    """Give now; it is handed over a moment later, so that it can be undone."""
    with write():
        remedy = _made(wish, compiled, State.GIVEN, settles_at=now() + timedelta(seconds=UNDO_SECONDS))
        _event(remedy, "given", wish.authority or wish.member)
        _enter_given(remedy)
        _settle_later(remedy)
    return remedy


def hold(wish: Wish, compiled: CompiledCharter) -> Remedy:
    """Set aside what is proposed, until it goes ahead or is stopped; it uses the allowances already."""
    with write():
        remedy = _made(wish, compiled, State.HELD, settles_at=None)
        _event(remedy, "held", wish.member)
        _transfer(remedy, "hold", [Line(HELD, remedy.value), Line(FREE, -remedy.value)])
    return remedy


def give_held(remedy: Remedy) -> None:
    """A proposal goes ahead.

    Raises:
        Changed: it isn't held any more.
    """
    with write():
        _step(remedy, State.HELD, State.GIVEN)
        Remedy.objects.filter(pk=remedy.pk).update(settles_at=now())
        _event(remedy, "given", None)
        _transfer(remedy, "release", [Line(HELD, -remedy.value), Line(FREE, remedy.value)])
        _enter_given(remedy)
        _settle_later(remedy, at=now())


def release(remedy: Remedy, by: Member | None, why: str) -> None:
    """What was set aside isn't given; what it used of allowances is free again.

    Raises:
        Changed: it isn't held any more.
    """
    with write():
        _step(remedy, State.HELD, State.RELEASED)
        _event(remedy, "released", by, why=why)
        _transfer(remedy, "release", [Line(HELD, -remedy.value), Line(FREE, remedy.value)])
        give_back(remedy, remedy.value, is_whole=True)


def settle(remedy: Remedy, by: Member | None, reference: str = "") -> None:
    """It was handed over: ticked off at the till, or by itself where there is nothing to do by hand.

    Raises:
        Changed: it is settled already, or was taken back.
    """
    with write():
        _step(remedy, State.GIVEN, State.SETTLED)
        _event(remedy, "settled", by, reference=reference)
        left = remedy.counts
        if remedy.provider == BY_HAND:
            _transfer(remedy, "settle", [Line(OWED, left), Line(PAID, -left)], reference=reference)
        elif remedy.provider == STORE_CREDIT and left:
            StoreCredit.objects.create(remedy=remedy, code=_new_code(), left=left)
        record("remedy-settled", f"remedy:{remedy.pk}", by=by, team=remedy.team, reference=reference)


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
        _event(remedy, "taken-back", by, amount=amount, why=why)
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


def redeem(credit: StoreCredit, amount: int, by: Member, reference: str = "") -> None:
    """A customer uses store credit, whole or in part.

    Raises:
        Refusal: there isn't as much left of it.
    """
    with write():
        enough = StoreCredit.objects.filter(pk=credit.pk, left__gte=amount)
        if amount <= 0 or enough.update(left=F("left") - amount) != 1:
            raise Refusal(
                "credit-used", "There isn't as much left of this credit.", "Take less.", field="amount"
            )
        remedy = credit.remedy
        number = remedy.events.filter(what__startswith="redeemed").count() + 1
        _event(remedy, f"redeemed-{number}", by, amount=amount, reference=reference)
        _transfer(
            remedy,
            "redeem",
            [Line(CREDIT, amount), Line(REDEEMED, -amount)],
            number=number,
            reference=reference,
        )
        record("credit-redeemed", f"remedy:{remedy.pk}", by=by, team=remedy.team, amount=amount)


def _made(wish: Wish, compiled: CompiledCharter, state: State, *, settles_at: datetime | None) -> Remedy:
    person = wish.authority_person
    given = Given(request=wish.request, authority=person)
    buckets = take(wish.team, compiled, given)
    return Remedy.objects.create(
        team=wish.team,
        source=wish.source,
        order_key=wish.request.order or wish.source,
        customer_key=wish.request.customer or "",
        member=wish.member,
        authority=wish.authority,
        authority_facts=_facts_of(person),
        kind=wish.kind,
        value=wish.value,
        currency=wish.currency,
        what=wish.what,
        request=wish.request.as_record(),
        counted=[[name, key, day.isoformat()] for name, key, day in buckets],
        provider=provider_for(wish.kind),
        state=state,
        made_at=now(),
        settles_at=settles_at,
    )


def _facts_of(person: Person | None) -> dict[str, object]:
    if person is None:
        return {}
    return {"member": person.member, "role": person.role, "team": person.team, "step": person.step}


def _step(remedy: Remedy, was: State, becomes: State) -> None:
    """From one state to the next, once: a guarded UPDATE whose row count is looked at."""
    if Remedy.objects.filter(pk=remedy.pk, state=was).update(state=becomes) != 1:
        raise Changed(
            "remedy-moved",
            "This remedy isn't where it was a moment ago.",
            "Look at the complaint again.",
        )
    remedy.state = becomes


def _event(
    remedy: Remedy,
    what: str,
    by: Member | None,
    *,
    amount: int | None = None,
    reference: str = "",
    why: str = "",
) -> None:
    Event.objects.create(
        remedy=remedy,
        what=what,
        by=by,
        at=now(),
        amount=remedy.value if amount is None else amount,
        reference=reference,
        why=why,
    )


def _enter_given(remedy: Remedy) -> None:
    to = CREDIT if remedy.provider == STORE_CREDIT else OWED
    _transfer(remedy, "give", [Line(COST, remedy.value), Line(to, -remedy.value)])


def _enter_taken_back(remedy: Remedy, amount: int, number: int, *, was_settled: bool) -> None:
    if remedy.provider == STORE_CREDIT:
        if was_settled and amount:
            unused = StoreCredit.objects.filter(remedy=remedy, left__gte=amount)
            if unused.update(left=F("left") - amount) != 1:
                raise Refusal(
                    "credit-used", "The customer used some of this credit already.", "Take back what is left."
                )
        back = CREDIT
    else:
        back = PAID if was_settled else OWED
    _transfer(remedy, "reverse", [Line(COST, -amount), Line(back, amount)], number=number)


def _transfer(remedy: Remedy, what: str, lines: list[Line], *, number: int = 1, reference: str = "") -> None:
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


def _settle_later(remedy: Remedy, *, at: datetime | None = None) -> None:
    if remedy.provider != BY_HAND:
        later(
            "remit.remedies.jobs.settle_by_itself",
            run_at=at or now() + timedelta(seconds=UNDO_SECONDS),
            unique_key=f"settle-remedy-{remedy.pk}",
            remedy=remedy.pk,
        )


def _new_code() -> str:
    groups = ("".join(secrets.choice(_CODE_LETTERS) for _ in range(4)) for _ in range(3))
    return "-".join(groups)
