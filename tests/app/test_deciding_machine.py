"""A state machine: deciding, answering, objecting, undoing, taking back, lending and the clock, in any order.

Held against a plain book: a list of what was given, from which the engine itself says what is used.
"""

from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests.app.made_complaints import made_complaint, wants
from tests.examples import examples

from remit.approvals.vocabulary import End
from remit.charters.in_force import charter_of
from remit.charters.models import Delegation
from remit.complaints.actions.answering import Answer, answer, object_to
from remit.complaints.actions.deciding import decide, undo, withdraw
from remit.complaints.actions.waiting import count_down
from remit.complaints.facts import request_of
from remit.complaints.models import Decision
from remit.core import clock
from remit.core.errors import Changed, Refusal
from remit.ledger.models import Account
from remit.ledger.reconciling import differences
from remit.people.facts import person_of
from remit.people.models import Duty
from remit.remedies.actions.giving import given_on
from remit.remedies.actions.handing_over import settle
from remit.remedies.actions.taking_back import take_back
from remit.remedies.models import Remedy
from remit_engine.charter.allowances import Given, used
from remit_engine.charter.delegation import Delegation as Lending
from remit_engine.charter.levels import Level
from remit_engine.charter.on_behalf import Lent, authority
from remit_engine.charter.request import Person, Request

PAID = 20000
AMOUNTS = st.sampled_from([100, 2500, 4900, 5000, 5001, 8000, 8100, 15000, 20000])
KINDS = st.sampled_from(["refund", "refund", "adjustment", "credit", "apology"])


@dataclass
class Line:
    """What the plain book keeps of one decision."""

    decision: int
    order: str
    value: int
    request: Request
    authority: Person | None
    state: str
    taken_back: int = 0

    @property
    def counts(self):
        return self.value - self.taken_back if self.state in {"held", "given", "settled"} else 0


