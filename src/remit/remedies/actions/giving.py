"""Giving and holding: what is given counts from that moment, whenever it is handed over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import CharField, QuerySet, Sum

from remit.core.asked_often import Slot, asked_often
from remit.core.clock import now
from remit.core.writing import write
from remit.core.written_often import insert
from remit.jobs.queue import later
from remit.ledger.actions import Line
from remit.ledger.vocabulary import COST, CREDIT, FREE, HELD, OWED
from remit.people.models import Member, Team
from remit.remedies.actions.moving import enter, event, step
from remit.remedies.actions.parts import send_later
from remit.remedies.allowances import give_back, take
from remit.remedies.jobs import settle_by_itself
from remit.remedies.models import Elsewhere, Remedy
from remit.remedies.payments import parts_for
from remit.remedies.providers import (
    GOES_BACK_BY_ITSELF,
    STORE_CREDIT,
    THROUGH_PROVIDERS,
    WITHOUT_HANDS,
    provider_for,
)
from remit.remedies.vocabulary import COUNTS_AS_GIVEN, UNDO_SECONDS, State
from remit_engine.charter.allowances import Given
from remit_engine.charter.compiled import CompiledCharter
from remit_engine.charter.request import Person, Request


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
    """What was given on an order, less what was taken back, in minor units; held ones are counted.

    What was given elsewhere counts too.
    """
    return sum(int(row["given"]) for row in _given_on(order_key=order_key))


def given_ahead(order_key: str) -> None:
    """Say in a write that this will be asked."""
    _given_on.ahead(order_key=order_key)


@asked_often(order_key=CharField())
def _given_on(order_key: Slot) -> QuerySet[Remedy, Any]:
    rows = given_by_order().filter(order_key=order_key)
    return rows.union(elsewhere_by_order().filter(order_key=order_key), all=True)


def given_by_order() -> QuerySet[Remedy, Any]:
    """What Remit gave on every order on which it gave something, as rows of `given` alone."""
    rows = Remedy.objects.filter(state__in=COUNTS_AS_GIVEN).order_by()
    return rows.values("order_key").annotate(given=Sum("value") - Sum("taken_back")).values("given")


def elsewhere_by_order() -> QuerySet[Elsewhere, Any]:
    """What was given elsewhere on every order on which that is known, as rows of `given` alone."""
    rows = Elsewhere.objects.filter(fell_through_at=None).order_by()
    return rows.values("order_key").annotate(given=Sum("amount")).values("given")


def give(wish: Wish, compiled: CompiledCharter) -> Remedy:
    """Give now; it is handed over a moment later, so that it can be undone."""
    with write():
        remedy = _made(wish, compiled, State.GIVEN, settles_at=now() + timedelta(seconds=UNDO_SECONDS))
        event(remedy, "given", wish.authority or wish.member)
        _enter_given(remedy)
        _settle_later(remedy)
    return remedy


def hold(wish: Wish, compiled: CompiledCharter) -> Remedy:
    """Set aside what is proposed, until it goes ahead or is stopped; it uses the allowances already."""
    with write():
        remedy = _made(wish, compiled, State.HELD, settles_at=None)
        event(remedy, "held", wish.member)
        enter(remedy, "hold", [Line(HELD, remedy.value), Line(FREE, -remedy.value)])
    return remedy


def give_held(remedy: Remedy) -> None:
    """A proposal goes ahead.

    Raises:
        Changed: it isn't held any more.
    """
    with write():
        step(remedy, State.HELD, State.GIVEN)
        Remedy.objects.filter(pk=remedy.pk).update(settles_at=now())
        event(remedy, "given", None)
        enter(remedy, "release", [Line(HELD, -remedy.value), Line(FREE, remedy.value)])
        _enter_given(remedy)
        _settle_later(remedy, at=now())


def release(remedy: Remedy, by: Member | None, why: str) -> None:
    """What was set aside isn't given; what it used of allowances is free again.

    Raises:
        Changed: it isn't held any more.
    """
    with write():
        step(remedy, State.HELD, State.RELEASED)
        event(remedy, "released", by, why=why)
        enter(remedy, "release", [Line(HELD, -remedy.value), Line(FREE, remedy.value)])
        give_back(remedy, remedy.value, is_whole=True)


def _made(wish: Wish, compiled: CompiledCharter, state: State, *, settles_at: datetime | None) -> Remedy:
    person = wish.authority_person
    given = Given(request=wish.request, authority=person)
    buckets = take(wish.team, compiled, given)
    return insert(
        Remedy(
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
            provider=_way_of(wish),
            state=state,
            made_at=now(),
            settles_at=settles_at,
        )
    )


def _way_of(wish: Wish) -> str:
    """Back to where it was paid from, where the payments of the order have as much left; else as ever."""
    if wish.kind in GOES_BACK_BY_ITSELF and wish.value:
        order_key = wish.request.order or wish.source
        parts = parts_for(wish.team, order_key, wish.value, wish.currency)
        if parts:
            return parts[0].payment.connection.provider
    return provider_for(wish.kind)


def _facts_of(person: Person | None) -> dict[str, object]:
    if person is None:
        return {}
    return {"member": person.member, "role": person.role, "team": person.team, "step": person.step}


def _enter_given(remedy: Remedy) -> None:
    to = CREDIT if remedy.provider == STORE_CREDIT else OWED
    enter(remedy, "give", [Line(COST, remedy.value), Line(to, -remedy.value)])


def _settle_later(remedy: Remedy, *, at: datetime | None = None) -> None:
    when = at or now() + timedelta(seconds=UNDO_SECONDS)
    if remedy.provider in WITHOUT_HANDS:
        later(settle_by_itself, run_at=when, unique_key=f"settle-remedy-{remedy.pk}", remedy=remedy.pk)
    elif remedy.provider in THROUGH_PROVIDERS:
        send_later(remedy, at=when)
