"""The five levels, each with its whole life: what is given, who is told, what the books say."""

from datetime import timedelta

import pytest
from tests.app.made_complaints import made_complaint, wants

from remit.approvals.models import Approval
from remit.approvals.vocabulary import End
from remit.charters.models import Draft
from remit.complaints.actions.answering import Answer, answer, object_to
from remit.complaints.actions.deciding import decide, undo, withdraw
from remit.complaints.actions.questions import facts_changed
from remit.complaints.actions.waiting import count_down, move_on
from remit.complaints.models import Complaint, Decision
from remit.core import clock
from remit.core.errors import Changed, NotAllowed, NotThere, Refusal
from remit.ledger.models import Account
from remit.ledger.reconciling import differences
from remit.notices.models import Notice
from remit.people.models import Duty
from remit.remedies.actions.giving import given_on
from remit.remedies.actions.handing_over import settle
from remit.remedies.actions.taking_back import take_back
from remit.remedies.models import Remedy
from remit.remedies.vocabulary import State


@pytest.fixture
def late(house):
    """A late dinner of 86.00, told by a customer; Ana has it."""
    return made_complaint(house, title="Cold dinner", category="late", paid=8600)


def balances(team):
    return {account.name: account.balance for account in Account.objects.filter(team=team) if account.balance}


def told(member):
    return list(Notice.objects.filter(member=member).values_list("code", flat=True))


def test_what_one_may_decide_is_done_at_once(house, late):
    decision = decide(house.ana, late.number, wants("refund", 4200, letter="We give back {amount}."))
    assert decision.level == "decide"
    assert decision.remedy.state == State.GIVEN
    assert decision.message.text == "We give back EUR 42."
    assert balances(house.harbour) == {"cost": 4200, "owed": -4200}
    assert given_on(late.order_key) == 4200
    assert list(differences()) == []


def test_a_form_sent_twice_decides_once(house, late):
    intent = wants("refund", 4200)
    assert decide(house.ana, late.number, intent) == decide(house.ana, late.number, intent)
    assert Remedy.objects.count() == 1


def test_the_key_of_somebody_else_opens_nothing(house, late):
    intent = wants("refund", 4200)
    decide(house.ana, late.number, intent)
    with pytest.raises(NotThere):
        decide(house.ben, late.number, intent)


def test_undone_within_the_seconds_everything_is_as_before(house, late):
    decision = decide(house.ana, late.number, wants("refund", 4200, letter="Money is coming."))
    undo(house.ana, decision.pk)
    decision = Decision.objects.select_related("remedy", "message").get(pk=decision.pk)
    assert decision.remedy.state == State.TAKEN_BACK
    assert decision.message.mail_state == "taken-back"
    assert balances(house.harbour) == {}
    assert given_on(late.order_key) == 0


def test_too_late_to_undo(house, late, noon):
    decision = decide(house.ana, late.number, wants("refund", 4200))
    with clock.at(noon + timedelta(seconds=21)), pytest.raises(Changed, match="20 seconds"):
        undo(house.ana, decision.pk)


def test_inform_gives_and_tells_the_lead(house, late):
    decision = decide(house.ana, late.number, wants("refund", 7000))
    assert decision.level == "inform"
    assert decision.remedy.state == State.GIVEN
    assert told(house.sam) == ["decision-told"]
    assert told(house.mia) == []


def test_undone_whoever_was_told_is_told_so(house, late):
    decision = decide(house.ana, late.number, wants("refund", 7000))
    undo(house.ana, decision.pk)
    assert Notice.objects.get(member=house.sam).title.startswith("Ana Ruiz took EUR 70 back at once")
    free = decide(house.ana, late.number, wants("refund", 4200))
    undo(house.ana, free.pk)
    assert Notice.objects.filter(member=house.sam).count() == 1


def test_what_was_given_before_counts(house, late):
    decide(house.ana, late.number, wants("refund", 4200))
    again = decide(house.ana, late.number, wants("refund", 3000))
    assert again.level == "inform"
    assert again.request["given"] == 4200


