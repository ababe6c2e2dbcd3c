# ruff: noqa: S311 (made data)
"""How the demo begins: always the same, whatever the hour, and never where somebody began something else."""

from datetime import timedelta
from random import Random

import pytest
from django.db import transaction
from tests.app.conftest import NOON
from tests.app.demo_rows import all_rows, begin_counting_anew

from remit.core.clock import at
from remit.core.errors import Changed
from remit.demo.bulk.record import Record
from remit.demo.bulk.rows import Rows
from remit.demo.drawing import Guests
from remit.demo.founding import PERSONAS, Founding
from remit.demo.making import Size, make_demo
from remit.demo.playing import play
from remit.people.facts import people_of
from remit.people.models import Team

pytestmark = pytest.mark.alike


def test_the_same_seed_makes_the_same(db, noon):
    made = []
    for _ in range(2):
        begin_counting_anew()
        with transaction.atomic():
            make_demo(end=NOON, size=Size(20, 9), seed=3)
            made.append(all_rows())
            transaction.set_rollback(True)
    assert made[0] == made[1]


@pytest.mark.parametrize("hours", range(0, 24, 3))
def test_somebody_is_on_duty_whatever_the_hour_is(db, hours):
    end = NOON + timedelta(hours=hours)
    with at(end):
        rows = Rows()
        play(Founding(rows, Record(rows, Random(1)), Random(2), end).found().acts, end)
        rows.write(lambda done, total: None)
        on_duty = {each.member for each in people_of(Team.objects.get(word="harbour-street")) if each.on_duty}
        assert on_duty >= set(PERSONAS)


def test_what_somebody_began_is_never_replaced(house):
    with pytest.raises(Changed):
        make_demo(end=NOON, size=Size(20, 9))
    assert Team.objects.count() == 2


def test_no_order_is_numbered_twice_however_many_are_drawn():
    guests = Guests(Random(1))
    numbers = [guests.order_of_their_own("118-99999") for _ in range(4)]
    assert numbers == ["118-99999", "118-10000", "118-10001", "118-10002"]
