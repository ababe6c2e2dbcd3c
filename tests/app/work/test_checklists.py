"""Checklists that come back: each time once, ticked by whoever is there, missed without blame."""

from datetime import date, time, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.app.work.made_work import made_checklist, made_round
from tests.examples import examples

from remit.core import clock
from remit.core.clock import now
from remit.core.errors import Changed, NotAllowed, NotThere, Refusal
from remit.work import access
from remit.work.actions.checklists import stop_checklist
from remit.work.actions.rounds import let_go, make_due_rounds, press, reckon_anew
from remit.work.models import Checklist, Line, Press, Round
from remit_engine.recurrence.offered import every_day
from remit_engine.recurrence.reading import read_rule
from remit_engine.recurrence.recurrence import Anchor, OnClosedDays, Recurrence

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def begun():
    return [f"{each.begins_at:%d %H:%M}" for each in Round.objects.order_by("begins_at")]


def test_each_time_is_made_once_however_often_it_is_looked(house):
    made_checklist(house)
    assert Checklist.objects.get().next_at == now().replace(hour=8) + DAY
    assert make_due_rounds() == 0
    with clock.at(now() + DAY):
        assert [make_due_rounds(), make_due_rounds()] == [1, 0]
    assert begun() == ["24 08:00"]
    assert Line.objects.count() == 2


def test_what_came_while_nothing_ran_is_made_up_for_a_week_of_it(house):
    made_checklist(house)
    with clock.at(now() + 20 * DAY):
        make_due_rounds()
        make_due_rounds()
        assert len(list(access.open_rounds(house.ana))) == 7
    assert begun() == [f"{day:02} 08:00" for day in range(7, 14)]
    assert Checklist.objects.get().next_at.day == 14


def test_the_next_shift_sees_what_was_missed_and_carries_it_with_a_word(house):
    missed = made_round(house)
    with clock.at(now() + DAY / 2):
        assert list(access.open_rounds(house.ben)) == [missed]
        press(house.ben, missed.pk, 1, is_on=True, key="a")
        with pytest.raises(Refusal):
            let_go(house.ben, missed.pk, " ")
        let_go(house.ben, missed.pk, "The ice was delivered at noon.")
        assert let_go(house.ben, missed.pk, "Once more.").words == "The ice was delivered at noon."
        assert not access.open_rounds(house.ben).exists()
        with pytest.raises(Changed, match="let go"):
            press(house.ana, missed.pk, 2, is_on=True, key="b")


def test_what_is_there_now_stands_before_what_was_missed(house):
    missed, there = made_round(house), made_round(house, minutes=240)
    assert list(access.open_rounds(house.ana)) == [there, missed]


def test_ticked_by_several_it_ends_with_the_last_and_goes_on_when_one_is_taken_away(house):
    there = made_round(house)
    press(house.ana, there.pk, 1, is_on=True, key="a")
    press(house.ben, there.pk, 2, is_on=True, key="b")
    there.refresh_from_db()
    assert there.is_whole
    with pytest.raises(Changed):
        let_go(house.ana, there.pk, "No.")
    press(house.ben, there.pk, 1, is_on=False, key="c")
    there.refresh_from_db()
    assert (there.ended_at, there.is_whole) == (None, False)


def test_sent_again_after_a_lost_connection_it_counts_once(house):
    there = made_round(house)
    early = now() - timedelta(minutes=20)
    for _ in range(2):
        line = press(house.ana, there.pk, 1, is_on=True, key="a", at=early)
    assert line.ticked_at == early
    press(house.ben, there.pk, 1, is_on=False, key="b")
    assert press(house.ana, there.pk, 1, is_on=True, key="a").ticked_at is None
    assert Press.objects.count() == 2


def test_who_ticked_first_stays_and_no_clock_of_a_phone_goes_ahead(house):
    there = made_round(house)
    press(house.ana, there.pk, 1, is_on=True, key="a", at=now() + DAY)
    press(house.ben, there.pk, 1, is_on=True, key="a", at=now() - 9 * DAY)
    line = Line.objects.get(round=there, place=1)
    assert (line.ticked_by, line.ticked_at) == (house.ana, now())
    assert Press.objects.get(by=house.ben).pressed_at == there.begins_at


