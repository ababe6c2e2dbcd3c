"""What belongs to another team answers like what isn't there at all; more fields change nothing.

Every address with a number or a name in it is asked by somebody of another team: once for a thing that
exists, once for one that never did; both answers are the same to the letter.
"""

import re

import pytest
from django.db import transaction
from tests.app.every_address import addresses, furnished, path_of

from remit.people.models import Member, Membership

pytestmark = pytest.mark.alike
OPEN_TO_ALL = ("people:invitation", "people:link", "people:new-password", "people:turn", "complaints:tell")
NEVER_WAS = {"int": "987654", "slug": "never-was", "str": "never-was", "path": "never-was"}
PART = re.compile(r"<(int|slug|str|path):(\w+)>")
TOKEN = re.compile(rb"\b\w{64}\b")
TOKENS = {
    "complaints:customer-page",
    "complaints:customer-file",
    "complaints:told",
    "privacy:handed-out",
    "privacy:handed-out-file",
    "providers:hook",
}
"""Whoever has one of those is meant to come in."""


@pytest.mark.parametrize("way", ["get", "post"])
def test_what_is_elsewhere_answers_like_what_is_nowhere(house, signed_in, way):
    client = signed_in(house.eve)
    client.raise_request_exception = False
    words, told_apart = furnished(house), {}
    for name, pattern in addresses():
        parts = PART.findall(pattern)
        if not parts or name in TOKENS or name.startswith(("demo:", *OPEN_TO_ALL)):
            continue
        there = path_of(name, pattern, words)
        nowhere = "/" + PART.sub(lambda part: NEVER_WAS[part[1]], pattern)
        mine, none = _asked(client, way, there), _asked(client, way, nowhere)
        if mine != none:
            told_apart[name] = (mine[0], none[0])
    assert told_apart == {}


def _asked(client, way, path):
    cookies = client.cookies.copy()
    with transaction.atomic():
        answer = getattr(client, way)(path)
        text = TOKEN.sub(b"", b"".join(answer)).replace(path.encode(), b"")
        transaction.set_rollback(True)
    client.cookies = cookies  # with no message of the one before
    return answer.status_code, text


MORE = {
    "is_owner": "on",
    "is_software": "on",
    "word": "ola",
    "password": "another and long enough",
    "role": "manager",
    "rank": "100",
    "team": "hill",
    "member": "1",
    "pk": "1",
    "id": "1",
    "step": "highest",
    "joined_at": "2020-01-01",
    "sessions_ended": "0",
    "left_at": "2020-01-01",
}


def test_more_fields_than_a_form_has_change_nothing(house, signed_in):
    before = _all_of(Member, but=("name", "last_login")), _all_of(Membership)
    client = signed_in(house.ana)
    sent = MORE | {"name": "Ana Changed", "email": "ana@example.org", "language": "en"}
    assert client.post("/me/", sent).status_code == 302
    assert Member.objects.get(pk=house.ana.pk).name == "Ana Changed"
    assert (_all_of(Member, but=("name", "last_login")), _all_of(Membership)) == before
    assert client.post("/complaints/many/", MORE | {"act": "take"}).status_code == 422
    assert client.get("/teams/harbour/people/invite/").status_code == 403


def _all_of(model, but=()):
    return [
        {name: value for name, value in row.items() if name not in but}
        for row in model.objects.order_by("pk").values()
    ]
