"""How tasks came to people: the team together where it is large enough, and oneself alone."""

from datetime import timedelta

import pytest
from tests.app.made_house import joined, made_member
from tests.app.page_checks import assert_clean
from tests.app.work.made_work import made_task

from remit.core import clock
from remit.core.clock import now
from remit.people.models import Role
from remit.work.actions.holding import give, hand_over, take
from remit.work.queries.balance import Came, balance_of

pytestmark = pytest.mark.django_db


def here(member):
    return next(each for each in balance_of(member) if each.team.word == "harbour")


def test_of_oneself_alone_and_of_a_team_that_is_large_enough(house, signed_in):
    kim = made_member("kim", "Kim Lee", now())
    joined(kim, house.harbour, Role.objects.get(word="member"), now())
    for who in (house.ana, house.ben, house.sam, house.mia):
        take(who, made_task(house).pk)
    give(house.sam, made_task(house).pk, to="ana")
    handed = made_task(house)
    take(house.ben, handed.pk)
    hand_over(house.ben, handed.pk, to="ana", words="Half of it is done.")
    ana = signed_in(house.ana)
    assert (here(house.ana).of_team, here(house.ana).of_me) == (None, Came(taken=1, given=1, handed=1))
    assert "fewer than 5 people" in ana.get("/tasks/balance/").content.decode()
    give(house.sam, made_task(house).pk, to="kim")
    for who in (house.ana, house.mia, house.ola):
        assert here(who).of_team == Came(taken=5, given=2, handed=1)
    assert here(house.mia).of_me == Came(taken=1, given=0, handed=0)
    page = ana.get("/tasks/balance/")
    assert_clean(page)
    text = page.content.decode()
    assert "5 taken up, 2 given, 1 handed over" in text
    assert "1 taken up, 1 given to you" in text
    for name in ("Ben", "Kim", "Sam", "Mia"):
        assert name not in text
    assert [each.team.word for each in balance_of(house.eve)] == ["hill"]
    with clock.at(now() + timedelta(weeks=14)):
        assert here(house.ana).of_me.all == 0
