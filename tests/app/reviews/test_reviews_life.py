"""A review's life: asked evenly, never of one who took part, done once, passed on, given up."""

from collections import Counter
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from tests.app.made_complaints import made_complaint, wants
from tests.app.reviews.drawn_weeks import after, decided, drawn, opened_week
from tests.examples import examples

from remit.complaints.actions.conversation import note
from remit.complaints.actions.deciding import decide
from remit.core.errors import Changed, NotThere, Refusal
from remit.notices.models import Notice
from remit.people.access import place_in
from remit.people.actions.members import leave
from remit.reviews import erasing, jobs
from remit.reviews.access import get_review_for
from remit.reviews.actions import asking
from remit.reviews.actions.looking import answer, finish, mark_helpful
from remit.reviews.models import Answer, Helped, Lot, Opinion, Review, Wanted
from remit.reviews.notices import examples as examples_of_notices
from remit.reviews.queries.fair import FairState, fair_reviews
from remit.reviews.vocabulary import MOST_ASKED
from remit.trail.models import Entry, Words
from remit_engine.evidence.growth import Review as Fair
from remit_engine.evidence.growth import record_of


@pytest.fixture
def week(house):
    """A week in which Ana decided twice and Ben once, drawn, its reviewers asked."""
    row = opened_week(house)
    for member in (house.ana, house.ana, house.ben):
        decided(house, member)
    return drawn(row)


def of_ana(house):
    return Review.objects.filter(decider=house.ana, is_double=False).order_by("pk").first()


def test_all_that_was_drawn_has_a_reviewer_who_had_no_part(house, week):
    assert Lot.objects.filter(drawn_fair=True).count() == 3
    for lot in Lot.objects.all():
        reviews = list(lot.reviews.all())
        assert len(reviews) == 1 + lot.is_double
        assert len({each.reviewer_id for each in reviews}) == len(reviews)
        assert lot.member_id not in {each.reviewer_id for each in reviews}


def test_reviewers_of_every_rank_are_asked_evenly(house):
    row = opened_week(house)
    for member in (house.ana, house.ben, house.sam, house.mia):
        for _ in range(4):
            decided(house, member, 300)
    drawn(row)
    asked = Counter(Review.objects.values_list("reviewer__word", flat=True))
    assert set(asked) == {"ana", "ben", "sam", "mia", "ola"}
    # Nobody looks at their own, so that the last ones can't always be shared out to the last one.
    assert max(asked.values()) - min(asked.values()) <= 2


def test_whoever_wrote_in_it_or_whom_it_is_about_is_not_asked(house):
    row = opened_week(house)
    complaint = made_complaint(house)
    complaint.about = house.sam
    complaint.save()
    note(house.ben, complaint, "I saw it.")
    decide(house.mia, complaint.number, wants("refund", 1000))
    drawn(row)
    assert set(Review.objects.values_list("reviewer__word", flat=True)) <= {"ana", "ola"}


def test_what_nobody_can_look_at_is_given_up_in_the_end(house):
    row = opened_week(house)
    complaint = made_complaint(house)
    for each in (house.ben, house.sam, house.mia, house.ola):
        note(each, complaint, "I saw it.")
    decide(house.ana, complaint.number, wants("refund", 1000))
    drawn(row)
    assert not Review.objects.exists()
    membership = house.ana.memberships.get()
    assert [each.state for each in fair_reviews(membership)] == [FairState.OPEN]
    with after(row, days=22):
        jobs.pass_on_overdue.call()
    assert [each.state for each in fair_reviews(membership)] == [FairState.GIVEN_UP]


def test_asking_again_after_a_crash_asks_nobody_twice(house, monkeypatch):
    row = opened_week(house)
    for _ in range(3):
        decided(house, house.ana)
    drawn(row, asked=False)
    whole, calls = asking._ask, []

    def falls(*arguments, **settings_):
        calls.append(1)
        if len(calls) > 1:
            raise RuntimeError("the power is gone")
        return whole(*arguments, **settings_)

    monkeypatch.setattr(asking, "_ask", falls)
    with after(row), pytest.raises(RuntimeError), transaction.atomic():
        asking.ask_reviewers(row.pk)
    assert not Review.objects.exists()
    assert not Notice.objects.filter(code="review-asked").exists()
    monkeypatch.setattr(asking, "_ask", whole)
    with after(row, hours=1):
        jobs.keep_weeks.call()
        jobs.keep_weeks.call()
        jobs.ask_reviewers.call(row.pk)
    seats = Counter(Review.objects.values_list("lot", "is_double"))
    assert set(seats.values()) == {1}
    assert len(seats) == sum(1 + each.is_double for each in Lot.objects.all() if each.is_drawn)


def test_done_once_and_the_same_again_changes_nothing(house, week):
    review = of_ana(house)
    said = {"why": "I would have.", "better": ""}
    finish(review.reviewer, review.pk, "same", **said)
    finish(review.reviewer, review.pk, "same", **said)
    with pytest.raises(Changed):
        finish(review.reviewer, review.pk, "different", why="No.", better="Half.")
    assert Opinion.objects.get(review=review).outcome == "same"
    assert Entry.objects.filter(act="review-done").count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Opinion.objects.filter(review=review).update(outcome="different")


