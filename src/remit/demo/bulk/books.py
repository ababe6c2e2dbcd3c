"""Remedies, their entries in the ledger, and the buckets of their allowances, made in bulk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Final

from remit.charters.models import Counter, Use
from remit.core.clock import now
from remit.demo.bulk.rows import Rows
from remit.ledger.models import Account, Entry, Transfer
from remit.ledger.vocabulary import COST, CREDIT, FREE, HELD, OWED, PAID, REDEEMED
from remit.people.models import Member, Team
from remit.remedies.actions.giving import Wish
from remit.remedies.actions.moving import event_of
from remit.remedies.allowances import name_of
from remit.remedies.models import Remedy, StoreCredit
from remit.remedies.providers import BY_HAND, STORE_CREDIT, provider_for
from remit.remedies.vocabulary import UNDO_SECONDS, State
from remit_engine.charter.allowances import Given, counted, key_of
from remit_engine.charter.compiled import CompiledCharter
from remit_engine.charter.document import Allowance
from remit_engine.charter.plain import allowances_that_count
from remit_engine.charter.request import Request

_CODE_LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_Bucket = tuple[str, str, date]


@dataclass(slots=True)
class _OfTeam:
    """What is used of a team's allowances: buckets by name and key, then by day."""

    counters: set[str] = field(default_factory=set)
    buckets: dict[tuple[str, str], dict[date, Use]] = field(default_factory=dict)
    given: list[Given] = field(default_factory=list)


