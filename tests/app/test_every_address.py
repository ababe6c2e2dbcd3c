"""Who may open and send what: every address, as everybody, against a table that was written and read by hand.

    address | GET as nobody ana ben sam mia ola eve | POST as the same

And whatever they open or take out, what was answered to the pulse is read for none of it.

Ana and Ben are members, Sam leads, Mia manages, Ola owns, Eve works elsewhere. An address that isn't in the
table fails, and so does a line of the table without an address.
"""

import re
from pathlib import Path

import pytest
from django.db import connection, transaction
from tests.app.every_address import WHO, addresses, furnished, path_of

from remit.pulse.models import Box, Figure

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
    found, expected, read = {}, {}, {}
    for name, pattern in addresses():
        for way, column in (("get", 0), ("post", 1)):
            with connection.execute_wrapper(_Tables(read.setdefault((pattern, way), set()))):
                found[pattern, way] = _answered(client, way, path_of(name, pattern, words))
            expected[pattern, way] = table[pattern][column][place]
    assert {at: status for at, status in found.items() if status != expected[at]} == {}
    assert [at for at, tables in read.items() if at[1] == "get" and Box._meta.db_table in tables] == []
    assert who in {"nobody", "eve"} or any(Figure._meta.db_table in tables for tables in read.values())


class _Tables:
    """Notes which tables of the pulse are named in what is asked."""

    def __init__(self, names):
        self.names = names

    def __call__(self, execute, sql, params, many, context):
        self.names.update(re.findall(r'"(pulse_\w+)"', sql))
        return execute(sql, params, many, context)


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
