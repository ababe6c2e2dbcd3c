"""The big day on the first page: the one that concerns whoever looks, what they do in it, and until when."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.app.events.made_big_days import DAY, furnished_event, greedily, made_event
from tests.app.today.test_today_page import page

from remit.core import clock
from remit.core.clock import now
from remit.events.actions.briefing import add_point, set_point, set_time
from remit.events.actions.events import call_off
from remit.events.actions.live import do
from remit.events.actions.people import add_people
from remit.events.actions.planning import ask_plan, plan_on
from remit.today.queries.big_day import next_big_day

pytestmark = pytest.mark.django_db


def planned(house):
    """An evening in twelve days, set up the day before, planned; Sam has the floor in its briefing."""
    event = furnished_event(house)
    plan_on(ask_plan(house.ana, event.pk).pk, planned=greedily)
    set_time(house.ana, event.pk, event.starts_at - timedelta(hours=2))
    point = add_point(house.ana, event.pk, title="The bar", minutes=3, task=None)
    set_point(house.ana, event.pk, point.pk, speaker="sam", words="", revision=1)
    return event


def of(event, title):
    return event.tasks.get(title=title).assignments.values_list("person__member__word", flat=True)


def test_the_next_one_with_what_is_theirs_in_it_and_its_briefing(house, signed_in):
    event = planned(house)
    sets_up = of(event, "Set up")[0]
    found = next_big_day(getattr(house, sets_up))
    assert (found.event, found.is_today, found.next.title) == (event, False, "Set up")
    assert found.next.place == "Upper room"
    assert found.next.at < found.briefing_at
    assert found.tasks == sum(sets_up in of(event, title) for title in ("Set up", "Bar"))
    text = page(signed_in(getattr(house, sets_up)))
    for words in (
        "Your next big day",
        "Winter opening",
        "The street should know",
        "Set up",
        "Fri 4 Dec, 10:00",
    ):
        assert words in text
    assert "a point of it is yours" in page(signed_in(house.sam))
    assert next_big_day(house.mia) is None
    assert next_big_day(house.eve) is None
    do(house.ana, event.tasks.get(title="Set up").pk)
    left = next_big_day(getattr(house, sets_up))
    assert (left.next.title if left.next else "") == ("Bar" if sets_up in of(event, "Bar") else "")


def test_on_the_day_everybody_is_led_to_the_run_sheet_and_afterwards_to_the_look_back(house, signed_in):
    event = planned(house)
    made_event(house, title="Smaller", day=DAY, owner="mia")
    run = f"/events/{event.pk}/run-sheet/"
    with clock.at(event.starts_at - timedelta(hours=8)):
        assert next_big_day(house.ana).is_today
        assert next_big_day(house.mia).event.title == "Smaller"
        assert "Today: " in page(signed_in(house.mia))
        assert f'href="{run}"' in page(signed_in(house.ben))
        assert next_big_day(house.eve) is None
    with clock.at(event.ends_at + timedelta(minutes=30)):
        assert f"/events/{event.pk}/look-back/" in page(signed_in(house.ben))
    with clock.at(event.ends_at + timedelta(hours=9)):
        assert next_big_day(house.ana) is None


def test_of_several_the_one_for_which_there_is_something_to_do_first(house):
    near = made_event(house, title="Near", day=DAY - timedelta(days=3))
    add_people(house.ana, near.pk, ["ben"])
    far = planned(house)
    worker = getattr(house, of(far, "Bar")[0])
    assert next_big_day(house.ben).event == near
    far.tasks.get(title="Bar").placing.__class__.objects.filter(task__event=far).update(
        starts_at=now() + timedelta(hours=1), ends_at=now() + timedelta(hours=2)
    )
    assert next_big_day(worker).event == far
    call_off(house.ana, far.pk, "It snows.")
    call_off(house.ana, near.pk, "It snows.")
    assert next_big_day(worker) is None


def test_one_far_ahead_is_quiet_until_there_is_something_to_do_and_it_is_one_query(house):
    far = made_event(house, day=DAY + timedelta(days=40))
    assert next_big_day(house.ana) is None
    with clock.at(far.starts_at - timedelta(days=27)), CaptureQueriesContext(connection) as asked:
        assert next_big_day(house.ana).event == far
    assert len(asked) == 1