def test_nobody_else_can_do_it_or_see_it(house, week):
    review = of_ana(house)
    for member in (house.ana, house.ben, house.sam, house.mia, house.ola, house.eve):
        if member.pk != review.reviewer_id:
            with pytest.raises(NotThere):
                finish(member, review.pk, "same", why="Fine.")


def test_the_tables_refuse_an_own_review_and_a_second_one(house, week):
    review = of_ana(house)
    fields = {"lot": review.lot, "decision": review.decision, "decider": house.ana, "asked_at": week.ends_at,
              "due_at": week.ends_at}  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.create(reviewer=house.ana, **fields)
    others = {house.ben, house.sam, house.mia, house.ola} - {review.reviewer}
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.create(reviewer=others.pop(), **fields)


def test_different_says_what_instead_and_both_need_a_why(house, week):
    review = of_ana(house)
    with pytest.raises(Refusal) as refused:
        finish(review.reviewer, review.pk, "different", why="Too little.")
    assert refused.value.field == "better"
    with pytest.raises(Refusal) as refused:
        finish(review.reviewer, review.pk, "same", why="  ")
    assert refused.value.field == "why"


def test_the_member_sees_it_answers_once_and_marks_it(house, week):
    review = of_ana(house)
    with pytest.raises(NotThere):
        answer(house.ana, review.pk, "Too early.")
    finish(review.reviewer, review.pk, "different", why="Too little.", better="Half of it.")
    assert Notice.objects.get(code="review-done").member_id == house.ana.pk
    answer(house.ana, review.pk, "I didn't know.")
    answer(house.ana, review.pk, "I didn't know.")
    with pytest.raises(Changed):
        answer(house.ana, review.pk, "Or did I?")
    mark_helpful(house.ana, review.pk)
    mark_helpful(house.ana, review.pk)
    with pytest.raises(NotThere):
        mark_helpful(review.reviewer, review.pk)
    assert (Answer.objects.count(), Helped.objects.count()) == (1, 1)
    assert Notice.objects.get(code="review-answered").member_id == review.reviewer_id


def test_what_isnt_done_goes_to_others_and_is_given_up_after_three(house, week):
    lot = of_ana(house).lot
    for days in (7, 14, 21):
        with after(week, days=days, minutes=1):
            jobs.pass_on_overdue.call()
            jobs.pass_on_overdue.call()
    rows = list(Review.objects.filter(lot=lot, is_double=False))
    # A second look takes one of the four who could be asked.
    assert len(rows) == MOST_ASKED or lot.is_double
    assert len({each.reviewer_id for each in rows}) == len(rows)
    assert all(each.passed_on_at for each in rows)
    lot.refresh_from_db()
    assert lot.given_up_at is not None
    with pytest.raises(NotThere):
        finish(rows[0].reviewer, rows[0].pk, "same", why="Late, but here.")


def test_whoever_leaves_the_team_leaves_their_reviews_to_others(house, week):
    review = Review.objects.exclude(reviewer=house.ola).order_by("pk").first()
    reviewer = review.reviewer
    with after(week, days=1):
        leave(place_in(house.ola, house.harbour), reviewer.word)
    review.refresh_from_db()
    assert review.passed_on_at is not None
    following = Review.objects.filter(lot=review.lot, is_double=review.is_double, passed_on_at=None).get()
    assert following.reviewer_id != reviewer.pk


def test_a_look_asked_for_is_no_evidence(house):
    decision = decided(house, house.ana)
    wanted = asking.want_look(house.ana, decision.pk, words="Was it enough?", colleague="sam")
    assert asking.want_look(house.ana, decision.pk).pk == wanted.pk
    review = wanted.reviews.get()
    assert review.reviewer_id == house.sam.pk
    assert not Words.objects.filter(entry__subject=decision.complaint.subject, text="Was it enough?").exists()
    finish(house.sam, review.pk, "different", why="More.", better="Twice.")
    assert fair_reviews(house.ana.memberships.get()) == []


@pytest.mark.parametrize("colleague", ["ana", "eve", "nobody"])
def test_nobody_asks_themselves_or_a_stranger(house, colleague):
    decision = decided(house, house.ana)
    with pytest.raises(Refusal):
        asking.want_look(house.ana, decision.pk, colleague=colleague)
    assert not Review.objects.exists()


def test_a_look_is_for_ones_own_decision_without_asking(house):
    asked = decided(house, house.ana, 30000)
    mine = decided(house, house.ana)
    for member, decision in ((house.ana, asked), (house.ben, mine), (house.mia, mine)):
        with pytest.raises(NotThere):
            asking.want_look(member, decision.pk)
    assert not Wanted.objects.exists()


