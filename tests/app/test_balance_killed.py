"""The balance counted by several at once, and killed on the way: all weeks as they are, or as they were."""

from datetime import timedelta
from random import Random

import pytest
from tests.app.acts_at_once import at_once
from tests.app.made_balance import made_rows, with_people
from tests.app.races.each_statement import killed_at_each

from remit.core.clock import at, now
from remit.insight.balance.keeping import keep
from remit.insight.models import BalanceWeek

pytestmark = pytest.mark.django_db(transaction=True)


def kept(house):
    return {row.week: row.counted for row in BalanceWeek.objects.filter(team=house.harbour)}


def test_killed_anywhere_the_weeks_are_those_of_before_or_those_of_now(house):
    with_people(house)
    made_rows(house, Random(3), weeks=6)  # noqa: S311 (made data)
    keep(house.harbour)
    before = kept(house)
    made_rows(house, Random(4), weeks=6)  # noqa: S311 (made data)
    later = now() + timedelta(weeks=1)
    seen = []

    def wrong():
        seen.append(kept(house))
        if seen[-1] != before and len({row.at for row in BalanceWeek.objects.all()}) > 1:
            yield "some weeks are of now, and some of before"

    came = killed_at_each(later, lambda: keep(house.harbour), wrong)
    assert came["wrong"] == []
    assert came["killed"] > 15
    with at(later):
        keep(house.harbour)
    now_kept = kept(house)
    assert seen[0] == before != now_kept == seen[-1]
    assert all(each in (before, now_kept) for each in seen)
    assert len(before) == len(now_kept) == 78
    assert min(before) not in now_kept


def test_counted_by_three_at_once_it_is_counted_once(house):
    with_people(house)
    made_rows(house, Random(5), weeks=4)  # noqa: S311 (made data)
    assert at_once(*[lambda: keep(house.harbour)] * 3) == ["done"] * 3
    together = kept(house)
    keep(house.harbour)
    assert kept(house) == together
    assert BalanceWeek.objects.count() == 78
