"""Somebody is made nobody: no column, no index, no file and no byte of the database has them any more."""

from pathlib import Path

import pytest
from django.conf import settings as settings_in_use
from django.db import connection
from tests.app.made_complaints import made_complaint, wants
from tests.app.privacy.marked import holding, in_the_books, made_marked, text_columns
from tests.app.privacy.test_privacy_columns import columns_of

from remit.complaints.actions.closing import close_complaint
from remit.complaints.actions.customers import CustomerWords, change_customer, merge_customers, part_customers
from remit.complaints.actions.deciding import decide
from remit.complaints.actions.sending import begin_sending
from remit.complaints.models import Attachment, Complaint, Customer, CustomerMerge, Message, Order
from remit.complaints.verifying import Verified, verify_decisions
from remit.core.clock import now
from remit.core.erasing import ERASED
from remit.core.errors import NotAllowed, NotThere, Refusal
from remit.privacy import erased_list
from remit.privacy.actions import anonymise_again
from remit.privacy.actions.erasing import erase_customer
from remit.privacy.jobs import wipe
from remit.privacy.models import Erasure, Hold
from remit.remedies.actions.handing_over import settle
from remit.remedies.models import Remedy
from remit.remedies.reconciling import differences
from remit.trail.verifying import verify_trail

JO, JOS_PHONE = "zq7jonah", "+491705550001"
KIM, KIMS_PHONE = "zq7kimber", "+491705550002"


NAMED_BY_CHANCE = {
    *("complaints.attachment.file", "complaints.unsentfile.file"),
    *("complaints.receivedmail.raw", "privacy.export.file"),
}
"""Files on the disk: their names say nothing; whether they are gone is looked at by itself."""