def test_erasing_gives_up_what_is_open_and_empties_what_was_said(house, week):
    done, still_open = Review.objects.filter(decider=house.ana, is_double=False).order_by("pk")
    finish(done.reviewer, done.pk, "different", why="The guest.", better="Ask the guest.")
    answer(house.ana, done.pk, "The guest was gone.")
    erasing.erase_reviews([done.decision.complaint_id, still_open.decision.complaint_id])
    opinion = Opinion.objects.get()
    assert (opinion.outcome, opinion.why, opinion.better) == ("different", "(erased)", "(erased)")
    assert Answer.objects.get().words == "(erased)"
    states = [each.state for each in fair_reviews(house.ana.memberships.get())]
    assert sorted(states) == [FairState.DIFFERENTLY, FairState.GIVEN_UP]


def test_fair_reviews_come_in_draw_order_and_are_what_the_engine_wants(house, week):
    membership = house.ana.memberships.get()
    lots = list(Lot.objects.filter(member=house.ana, drawn_fair=True).order_by("place"))
    reviews = fair_reviews(membership)
    assert [each.decision for each in reviews] == [each.decision_id for each in lots]
    assert all(each.due_at and not each.is_overdue for each in reviews)
    last = lots[-1].reviews.get(is_double=False)
    finish(last.reviewer, last.pk, "same", why="Fine.")
    record = record_of([Fair(each.state) for each in fair_reviews(membership)])
    assert (record.counted, record.waiting) == (0, 1)
    first = lots[0].reviews.get(is_double=False)
    finish(first.reviewer, first.pk, "different", why="Hm.", better="More.")
    record = record_of([Fair(each.state) for each in fair_reviews(membership)])
    assert (record.counted, record.differently, record.waiting) == (2, 1, 0)
    assert fair_reviews(membership, since=week.ends_at) == []


NUMBERS = st.integers(0, 99)


class Lives(RuleBasedStateMachine):
    """Reviews held against plain lists: who was asked about what, and what they said."""

    house = None

    def __init__(self):
        super().__init__()
        self.inside = transaction.atomic()
        self.inside.__enter__()
        self.days = 0.0
        self.said = {}

    def teardown(self):
        transaction.set_rollback(True)
        self.inside.__exit__(None, None, None)

    @contextmanager
    def moment(self):
        with after(self.week, days=self.days):
            yield

    @initialize(count=st.integers(1, 4))
    def begin(self, count):
        self.week = opened_week(self.house)
        for _ in range(count):
            decided(self.house, self.house.ana)
        drawn(self.week)

    @rule(days=st.sampled_from([0.5, 3, 6.9, 7.1]))
    def wait(self, days):
        self.days += days
        with self.moment():
            jobs.pass_on_overdue.call()
            jobs.keep_weeks.call()

    @rule(
        which=st.integers(0, 99), outcome=st.sampled_from(["same", "different"]), who=st.sampled_from("abcd")
    )
    def say(self, which, outcome, who):
        reviews = list(Review.objects.order_by("pk"))  # how many there are differs with the key of the week
        review = reviews[which % len(reviews)]
        member = {"a": self.house.ana, "b": self.house.ben, "c": self.house.sam, "d": review.reviewer}[who]
        may = member.pk == review.reviewer_id and review.passed_on_at is None
        with self.moment():
            try:
                finish(member, review.pk, outcome, why="Because.", better="More.")
            except NotThere:
                assert not may
            except Changed:
                assert may
                assert self.said[review.pk] != outcome
            else:
                assert may
                assert self.said.setdefault(review.pk, outcome) == outcome

    @invariant()
    def as_the_lists_say(self):
        assert dict(Opinion.objects.values_list("review", "outcome")) == self.said
        for lot in Lot.objects.prefetch_related("reviews"):
            for is_double in (False, True) if lot.is_double else (False,):
                rows = [each for each in lot.reviews.all() if each.is_double == is_double]
                standing = [each for each in rows if each.passed_on_at is None]
                assert len(rows) <= MOST_ASKED
                assert len(standing) <= 1
                if not is_double and lot.is_drawn:
                    assert bool(standing) != bool(lot.given_up_at)
            assert all(each.reviewer_id != lot.member_id for each in lot.reviews.all())

    @invariant()
    def the_evidence_is_of_those(self):
        for each in fair_reviews(self.house.ana.memberships.get()):
            if each.review is not None:
                said = {"same": FairState.SAME, "different": FairState.DIFFERENTLY}[self.said[each.review]]
                assert each.state == said


def test_reviews_live_as_the_plain_lists_say(house):
    Lives.house = house
    run_state_machine_as_test(
        Lives,
        settings=settings(
            max_examples=examples(40),
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_what_is_told_fits_leads_somewhere_and_says_nothing_of_how_anybody_stands(house, week):
    review = of_ana(house)
    finish(review.reviewer, review.pk, "different", why="Too little.", better="Half of it.")
    answer(house.ana, review.pk, "I didn't know. " * 40)
    review = get_review_for(house.ana, review.pk)
    review.reviewer.name = review.decision.member.name = "Maximiliane-Alexandra" * 5
    told = list(examples_of_notices(review))
    assert [each.code for each in told] == ["review-asked", "review-done", "review-answered"]
    for each in told:
        assert len(each.title) <= 200
        assert each.address == f"/reviews/{review.pk}/"
        assert not set("%0123456789") & set(each.body)
