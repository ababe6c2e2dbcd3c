"""Moved to another day, everything moves along; taken out by hand, nobody is chosen again."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.app.events.made_big_days import DAY, event_words, furnished_event, made_event
from tests.app.events.test_events_pages import EVENT, page, sent
from tests.app.events.test_events_planned import fresh, number, planned, who
from tests.examples import examples

from remit.core.errors import NotAllowed
from remit.events.actions.briefing import set_time
from remit.events.actions.by_hand import (
    Choice,
    let_planner_choose,
    mark_of,
    may_be_chosen_again,
    set_by_hand,
    would_be,
)
from remit.events.actions.events import change_event
from remit.events.actions.people import add_people, add_stay, add_wish, keep_stay, set_skills
from remit.events.actions.tasks import change_task, words_of
from remit.events.facts import facts_of
from remit.events.models import Event, Stay, Wish
from remit.events.queries.plan import plan_of

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")


def on(day, hour, minute=0):
    return datetime.combine(day, time(hour, minute), tzinfo=BERLIN)


def moved_to(house, event, day):
    event.refresh_from_db()
    return change_event(house.ana, event.pk, event_words(day=day), revision=event.revision).moved


def test_times_wishes_and_the_briefing_move_along_and_times_are_asked_for_anew(house, signed_in):
    event = furnished_event(house)
    next_day = DAY + timedelta(days=1)
    for day in (DAY, next_day):
        add_stay(house.ben, event.pk, "ben", on(day, 18), on(day, 23))
    add_wish(house.ben, event.pk, "ben", 2, during=(on(DAY, 18), on(DAY, 20)))
    set_time(house.ana, event.pk, on(DAY, 17))
    typed = EVENT | {"revision": 1, "owner": "ana", "day": next_day.isoformat()}
    answer = signed_in(house.sam).post(f"/events/{event.pk}/change/", typed, follow=True)
    assert b"Ask whoever said when they can come whether that holds." in answer.content
    assert [(each.starts_at, each.ends_at, each.is_moved) for each in Stay.objects.all()] == [
        (on(day + timedelta(days=1), 18), on(day + timedelta(days=1), 23), True) for day in (DAY, next_day)
    ]
    assert Wish.objects.get().starts_at == on(next_day, 18)
    assert Event.objects.get(pk=event.pk).briefing_at == on(next_day, 17)
    ben = signed_in(house.ben)
    assert b"moved with the day" in page(ben, "people", event.pk).content
    assert sent(ben, "keep-stay", event.pk, "ben", stay=Stay.objects.first().pk).status_code == 302
    add_stay(house.ben, event.pk, "ben", *Stay.objects.values_list("starts_at", "ends_at").last())
    assert not Stay.objects.filter(is_moved=True).exists()
    assert b"moved with the day" not in page(ben, "person", event.pk, "ben").content
    with pytest.raises(NotAllowed):
        keep_stay(house.ben, event.pk, "sam", 1)


def test_what_is_not_there_on_the_new_day_goes_and_is_named(house):
    # On Sunday 28 March 2027 there is no time from two to three.
    event = made_event(house)
    add_people(house.ana, event.pk, ["ben"])
    add_stay(house.ben, event.pk, "ben", on(DAY, 2, 45), on(DAY, 3, 15))
    add_stay(house.ben, event.pk, "ben", on(DAY, 10), on(DAY, 12))
    add_wish(house.ben, event.pk, "ben", -1, during=(on(DAY, 2, 45), on(DAY, 3, 15)))
    moved = moved_to(house, event, date(2027, 3, 28))
    assert (moved.times, moved.gone) == (1, ["Ben Okafor"])
    assert Stay.objects.get().starts_at == on(date(2027, 3, 28), 10)
    assert not Wish.objects.exists()


@settings(
    max_examples=examples(15),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(st.tuples(st.integers(-3, 3), st.integers(0, 22), st.integers(1, 12)), max_size=6, unique=True),
    st.integers(1, 400),
)
def test_moved_and_moved_back_every_time_is_where_it_was(house, said, days):
    event = made_event(house)
    add_people(house.ana, event.pk, ["ben"])
    for day, hour, hours in said:
        starts = on(DAY + timedelta(days=day), hour)
        add_stay(house.ben, event.pk, "ben", starts, starts + timedelta(hours=hours))
    before = set(Stay.objects.filter(person__event=event).values_list("starts_at", "ends_at"))
    there = moved_to(house, event, DAY + timedelta(days=days))
    back = moved_to(house, event, DAY)
    after = set(Stay.objects.filter(person__event=event).values_list("starts_at", "ends_at"))
    if not there.gone and not back.gone and not _shifted(before, days):
        assert after == before
    assert len(after) <= len(before)


def _shifted(times, days):
    """Whether one of the times isn't there, or is there twice, on the other day."""
    there = [
        moment.astimezone(BERLIN).replace(fold=0) + timedelta(days=days) for both in times for moment in both
    ]
    return any(each.utcoffset() != each.replace(fold=1).utcoffset() for each in there)