@pytest.fixture(autouse=True)
def _own_folders(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    settings.DATA = tmp_path


@pytest.fixture
def two(house):
    """Two customers of whom something stands everywhere."""
    return made_marked(house, JO, JOS_PHONE), made_marked(house, KIM, KIMS_PHONE)


def _holding_by_model(mark):
    tables = {model._meta.db_table: model._meta.label_lower for model, _ in text_columns().values()}
    return {
        f"{tables[each.split('.')[0]]}.{each.split('.')[1]}"
        for each in holding(mark)
        if each.split(".")[0] in tables
    }


def test_the_marks_stand_in_every_column_that_is_somebodys(two):
    meant = columns_of("customer", "traces") - NAMED_BY_CHANCE - {"privacy.hold.why"}
    assert meant - _holding_by_model(JO) - _holding_by_model(JOS_PHONE) == set()


def test_nothing_of_them_is_left_and_everything_of_others_is(house, two):
    jo, kim = two
    before = holding(KIM)
    erase_customer(house.ola, jo.pk, typed="erase")
    wipe.call()
    assert holding(JO) == set()
    assert holding(JOS_PHONE) == set()
    assert holding(KIM) == before
    assert Customer.objects.get(pk=kim.pk).name == f"Guest {KIM}"


def _bytes():
    """All that is on the disk: the database with its log, and the uploads."""
    found = [path.read_bytes() for path in Path(settings_in_use.MEDIA_ROOT).rglob("*") if path.is_file()]
    if connection.vendor == "sqlite":
        name = Path(connection.settings_dict["NAME"])
        found += [path.read_bytes() for path in name.parent.glob(f"{name.name}*")]
    return found


def _how_often(mark):
    return sum(content.count(mark.encode()) for content in _bytes())


@pytest.mark.django_db(transaction=True)
def test_no_byte_of_them_is_left_on_the_disk(house, two):
    jo, _ = two
    wipe.call()
    assert _how_often(JO) > 0
    files_before = len(_bytes())
    erase_customer(house.ola, jo.pk, typed="erase")
    wipe.call()
    assert _how_often(JO) == 0
    assert _how_often(KIM) > 0
    assert len(_bytes()) == files_before - 4, "two mails, a file of a message, and one that waits"


def test_the_books_the_trail_and_every_verdict_hold(house, two):
    jo, _ = two
    before = list(
        Remedy.objects.order_by("pk").values("kind", "value", "currency", "state", "made_at", "request")
    )
    erase_customer(house.ola, jo.pk, typed="erase")
    assert verify_trail().broken is None
    assert list(differences()) == []
    assert list(verify_decisions(Verified())) == []
    after = list(
        Remedy.objects.order_by("pk").values("kind", "value", "currency", "state", "made_at", "request")
    )
    assert after == before


def test_the_pages_of_their_complaints_still_open(house, two, signed_in):
    jo, _ = two
    tokens = [each.token for each in Complaint.objects.filter(customer=jo)]
    numbers = list(Complaint.objects.filter(customer=jo).values_list("number", flat=True))
    erase_customer(house.ola, jo.pk, typed="erase")
    client = signed_in(house.ola)
    pages = [
        *(f"/complaints/{number}/" for number in numbers),
        f"/customers/{jo.pk}/",
        "/complaints/?tab=all",
    ]
    assert {client.get(page).status_code for page in pages} == {200}
    assert {client.get(f"/c/{token}/").status_code for token in tokens} == {404}


def test_the_number_of_an_order_stays_where_the_books_name_it(house, two):
    jo, _ = two
    orders = list(Order.objects.filter(complaints__customer=jo).order_by("pk"))
    erase_customer(house.ola, jo.pk, typed="erase")
    assert [Order.objects.get(pk=each.pk).number for each in orders] == [
        in_the_books(JOS_PHONE), f"erased-{orders[1].pk}", f"erased-{orders[2].pk}",
    ]  # fmt: skip


def test_whoever_was_merged_into_them_goes_too(house, two):
    jo, _ = two
    other = Customer.objects.get(merged_into=jo)
    erase_customer(house.ola, other.pk, typed="erase")
    assert set(Customer.objects.filter(erased_at=None).values_list("name", flat=True)) == {
        f"Guest {KIM}", f"Guest {KIM} 0"
    }  # fmt: skip


def test_only_an_owner_who_means_it(house, two):
    jo, _ = two
    with pytest.raises(NotAllowed):
        erase_customer(house.mia, jo.pk, typed="erase")
    with pytest.raises(Refusal, match="wasn't typed"):
        erase_customer(house.ola, jo.pk, typed="yes")
    with pytest.raises(NotThere):
        erase_customer(house.ola, 0, typed="erase")
    assert Attachment.objects.count() == 2


def test_not_while_anything_is_open_or_unsettled_or_held(house, noon):
    complaint = made_complaint(house, paid=31200)
    given = decide(house.ana, complaint.number, wants("refund", 4200)).remedy
    with pytest.raises(Refusal, match=r"Still open: C-2001\..*still to be handed over"):
        erase_customer(house.ola, complaint.customer_id, typed="erase")
    close_complaint(house.sam, complaint, "made-right", "")
    with pytest.raises(Refusal, match="still to be handed over"):
        erase_customer(house.ola, complaint.customer_id, typed="erase")
    settle(given, house.ana, "till 3")
    Hold.objects.create(complaint=complaint, why="Their lawyer wrote.", by=house.ola, at=now())
    with pytest.raises(Refusal, match="On hold: C-2001"):
        erase_customer(house.ola, complaint.customer_id, typed="erase")
    Hold.objects.update(ended_at=now())
    erase_customer(house.ola, complaint.customer_id, typed="erase")
    assert Hold.objects.get().why == ERASED


def test_nobody_can_be_made_somebody_again(house, two):
    jo, kim = two
    erase_customer(house.ola, jo.pk, typed="erase")
    with pytest.raises(Refusal, match="erased"):
        change_customer(house.ola, jo, CustomerWords(name="Jo Again"))
    with pytest.raises(Refusal, match="erased"):
        merge_customers(house.ola, kim, jo)
    with pytest.raises(Refusal, match="erased"):
        part_customers(house.ola, CustomerMerge.objects.get(kept=jo))


def test_a_mail_that_waits_does_not_leave_any_more(house, two):
    jo, _ = two
    waiting = Message.objects.filter(complaint__customer=jo, form="automatic").first()
    Message.objects.filter(pk=waiting.pk).update(mail_state="waits")
    erase_customer(house.ola, jo.pk, typed="erase")
    assert begin_sending(waiting.pk) is None
    assert Message.objects.get(pk=waiting.pk).mail_state == "taken-back"


def test_where_the_books_need_nothing_they_are_deleted(house, noon):
    complaint = made_complaint(house)
    close_complaint(house.sam, complaint, "no-answer", "")
    erasure = erase_customer(house.ola, complaint.customer_id, typed="erase")
    assert erasure.is_deleted
    assert not Customer.objects.exists()
    assert not Complaint.objects.exists()
    assert verify_trail().broken is None


@pytest.mark.django_db(transaction=True)
def test_a_restore_brings_nobody_back(house, two):
    jo, _ = two
    names = {each.pk: each.name for each in Customer.objects.all()}
    erase_customer(house.ola, jo.pk, typed="erase")
    assert erased_list.where().read_text().count("\n") == 2
    Erasure.objects.all().delete()  # the database of before has no such rows, and the person is there again
    for key, name in names.items():
        Customer.objects.filter(pk=key).update(name=name, erased_at=None)
    assert anonymise_again() == 1
    assert anonymise_again() == 0
    assert set(Customer.objects.filter(erased_at=None).values_list("name", flat=True)) == {
        f"Guest {KIM}", f"Guest {KIM} 0"
    }  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_another_one_of_the_same_number_is_left_alone(house, two):
    jo, _ = two
    erase_customer(house.ola, jo.pk, typed="erase")
    Customer.objects.filter(pk=jo.pk).update(name="Somebody Else", erased_at=None, created_at=now())
    with erased_list.where().open("a") as file:
        file.write("customer torn-li")
    anonymise_again()
    assert Customer.objects.get(pk=jo.pk).name == "Somebody Else"
