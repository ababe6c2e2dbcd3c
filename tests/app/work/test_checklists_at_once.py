"""Checklists by several workers and several people at the same moment."""

from datetime import timedelta

import pytest
from tests.app.acts_at_once import at_once
from tests.app.work.made_work import made_checklist, made_round

from remit.core import clock
from remit.core.clock import now
from remit.work.actions.rounds import let_go, make_due_rounds, press
from remit.work.models import Press, Round

pytestmark = pytest.mark.django_db(transaction=True)


def test_three_workers_make_each_time_once(house):
    made_checklist(house)
    with clock.at(now() + timedelta(days=3)):
        assert at_once(*[make_due_rounds] * 3) == ["done"] * 3
    assert Round.objects.count() == 3


def test_several_at_one_list_lose_no_tick(house):
    there = made_round(house)
    acts = [
        lambda who=who, place=place: press(who, there.pk, place, is_on=True, key=f"k{place}")
        for who in (house.ana, house.ben, house.sam)
        for place in (1, 2)
    ]
    assert at_once(*acts) == ["done"] * 6
    assert Press.objects.count() == 6
    assert Round.objects.get().is_whole


def test_the_last_tick_and_letting_go_at_once_one_of_them_holds(house):
    there = made_round(house)
    press(house.ana, there.pk, 1, is_on=True, key="a")
    ended = at_once(
        lambda: press(house.ana, there.pk, 2, is_on=True, key="b"),
        lambda: let_go(house.ben, there.pk, "Late."),
    )
    assert ended in (["done", "round-done"], ["done", "round-let-go"])
    assert Round.objects.get().is_whole == ("round-done" in ended)
