"""Whoever knows how it went on judges otherwise: the look comes first, and a late one counts nowhere."""

from datetime import timedelta
from html import unescape

import pytest
from tests.app.made_complaints import made_complaint, wants
from tests.app.page_checks import assert_clean
from tests.app.reviews.drawn_weeks import after, decided, drawn, opened_week

from remit.complaints.actions.closing import close_complaint
from remit.complaints.actions.conversation import hear_customer, note
from remit.complaints.actions.deciding import decide
from remit.core.errors import NotThere
from remit.reviews.actions.asking import overdue, pass_on, want_look
from remit.reviews.actions.looking import finish, see
from remit.reviews.drawable import expected_in
from remit.reviews.models import Lot, Review
from remit.reviews.queries.fair import FairState, fair_reviews
from remit.reviews.queries.team import reviews_of
from remit.trail.models import Entry

DOORS = ("", "timeline/", "make-it-right/", "closure/", "reopening/")


@pytest.fixture
def week(house):
    """A week of three decisions of Ana; each complaint goes on angrily and is closed before anybody looks."""
    row = opened_week(house)
    decisions = [decided(house, house.ana, value) for value in (1000, 2000, 3000)]
    for each in decisions:
        hear_customer(each.complaint, "I am furious about it.")
        close_complaint(house.ana, each.complaint, "withdrawn", "She gave up on us.")
    return drawn(row)


def open_one():
    return Review.unbiased.filter(done_at=None, is_double=False, lot__drawn_fair=True).first()


def states(house):
    return sorted(each.state for each in fair_reviews(house.ana.memberships.get()))


def text_of(answer):
    return unescape(assert_clean(answer))


@pytest.mark.parametrize("door", DOORS)
def test_the_look_comes_before_the_complaint_and_everything_that_shows_later(house, week, signed_in, door):
    review = open_one()
    address = f"/complaints/{review.decision.complaint.number}/{door}"
    with after(week):
        page = text_of(signed_in(review.reviewer).get(address))
        assert f'href="/reviews/{review.pk}/"' in page
        assert f'action="/reviews/{review.pk}/seen/"' in page
        assert "furious" not in page
        assert "gave up" not in page
        # Nobody else is held up by it.
        assert f"/reviews/{review.pk}/seen/" not in signed_in(house.ana).get(address).content.decode()


def test_opened_all_the_same_it_opens_is_noted_and_somebody_else_is_asked(house, week, signed_in):
    review = open_one()
    client, address = signed_in(review.reviewer), f"/complaints/{review.decision.complaint.number}/"
    with after(week):
        for _ in range(2):  # a second click does no harm
            sent = client.post(f"/reviews/{review.pk}/seen/")
            assert (sent.status_code, sent.url) == (302, address)
        assert "furious" in text_of(client.get(address))
        assert "counts for nothing" in text_of(client.get(f"/reviews/{review.pk}/"))
    review.refresh_from_db()
    assert review.seen_at is not None
    assert Entry.objects.filter(act="review-seen-with-outcome").count() == 1
    other = Review.unbiased.get(lot=review.lot, is_double=False)
    assert other.reviewer not in (review.reviewer, house.ana)


def test_what_they_say_then_reaches_the_member_as_advice_and_counts_nowhere(house, week, signed_in):
    review = open_one()
    with after(week):
        see(review.reviewer, review.pk)
        finish(review.reviewer, review.pk, "different", why="She was furious.", better="More.")
        assert states(house) == [FairState.OPEN] * 2
        assert reviews_of(house.harbour).estimate is None
        assert expected_in(house.harbour, week.ends_at + timedelta(days=9)) == {"": 50_000}
        page = text_of(signed_in(house.ana).get(f"/reviews/{review.pk}/"))
        assert "knew how it went on before saying so: it is advice alone, and counts for nothing" in page
        other = Review.unbiased.get(lot=review.lot, is_double=False)
        finish(other.reviewer, other.pk, "same", why="So would I.")
        assert states(house) == [FairState.OPEN, FairState.SAME]
        assert reviews_of(house.harbour).estimate.rate == 0


