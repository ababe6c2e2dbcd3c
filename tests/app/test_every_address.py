"""Who may open and send what: every address, as everybody, against a table that was written and read by hand.

    address | GET as nobody ana ben sam mia ola eve | POST as the same

Ana and Ben are members, Sam leads, Mia manages, Ola owns, Eve works elsewhere. An address that isn't in the
table fails, and so does a line of the table without an address.
"""

from pathlib import Path

import pytest
from django.db import transaction
from tests.app.every_address import WHO, addresses, furnished, path_of

pytestmark = pytest.mark.alike
TABLE = Path(__file__).with_name("access.txt")


def _table():
    lines = [
        line for line in TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")
    ]
    rows = [[part.strip() for part in line.split("|")] for line in lines]
    return {address.removeprefix("/"): (opened.split(), sent.split()) for address, opened, sent in rows}


def test_every_address_has_a_line_and_every_line_an_address():
    assert sorted(_table()) == sorted(pattern for _, pattern in addresses())


@pytest.mark.parametrize("who", WHO)
def test_everybody_gets_what_the_table_says(house, client, who):
    client.raise_request_exception = False
    if who != "nobody":
        client.force_login(getattr(house, who), backend="remit.people.signing_in.MailAndPassword")
    table, place, words = _table(), WHO.index(who), furnished(house)
    found, expected = {}, {}
    for name, pattern in addresses():
        for way, column in (("get", 0), ("post", 1)):
            found[pattern, way] = _answered(client, way, path_of(name, pattern, words))
            expected[pattern, way] = table[pattern][column][place]
    assert {at: status for at, status in found.items() if status != expected[at]} == {}


def _answered(client, way, path):
    """The status of an answer, as if it had never been asked."""
    before = dict(client.cookies)
    with transaction.atomic():
        answer = getattr(client, way)(path)
        if answer.streaming:
            list(answer)  # closes its file, as a server does when it has sent it
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.update(before)
    return str(answer.status_code)