def test_never_more_than_was_paid_but_as_credit(house, late):
    decide(house.ana, late.number, wants("refund", 5000))
    with pytest.raises(Refusal, match="EUR 36 of what was paid"):
        decide(house.ana, late.number, wants("refund", 5000))
    assert decide(house.sam, late.number, wants("credit", 5000)).level == "decide"


def test_the_button_does_what_it_said_or_nothing(house, late):
    with pytest.raises(Changed, match="now it is inform"):
        decide(house.ana, late.number, wants("refund", 7000, expects="decide"))
    assert not Decision.objects.exists()


def test_never_says_why_and_who_takes_over(house):
    bill = made_complaint(house, title="Billed twice", category="billing")
    with pytest.raises(NotAllowed, match=r"mended in the books.*Mia Keller"):
        decide(house.ana, bill.number, wants("credit", 500))


def test_a_closed_complaint_gives_nothing(house, late, noon):
    Complaint.objects.filter(pk=late.pk).update(closed_at=noon)
    with pytest.raises(Refusal, match="closed"):
        decide(house.ana, late.number, wants("refund", 100))


def test_another_team_sees_nothing(house, late):
    with pytest.raises(NotThere):
        decide(house.eve, late.number, wants("refund", 100))


class TestAsk:
    @pytest.fixture
    def asked(self, house):
        cake = made_complaint(house, title="Wrong cake", category="wrong item", paid=31200)
        return decide(house.ana, cake.number, wants("refund", 12000, letter="{amount} comes back."))

    def test_it_waits_and_gives_nothing(self, house, asked):
        assert asked.level == "ask"
        assert asked.remedy is None
        assert asked.message is None
        assert told(house.sam) == ["approval-asked"]
        assert told(house.mia) == []

    def test_a_yes_gives_at_once_on_the_authority_of_who_said_it(self, house, asked):
        answer(house.sam, asked.approval_id, Answer(how=End.YES))
        asked.refresh_from_db()
        assert asked.remedy.state == State.GIVEN
        assert asked.remedy.authority == house.sam
        assert asked.message.text == "EUR 120 comes back."
        assert told(house.ana) == ["approval-ended"]
        assert Notice.objects.get(member=house.sam).seen_at is not None

    def test_it_is_used_once(self, house, asked):
        answer(house.sam, asked.approval_id, Answer(how=End.YES))
        with pytest.raises(Changed, match="by Sam"):
            answer(house.mia, asked.approval_id, Answer(how=End.YES))
        assert Remedy.objects.count() == 1

    def test_a_no_needs_a_why(self, house, asked):
        with pytest.raises(Refusal, match="why"):
            answer(house.sam, asked.approval_id, Answer(how=End.NO))
        answer(house.sam, asked.approval_id, Answer(how=End.NO, why="They ate it."))
        assert not Remedy.objects.exists()
        assert Approval.objects.get().ending.why == "They ate it."

    def test_another_amount_gives_that_and_the_letter_says_so(self, house, asked):
        answer(house.sam, asked.approval_id, Answer(how=End.ANOTHER_AMOUNT, amount=9600))
        asked.refresh_from_db()
        assert asked.remedy.value == 9600
        assert asked.message.text == "EUR 96 comes back."

    def test_another_amount_is_never_more(self, house, asked):
        for amount in (12000, 13000, 0, None):
            with pytest.raises(Refusal):
                answer(house.sam, asked.approval_id, Answer(how=End.ANOTHER_AMOUNT, amount=amount))

    def test_a_letter_that_promises_another_amount_stays_here(self, house, asked):
        asked.letter = "You get 120.00."
        asked.save()
        answer(house.sam, asked.approval_id, Answer(how=End.ANOTHER_AMOUNT, amount=9600))
        asked.refresh_from_db()
        assert asked.message is None
        assert "write it anew" in Notice.objects.get(member=house.ana).body

    def test_nobody_answers_their_own(self, house, asked):
        with pytest.raises(NotAllowed, match="own question"):
            answer(house.ana, asked.approval_id, Answer(how=End.YES))

    def test_nobody_says_yes_beyond_their_grants(self, house, asked):
        with pytest.raises(NotThere):
            answer(house.ben, asked.approval_id, Answer(how=End.YES))
        with pytest.raises(NotThere):
            answer(house.eve, asked.approval_id, Answer(how=End.YES))

    def test_a_changed_fact_voids_it(self, house, asked):
        complaint = asked.complaint
        complaint.category = "rude"
        complaint.save()
        facts_changed(complaint, house.ben)
        ending = Approval.objects.get().ending
        assert ending.how == End.VOID
        assert "category is rude in place of wrong item" in ending.why
        assert told(house.ana) == ["approval-ended"]

    def test_an_answer_to_a_changed_fact_gives_nothing(self, house, asked):
        Complaint.objects.update(category="rude")
        with pytest.raises(Changed, match="void"):
            answer(house.sam, asked.approval_id, Answer(how=End.YES))
        assert Approval.objects.get().ending.how == End.VOID
        assert not Remedy.objects.exists()

    def test_a_passing_day_voids_nothing(self, house, asked, noon):
        with clock.at(noon + timedelta(days=1)):
            Duty.objects.update(ends_at=noon + timedelta(days=2))
            answer(house.sam, asked.approval_id, Answer(how=End.YES))
        assert Remedy.objects.get().state == State.GIVEN

    def test_it_goes_wider_and_expires(self, house, asked, noon):
        with clock.at(noon + timedelta(minutes=11)):
            move_on(asked.approval_id)
        assert told(house.mia) == ["approval-asked"]
        with clock.at(noon + timedelta(hours=73)):
            move_on(asked.approval_id)
        assert Approval.objects.get().ending.how == End.EXPIRED

    def test_from_now_on_opens_a_draft(self, house, asked):
        answer(house.sam, asked.approval_id, Answer(how=End.YES_FROM_NOW_ON, why="Cakes are always so."))
        draft = Draft.objects.get()
        assert "Cakes are always so." in draft.text
        assert draft.text.startswith("charter: Harbour Street")
        assert told(house.mia) == ["draft-opened"]

    def test_withdrawn_it_can_be_asked_anew(self, house, asked):
        number = asked.complaint.number
        with pytest.raises(Refusal, match="open question"):
            decide(house.ana, number, wants("refund", 11000))
        withdraw(house.ana, asked.approval)
        assert decide(house.ana, number, wants("refund", 11000)).level == "ask"

    def test_less_money_left_is_seen_when_giving(self, house, asked):
        decide(house.mia, asked.complaint.number, wants("adjustment", 30000))
        with pytest.raises(Refusal, match="EUR 12 of what was paid"):
            answer(house.sam, asked.approval_id, Answer(how=End.YES))

    def test_the_owner_answers_alone_with_a_why(self, house):
        feast = made_complaint(house, title="The whole feast", category="wrong item", paid=900_000)
        decision = decide(house.mia, feast.number, wants("refund", 500_000))
        assert told(house.ola) == ["approval-asked"]
        with pytest.raises(Refusal, match="alone"):
            answer(house.ola, decision.approval_id, Answer(how=End.YES))
        answer(house.ola, decision.approval_id, Answer(how=End.YES, why="It was our fault."))
        assert Approval.objects.get().ending.is_alone


