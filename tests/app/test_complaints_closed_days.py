"""Closed days of a team: no new promise falls on one, and what was promised before stays, and is said."""

from datetime import date, timedelta

import pytest
from tests.app.complaint_parts import opened
from tests.app.page_checks import assert_clean
from tests.app.work.test_team_closed_days import PATH, TUESDAY, closed

from remit.complaints.actions.looked_at_again import our_turn_now
from remit.complaints.models import Complaint
from remit.core import clock
from remit.core.clock import now

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def nine_to_five(house):
    house.harbour.opening = [[[540, 1020]]] * 7
    house.harbour.first_reply_minutes = 480
    house.harbour.save()
    return house


def on_the_wall(house, moment):
    return f"{moment.astimezone(house.harbour.zone):%a %d %H:%M}"


def test_what_comes_in_is_promised_for_an_open_day_and_what_was_promised_stays(nine_to_five, signed_in):
    house = nine_to_five
    before = opened(house)
    assert on_the_wall(house, before.reply_due_at) == "Tue 24 12:00"
    closed(house, TUESDAY, date(2026, 11, 25))
    before.refresh_from_db()
    assert on_the_wall(house, before.reply_due_at) == "Tue 24 12:00"
    after = opened(house)
    assert on_the_wall(house, after.reply_due_at) == "Thu 26 12:00"
    our_turn_now(after)
    page = signed_in(house.sam).get(PATH)
    assert_clean(page)
    text = page.content.decode()
    assert "1 complaint is due then" in text
    assert "what was promised before stays" in text
    assert 'href="/complaints/?tab=due"' in text
    Complaint.objects.filter(pk=before.pk).update(reply_due_at=None, resolution_due_at=None)
    assert "due then" not in signed_in(house.sam).get(PATH).content.decode()


def test_closed_every_year_it_says_what_is_due_in_the_year_that_comes(nine_to_five, signed_in):
    house = nine_to_five
    closed(house, date(2026, 11, 21), date(2026, 11, 22), is_yearly=True)
    complaint = opened(house)
    next_year = now().replace(year=2027, month=11, day=21, hour=9)
    Complaint.objects.filter(pk=complaint.pk).update(reply_due_at=next_year, resolution_due_at=None)
    assert "1 complaint is due then" in signed_in(house.sam).get(PATH).content.decode()
    Complaint.objects.filter(pk=complaint.pk).update(reply_due_at=next_year + 2 * DAY)
    assert "due then" not in signed_in(house.sam).get(PATH).content.decode()
    with clock.at(next_year + 30 * DAY):
        assert signed_in(house.sam).get(PATH).status_code == 200