def test_of_whoever_looks_at_all_three_the_draw_is_given_up_and_not_left_out(house, week):
    lot = open_one().lot
    with after(week):
        while review := Review.unbiased.filter(lot=lot, is_double=False).first():
            see(review.reviewer, review.pk)
            finish(review.reviewer, review.pk, "same", why="Fine.")
    lot.refresh_from_db()
    assert Review.objects.filter(lot=lot, is_double=False).count() == 3
    assert lot.given_up_at is not None
    assert FairState.GIVEN_UP in states(house)
    shown = reviews_of(house.harbour)
    assert (shown.done, shown.given_up, shown.at_worst.rate) == (0, 1, 1.0)


def test_left_undone_after_it_was_seen_nobody_is_asked_a_second_time(house, week):
    review = open_one()
    with after(week):
        see(review.reviewer, review.pk)
    with after(week, days=8):
        assert review.pk in overdue()
        assert pass_on(review.pk) is None
    assert Review.objects.filter(lot=review.lot, is_double=False).count() == 2


def test_whoever_wrote_in_it_meanwhile_gives_advice_alone(house, week):
    review = open_one()
    with after(week):
        note(review.reviewer, review.decision.complaint, "I spoke with her.")
        done = finish(review.reviewer, review.pk, "different", why="She told me.", better="More.")
    assert done.is_advice_alone
    assert Review.unbiased.filter(lot=review.lot, is_double=False, done_at=None).count() == 1


def test_two_decisions_on_one_complaint_are_not_both_judged_by_one_who_saw_the_rest(house):
    row = opened_week(house)
    complaint = made_complaint(house)
    for value in (500, 700):
        decide(house.ana, complaint.number, wants("refund", value))
    drawn(row)
    with after(row):
        first, second = Review.objects.filter(is_double=False).order_by("decision")
        finish(first.reviewer, first.pk, "same", why="Fine.")
        if second.reviewer_id == first.reviewer_id:
            assert finish(second.reviewer, second.pk, "same", why="Fine.").is_advice_alone
        else:
            other = pass_on(second.pk)
            assert other.reviewer_id not in {first.reviewer_id, second.reviewer_id}


def test_a_look_that_was_asked_for_says_so_and_stays_with_whom_it_was_asked_of(house, week, signed_in):
    own = decided(house, house.ben)
    want_look(house.ben, own.pk, colleague="sam")
    review = Review.objects.get(wanted__isnull=False)
    sam = signed_in(house.sam)
    page = text_of(sam.get(f"/complaints/{own.complaint.number}/"))
    assert "It is noted with your look" in page
    assert sam.post(f"/reviews/{review.pk}/seen/", {"stay": "1"}).url == f"/reviews/{review.pk}/"
    assert "It is noted with your look." in text_of(sam.get(f"/reviews/{review.pk}/"))
    assert Review.objects.filter(decision=own).count() == 1


def test_nobody_else_notes_it_and_after_the_answer_there_is_nothing_to_note(house, week):
    review = open_one()
    with after(week):
        with pytest.raises(NotThere):
            see(house.ana, review.pk)
        finish(review.reviewer, review.pk, "same", why="Fine.")
        see(review.reviewer, review.pk)
    review.refresh_from_db()
    assert review.seen_at is None


def test_whoever_peeks_where_it_is_unpleasant_bends_no_figure(house):
    """Reviewers of what they would decide otherwise open the complaint first, and judge by how it went on."""
    row = opened_week(house)
    values = {
        decided(house, who, value).pk: value
        for who in (house.ana, house.ben)
        for value in range(500, 4500, 500)
    }
    drawn(row)
    with after(row):
        while review := Review.unbiased.filter(done_at=None).order_by("pk").first():
            differs = values[review.decision_id] > 3000
            earlier = Review.objects.filter(lot=review.lot, is_double=review.is_double).exclude(pk=review.pk)
            if differs and not earlier.exists():
                see(review.reviewer, review.pk)
                finish(review.reviewer, review.pk, "same", why="She was happy in the end.")
            else:
                finish(
                    review.reviewer, review.pk, "different" if differs else "same", why="So.", better="Less."
                )
        shown = reviews_of(house.harbour)
    lots = [each for each in Lot.objects.select_related("decision") if each.is_drawn]
    weights = {each: 1 / each.chance for each in lots}
    differing = sum(weight for each, weight in weights.items() if values[each.decision_id] > 3000)
    assert shown.done == len(lots)
    assert shown.estimate.rate == pytest.approx(differing / sum(weights.values()))
    assert shown.agreement is None or shown.agreement.alike == shown.agreement.pairs
