"""What my work did: one's own, for oneself alone, and compared with nobody."""

from datetime import timedelta
from decimal import Decimal

import pytest
from tests.app.events.made_big_days import made_event, made_event_task
from tests.app.made_complaints import made_complaint, wants
from tests.app.page_checks import assert_clean
from tests.app.purpose.made_objectives import made_objective, made_vision
from tests.app.purpose.test_purpose_measures import closed
from tests.app.purpose.test_purpose_pages import words
from tests.app.voice.made_voice import made_idea
from tests.app.work.made_work import made_task

from remit.complaints.actions.deciding import decide
from remit.core import clock
from remit.core.clock import now, today
from remit.events.actions.live import do as mark_done
from remit.insight.my_work.looking import my_work
from remit.purpose.actions.measuring import keep_values
from remit.work.actions.ending import do
from remit.work.actions.holding import take

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def moved(house, *values, key="quick-answers", **said):
    """An objective with values so many days ago."""
    objective = made_objective(house, key, **said)
    day = today(house.harbour.time_zone)
    rows = [(day - timedelta(days=ago), Decimal(value), 9) for ago, value in values]
    keep_values(objective.pk, rows, measure="by-hand")
    return objective


def test_it_shows_what_one_had_a_part_in_and_what_moved(house, signed_in):
    made_vision(house)
    moved(house, (40, "5"), (30, "4"), (1, "3"))
    moved(house, (40, "5"), (1, "5"), key="still", title="nothing moves here")
    decide(house.ana, made_complaint(house, title="Cold soup", paid=30000).number, wants("refund", 1000))
    decide(house.ben, made_complaint(house, title="Burnt cake", paid=30000).number, wants("refund", 1000))
    mine = closed(house, opened=now() - 2 * DAY, at=now() - DAY, stars=5, title="Wrong wine")
    mine.ratings.update(words="Ana was lovely.")
    closed(house, opened=now() - 60 * DAY, at=now() - 50 * DAY, stars=5, title="Of September")
    page = words(assert_clean(signed_in(house.ana).get("/my-work/"))).replace("\xa0", " ")
    assert "3 h after 4 h on 24 October: nearer to 1 h" in page
    assert "So that every guest leaves wanting to come back." in page
    assert "1 other stood still" in page
    assert "Cold soup" in page
    assert "The guest: made right, in full. Ana was lovely." in page
    for other in ("Burnt cake", "Of September", "nothing moves"):
        assert other not in page
    before = words(assert_clean(signed_in(house.ana).get("/my-work/?month=2026-10")))
    assert "Cold soup" not in before
    assert "Of September" in words(signed_in(house.ana).get("/my-work/?month=2026-10"))


def test_tasks_also_of_big_days_and_ideas_with_a_name_stand_beside_complaints(house, signed_in):
    objective = made_objective(house)
    for title, who in (("Talk to the baker", house.ana), ("Count the glasses", house.ben)):
        task = made_task(house, title=title, objective=objective)
        take(who, task.pk)
        do(who, task.pk)
    take(house.ana, made_task(house, title="Still to do").pk)
    event = made_event(house, title="Winter opening")
    mark_done(house.ana, made_event_task(house, event, title="Open the door").pk)
    made_idea(house, text="Warm the plates")
    made_idea(house, text="Nobody said this", is_nameless=True)
    made_idea(house, house.ben, text="Of Ben")
    ana = signed_in(house.ana)
    page = words(assert_clean(ana.get("/my-work/")))
    for there in ("Talk to the baker so that guests wait less", "Open the door Winter opening",
                  "Warm the plates waits for an answer"):  # fmt: skip
        assert there in page
    for other in ("Count the glasses", "Still to do", "Nobody said this", "Of Ben"):
        assert other not in page
    assert "Talk to the baker" not in words(ana.get("/my-work/?month=2026-10"))


def test_who_did_nothing_and_who_works_elsewhere_read_it_kindly(house, signed_in):
    for who in (house.ben, house.eve):
        page = words(assert_clean(signed_in(who).get("/my-work/")))
        assert "A day without one can be a good day" in page
    for strange in ("x", "0001-01", "9999-12", "2026-13", "2026-11-01"):
        assert my_work(house.ana, strange, None).is_this_month


def test_a_month_is_that_of_the_wall_clock(house):
    with clock.at(now()):
        page = my_work(house.ana, "2026-10", None)
    assert page.month.since.isoformat() == "2026-10-01T00:00:00+02:00"
    assert page.month.until.isoformat() == "2026-11-01T00:00:00+01:00"
    assert (page.month.before.month, page.month.after.month) == (9, 11)


def test_however_much_there_is_it_asks_as_often(house, signed_in, django_assert_max_num_queries):
    made_vision(house)
    for number in range(60):
        closed(house, opened=now() - DAY, at=now(), stars=4, title=f"Soup {number}")
        if number < 20:
            moved(house, (20, "5"), (1, "4"), key=f"key-{number}")
    client = signed_in(house.ana)
    with django_assert_max_num_queries(12):
        page = client.get("/my-work/")
    assert b"?month=2026-11&amp;page=2" in page.content
    assert_clean(page)