def only_two_for_the_bar(house):
    """An event whose bar Ana does, and only Ben could do it instead."""
    event = furnished_event(house)
    set_skills(house.ana, event.pk, "ben", ["bar"])
    bar = fresh(event.tasks.last())
    change_task(house.ana, bar.pk, _words(bar), revision=bar.revision)
    planned(house, event)
    return event, fresh(bar)


def _words(bar):
    words = words_of(bar)
    return type(words)(**{name: getattr(words, name) for name in words.__slots__} | {"people": (("bar", 1),)})


def test_who_is_taken_out_by_hand_is_not_chosen_again_until_somebody_says_so(house, signed_in):
    event, bar = only_two_for_the_bar(house)
    (first,) = who(bar)
    other = {"ana": "ben", "ben": "ana"}[first]
    at = bar.placing.starts_at
    nobody = Choice(start=at, room=None, people=[])
    set_by_hand(house.ana, bar.pk, nobody, mark=mark_of(bar))
    planned(house, event)
    assert who(bar) == [other]
    set_by_hand(house.ana, bar.pk, nobody, mark=mark_of(fresh(bar)))
    asked = planned(house, event)
    assert who(bar) == []
    assert "One person with 'bar' is needed for 'Bar'" in asked.told[0]["sentence"]
    event.refresh_from_db()
    (line,) = [each for each in plan_of(event).lines if each.task == bar]
    assert sorted(line.spared) == ["Ana Ruiz", "Ben Okafor"]
    client = signed_in(house.ana)
    assert "Taken out by hand" in page(client, "by-hand", bar.pk).content.decode()
    assert sent(client, "choose-again", bar.pk, person=number(event, first)).status_code == 302
    may_be_chosen_again(house.ana, bar.pk, number(event, first))
    planned(house, event)
    assert who(bar) == [first]
    with pytest.raises(NotAllowed):
        may_be_chosen_again(house.ben, bar.pk, number(event, other))


def test_chosen_by_hand_again_they_are_in_it_again(house, signed_in):
    event, bar = only_two_for_the_bar(house)
    (first,) = who(bar)
    typed = {"mark": mark_of(bar), "day": DAY.isoformat(), "at": "18:00"}
    answer = signed_in(house.ana).post(f"/event-tasks/{bar.pk}/plan/", typed, follow=True)
    name = {"ana": "Ana Ruiz", "ben": "Ben Okafor"}[first]
    assert f"{name} won&#x27;t be chosen for it again" in answer.content.decode()
    assert f"{name} (taken out by hand)" in answer.content.decode()
    back = Choice(start=fresh(bar).placing.starts_at, room=None, people=[(number(event, first), "bar")])
    event.refresh_from_db()
    assert would_be(facts_of(event), bar.pk, back) == ()
    set_by_hand(house.ana, bar.pk, back, mark=mark_of(fresh(bar)))
    assert not bar.spared.exists()
    set_by_hand(house.ana, bar.pk, Choice(start=back.start, room=None, people=[]), mark=mark_of(fresh(bar)))
    let_planner_choose(house.ana, bar.pk)
    assert not bar.spared.exists()
