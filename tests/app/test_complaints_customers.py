"""Customers: found, known at a glance, corrected, merged and parted again."""

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.app.page_checks import assert_clean

from remit.complaints.access import customers_for, get_customer_for
from remit.complaints.actions.customers import (
    CustomerWords,
    change_customer,
    found_or_made_customer,
    merge_customers,
    part_customers,
)
from remit.complaints.actions.opening import open_complaint
from remit.complaints.actions.orders import OrderWords
from remit.complaints.models import Complaint, Customer, CustomerMerge, Order
from remit.complaints.queries.customers import found_customers
from remit.complaints.vocabulary import Channel
from remit.core.errors import Changed, NotAllowed, NotThere, Refusal
from remit.core.writing import write


def opened(house, team=None, by=None, **told):
    return open_complaint(team or house.harbour, text="Cold.", channel=Channel.COUNTER, by=by, **told)


def made(house, team=None, **words):
    return found_or_made_customer(team or house.harbour, CustomerWords(**words), by=None)


def record(customer):
    return reverse("complaints:customer", args=[customer.pk])


def test_a_record_shows_the_history_at_a_glance(house, signed_in):
    complaint = opened(
        house,
        by=house.ana,
        customer=CustomerWords(name="Jo Miller", phone="0170 12"),
        order=OrderWords("A-1", 4200),
    )
    page = signed_in(house.ana).get(record(complaint.customer)).content.decode()
    for words in (
        "Jo Miller",
        "017012",
        complaint.said,
        "A-1",
        "EUR\N{NO-BREAK SPACE}42.00",
        "nothing given yet",
        "not rated yet",
    ):
        assert words in page
    assert "<c-" not in page


def test_another_team_does_not_see_them(house, signed_in):
    customer = opened(house, customer=CustomerWords(name="Jo Miller")).customer
    client = signed_in(house.eve)
    for address in (record(customer), reverse("complaints:edit-customer", args=[customer.pk])):
        assert client.get(address).status_code == 404
    assert "Jo Miller" not in client.get("/customers/?q=jo").content.decode()
    with pytest.raises(NotThere):
        change_customer(house.eve, customer, CustomerWords(name="X"))


def test_they_are_found_by_name_mail_and_phone(house, signed_in):
    made(house, name="Jo Miller", email="jo@example.org", phone="0170 1234567")
    made(house, name="Somebody Else")
    client = signed_in(house.ana)
    for q in ("mill", "JO MILLER", "jo@exam", "0170 1234567", "1234567"):
        page = client.get("/customers/", {"q": q}).content.decode()
        assert "Jo Miller" in page, q
        assert "Somebody Else" not in page, q
    assert "Nobody fits" in client.get("/customers/", {"q": "zzz"}).content.decode()


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        ("zoe", False),
        ("zoë", True),
        ("brien", True),
        ("o'brien", True),
        ("o brien zoë", True),
        ("smith-jones", True),
        ("jones", True),
        ("zq", True),
        ("zq.mailed", True),
        ("mailed", True),
        ("ailed", False),
        ("example", False),
        ("zq.mailed+", True),
        ("ZQ.MAILED+shop@", True),
        ("mailed@", False),
        ("'", False),
        ('"', False),
        ("\\", False),
        ("zoë AND", False),
        ("zoë OR nobody", False),
        ("zo*", True),
        ("&", False),
    ],
)
def test_beginnings_of_words_are_found_and_signs_are_none(house, typed, is_found):
    made(house, name="Zoë O'Brien Smith-Jones", email="zq.mailed+shop@example.org")
    made(house, name="Somebody Else", email="else@example.org")
    found = [each.name for each in found_customers(house.ana, typed)]
    assert found == (["Zoë O'Brien Smith-Jones"] if is_found else [])


def test_who_is_renamed_merged_or_gone_is_found_by_what_they_are_called_now(house):
    customer = made(house, name="Jo Miller", email="jo@example.org")
    change_customer(house.ana, customer, CustomerWords(name="Jo Baker", email="baker@example.net"))
    assert [each.name for each in found_customers(house.ana, "baker")] == ["Jo Baker"]
    assert list(found_customers(house.ana, "miller")) == []
    Customer.objects.filter(pk=customer.pk).delete()
    assert list(found_customers(house.ana, "baker")) == []


def test_pages_show_all_of_them_once(house, signed_in):
    for i in range(120):
        made(house, name=f"Guest {i % 40:02}", email=f"g{i}@example.org")
    client, seen, after = signed_in(house.ana), [], ""
    while True:
        page = client.get("/customers/", {"after": after})
        seen += [each.pk for each in page.context["rows"]]
        after = page.context["after"]
        if not after:
            break
    assert len(seen) == len(set(seen)) == 120


def test_what_is_known_is_corrected(house, signed_in):
    customer = made(house, name="Jo")
    address = reverse("complaints:edit-customer", args=[customer.pk])
    client = signed_in(house.ana)
    bad = client.post(address, {"name": "Jo Miller", "email": "not a mail", "note": "Likes the window."})
    assert bad.status_code == 422
    assert "look like a mail address" in bad.content.decode()
    assert "Likes the window." in bad.content.decode()
    assert client.post(address, {"name": "Jo Miller", "email": "JO@example.org"}).status_code == 302
    customer.refresh_from_db()
    assert (customer.name, customer.email) == ("Jo Miller", "jo@example.org")


