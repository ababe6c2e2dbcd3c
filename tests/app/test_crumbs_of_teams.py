"""Above the page of a team stands the way to the list of teams where there is one, and else nothing."""

import pytest
from tests.app.made_house import joined

from remit.core.clock import now
from remit.people.models import Role, Team

pytestmark = pytest.mark.django_db

PAGES = {
    "/charter/": "/charter/harbour/",
    "/growth/": "/growth/harbour/",
    "/balance/": "/balance/harbour/",
    "/let-go/": "/let-go/harbour/",
}


def _owner_of_one(house):
    Team.objects.filter(word="hill").update(closed_at=now())
    return house.ola


def _manager_of_one_of_two(house):
    joined(house.mia, house.hill, Role.objects.get(word="member"), now())
    return house.mia


def _owner_in_none(house):
    house.ola.memberships.update(until=now())
    return house.ola


WHO = {
    "an owner in one of several": lambda house: house.ola,
    "an owner in none": _owner_in_none,
    "an owner of one": _owner_of_one,
    "a manager of one": lambda house: house.mia,
    "a manager of one of two": _manager_of_one_of_two,
}


@pytest.mark.parametrize("who", WHO)
def test_the_list_is_above_where_it_is_one(house, signed_in, who):
    client = signed_in(WHO[who](house))
    for teams, team in PAGES.items():
        _is_above(client, teams, team)


def test_so_it_is_where_there_is_no_charter_yet(house, signed_in):
    _is_above(signed_in(house.eve), "/charter/", "/charter/hill/")
    _is_above(signed_in(house.ola), "/charter/", "/charter/hill/")


def _is_above(client, teams, team):
    crumbs = client.get(team, follow=True).content.decode().partition('class="crumbs"')[2]
    is_list = client.get(teams).status_code == 200
    assert (f'href="{teams}"' in crumbs.partition("</nav>")[0]) == is_list, team