class TestPropose:
    @pytest.fixture
    def proposed(self, house):
        late = made_complaint(house, title="Two hours late", category="late", paid=31200)
        return decide(house.ana, late.number, wants("refund", 15000))

    def test_it_is_held(self, house, proposed):
        assert proposed.level == "propose"
        assert proposed.remedy.state == State.HELD
        assert balances(house.harbour) == {"held": 15000, "free": -15000}
        assert told(house.sam) == ["approval-asked"]

    def test_nobody_objects_and_it_goes(self, house, proposed, noon):
        with clock.at(noon + timedelta(minutes=119)):
            count_down(proposed.approval_id)
        assert Remedy.objects.get().state == State.HELD
        with clock.at(noon + timedelta(minutes=120)):
            count_down(proposed.approval_id)
        assert Remedy.objects.get().state == State.GIVEN
        assert balances(house.harbour) == {"cost": 15000, "owed": -15000}
        assert list(differences()) == []

    def test_the_clock_stands_while_nobody_who_may_object_is_there(self, house, proposed, noon):
        Duty.objects.filter(membership__member__in=[house.sam, house.mia, house.ola]).delete()
        with clock.at(noon + timedelta(hours=5)):
            count_down(proposed.approval_id)
        approval = Approval.objects.get()
        assert approval.ended_at is None
        assert approval.goes_at is None
        assert approval.objection_seconds_left == 2 * 3600

    def test_an_objection_frees_what_was_held(self, house, proposed):
        object_to(house.sam, proposed.approval_id, "The kitchen says it was on time.")
        assert Remedy.objects.get().state == State.RELEASED
        assert balances(house.harbour) == {}
        assert given_on(proposed.complaint.order_key) == 0
        with pytest.raises(Changed):
            object_to(house.mia, proposed.approval_id, "Me too.")

    def test_after_an_objection_somebody_else_is_asked(self, house, proposed):
        object_to(house.sam, proposed.approval_id, "On time.")
        again = decide(house.ana, proposed.complaint.number, wants("refund", 15000))
        assert again.level == "ask"
        assert list(again.approval.asked.values_list("member__word", flat=True)) == ["mia"]
        withdraw(house.ana, again.approval)
        assert decide(house.ana, proposed.complaint.number, wants("refund", 12000)).level == "propose"

    def test_an_objection_needs_a_why(self, house, proposed):
        with pytest.raises(Refusal, match="why"):
            object_to(house.sam, proposed.approval_id, "  ")

    def test_withdrawing_frees_it(self, house, proposed):
        withdraw(house.ana, proposed.approval)
        assert Remedy.objects.get().state == State.RELEASED


