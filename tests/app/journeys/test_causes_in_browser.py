"""Why people complain, in a browser: what rises leads to its complaints, on all screens."""

from datetime import timedelta

import pytest
from tests.app.journeys.walking import Walk
from tests.app.made_complaints import made_complaint
from tests.journeys.browsing import SIZES

from remit.complaints.models import Complaint
from remit.core.clock import now


@pytest.fixture
def a_rise(house):
    """Twenty weeks in which *late* trebles in the newest four."""
    for back in range(1, 21):
        moment = now() - timedelta(weeks=back)
        for category, often in (("late", 9 if back <= 4 else 2), ("cold", 5)):
            for _ in range(often):
                complaint = made_complaint(house, category=category)
                Complaint.objects.filter(pk=complaint.pk).update(opened_at=moment, last_at=moment)


@pytest.mark.parametrize("size", SIZES)
def test_what_rises_leads_to_what_is_behind_it(house, a_rise, open_page, size):
    walk = Walk(open_page(house.ana, size=size)).go("/causes/")
    walk.sees("Rising beyond noise")
    walk.tap("late", role="link", within=walk.page.locator("article.cause"))
    walk.sees("more than noise explains")
    walk.tap("Older", role="link")
    walk.sees("page 2")
    walk.tap("A step of a procedure", role="link")
    walk.sees("has no procedures yet")
    walk.page.go_back()
    walk.tap("A task", role="link")
    walk.sees("A task about it")
    assert walk.field("Why?").input_value().startswith("“late”: 36 complaints")
    walk.fill("What is to be done", "Ask the kitchen")
    walk.tap("Write it down")
    walk.sees("shows it, and what becomes of it")
    walk.tap("It is done already: Ask the kitchen")
    walk.go("/causes/about/late/")
    walk.sees("No whole week has passed since.")
    assert walk.page.locator("svg .was-done").count() == 0


def test_before_the_first_complaint_it_says_what_will_be_there(house, open_page):
    walk = Walk(open_page(house.ana, size="phone")).go("/causes/")
    walk.sees("Nobody complained in a whole week so far")
