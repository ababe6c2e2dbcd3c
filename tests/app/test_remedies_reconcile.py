"""The proof of the books finds what isn't right, and nothing where all is."""

import pytest
from django.db.models import F
from tests.app.flushing import without_guards
from tests.app.made_complaints import made_complaint, wants

from remit.charters.models import Use
from remit.complaints.actions.deciding import decide
from remit.ledger.models import Account, Entry, Transfer
from remit.remedies import reconciling
from remit.remedies.actions.handing_over import redeem, settle
from remit.remedies.actions.taking_back import take_back
from remit.remedies.models import Remedy, StoreCredit
from remit.remedies.reconciling import differences


@pytest.fixture
def books(house):
    """One remedy in each of its states, and credit that was used in part."""
    late = made_complaint(house, category="late", paid=90000)
    given = decide(house.ana, late.number, wants("refund", 4000)).remedy
    held = decide(house.ana, late.number, wants("refund", 10000)).remedy
    paid = decide(house.sam, made_complaint(house).number, wants("adjustment", 3000)).remedy
    settle(paid, house.ben, "till 4")
    take_back(paid, 1000, house.sam, "Too much.")
    credit = decide(house.sam, made_complaint(house).number, wants("credit", 5000)).remedy
    settle(credit, None)
    redeem(StoreCredit.objects.get(), 2000, house.ben)
    take_back(credit, 1000, house.sam, "A mistake.")
    back = decide(house.sam, made_complaint(house).number, wants("refund", 700)).remedy
    take_back(back, 700, house.sam, "Not ours.")
    decide(house.ana, made_complaint(house).number, wants("apology", 0))
    return {"given": given, "held": held}


def test_all_is_right(books):
    assert list(differences()) == []
    assert StoreCredit.objects.get().left == 2000


WRONG = {
    "a balance": lambda _: Account.objects.filter(name="cost").update(balance=F("balance") + 1),
    "an entry": lambda _: Entry.objects.filter(pk=Entry.objects.first().pk).update(amount=F("amount") + 1),
    "a state": lambda books: Remedy.objects.filter(pk=books["held"].pk).update(state="given"),
    "an amount": lambda books: Remedy.objects.filter(pk=books["given"].pk).update(taken_back=1),
    "an allowance": lambda _: Use.objects.filter(amount__gt=0).update(amount=F("amount") + 1),
    "a lost bucket": lambda _: Use.objects.all().delete(),
    "credit": lambda _: StoreCredit.objects.update(left=1),
    "a remedy that isn't there": lambda _: Transfer.objects.filter(pk=_first()).update(source="remedy:99999"),
    "a source of no kind": lambda _: Transfer.objects.filter(pk=_first()).update(source="till"),
}


def _first():
    return Transfer.objects.order_by("pk").first().pk


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_is_found(books, what, monkeypatch):
    with without_guards():
        WRONG[what](books)
    found = list(differences())
    assert found
    # However many are looked at together.
    monkeypatch.setattr(reconciling, "_A_CHUNK", 1)
    assert sorted(map(str, differences())) == sorted(map(str, found))
