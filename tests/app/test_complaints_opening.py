"""Opening a complaint by hand, and by the one action behind every door."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from remit.complaints.actions.customers import CustomerWords, customer_words
from remit.complaints.actions.opening import Once, Sought, open_complaint, title_of
from remit.complaints.actions.orders import OrderWords
from remit.complaints.models import Complaint, Customer, NextNumber, Order
from remit.complaints.vocabulary import Channel, MessageForm
from remit.core.errors import NotThere, Refusal
from remit.notices.models import Notice
from remit.trail.models import Entry

NEW = "/complaints/new/"


def opened(house, **told):
    told = {"text": "Cold dinner.", "channel": Channel.COUNTER, "by": house.ana, "assignee": house.ana} | told
    return open_complaint(house.harbour, **told)


def posted(client, **typed):
    stamp = typed.pop("stamp", "one-stamp")
    return client.post(NEW, {"text": "Dinner came cold.\nTwo hours late.", "stamp": stamp} | typed)


def test_the_text_alone_is_enough_and_it_is_mine(house, signed_in):
    answer = posted(signed_in(house.ana))
    complaint = Complaint.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == reverse("complaints:complaint", args=[complaint.number])
    assert (complaint.title, complaint.assignee, complaint.channel) == (
        "Dinner came cold",
        house.ana,
        "counter",
    )
    first, acknowledged = complaint.messages.all()
    assert first.form == MessageForm.FROM_CUSTOMER
    assert first.text == "Dinner came cold.\nTwo hours late."
    assert acknowledged.form == MessageForm.AUTOMATIC
    assert complaint.said in acknowledged.text


def test_everything_that_is_known_is_kept(house, signed_in):
    posted(
        signed_in(house.ana),
        category="cold",
        customer="Jo Miller jo@example.org 0170 1234567",
        order="A-17",
        paid="42,50",
        severity="3",
        channel="phone",
        sought_kind="refund",
        sought_amount="20",
        sought="half of it back",
        leave="on",
        about=house.ben.word,
    )
    complaint = Complaint.objects.get()
    assert complaint.category == "cold"
    assert (complaint.customer.name, complaint.customer.email) == ("Jo Miller", "jo@example.org")
    assert complaint.customer.phone == "01701234567"
    assert (complaint.order.number, complaint.order.paid, complaint.order.currency) == ("A-17", 4250, "EUR")
    assert (complaint.severity, complaint.channel) == (3, "phone")
    assert (complaint.sought_kind, complaint.sought_amount, complaint.sought) == (
        "refund",
        2000,
        "half of it back",
    )
    assert complaint.assignee is None
    assert complaint.about == house.ben


def test_nothing_typed_is_lost_where_something_is_wrong(house, signed_in):
    answer = posted(signed_in(house.ana), customer="Jo Miller", order="A-17", paid="a lot", title="Cold")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Write an amount like" in page
    for typed in ("Dinner came cold.", "Jo Miller", "A-17", "a lot"):
        assert typed in page
    assert not Complaint.objects.exists()


def test_no_text_is_said_beside_the_field(house, signed_in):
    answer = posted(signed_in(house.ana), text="  ", customer="Jo")
    assert answer.status_code == 422
    assert "a few words are enough" in answer.content.decode()


def test_paid_without_an_order_is_asked_about(house, signed_in):
    answer = posted(signed_in(house.ana), paid="12")
    assert answer.status_code == 422
    assert "Write the order" in answer.content.decode()


def test_a_second_click_opens_nothing_twice(house, signed_in):
    client = signed_in(house.ana)
    first, second = posted(client), posted(client)
    assert first["Location"] == second["Location"]
    assert Complaint.objects.count() == 1


def test_the_page_offers_the_categories_of_the_charter(house, signed_in):
    page = signed_in(house.ana).get(NEW).content.decode()
    for category in ("late", "cold", "wrong item", "billing", "rude"):
        assert f'value="{category}"' in page
    assert "<c-" not in page


def test_without_a_charter_the_category_is_free(house, signed_in):
    client = signed_in(house.eve)
    assert client.get(NEW).status_code == 200
    posted(client, category="something odd")
    assert Complaint.objects.get().category == "something odd"


def test_another_teams_door_stays_shut(house, signed_in):
    client = signed_in(house.eve)
    assert client.get(NEW, {"team": "harbour"}).status_code == 404
    assert client.post(f"{NEW}?team=harbour", {"text": "x", "stamp": "s"}).status_code == 404
    with pytest.raises(NotThere):
        open_complaint(house.harbour, text="x", channel=Channel.COUNTER, by=house.eve)


def test_a_known_customer_is_found_by_mail_or_phone_but_never_by_name(house):
    first = opened(house, customer=CustomerWords(name="Jo", email="Jo@Example.org", phone="0170 12"))
    same_mail = opened(house, customer=CustomerWords(name="Joanna", email="jo@example.ORG"))
    same_phone = opened(house, customer=CustomerWords(phone="0170-12"))
    same_name = opened(house, customer=CustomerWords(name="Jo"))
    assert same_mail.customer == same_phone.customer == first.customer
    assert same_name.customer != first.customer


def test_a_customer_of_another_team_is_not_found(house):
    there = open_complaint(
        house.hill,
        text="x",
        channel=Channel.PHONE,
        by=house.eve,
        customer=CustomerWords(email="jo@example.org"),
    )
    here = opened(house, customer=CustomerWords(email="jo@example.org"))
    assert here.customer != there.customer
    with pytest.raises(NotThere):
        opened(house, customer=CustomerWords(known=there.customer_id))


def test_a_known_order_is_linked_and_what_was_paid_stays(house):
    opened(house, customer=CustomerWords(name="Jo"), order=OrderWords("A-1", 4200))
    again = opened(house, order=OrderWords(" A-1 ", 9900))
    assert (again.order.paid, again.customer.name) == (4200, "Jo")
    assert Order.objects.count() == 1


def test_the_customers_word_says_neither_what_was_paid_nor_whose_order_it_is(house):
    opened(house, customer=CustomerWords(name="Jo"), order=OrderWords("A-1", 4200))
    stranger = open_complaint(
        house.harbour, text="x", channel=Channel.FORM, order=OrderWords("A-1"), customer=CustomerWords()
    )
    assert stranger.order.number == "A-1"
    assert stranger.customer is None


def test_deadlines_are_in_working_hours(house):
    house.harbour.opening = [[[540, 1020]]] * 5 + [[], []]
    house.harbour.save()
    friday = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)  # half past four in Berlin
    complaint = opened(house, opened_at=friday)
    assert complaint.first_reply_due_at == datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
    complaint.refresh_from_db()
    assert complaint.due_at == complaint.reply_due_at == complaint.first_reply_due_at


def test_those_on_duty_hear_of_what_nobody_has(house):
    complaint = opened(house, by=None, assignee=None, channel=Channel.FORM)
    told = set(Notice.objects.filter(subject=complaint.subject).values_list("member__word", flat=True))
    assert {"ana", "ben", "sam", "mia"} <= told
    assert "eve" not in told


def test_nobody_is_told_what_they_do_themselves(house):
    opened(house)
    assert not Notice.objects.exists()


def test_an_import_wakes_nobody_and_writes_to_nobody(house):
    complaint = opened(house, assignee=None, channel=Channel.IMPORT, acknowledges=False)
    assert not Notice.objects.exists()
    assert complaint.messages.count() == 1


def test_it_stands_in_the_trail_without_personal_text(house):
    complaint = opened(house, text="Jo Miller was angry.", sought=Sought(words="an apology"))
    entry = Entry.objects.get(act="complaint-opened")
    assert entry.subject == complaint.subject
    assert "angry" not in str(entry.data)


def test_numbers_are_taken_one_after_the_other(house):
    numbers = [opened(house).number for _ in range(3)]
    assert numbers == [2001, 2002, 2003]
    assert NextNumber.objects.get().number == 2004


def test_a_refused_opening_leaves_nothing(house):
    with pytest.raises(Refusal):
        opened(house, text=" ", customer=CustomerWords(name="Jo"))
    assert not Customer.objects.exists()


def test_once_is_once(house):
    first = opened(house, once=Once("s", "member:1"))
    assert opened(house, once=Once("s", "member:1")) == first


@pytest.mark.parametrize(
    ("typed", "name", "email", "phone"),
    [
        ("Jo Miller 0170 1234567", "Jo Miller", "", "01701234567"),
        ("jo@example.org", "", "jo@example.org", ""),
        ("Jo <Jo@Example.org>, +49 (170) 12-34567", "Jo", "jo@example.org", "+491701234567"),
        ("Table 12", "Table 12", "", ""),
        ("José Ñandú", "José Ñandú", "", ""),
        ("", "", "", ""),
    ],
)
def test_one_field_tells_name_mail_and_phone(typed, name, email, phone):
    words = customer_words(typed)
    assert (words.name, words.email, words.phone) == (name, email, phone)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Cold.", "Cold"),
        ("\n  Cold soup \nand more", "Cold soup"),
        ("The soup was cold. " + "And then it rained " * 10, "The soup was cold"),
    ],
)
def test_a_title_is_the_first_line(text, title):
    assert title_of(text) == title


def test_a_long_line_is_cut_at_a_word():
    assert title_of("word " * 60).endswith("word…")
    assert len(title_of("word " * 60)) <= 90


def test_suggestions_show_those_known_here_only(house, signed_in):
    opened(house, customer=CustomerWords(name="Jo Miller", phone="0170 1234567"))
    ask = reverse("complaints:suggest-customers")
    assert "Jo Miller" in signed_in(house.ben).get(ask, {"customer": "mill"}).content.decode()
    assert "Jo Miller" in signed_in(house.ben).get(ask, {"customer": "0170 123456"}).content.decode()
    assert "Jo Miller" not in signed_in(house.eve).get(ask, {"customer": "mill"}).content.decode()


def test_an_order_says_what_is_known_about_it(house, signed_in):
    opened(house, order=OrderWords("A-1", 4200))
    ask = reverse("complaints:look-up-order")
    assert "42.00" in signed_in(house.ana).get(ask, {"order": "A-1"}).content.decode()
    assert "New here" in signed_in(house.ana).get(ask, {"order": "A-2"}).content.decode()
    assert "42.00" not in signed_in(house.eve).get(ask, {"order": "A-1"}).content.decode()
