"""What can't be meant is refused in words, and minutes, days and order are what they say."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_days import HOUR, LINE, SATURDAY, event, hours, person, task

from remit_engine.errors import InputError
from remit_engine.planning import (
    Booking,
    Equipment,
    EquipmentNeed,
    Pin,
    Planner,
    Room,
    Span,
    Timeline,
    Wish,
    air,
    before,
    critical_path,
    plan_event,
    score,
)
from remit_engine.planning.people import joined
from remit_engine.planning.score import LOAD_STEP, least_load_cost, load_cost

SERVE = task("serve", 18, 23, needs=["bar"])
ANA = person("Ana", "bar")


def _wish(**said):
    return [SERVE], [replace(ANA, wishes=(Wish(**said),))]


@pytest.mark.parametrize(
    ("code", "tasks", "people", "more"),
    [
        ("empty-why", [replace(SERVE, why=" ")], [], {}),
        ("window-too-short", [replace(SERVE, length=6 * HOUR)], [], {}),
        ("length", [replace(SERVE, length=0)], [], {}),
        ("window-too-long", [replace(SERVE, latest=400 * 24 * HOUR)], [], {}),
        ("named-twice", [SERVE, SERVE], [], {}),
        ("named-twice", [], [ANA, ANA], {}),
        ("no-id", [replace(SERVE, id="")], [], {}),
        ("unknown-task", [replace(SERVE, after=("build",))], [], {}),
        ("circle", [replace(SERVE, after=("clear",)), task("clear", 18, 23, after=("serve",))], [], {}),
        ("need-twice", [task("serve", 18, 23, needs=["bar", "bar"])], [], {}),
        ("count", [task("serve", 18, 23, needs=[("bar", 0)])], [], {}),
        ("unknown-equipment", [replace(SERVE, equipment=(EquipmentNeed("till", 1),))], [], {}),
        ("unknown-room", [replace(SERVE, rooms=("hall",))], [], {}),
        ("count", [], [], {"equipment": (Equipment(id="till", count=-1),)}),
        ("count", [], [], {"rooms": (Room(id="hall", at_once=0),)}),
        ("span", [], [replace(ANA, available=(Span(5, 5),))], {}),
        ("minutes", [], [replace(ANA, rest=-1)], {}),
        ("wish-weight", *_wish(weight=4, skill="bar"), {}),
        ("wish-weight", *_wish(weight=0, skill="bar"), {}),
        ("wish", *_wish(weight=1), {}),
        ("wish", *_wish(weight=1, skill="bar", tasks=("serve",)), {}),
        ("unknown-task", *_wish(weight=1, tasks=("build",)), {}),
        ("span", *_wish(weight=1, during=Span(5, 5)), {}),
        ("span", [], [], {"bookings": (Booking(name="A wedding", span=Span(5, 5)),)}),
        (
            "unknown-person",
            [],
            [],
            {"bookings": (Booking(name="A wedding", span=Span(5, 6), people=("Zoe",)),)},
        ),
        ("unknown-person", [replace(SERVE, not_by=("Zoe",))], [ANA], {}),
        ("step", [], [], {"step": 0}),
    ],
)
def test_what_cannot_be_meant_is_refused(code, tasks, people, more):
    with pytest.raises(InputError) as refused:
        event(tasks, people, **more)
    assert refused.value.code == code


def test_a_circle_is_named_in_the_order_of_waiting():
    tasks = [task("a", 8, 9, after=("b",)), task("b", 8, 9, after=("c",)), task("c", 8, 9, after=("a",))]
    with pytest.raises(
        InputError, match=r"waits for the next: '(a', 'b', 'c', 'a|b', 'c', 'a', 'b|c', 'a', 'b', 'c)'"
    ):
        event(tasks)


@pytest.mark.parametrize(
    ("code", "pin"),
    [
        ("unknown-task", Pin(task="build", start=0)),
        ("pin", Pin(task="serve")),
        ("pin", Pin(task="serve", start=18 * HOUR, person="Ana")),
        ("start-outside", Pin(task="serve", start=19 * HOUR)),
        ("room-outside", Pin(task="serve", room="hall")),
        ("unknown-person", Pin(task="serve", person="Zoe")),
        ("no-place", Pin(task="serve", person="Ben")),
    ],
)
def test_what_nobody_can_set_by_hand_is_refused(code, pin):
    made = event([SERVE], [ANA, person("Ben")])
    with pytest.raises(InputError) as refused:
        plan_event(made, pins=[pin], planner=Planner.GREEDY)
    assert refused.value.code == code


def test_nobody_is_set_for_what_they_were_taken_out_of():
    made = event([replace(SERVE, not_by=("Ana",))], [ANA])
    with pytest.raises(InputError) as refused:
        plan_event(made, pins=[Pin(task="serve", person="Ana")], planner=Planner.GREEDY)
    assert refused.value.code == "taken-out"


moments = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)).map(
    lambda moment: moment.replace(tzinfo=UTC, second=0, microsecond=0)
)
zones = st.sampled_from(["Europe/Berlin", "America/Sao_Paulo", "Pacific/Apia", "Asia/Kathmandu", "UTC"])


@given(moments, moments, zones, st.integers(0, 719))
def test_minutes_lead_there_and_back_and_lie_in_their_day(origin, moment, zone, day_begins):
    line = Timeline(origin=origin, zone=zone, day_begins=day_begins)
    minute = line.minute(moment)
    assert line.moment(minute) == moment
    first, end = line.bounds(line.day(minute))
    assert first <= minute < end
    assert 22 * HOUR <= end - first <= 26 * HOUR


def test_a_night_in_which_the_clocks_change_is_as_long_as_it_is():
    line = Timeline(origin=datetime(2026, 10, 24, tzinfo=UTC), zone="Europe/Berlin")
    evening, morning = line.on(date(2026, 10, 24), 22), line.on(date(2026, 10, 25), 8)
    assert morning - evening == 11 * HOUR
    assert line.clock(evening + 11 * HOUR) == "08:00"
    assert line.on(date(2026, 10, 24), 32) == morning
    first, end = line.bounds(date(2026, 10, 24))
    assert end - first == 25 * HOUR


def test_a_moment_says_its_zone():
    with pytest.raises(InputError, match="time zone"):
        LINE.minute(datetime(2026, 6, 6))
    with pytest.raises(InputError, match="time zone"):
        Timeline(origin=datetime(2026, 6, 6), zone="UTC")
    with pytest.raises(InputError, match="can't begin"):
        Timeline(origin=datetime(2026, 6, 6, tzinfo=UTC), zone="UTC", day_begins=720)


def test_days_are_counted_back_from_the_day():
    span = before(LINE, SATURDAY, days=2, from_hour=9, to_hour=26)
    berlin = ZoneInfo("Europe/Berlin")
    assert LINE.moment(span.start) == datetime(2026, 6, 4, 9, tzinfo=berlin)
    assert LINE.moment(span.end) == datetime(2026, 6, 5, 2, tzinfo=berlin)


def test_the_critical_path_is_what_must_not_slip():
    made = event(
        [
            task("build", 8, 18, long=3),
            task("wire", 8, 18, long=1),
            task("decorate", 8, 18, long=4, after=("build",)),
            task("open", 8, 18, long=2, after=("decorate", "wire")),
            task("invite", 8, 18, long=1),
        ]
    )
    free = air(made)
    assert critical_path(made) == ("build", "decorate", "open")
    assert {name: each.slack / HOUR for name, each in free.items()} == {
        "build": 1,
        "wire": 7,
        "decorate": 1,
        "open": 1,
        "invite": 9,
    }
    assert critical_path(event([])) == ()


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 40)), max_size=20))
def test_joined_spans_hold_the_same_minutes(found):
    spans = [Span(start, start + length) for start, length in found]
    minutes = {minute for span in spans for minute in range(span.start, span.end)}
    done = joined(spans)
    assert {minute for span in done for minute in range(span.start, span.end)} == minutes
    assert all(one.end < other.start for one, other in pairwise(done))


@given(st.integers(0, 2000))
def test_each_minute_of_load_costs_as_much_as_steps_lie_before_it(minutes):
    assert load_cost(minutes) == sum(minute // LOAD_STEP for minute in range(minutes))


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 4)), min_size=1, max_size=3), st.integers(0, 9))
def test_the_least_cost_of_a_load_is_the_least_of_all_ways_to_share_it(pieces, hours_more):
    loads = [(first * HOUR, (first + more) * HOUR) for first, more in pieces]
    ways = [()]
    for first, most in loads:
        ways = [(*way, load) for way in ways for load in range(first, most + 1, HOUR)]
    added = [way for way in ways if sum(way) - sum(first for first, _ in loads) == hours_more * HOUR]
    least = least_load_cost(loads, hours_more * HOUR)
    assert least == min((sum(load_cost(load) for load in way) for way in added), default=None)


def test_the_score_says_how_each_wish_came_out():
    wishes = (
        Wish(weight=2, skill="bar"),
        Wish(weight=-1, during=hours(18, 20)),
        Wish(weight=-3, tasks=("serve",)),
    )
    made = event([SERVE, task("open", 17, 18)], [replace(ANA, wishes=wishes, carried=30)])
    plan = plan_event(made, planner=Planner.GREEDY).plan
    measured = score(made, plan)
    assert [each.is_kept for each in measured.wishes] == [True, False, False]
    assert measured.wishes_kept == 1
    assert measured.cost.wishes == 120 * (1 + 3)
    assert measured.load == {"Ana": 5 * HOUR + 30}
    assert measured.cost.load == load_cost(5 * HOUR + 30)
    assert timedelta(minutes=measured.load["Ana"]) == timedelta(hours=5.5)