def test_a_customer_keeps_a_name(house):
    customer = made(house, name="Jo")
    with pytest.raises(Refusal):
        change_customer(house.ana, customer, CustomerWords(name="  "))


def test_those_alike_are_suggested_and_made_one_undoably(house, signed_in):
    first = opened(house, customer=CustomerWords(name="Jo Miller", phone="0170 1234567"))
    second = opened(
        house, customer=CustomerWords(name="jo miller", email="jo@example.org"), order=OrderWords("A-2")
    )
    Order.objects.update(customer=second.customer)
    client = signed_in(house.ana)
    assert "Perhaps the same person" in client.get(record(first.customer)).content.decode()
    merges = reverse("complaints:merge-customers", args=[first.customer.pk])
    for _ in range(2):
        assert client.post(merges, {"gone": second.customer.pk}).status_code == 302
    first.customer.refresh_from_db()
    assert first.customer.email == "jo@example.org"
    assert set(Complaint.objects.values_list("customer", flat=True)) == {first.customer.pk}
    assert client.get(record(second.customer))["Location"] == record(first.customer)
    merge = CustomerMerge.objects.get()
    undo = reverse("complaints:part-customers", args=[first.customer.pk, merge.pk])
    for _ in range(2):
        assert client.post(undo).status_code == 302
    second.refresh_from_db()
    first.customer.refresh_from_db()
    assert second.customer.name == "jo miller"
    assert first.customer.email == ""
    assert second.customer.merged_into is None
    assert Order.objects.get().customer == second.customer


def test_a_record_that_looks_like_nobody_else_is_made_one_with_whoever_is_found(house, signed_in):
    kept, gone = (
        opened(house, customer=CustomerWords(name=name)).customer for name in ("Jo Miller", "Joanna Müller")
    )
    client = signed_in(house.ana)
    page = record(kept)
    assert "Perhaps the same person" not in client.get(page).content.decode()
    found = assert_clean(client.get(page, {"same": "Joanna"}))
    assert (found.count("Make them one"), f'name="gone" value="{gone.pk}"' in found) == (1, True)
    assert "Nobody else fits “Jo Miller”" in assert_clean(client.get(page, {"same": "Jo Miller"}))
    client.post(reverse("complaints:merge-customers", args=[kept.pk]), {"gone": gone.pk})
    assert client.get(record(gone))["Location"] == page


def test_what_was_changed_since_is_not_emptied(house):
    kept, gone = made(house, name="Jo"), made(house, name="Jo", email="jo@example.org")
    merge = merge_customers(house.ana, kept, gone)
    change_customer(house.ana, kept, CustomerWords(name="Jo", email="new@example.org"))
    part_customers(house.ana, merge)
    kept.refresh_from_db()
    assert kept.email == "new@example.org"


def test_what_another_team_knows_is_merged_by_an_owner_only(house):
    ours, theirs = made(house, name="Jo"), made(house, name="Jo Too")
    with write():
        Complaint.objects.filter(pk=opened(house, team=house.hill).pk).update(customer=theirs)
    with pytest.raises(NotAllowed):
        merge_customers(house.ana, ours, theirs)
    merge_customers(house.ola, ours, theirs)


def test_nobody_merges_who_does_not_see_both(house):
    ours, theirs = made(house, name="Jo"), made(house, team=house.hill, name="Jo")
    with pytest.raises(NotThere):
        merge_customers(house.ana, ours, theirs)


def test_a_record_is_merged_once_and_not_with_itself(house):
    a, b, c = (made(house, name=name) for name in "abc")
    with pytest.raises(Refusal):
        merge_customers(house.ana, a, a)
    merge_customers(house.ana, a, b)
    with pytest.raises((Changed, NotThere)):
        merge_customers(house.ana, c, b)
    further = merge_customers(house.ana, c, a)
    assert get_customer_for(house.ana, b.pk) == c
    with pytest.raises(Refusal):
        part_customers(house.ana, CustomerMerge.objects.get(gone=b))
    part_customers(house.ana, further)
    assert get_customer_for(house.ana, b.pk) == a


def test_merged_ones_are_in_no_list(house):
    kept, gone = made(house, name="Jo"), made(house, name="Jo")
    merge_customers(house.ana, kept, gone)
    assert set(customers_for(house.ana)) == {kept}


texts = st.sampled_from(["", "a@example.org", "b@example.org"])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.tuples(texts, texts),
    st.tuples(st.sampled_from(["", "111111"]), st.sampled_from(["", "222222"])),
    st.tuples(st.integers(0, 3), st.integers(0, 3)),
)
def test_merging_and_undoing_leaves_all_as_it_was(house, mails, phones, counts):
    Complaint.objects.all().update(customer=None)
    CustomerMerge.objects.all().delete()
    Customer.objects.all().delete()
    kept, gone = (
        Customer.objects.create(
            team=house.harbour, name="Jo", email=each[0], phone=each[1], created_at=house.harbour.created_at
        )
        for each in zip(mails, phones, strict=True)
    )
    for customer, count in zip((kept, gone), counts, strict=True):
        for _ in range(count):
            complaint = opened(house)
            Complaint.objects.filter(pk=complaint.pk).update(customer=customer)

    def picture():
        return (
            list(Customer.objects.order_by("pk").values()),
            list(Complaint.objects.order_by("pk").values_list("pk", "customer")),
        )

    before = picture()
    merge = merge_customers(house.ana, kept, gone)
    assert Complaint.objects.filter(customer=kept).count() == sum(counts)
    part_customers(house.ana, merge)
    assert picture() == before
