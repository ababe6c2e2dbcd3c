"""An order corrected by hand: with a why, never below what was given, and open questions on it are void."""

from datetime import date

import pytest
from tests.app.made_complaints import made_complaint, wants

from remit.approvals.models import Approval
from remit.charters.models import Version
from remit.complaints.actions.correcting import correct_order, words_of
from remit.complaints.actions.deciding import decide
from remit.complaints.actions.orders import OrderWords
from remit.complaints.models import Complaint, Order
from remit.core.clock import now
from remit.core.errors import Changed, NotThere, Refusal
from remit.notices.models import Notice
from remit.remedies.models import Remedy
from remit.trail.models import Entry, Words
from remit_engine import compile_charter, read_charter_text


@pytest.fixture
def late(house):
    return made_complaint(house, paid=31200)


def corrected(house, complaint, *, by=None, why="A wrong digit.", **changed):
    order = Order.objects.get(pk=complaint.order_id)
    known = words_of(order)
    words = {name: getattr(known, name) for name in ("number", "paid", "placed_on", "summary")} | changed
    return correct_order(by or house.ana, complaint, OrderWords(**words), seen=known, why=why)


def typed(client, complaint, **changed):
    """What a browser sends from the page, with some fields changed."""
    page = client.get(address(complaint))
    form = page.context["form"]
    fields = {name: form[name].value() for name in ("number", "summary", "seen")}
    fields |= {"paid": "312", "placed_on": "", "why": "A wrong digit."}
    return client.post(address(complaint), fields | changed)


def address(complaint):
    return f"/complaints/{complaint.number}/order/"


def test_it_is_corrected_on_a_page_and_the_trail_says_why(house, signed_in, late):
    client = signed_in(house.ben)
    assert address(late) in client.get(f"/complaints/{late.number}/").content.decode()
    answer = typed(
        client, late, number=" 118  7 ", paid="321.50", placed_on="2026-11-20", summary="Two soups"
    )
    assert answer.status_code == 302
    order = Order.objects.get(pk=late.order_id)
    assert (order.number, order.paid, order.placed_on, order.summary) == (
        "118 7", 32150, date(2026, 11, 20), "Two soups",
    )  # fmt: skip
    entry = Entry.objects.get(act="order-corrected")
    assert entry.data["paid"] == 32150
    assert entry.data["fields"] == ["number", "paid", "date", "items"]
    said = Words.objects.get(entry=entry).text
    assert "paid: EUR 312 → EUR 321.50" in said
    assert said.endswith("A wrong digit.")
    page = client.get(f"/complaints/{late.number}/timeline/").content.decode()
    assert "corrected the order" in page
    assert typed(client, late, number="118 7", paid="321.50", placed_on="2026-11-20").status_code == 302


def test_the_same_again_writes_nothing(house, late):
    corrected(house, late, paid=30000)
    corrected(house, late, paid=30000)
    assert Entry.objects.filter(act="order-corrected").count() == 1


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"why": ""}, "A word why is needed"),
        ({"number": ""}, "An order has a number"),
        ({"paid": "a lot"}, "Write an amount like"),
        ({"paid": "-5"}, "Write an amount like"),
        ({"placed_on": "2027-01-01"}, "still to come"),
        ({"placed_on": "yesterday"}, "Give a day like"),
        ({"number": "other"}, "number of another order"),
        ({"paid": "20"}, "EUR 42 was given on this order already"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_kept_in_the_page(house, signed_in, late, changed, says):
    decide(house.ana, late.number, wants("refund", 4200))
    other = made_complaint(house, paid=100).order
    Order.objects.filter(pk=other.pk).update(number="other")
    answer = typed(signed_in(house.ana), late, **{"summary": "What I typed", **changed})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert says in page
    assert "What I typed" in page
    assert Order.objects.get(pk=late.order_id).paid == 31200


@pytest.mark.parametrize(
    "changed", [{"paid": 30000}, {"placed_on": date(2026, 11, 22)}], ids=["paid", "date"]
)
@pytest.mark.parametrize("value", [12000, 25000], ids=["proposed", "asked"])
def test_an_open_question_whose_facts_change_is_void_and_both_sides_see_why(house, late, changed, value):
    judges_by_what_was_paid(house)
    asked = decide(house.ana, late.number, wants("refund", value, words="It was cold."))
    Notice.objects.all().delete()
    corrected(house, late, by=house.ben, **changed)
    approval = Approval.objects.get(pk=asked.approval_id)
    assert approval.ended_at is not None
    assert approval.ending.how == "void"
    assert "Since it was asked" in approval.ending.why
    assert "request changed" not in approval.ending.why
    told = set(Notice.objects.values_list("member__word", flat=True))
    assert "ana" in told
    assert "sam" in told
    assert not Remedy.objects.filter(state="held").exists()


def judges_by_what_was_paid(house):
    """A charter that declares it."""
    text = house.version.text.replace("  order_age: days", "  order_age: days\n  paid: money")
    Version.objects.create(
        team=house.harbour,
        number=2,
        name="Harbour Street",
        text=text,
        hash=compile_charter(read_charter_text(text).charter).hash,
        why="What was paid counts.",
        published_by=house.ola,
        published_at=now(),
    )


def test_a_question_on_another_complaint_about_the_same_order_is_void_too(house, late):
    second = made_complaint(house, title="Again", customer=late.customer)
    Complaint.objects.filter(pk=second.pk).update(order=late.order)
    asked = decide(house.ana, second.number, wants("refund", 12000, words="It was cold."))
    corrected(house, late, placed_on=date(2026, 11, 1))
    assert Approval.objects.get(pk=asked.approval_id).ending.how == "void"


def test_items_and_number_leave_questions_open(house, late):
    asked = decide(house.ana, late.number, wants("refund", 12000, words="It was cold."))
    corrected(house, late, number="118-77", summary="Two soups")
    assert Approval.objects.get(pk=asked.approval_id).ended_at is None


def test_a_colleague_who_was_quicker_is_noticed(house, signed_in, late):
    seen = words_of(late.order)
    corrected(house, late, by=house.ben, paid=30000)
    with pytest.raises(Changed, match="colleague corrected"):
        correct_order(house.ana, late, OrderWords("118-1", 29000), seen=seen, why="Mine.")
    answer = typed(signed_in(house.ana), late, paid="290", seen="not what was sent")
    assert answer.status_code == 422
    assert "A colleague corrected this order" in answer.content.decode()


def test_what_was_given_can_be_all_that_was_paid(house, late):
    decide(house.ana, late.number, wants("refund", 4200))
    corrected(house, late, paid=4200)
    assert Order.objects.get(pk=late.order_id).paid == 4200


def test_where_there_is_no_order_there_is_nothing_to_correct(house, signed_in):
    bare = made_complaint(house)
    assert signed_in(house.ana).get(address(bare)).status_code == 404
    with pytest.raises(Refusal, match="No order is known"):
        correct_order(house.ana, bare, OrderWords("1"), seen=OrderWords("1"), why="So.")


def test_nobody_elsewhere_corrects_it(house, signed_in, late):
    assert signed_in(house.eve).post(address(late), {"why": "x"}).status_code == 404
    with pytest.raises(NotThere):
        corrected(house, late, by=house.eve, paid=1)
