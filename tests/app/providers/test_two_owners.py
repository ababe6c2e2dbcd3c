"""Two owners at one connection: the second is told, and nothing of the first is lost; sent twice is once."""

import re
from html import unescape

import pytest
from tests.app.made_house import joined, made_member
from tests.app.page_checks import assert_clean
from tests.app.providers.conftest import KEYS
from tests.providers.fake_stripe.server import KEY

from remit.core.errors import Changed
from remit.people.models import Role
from remit.remedies.actions import connections
from remit.remedies.models import Connection

TOLD = "Somebody else changed this connection since you looked"


@pytest.fixture
def second(house, noon):
    """Another owner."""
    owner = made_member("olu", "Olu Second", noon, is_owner=True)
    for team in (house.harbour, house.hill):
        joined(owner, team, Role.objects.get(word="manager"), noon)
    return owner


def text(page):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.content.decode())).split())


def seen_on(page):
    (seen,) = set(re.findall(r'name="seen" value="(\d+)"', page.content.decode()))
    return seen


def teams_of(connection):
    return sorted(connection.teams.values_list("team__word", flat=True))


class TestTwoOwners:
    def test_the_second_is_told_sees_what_is_now_and_may_send_again(
        self, house, connected, second, signed_in
    ):
        path = f"/money/{connected.connection.pk}/"
        first_sees, second_sees = (seen_on(signed_in(each).get(path)) for each in (house.ola, second))
        sent = {"key": KEY, "secret": "", "seen": first_sees}
        assert signed_in(house.ola).post(f"{path}keys/", sent).status_code == 302
        sealed = Connection.objects.get().sealed_key
        client = signed_in(second)
        wanted = {"teams": ["hill", "harbour"], "seen": second_sees}
        told = client.post(f"{path}teams/", wanted)
        assert told.status_code == 422
        assert TOLD in text(told)
        assert_clean(told)
        assert teams_of(connected.connection) == ["harbour"]
        assert client.post(f"{path}teams/", wanted | {"seen": seen_on(told)}).status_code == 302
        assert teams_of(connected.connection) == ["harbour", "hill"]
        assert Connection.objects.get().sealed_key == sealed

    @pytest.mark.parametrize("act", ["teams", "keys", "off"])
    def test_no_change_goes_through_that_was_begun_before_another(self, house, connected, second, act):
        row = connected.connection
        connections.change_teams(house.ola, row, [house.harbour], seen=0)
        acts = {
            "teams": lambda: connections.change_teams(second, row, [house.hill], seen=0),
            "keys": lambda: connections.change_keys(second, row, KEYS, seen=0),
            "off": lambda: connections.switch_off(second, row, "We change banks.", seen=0),
        }
        with pytest.raises(Changed):
            acts[act]()
        row.refresh_from_db()
        assert (row.changes, row.off_at, teams_of(row)) == (1, None, ["harbour"])

    def test_what_was_switched_off_meanwhile_says_so(self, house, connected, second, signed_in):
        path = f"/money/{connected.connection.pk}/"
        seen = seen_on(signed_in(second).get(path))
        connections.switch_off(house.ola, connected.connection, "We change banks.")
        answer = signed_in(second).post(f"{path}keys/", {"key": KEY, "secret": "", "seen": seen})
        assert answer.status_code == 410
        assert "was switched off" in text(answer)
        assert Connection.objects.get().sealed_key == ""


def test_connected_twice_by_one_form_is_one_connection(house, stripe, settings, signed_in):
    settings.STRIPE_ADDRESS = stripe.address
    sent = {"key": KEY, "secret": "", "teams": ["harbour"]}
    client = signed_in(house.ola)
    first, again = client.post("/money/new/", sent), client.post("/money/new/", sent)
    assert (first.status_code, again.status_code) == (302, 302)
    assert first.url == again.url
    assert Connection.objects.count() == 1