class TestAllowance:
    def test_what_was_given_this_week_counts(self, house):
        for _ in range(6):
            decide(house.ana, made_complaint(house, category="rude").number, wants("refund", 4900))
        seventh = decide(house.ana, made_complaint(house, category="rude").number, wants("refund", 4900))
        assert seventh.level == "ask"
        assert seventh.verdict["caps"] == ["weekly"]

    def test_undone_it_is_free_again(self, house):
        for _ in range(6):
            decision = decide(house.ana, made_complaint(house, category="rude").number, wants("refund", 4900))
        undo(house.ana, decision.pk)
        assert (
            decide(house.ana, made_complaint(house, category="rude").number, wants("refund", 4900)).level
            == "decide"
        )

    def test_a_yes_counts_to_whoever_said_it(self, house):
        cake = made_complaint(house, category="wrong item", paid=31200)
        decision = decide(house.ana, cake.number, wants("refund", 12000))
        answer(house.sam, decision.approval_id, Answer(how=End.YES))
        rude = made_complaint(house, category="rude")
        assert decide(house.ana, rude.number, wants("refund", 5000)).verdict["left"] == {"weekly": 30000}

    def test_a_new_week_begins_on_monday_of_the_team(self, house, noon):
        for _ in range(6):
            decide(house.ana, made_complaint(house, category="rude").number, wants("refund", 4900))
        with clock.at(noon + timedelta(days=6, hours=12, minutes=1)):
            late = decide(house.ana, made_complaint(house, category="rude").number, wants("refund", 4900))
        assert late.level == "decide"


def test_taken_back_later_the_books_say_so(house, late):
    decision = decide(house.ana, late.number, wants("refund", 4200))
    settle(decision.remedy, house.ana, "till 17")
    take_back(Remedy.objects.get(), 1200, house.sam, "The card was charged less.")
    take_back(Remedy.objects.get(), 3000, house.sam, "And the rest.")
    assert Remedy.objects.get().state == State.TAKEN_BACK
    assert balances(house.harbour) == {}
    assert list(differences()) == []
    with pytest.raises(Changed):
        take_back(Remedy.objects.get(), 1, house.sam, "Once more.")


def test_just_under_the_line_is_marked_and_on_it_is_not(house):
    near = decide(house.ana, made_complaint(house, category="rude").number, wants("refund", 4900))
    on_it = decide(house.ana, made_complaint(house, category="rude").number, wants("refund", 5000))
    assert (near.is_near_line, near.was_offered) == (True, False)
    assert (on_it.is_near_line, on_it.was_offered) == (False, True)