def test_only_a_lead_writes_and_only_the_team_ticks(house):
    with pytest.raises(NotAllowed, match="lead"):
        made_checklist(house, house.ana)
    there = made_round(house)
    for act in (
        lambda: press(house.eve, there.pk, 1, is_on=True, key="a"),
        lambda: let_go(house.eve, there.pk, "No."),
        lambda: press(house.ana, there.pk, 9, is_on=True, key="a"),
    ):
        with pytest.raises(NotThere):
            act()
    with pytest.raises(NotAllowed):
        stop_checklist(house.ana, there.checklist_id)
    with pytest.raises(Refusal):
        press(house.ana, there.pk, 1, is_on=True, key="")


def test_stopped_it_comes_no_more_and_what_came_stays(house):
    there = made_round(house)
    for _ in range(2):
        stop_checklist(house.sam, there.checklist_id)
    with clock.at(now() + 2 * DAY):
        assert make_due_rounds() == 0
    assert Round.objects.count() == 1


def test_a_team_that_was_closed_for_good_has_none_any_more(house):
    made_checklist(house)
    house.harbour.closed_at = now()
    house.harbour.save()
    with clock.at(now() + DAY):
        assert make_due_rounds() == 0


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"items": []}, "no-items"),
        ({"items": [("Ice", " ")]}, "no-why"),
        ({"why": ""}, "no-why"),
        ({"recurrence": Recurrence(read_rule("FREQ=DAILY;UNTIL=20200101"), date(2020, 1, 1))}, "never-comes"),
    ],
    ids=["no items", "no why of an item", "no why", "never comes"],
)
def test_nothing_without_lines_and_whys_and_a_day(house, said, code):
    with pytest.raises(Refusal) as refused:
        made_checklist(house, **said)
    assert refused.value.code == code


def test_with_the_opening_and_when_that_moves(house):
    house.harbour.opening = [[], *[[[1020, 1380]]] * 6]
    house.harbour.save()
    opening = Recurrence(every_day(), date(2026, 11, 20), Anchor.OPENING, OnClosedDays.IS_LEFT_OUT)
    checklist = made_checklist(house, recurrence=opening)
    assert f"{checklist.next_at:%a %H:%M}" == "Tue 16:00"
    house.harbour.opening = [[], [], *[[[660, 1380]]] * 5]
    house.harbour.save()
    assert (reckon_anew(), reckon_anew()) == (1, 0)
    checklist.refresh_from_db()
    assert f"{checklist.next_at:%a %H:%M}" == "Wed 10:00"


def test_the_same_form_sent_twice_makes_one(house):
    assert made_checklist(house, stamp="x") == made_checklist(house, stamp="x")


def test_nine_on_the_wall_stays_nine_through_the_change_of_clocks(house):
    made_checklist(house, recurrence=Recurrence(every_day(), date(2026, 11, 20), time(9)))
    Checklist.objects.update(next_at=now() + 124 * DAY - timedelta(hours=3))
    with clock.at(now() + 127 * DAY):
        make_due_rounds()
        assert begun()[-2:] == ["29 07:00", "30 07:00"]
    assert begun()[0] == "27 08:00"


RUNS = count(1)
WHO = st.sampled_from(["ana", "ben", "sam"])


@settings(
    max_examples=examples(40),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.tuples(WHO, st.sampled_from([1, 2]), st.booleans(), st.integers(0, 3)), max_size=14))
def test_stands_as_a_plain_model_says(house, presses):
    """Whoever presses whatever, and however often it is sent again: the model knows who ticked what."""
    with clock.at(now() - timedelta(hours=4)):
        checklist = made_checklist(house)
    make_due_rounds()
    there, run = checklist.rounds.get(), next(RUNS)
    ticked, sent = {}, set()
    for who, place, is_on, key in presses:
        press(getattr(house, who), there.pk, place, is_on=is_on, key=f"{run}-{key}")
        if (who, key) not in sent:
            sent.add((who, key))
            if is_on:
                ticked.setdefault(place, who)
            else:
                ticked.pop(place, None)
        found = {line.place: line.ticked_by.word for line in there.lines.exclude(ticked_at=None)}
        assert found == ticked
        there.refresh_from_db()
        assert there.is_whole == (len(ticked) == 2)
    stop_checklist(house.sam, checklist.pk)
