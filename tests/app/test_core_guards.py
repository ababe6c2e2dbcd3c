"""What is written once stays: the database itself refuses, whichever way somebody comes."""

import pytest
from django.db import IntegrityError, connection, transaction

from remit.charters.models import Version
from remit.core.clock import now
from remit.core.guards import guard_name
from remit.core.writing import write
from remit.ledger.models import Account, Entry, Transfer
from remit.trail.actions import record
from remit.trail.models import Entry as Act
from remit.trail.models import Words

GUARDED = (
    "trail_entry",
    "trail_words",
    "ledger_transfer",
    "ledger_entry",
    "charters_version",
    "remedies_event",
    "approvals_ending",
    "purpose_vision",
    "purpose_revision",
    "purpose_closing",
)


def _guards():
    question = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with connection.cursor() as cursor:
        cursor.execute(question)
        return {name for (name,) in cursor.fetchall()}


@pytest.mark.django_db
def test_every_guard_stands():
    """Also after a later migration: SQLite makes tables anew, and drops what hangs on them."""
    wanted = {guard_name(table, act) for table in GUARDED for act in ("update", "delete")}
    assert wanted <= _guards()


@pytest.fixture
def written(house):
    """One row of each guarded table that needs no desk around it."""
    with write():
        record("tried", "house:1", by=house.ana, words="She said so.")
        transfer = Transfer.objects.create(at=now(), team=house.harbour, what="give", source="remedy:1")
        account = Account.objects.create(team=house.harbour, name="given", currency="EUR")
        Entry.objects.create(transfer=transfer, account=account, amount=5)
    return house


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Act, {"act": "other"}),
        (Act, {"member": None}),
        (Words, {"text": "Other words."}),
        (Words, {"text": ""}),
        (Words, {"salt": "other"}),
        (Transfer, {"what": "settle"}),
        (Entry, {"amount": 6}),
        (Version, {"text": "other"}),
    ],
)
def test_a_change_is_refused(written, model, change):
    with pytest.raises(IntegrityError, match="written once"), transaction.atomic():
        model.objects.update(**change)


@pytest.mark.parametrize("model", [Words, Act, Entry, Transfer, Version])
def test_deleting_is_refused(written, model):
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.all()._raw_delete(connection.alias)
    assert model.objects.exists()


def test_words_are_erased_once_and_only_erased(written):
    with pytest.raises(IntegrityError, match="written once"), transaction.atomic():
        Words.objects.update(text="", erased_at=now())  # the salt has to go, too
    Words.objects.update(text="", salt="", erased_at=now())
    with pytest.raises(IntegrityError, match="written once"), transaction.atomic():
        Words.objects.update(text="", salt="", erased_at=now())


@pytest.mark.parametrize("turn", ["first", "second"])
@pytest.mark.django_db(transaction=True)
def test_emptying_the_tables_behind_a_test_leaves_the_guards(turn):
    assert not Act.objects.exists(), turn
    with write():
        record("tried", "house:1", by=None)
    with pytest.raises(IntegrityError):
        Act.objects.update(act="other")
