"""One's own reviews, growth and practice on a shared screen: after the PIN, for a while, for nobody else."""

from datetime import timedelta
from html import unescape

import pytest
from tests.app.growth.reviewed import with_steps
from tests.app.made_complaints import made_complaint, wants
from tests.app.page_checks import assert_clean
from tests.app.practice.closed import a_category
from tests.app.test_people_counter import PIN, counter, take_turn

from remit.complaints.actions.deciding import decide
from remit.core import clock
from remit.core.clock import now
from remit.people.actions.pins import set_pin
from remit.practice.actions import next_case
from remit.reviews.actions.asking import want_look
from remit.trail.models import Entry

__all__ = ["counter"]
OWN = ("/reviews/", "/reviews/mine/", "/growth/harbour/", "/practice/")


@pytest.fixture
def at_counter(house, counter):
    """The shared screen, after the turn of Ana began; she has no PIN typed again yet."""
    take_turn(counter, house.ana)
    return counter


def opened(client, address="/reviews/", pin=PIN):
    return client.post("/counter/own-pages/", {"pin": pin, "next": address})


def test_each_asks_for_the_pin_and_then_opens(house, at_counter):
    with_steps(house)
    for address in OWN:
        sent = at_counter.get(address)
        assert sent.status_code == 302
        assert sent["Location"].startswith("/counter/own-pages/?next=")
        asked = unescape(assert_clean(at_counter.get(sent["Location"])))
        assert "This page is yours alone, Ana" in asked
    assert opened(at_counter, "/growth/harbour/")["Location"] == "/growth/harbour/"
    for address in OWN:
        page = at_counter.get(address)
        assert page["Cache-Control"] == "private, no-store"
        assert "Close my pages" in assert_clean(page)
    opening = Entry.objects.get(act="own-pages-opened")
    assert (opening.subject, opening.words.text) == ("member:ana", "Till")


def test_a_wrong_pin_opens_nothing_and_is_counted_like_every_guess(house, at_counter):
    for _ in range(4):
        assert opened(at_counter, pin="9173").status_code == 422
    assert opened(at_counter, pin="9173").status_code in {422, 429}
    assert opened(at_counter).status_code == 429  # not even with the right one, for a while
    assert at_counter.get("/reviews/").status_code == 302


def test_they_close_by_themselves_by_a_press_and_with_the_turn(house, at_counter):
    opened(at_counter)
    closed = at_counter.post("/counter/own-pages/closed/")
    assert (closed.status_code, closed["Clear-Site-Data"]) == (302, '"cache"')
    assert at_counter.get("/reviews/").status_code == 302
    assert at_counter.get("/complaints/").status_code == 200  # the turn goes on
    opened(at_counter)
    begun = now()
    for minutes in range(1, 10):
        with clock.at(begun + timedelta(minutes=minutes)):
            assert at_counter.get("/reviews/").status_code == 200, minutes
    with clock.at(begun + timedelta(minutes=10, seconds=1)):
        assert at_counter.get("/reviews/")["Location"].startswith("/counter/own-pages/")
    opened(at_counter)
    handed = at_counter.post("/counter/hand-back/")
    assert (handed["Location"], handed["Clear-Site-Data"]) == ("/counter/", '"cache"')


def test_untouched_for_as_long_as_the_screen_waits_they_are_gone_with_the_turn(house, at_counter):
    opened(at_counter)
    with clock.at(now() + timedelta(seconds=121)):
        assert at_counter.get("/reviews/")["Location"].startswith("/counter/?")


def test_the_next_one_sees_nothing_of_it_and_has_to_open_their_own(house, at_counter):
    opened(at_counter)
    take_turn(at_counter, house.sam)
    for address in OWN:
        assert at_counter.get(address)["Location"].startswith("/counter/own-pages/")
    assert "Ana" not in at_counter.get("/counter/own-pages/").content.decode()


def test_of_others_and_of_the_team_everything_stays_closed(house, counter):
    with_steps(house)
    set_pin(house.mia, "harbour", PIN)
    take_turn(counter, house.mia)
    opened(counter)
    for address in (
        "/growth/harbour/people/",
        "/growth/harbour/people/ana/",
        "/teams/harbour/reviews/",
        "/teams/harbour/reviews/budget/",
        "/people/",
        "/me/",
        "/settings/",
    ):
        assert counter.get(address).status_code in {403, 404}, address
    assert counter.post("/growth/harbour/people/ana/step/", {}).status_code == 403


def test_a_form_sent_after_they_closed_is_not_done_and_says_so(house, at_counter):
    own = decide(house.ben, made_complaint(house).number, wants("refund", 1000))
    review = want_look(house.ben, own.pk, colleague="ana").reviews.get()
    said = {"outcome": "same", "why": "So would I."}
    opened(at_counter)
    assert at_counter.get(f"/reviews/{review.pk}/").status_code == 200
    at_counter.post("/counter/own-pages/closed/")
    refused = at_counter.post(f"/reviews/{review.pk}/opinion/", said)
    assert refused.status_code == 403
    assert "nothing was sent" in assert_clean(refused)
    opened(at_counter)
    assert at_counter.post(f"/reviews/{review.pk}/opinion/", said).status_code == 302
    review.refresh_from_db()
    assert review.done_at is not None


def test_somebody_without_any_device_practises_and_asks_for_a_step(house, at_counter):
    with_steps(house)
    a_category(house)
    for each in (house.mia, house.ben):
        next_case(each)
    opened(at_counter)
    assert at_counter.post("/practice/another/").status_code == 302
    assert at_counter.post("/growth/harbour/wish/", {"wish-words": "Sundays."}).status_code == 302
    assert Entry.objects.filter(act="step-asked-for").exists()


def test_on_a_device_of_ones_own_nothing_is_asked(house, signed_in):
    sent = signed_in(house.ana).get("/counter/own-pages/?next=/reviews/")
    assert (sent.status_code, sent["Location"]) == (302, "/reviews/")
