"""A row that is written by a statement made once is the same as one that is saved."""

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.db.models import BigIntegerField, CharField, F
from django.test.utils import CaptureQueriesContext, isolate_apps
from tests.app.made_complaints import made_complaint, wants

from remit.complaints.actions.deciding import decide
from remit.complaints.models import Decision
from remit.core import written_often
from remit.core.writing import write
from remit.core.written_often import changed_often, insert, insert_all, insert_unseen
from remit.ledger.models import Account, Transfer
from remit.ledger.models import Entry as Line
from remit.people.models import Member
from remit.remedies.models import Event, Remedy
from remit.trail.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def decision(house):
    """A refund of 5.00, with all that is written with it."""
    complaint = made_complaint(house, title="Cold dinner", category="late", paid=8600)
    return decide(house.ana, complaint.number, wants("refund", 500))


def _new(row):
    """The same row once more, not there yet, where nothing of it may be there twice."""
    values = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key
    }
    other = {"key": "another", "number": 4_711, "what": "another", "remedy_id": None, "hash": "0" * 64}
    return type(row)(**values | {name: value for name, value in other.items() if values.get(name)})


def _said(write):
    """The statements of a write, which is undone."""
    with CaptureQueriesContext(connection) as asked, transaction.atomic():
        write()
        transaction.set_rollback(True)
    return [each["sql"] for each in asked if each["sql"].startswith(("INSERT", "UPDATE"))]


@pytest.mark.usefixtures("decision")
@pytest.mark.parametrize("model", [Decision, Remedy, Transfer, Line, Entry])
def test_a_row_is_inserted_by_the_statement_of_its_save(model):
    row = model.objects.order_by("-pk")[0]
    ours, saved = _new(row), _new(row)

    assert _said(lambda: insert(ours)) == _said(lambda: saved.save(force_insert=True))
    assert ours.pk
    assert (ours._state.adding, ours._state.db) == (saved._state.adding, saved._state.db)


def test_some_rows_are_there_with_their_keys(house, decision):
    remedy = decision.remedy
    rows = [
        Event(remedy=remedy, what=f"looked-{number}", by=house.ana, at=remedy.made_at, amount=number)
        for number in range(3)
    ]

    insert_all(rows)

    kept = Event.objects.in_bulk([row.pk for row in rows])
    assert [(kept[row.pk].what, kept[row.pk].amount) for row in rows] == [
        ("looked-0", 0),
        ("looked-1", 1),
        ("looked-2", 2),
    ]


@pytest.mark.parametrize("put", [insert_all, insert_unseen])
def test_more_rows_than_a_statement_takes_are_all_there(decision, monkeypatch, put):
    """PostgreSQL takes 65,535 values at once: a night's look may write more into the trail."""
    fields = len(Event._meta.local_concrete_fields)
    monkeypatch.setattr(written_often, "_MOST_VALUES", 3 * fields)
    event = Event.objects.filter(remedy=decision.remedy)[0]
    rows = [
        Event(remedy=decision.remedy, what=f"looked-{number}", at=event.at, amount=number)
        for number in range(8)
    ]
    with write():
        put(rows)
    kept = Event.objects.filter(what__startswith="looked-").order_by("amount")
    assert [row.amount for row in kept] == list(range(8))


@pytest.mark.usefixtures("decision")
def test_what_the_database_refuses_is_told_as_from_any_other_write():
    again = Transfer.objects.order_by("pk")[0]
    again.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        insert(again)
    with transaction.atomic():
        with pytest.raises(IntegrityError):
            insert(again)
        assert transaction.get_rollback(), "nothing of a write is kept of which a part was refused"


@pytest.mark.usefixtures("decision")
def test_a_row_is_changed_by_the_statement_of_an_update():
    account = Account.objects.order_by("pk")[0]

    @changed_often(account=BigIntegerField(), amount=BigIntegerField())
    def moved(account, amount):
        """Move."""
        return Account.objects.filter(pk=account), {"balance": F("balance") + amount}

    assert moved(account=account.pk, amount=7) == 1
    assert moved(account=account.pk, amount=-3) == 1
    assert moved(account=0, amount=1) == 0
    assert Account.objects.get(pk=account.pk).balance == account.balance + 4
    assert moved.__doc__ == "Move."


def test_a_value_that_is_missing_is_told(house):
    @changed_often(member=BigIntegerField(), name=CharField())
    def renamed(member, name):
        return Member.objects.filter(pk=member), {"name": name}

    with pytest.raises(TypeError, match=r"renamed\(\) needs name"):
        renamed(member=house.ana.pk)
    assert renamed(member=house.ana.pk, name="Anna % Berg") == 1
    assert Member.objects.get(pk=house.ana.pk).name == "Anna % Berg"


@isolate_apps("remit.core")
def test_a_model_whose_statement_is_another_one_is_refused():
    class Empty(models.Model):  # noqa: DJ008 (nobody reads it)
        """Without a column, no value is said."""

        class Meta:
            app_label = "core"
            managed = False

    with pytest.raises(TypeError, match="can't be inserted often"):
        insert(Empty())