class Desk(RuleBasedStateMachine):
    house = None
    start = None

    def __init__(self):
        super().__init__()
        self.inside = transaction.atomic()
        self.inside.__enter__()
        self.moment = self.start
        self.book: list[Line] = []
        self.lent: Delegation | None = None

    def teardown(self):
        transaction.set_rollback(True)
        self.inside.__exit__(None, None, None)

    @contextmanager
    def then(self):
        with clock.at(self.moment):
            yield

    @initialize()
    def complaints(self):
        with self.then():
            Duty.objects.update(ends_at=self.start + timedelta(days=60))
            self.complaints = [
                made_complaint(self.house, category=category, paid=PAID)
                for category in ("late", "rude", "billing")
            ]

    @rule(which=st.integers(0, 2), kind=KINDS, amount=AMOUNTS, who=st.sampled_from(["ana", "ben", "sam"]))
    def decides(self, which, kind, amount, who):
        complaint, member = self.complaints[which], getattr(self.house, who)
        value = 0 if kind == "apology" else amount
        with self.then():
            request, expected, lender = self.judged(complaint, member, kind, value)
            left = PAID - self.given(complaint.order_key)
            asked = self.open_questions(complaint, kind)
            try:
                decision = decide(member, complaint.number, wants(kind, value))
            except Refusal:
                money = kind in {"refund", "adjustment"} and value > left
                assert expected is Level.NEVER or asked or money
                return
            objected = decision.level == "ask" and expected is Level.PROPOSE
            assert decision.level == expected.word or objected
            assert decision.request.get("used", {}) == dict(request.used)
            assert kind not in {"refund", "adjustment"} or value <= left
            if decision.remedy is not None:
                state = "held" if decision.level == "propose" else "given"
                self.book.append(Line(decision.pk, complaint.order_key, value, request, lender, state))

    @rule(
        how=st.sampled_from([End.YES, End.ANOTHER_AMOUNT, End.NO]),
        who=st.sampled_from(["sam", "mia", "ben"]),
    )
    def answers(self, how, who):
        decision = Decision.objects.filter(approval__form="ask", approval__ended_at=None).first()
        if decision is None:
            return
        member = getattr(self.house, who)
        amount = decision.value // 2 if how == End.ANOTHER_AMOUNT else None
        with self.then():
            try:
                answer(member, decision.approval_id, Answer(how=how, amount=amount, why="Because."))
            except Refusal:
                return
            assert member != decision.member
            assert member.memberships.get().role.word in {"lead", "manager"}
        decision.refresh_from_db()
        if how == End.NO:
            assert decision.remedy is None
            return
        value = decision.remedy.value
        assert value == (amount or decision.value)
        request = Request.from_record(decision.remedy.request)
        person = person_of(member.memberships.select_related("member", "role", "team").get())
        self.book.append(Line(decision.pk, decision.complaint.order_key, value, request, person, "given"))

    @rule(who=st.sampled_from(["sam", "mia"]))
    def objects(self, who):
        line = self.first("held")
        if line is None:
            return
        decision = Decision.objects.get(pk=line.decision)
        with self.then():
            try:
                object_to(getattr(self.house, who), decision.approval_id, "Wait.")
            except Refusal:
                return
        line.state = "released"

    @rule()
    def withdraws(self):
        decision = Decision.objects.filter(approval__ended_at=None, approval__isnull=False).last()
        if decision is None:
            return
        with self.then():
            withdraw(decision.member, decision.approval)
        for line in self.book:
            if line.decision == decision.pk:
                line.state = "released"

    @rule()
    def undoes(self):
        line = self.first("given")
        if line is None:
            return
        decision = Decision.objects.get(pk=line.decision)
        with self.then():
            try:
                undo(decision.member, decision.pk)
            except Changed:
                assert decision.remedy.settles_at <= self.moment
                return
        line.state, line.taken_back = "taken-back", line.value

    @rule(part=st.sampled_from([1, 2]), hands=st.booleans())
    def takes_back(self, part, hands):
        line = self.first("given") or self.first("settled")
        if line is None or not line.counts:
            return
        remedy = Decision.objects.get(pk=line.decision).remedy
        with self.then():
            if hands and line.state == "given" and remedy.provider == "by-hand":
                settle(remedy, self.house.ben, "till")
                line.state = "settled"
            amount = line.counts // part
            if amount:
                take_back(remedy, amount, self.house.sam, "Too much.")
                line.taken_back += amount
                if line.taken_back == line.value:
                    line.state = "taken-back"

    @precondition(lambda self: self.lent is None)
    @rule(upto=st.sampled_from([None, 10000]))
    def lends(self, upto):
        day = clock.today
        with self.then():
            self.lent = Delegation.objects.create(
                team=self.house.harbour,
                giver=self.house.sam,
                receiver=self.house.ana,
                since=day("Europe/Berlin"),
                until=day("Europe/Berlin") + timedelta(days=2),
                upto=upto,
                why="I am away.",
                made_at=self.moment,
            )

    @rule(minutes=st.sampled_from([1, 60, 60 * 24, 60 * 24 * 7]))
    def time_passes(self, minutes):
        self.moment += timedelta(minutes=minutes)
        with self.then():
            for line in self.book:
                if line.state == "held":
                    count_down(Decision.objects.get(pk=line.decision).approval_id)
                    if Remedy.objects.get(decision=line.decision).state == "given":
                        line.state = "given"

    def first(self, state):
        return next((line for line in self.book if line.state == state), None)

    def given(self, order):
        return sum(line.counts for line in self.book if line.order == order)

    def open_questions(self, complaint, kind):
        return Decision.objects.filter(complaint=complaint, kind=kind, approval__ended_at=None).exclude(
            approval=None
        )

    def judged(self, complaint, member, kind, value):
        """The level by the engine alone, with what is used from the plain book."""
        compiled = charter_of(self.house.harbour).compiled
        membership = member.memberships.select_related("member", "role", "team").get()
        bare = request_of(
            complaint,
            membership,
            compiled.charter,
            kind=kind,
            amount=value,
            given=self.given(complaint.order_key),
        )
        book = [
            Given(request=line.request, authority=line.authority, taken_back=line.taken_back)
            for line in self.book
            if line.state in {"held", "given", "settled"}
        ]
        lent = []
        if self.lent is not None and member == self.house.ana:
            giver = person_of(self.house.sam.memberships.select_related("member", "role", "team").get())
            lending = Lending(
                giver=giver,
                to="ana",
                why="x",
                since=self.lent.since,
                until=self.lent.until,
                upto=self.lent.upto,
            )
            lent = [Lent(lending, used(compiled.charter, bare.of(giver), book))]
        asked = replace(bare, used=used(compiled.charter, bare, book))
        found = authority(compiled, asked, lent)
        return asked, found.level, found.lent.delegation.giver if found.lent else None

    @invariant()
    def totals_are_those_of_the_plain_book(self):
        for complaint in getattr(self, "complaints", []):
            assert given_on(complaint.order_key) == self.given(complaint.order_key)

    @invariant()
    def books_are_right(self):
        assert list(differences()) == []
        accounts = {
            name: sum(each.balance for each in Account.objects.filter(name=name)) for name in ("cost", "held")
        }
        assert accounts["held"] == sum(line.counts for line in self.book if line.state == "held")
        given = sum(line.counts for line in self.book if line.state in {"given", "settled"})
        assert accounts["cost"] == given


@pytest.mark.slow
@pytest.mark.django_db
def test_any_order_of_acts_keeps_to_the_plain_book(house, noon):
    relaxed = settings(
        max_examples=examples(25),
        stateful_step_count=20,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    Desk.house, Desk.start = house, noon
    run_state_machine_as_test(Desk, settings=relaxed)
