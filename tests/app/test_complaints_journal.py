"""The journal: every entry of the books of a team, as a file that sums to nothing."""

import csv
import io
from collections import defaultdict
from datetime import timedelta
from decimal import Decimal

import pytest
from tests.app.made_complaints import made_complaint, wants

from remit.complaints.actions.deciding import decide
from remit.core import clock
from remit.ledger.models import Account, Entry
from remit.remedies.actions.handing_over import settle
from remit.remedies.actions.taking_back import take_back
from remit.trail.models import Entry as Act


def rows_of(client, query=""):
    answer = client.get(f"/books/harbour/journal/{query}")
    text = b"".join(answer).decode("utf-8-sig")
    return answer, list(csv.DictReader(io.StringIO(text)))


@pytest.fixture
def given(house, noon):
    """A refund that was handed over, and taken back in part two days later."""
    complaint = made_complaint(house, category="late", paid=9000)
    remedy = decide(house.ana, complaint.number, wants("refund", 4200)).remedy
    settle(remedy, house.ben, "=till 4")
    with clock.at(noon + timedelta(days=2)):
        take_back(remedy, 1200, house.sam, "Counted twice.")
    return remedy


def test_every_entry_is_there_and_all_sum_to_the_balances(house, given, signed_in):
    answer, rows = rows_of(signed_in(house.sam))
    assert answer["Content-Disposition"] == 'attachment; filename="journal-harbour.csv"'
    assert len(rows) == Entry.objects.count() == 6
    sums = defaultdict(Decimal)
    for row in rows:
        sums[row["account"]] += Decimal(row["into"] or 0) - Decimal(row["out of"] or 0)
    assert sum(sums.values()) == 0
    assert {name: int(total * 100) for name, total in sums.items()} == dict(
        Account.objects.values_list("name", "balance")
    )
    assert {row["about"] for row in rows} == {"C-2001"}
    assert rows[2]["reference"] == "'=till 4"
    assert rows[0]["moment"] == "2026-11-23 12:00:00"
    assert Act.objects.filter(act="journal-exported", member=house.sam).exists()


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("?since=2026-11-24", 2),
        ("?until=2026-11-23", 4),
        ("?since=2026-11-23&until=2026-11-25", 6),
    ],
)
def test_days_are_those_of_the_team(house, given, signed_in, query, count):
    assert len(rows_of(signed_in(house.sam), query)[1]) == count


def test_it_is_read_piece_by_piece(house, given, signed_in, monkeypatch):
    monkeypatch.setattr("remit.complaints.queries.journal._A_CHUNK", 2)
    assert [row["entry"] for row in rows_of(signed_in(house.sam))[1]] == [
        str(number) for number in Entry.objects.order_by("pk").values_list("pk", flat=True)
    ]


def test_a_team_without_entries_has_a_header(house, signed_in):
    answer, rows = rows_of(signed_in(house.mia))
    assert (answer.status_code, rows) == (200, [])


def test_a_day_that_is_none_is_said_beside_it_and_kept(house, given, signed_in):
    answer = signed_in(house.sam).get("/books/harbour/journal/?since=2026-02-31")
    assert answer.status_code == 422
    assert "Give a day like" in answer.content.decode()
    assert 'value="2026-02-31"' in answer.content.decode()