class Books:
    """Keeps what was given.

    Args:
        rows: where it goes.
        rng: makes the codes of store credit.
    """

    def __init__(self, rows: Rows, rng: Random) -> None:
        self._rows, self._rng = rows, rng
        self._given: dict[str, int] = {}
        self._teams: dict[int, _OfTeam] = {}
        self._accounts: dict[tuple[int, str, str, str], Account] = {}
        self._credits: dict[int, StoreCredit] = {}
        self._redeemed: dict[int, int] = {}

    def given_on(self, order_key: str) -> int:
        """What was given on an order; see `remit.remedies.actions.giving.given_on`."""
        return self._given.get(order_key, 0)

    def used(self, team: Team, compiled: CompiledCharter, request: Request) -> dict[str, int]:
        """What was used of allowances; see `remit.remedies.allowances.used`."""
        if request.day is None:
            return {}
        totals = {}
        for allowance in allowances_that_count(compiled.charter, request):
            key = key_of(allowance, request)
            if key is not None:
                self._begin(team, compiled, allowance)
                totals[allowance.id] = self._used_of(team, allowance, key, request.day)
        return totals

    def give(self, wish: Wish, compiled: CompiledCharter) -> Remedy:
        """Give now."""
        remedy = self._made(wish, compiled, State.GIVEN, now() + timedelta(seconds=UNDO_SECONDS))
        self._rows.add(event_of(remedy, "given", wish.authority or wish.member))
        self._enter_given(remedy)
        return remedy

    def hold(self, wish: Wish, compiled: CompiledCharter) -> Remedy:
        """Set aside what is proposed."""
        remedy = self._made(wish, compiled, State.HELD, None)
        self._rows.add(event_of(remedy, "held", wish.member))
        self._enter(remedy, "hold", (HELD, remedy.value), (FREE, -remedy.value))
        return remedy

    def give_held(self, remedy: Remedy) -> None:
        """A proposal goes ahead."""
        remedy.state, remedy.settles_at = State.GIVEN, now()
        self._rows.add(event_of(remedy, "given", None))
        self._enter(remedy, "release", (HELD, -remedy.value), (FREE, remedy.value))
        self._enter_given(remedy)

    def release(self, remedy: Remedy, by: Member | None, why: str) -> None:
        """What was set aside isn't given."""
        remedy.state = State.RELEASED
        self._rows.add(event_of(remedy, "released", by, why=why))
        self._enter(remedy, "release", (HELD, -remedy.value), (FREE, remedy.value))
        self._given[remedy.order_key] -= remedy.value
        of_team = self._of(remedy.team)
        for name, key, day in remedy.counted:
            bucket = of_team.buckets[name, key][date.fromisoformat(day)]
            bucket.amount -= remedy.value
            bucket.count -= 1

    def settle(self, remedy: Remedy, by: Member | None, reference: str = "") -> None:
        """It was handed over."""
        remedy.state = State.SETTLED
        self._rows.add(event_of(remedy, "settled", by, reference=reference))
        left = remedy.counts
        remedy.arrived = left
        if remedy.provider == BY_HAND:
            self._enter(remedy, "settle", (OWED, left), (PAID, -left), reference=reference)
        elif remedy.provider == STORE_CREDIT and left:
            groups = ("".join(self._rng.choices(_CODE_LETTERS, k=4)) for _ in range(3))
            self._credits[remedy.pk] = self._rows.add(
                StoreCredit(remedy=remedy, code="-".join(groups), face=left, left=left)
            )

    def redeem(self, remedy: Remedy, amount: int, by: Member, reference: str = "") -> None:
        """A customer uses store credit."""
        self._credits[remedy.pk].left -= amount
        number = self._redeemed[remedy.pk] = self._redeemed.get(remedy.pk, 0) + 1
        self._rows.add(event_of(remedy, f"redeemed-{number}", by, amount=amount, reference=reference))
        self._enter(
            remedy, "redeem", (CREDIT, amount), (REDEEMED, -amount), number=number, reference=reference
        )

    def _made(
        self, wish: Wish, compiled: CompiledCharter, state: State, settles_at: datetime | None
    ) -> Remedy:
        person = wish.authority_person
        remedy = Remedy(
            team=wish.team,
            source=wish.source,
            order_key=wish.request.order or wish.source,
            customer_key=wish.request.customer or "",
            member=wish.member,
            authority=wish.authority,
            authority_facts={
                "member": person.member,
                "role": person.role,
                "team": person.team,
                "step": person.step,
            }
            if person
            else {},
            kind=wish.kind,
            value=wish.value,
            currency=wish.currency,
            what=wish.what,
            request=wish.request.as_record(),
            counted=[
                [name, key, day.isoformat()]
                for name, key, day in self._take(
                    wish.team, compiled, Given(request=wish.request, authority=person)
                )
            ],
            provider=provider_for(wish.kind),
            state=state,
            made_at=now(),
            settles_at=settles_at,
        )
        self._given[remedy.order_key] = self.given_on(remedy.order_key) + remedy.value
        return self._rows.add(remedy)

    def _take(self, team: Team, compiled: CompiledCharter, given: Given) -> Iterator[_Bucket]:
        day = given.request.day
        if day is None:
            return
        for allowance, key in counted(compiled.charter, given):
            self._begin(team, compiled, allowance)
            name = name_of(allowance)
            days = self._of(team).buckets.setdefault((name, key), {})
            if day not in days:
                days[day] = self._rows.add(Use(team=team, allowance=name, key=key, day=day))
            days[day].amount += given.amount
            days[day].count += 1
            yield name, key, day
        self._of(team).given.append(given)

    def _begin(self, team: Team, compiled: CompiledCharter, allowance: Allowance) -> None:
        name, of_team = name_of(allowance), self._of(team)
        if name in of_team.counters:
            return
        before = (each for given in of_team.given for each, _ in counted(compiled.charter, given))
        if any(each.id == allowance.id for each in before):
            raise RuntimeError(f"the allowance {allowance.id} begins to count in the middle of the year")
        of_team.counters.add(name)
        self._rows.add(Counter(team=team, allowance=name, since=now()))

    def _used_of(self, team: Team, allowance: Allowance, key: str, day: date) -> int:
        days = self._of(team).buckets.get((name_of(allowance), key), {})
        first, last = allowance.period.days_around(day)
        uses = [use for then, use in days.items() if first <= then <= last]
        return sum(use.count if allowance.counts else use.amount for use in uses)

    def _of(self, team: Team) -> _OfTeam:
        return self._teams.setdefault(team.pk, _OfTeam())

    def _enter_given(self, remedy: Remedy) -> None:
        to = CREDIT if remedy.provider == STORE_CREDIT else OWED
        self._enter(remedy, "give", (COST, remedy.value), (to, -remedy.value))

    def _enter(
        self, remedy: Remedy, what: str, *lines: tuple[str, int], number: int = 1, reference: str = ""
    ) -> None:
        if not any(amount for _, amount in lines):
            return
        transfer = self._rows.add(
            Transfer(
                at=now(),
                team=remedy.team,
                what=what,
                source=f"remedy:{remedy.pk}",
                number=number,
                reference=reference,
            )
        )
        for name, amount in lines:
            account = self._account(remedy, name)
            account.balance += amount
            self._rows.add(Entry(transfer=transfer, account=account, amount=amount))

    def _account(self, remedy: Remedy, name: str) -> Account:
        key = (remedy.team.pk, name, remedy.kind, remedy.currency)
        if key not in self._accounts:
            self._accounts[key] = self._rows.add(
                Account(team=remedy.team, name=name, kind=remedy.kind, currency=remedy.currency)
            )
        return self._accounts[key]
