"""Tasks twice and at the same moment, in threads of their own: exactly one gets it, the other is told who."""

import pytest
from tests.app.acts_at_once import at_once
from tests.app.work.made_work import made_task

from remit.core.errors import Changed
from remit.notices.models import Notice
from remit.work.actions.ending import do
from remit.work.actions.holding import give, hand_over, take
from remit.work.models import Task, Turn

pytestmark = pytest.mark.django_db(transaction=True)


def test_taken_by_two_exactly_one_gets_it(house):
    task = made_task(house)
    assert at_once(lambda: take(house.ana, task.pk), lambda: take(house.ben, task.pk)) == [
        "done",
        "task-taken",
    ]
    task.refresh_from_db()
    other = house.ben if task.holder == house.ana else house.ana
    with pytest.raises(Changed, match=task.holder.name):
        take(other, task.pk)
    assert Turn.objects.filter(move="taken").count() == 1


def test_taken_and_done_three_times_at_once_is_once(house):
    task = made_task(house)
    assert at_once(*[lambda: take(house.ana, task.pk)] * 3) == ["done"] * 3
    assert at_once(*[lambda: do(house.ana, task.pk)] * 3) == ["done"] * 3
    assert sorted(Turn.objects.values_list("move", flat=True)) == ["done", "taken"]


def test_written_down_three_times_at_once_it_is_one(house):
    assert at_once(*[lambda: made_task(house, stamp="x")] * 3) == ["done"] * 3
    assert Task.objects.count() == 1


def test_taken_and_given_at_once_one_has_it(house):
    task = made_task(house)
    ended = at_once(lambda: take(house.ana, task.pk), lambda: give(house.sam, task.pk, to="ben"))
    assert "done" in ended
    assert Task.objects.get().holder == house.ben


def test_handed_over_to_two_at_once_one_has_it_and_a_second_click_hands_over_once(house):
    task = made_task(house)
    take(house.ana, task.pk)

    def handing(to):
        return lambda: hand_over(house.ana, task.pk, to=to, words="The fridge is full.")

    assert at_once(handing("ben"), handing("sam"), handing("sam")) in (
        ["done", "not-your-task", "not-your-task"],
        ["done", "done", "not-your-task"],
    )
    task.refresh_from_db()
    assert Turn.objects.get(move="handed-over").to == task.holder
    told = Notice.objects.filter(subject=task.subject).values_list("member__word", flat=True)
    assert list(told) == [task.holder.word]
