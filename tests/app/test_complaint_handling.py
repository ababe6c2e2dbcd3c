"""Who has it, what is known about it, who else is looking."""

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.app.complaint_parts import fresh, opened, with_order

from remit.approvals.models import Approval
from remit.charters.models import Version
from remit.complaints.actions import handling
from remit.complaints.actions.changing import change, details_of
from remit.complaints.actions.closing import close_complaint, reopen_complaint
from remit.complaints.actions.deciding import Intent, decide
from remit.complaints.forms.handling import DetailsForm
from remit.complaints.models import HandOver, Order, Presence
from remit.complaints.notices import who_hears
from remit.complaints.vocabulary import CloseReason
from remit.core import clock
from remit.core.clock import now
from remit.core.errors import Changed, NotAllowed, NotThere, Refusal
from remit.notices.models import Notice
from remit.people.access import place_in
from remit.people.actions.members import leave
from remit.people.models import Membership, Role
from remit.trail.models import Entry
from remit_engine import compile_charter, read_charter_text


@pytest.fixture
def complaint(house):
    return opened(house, category="late")


def test_taking_up_once_and_twice(house, complaint):
    handling.take_up(house.ana, complaint)
    handling.take_up(house.ana, complaint)
    assert fresh(complaint).assignee == house.ana
    assert HandOver.objects.filter(complaint=complaint).count() == 1


def test_what_a_colleague_has_is_not_taken(house, complaint):
    handling.take_up(house.ben, complaint)
    with pytest.raises(Changed, match="Ben Okafor"):
        handling.take_up(house.ana, complaint)


def test_putting_back_needs_a_why_and_is_for_those_who_have_it(house, complaint):
    handling.take_up(house.ana, complaint)
    with pytest.raises(NotAllowed):
        handling.put_back(house.ben, complaint, "Not mine.")
    with pytest.raises(Refusal):
        handling.put_back(house.ana, complaint, "  ")
    handling.put_back(house.ana, complaint, "My shift ends.")
    handling.put_back(house.ana, complaint, "")
    assert fresh(complaint).assignee is None


def test_handing_over_tells_the_colleague_with_the_why(house, complaint):
    handling.take_up(house.ana, complaint)
    handling.hand_over(house.ana, complaint, house.ben, "You know the kitchen.")
    notice = Notice.objects.get(member=house.ben, code="complaint-handed-over")
    assert notice.body == "You know the kitchen."
    assert fresh(complaint).assignee == house.ben
    row = HandOver.objects.filter(complaint=complaint).last()
    assert (row.giver, row.receiver, row.by, row.why) == (
        house.ana,
        house.ben,
        house.ana,
        "You know the kitchen.",
    )


def test_only_who_has_it_or_a_lead_hands_it_over_and_only_within_the_team(house, complaint):
    handling.take_up(house.ben, complaint)
    with pytest.raises(NotAllowed):
        handling.hand_over(house.ana, complaint, house.ana, "I want it.")
    with pytest.raises(NotThere):
        handling.hand_over(house.sam, complaint, house.eve, "Take it.")
    handling.hand_over(house.sam, complaint, house.ana, "Ben is ill.")
    assert fresh(complaint).assignee == house.ana


def test_what_somebody_had_is_free_when_they_leave_and_the_leads_hear_of_it(house, complaint):
    other, closed = opened(house), opened(house)
    for each in (complaint, other, closed):
        handling.take_up(house.ana, each)
    handling.take_up(house.ben, opened(house))
    close_complaint(house.ana, closed, CloseReason.MADE_RIGHT, "")
    leave(place_in(house.mia, house.harbour), "ana")
    assert [fresh(each).assignee for each in (complaint, other, closed)] == [None, None, house.ana]
    row = HandOver.objects.filter(complaint=complaint).last()
    assert (row.giver, row.receiver, row.by) == (house.ana, None, house.mia)
    notice = Notice.objects.get(code="complaints-left-behind")
    assert (notice.member, notice.title) == (
        house.sam,
        "Ana Ruiz left Harbour Street: 2 complaints are free to take",
    )
    assert Entry.objects.filter(act="complaint-left-behind").count() == 2
    reopen_complaint(house.ben, closed, "It never came.")
    assert fresh(closed).assignee is None


def test_whoever_left_a_team_hears_nothing_of_it_though_they_are_in_another(house, complaint):
    handling.take_up(house.ana, complaint)
    Membership.objects.create(
        member=house.ana, team=house.hill, role=Role.objects.get(word="member"), since=now()
    )
    close_complaint(house.ana, complaint, CloseReason.MADE_RIGHT, "")
    leave(place_in(house.mia, house.harbour), "ana")
    assert who_hears(fresh(complaint)) == [house.sam]


def changed(member, complaint, **words):
    seen = details_of(fresh(complaint))
    facts = words.pop("facts", {})
    return change(member, complaint, {**seen, **words}, seen=seen, facts=facts)


def test_everything_that_is_known_can_be_changed(house, complaint):
    changed(
        house.ana,
        complaint,
        title="Cold soup",
        category="cold",
        severity="3",
        tags="Birthday,  vip , birthday",
        customer="Kim Lee kim@example.com",
        order="118-9",
    )
    after = fresh(complaint)
    assert (after.title, after.category, after.severity, after.changes) == ("Cold soup", "cold", 3, 1)
    assert [tag.word for tag in after.tags.all()] == ["birthday", "vip"]
    assert (after.customer.email, after.order.number) == ("kim@example.com", "118-9")
    entry = Entry.objects.get(act="complaint-changed")
    assert entry.data["fields"] == ["category", "customer", "order", "severity", "tags", "title"]
    assert "Kim" not in str(entry.data)


def test_an_order_of_another_team_is_not_found(house, complaint):
    Order.objects.create(team=house.hill, number="7", currency="EUR", created_at=clock.now(), paid=100)
    changed(house.ana, complaint, order="7")
    assert fresh(complaint).order.team == house.harbour


def test_nothing_changed_is_nothing_written(house, complaint):
    changed(house.ana, complaint)
    assert fresh(complaint).changes == 0
    assert not Entry.objects.filter(act="complaint-changed").exists()


def test_two_people_at_once_on_different_fields_both_get_theirs(house, complaint):
    seen = details_of(complaint)
    change(house.ana, complaint, {**seen, "title": "From Ana"}, seen=seen)
    change(house.ben, complaint, {**seen, "category": "cold"}, seen=seen)
    after = fresh(complaint)
    assert (after.title, after.category, after.changes) == ("From Ana", "cold", 2)


def test_two_people_at_once_on_one_field_the_second_sees_both(house, complaint):
    seen = details_of(complaint)
    change(house.ana, complaint, {**seen, "title": "From Ana"}, seen=seen)
    with pytest.raises(Changed) as both:
        change(house.ben, complaint, {**seen, "title": "From Ben", "category": "cold"}, seen=seen)
    assert both.value.data["both"] == {"title": ("From Ana", "From Ben")}
    assert (fresh(complaint).title, fresh(complaint).category) == ("From Ana", "late")


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", " "), ("title", "x" * 161), ("severity", "9"), ("tags", ",".join("abcdefghijklmn"))],
)
def test_what_cannot_be_is_refused_with_its_field(house, complaint, field, value):
    with pytest.raises(Refusal) as refused:
        changed(house.ana, complaint, **{field: value})
    assert refused.value.field == field
    assert fresh(complaint).changes == 0


def test_a_changed_fact_ends_an_open_question(house, noon):
    complaint = with_order(house, paid=90_000)
    decide(house.ana, complaint.number, Intent(kind="refund", value=30_000, key="k"))
    assert Approval.objects.get().is_open
    changed(house.ben, complaint, title="Another title")
    assert Approval.objects.get().is_open
    changed(house.ben, complaint, category="billing")
    assert Approval.objects.get().ending.how == "void"


def test_the_form_of_what_is_known_keeps_what_was_typed(house, complaint, signed_in):
    ana = signed_in(house.ana)
    address = reverse("complaints:change-details", args=[complaint.number])
    shown = ana.get(address).context["form"]
    assert shown.fields["category"].choices[1] == ("late", "late")
    typed = {name: shown[name].value() for name in shown.fields} | {"title": "", "tags": "kept"}
    answer = ana.post(address, typed)
    assert answer.status_code == 422
    assert answer.context["form"]["tags"].value() == "kept"


def test_the_second_of_two_sees_both_versions_and_can_save_on(house, complaint, signed_in):
    ana = signed_in(house.ana)
    address = reverse("complaints:change-details", args=[complaint.number])
    shown = ana.get(address).context["form"]
    typed = {name: shown[name].value() for name in shown.fields} | {"title": "From Ana"}
    changed(house.ben, complaint, title="From Ben", tags="ben was here")
    answer = ana.post(address, typed)
    assert answer.status_code == 409
    body = answer.content.decode()
    assert "From Ana" in body
    assert "From Ben" in body
    again = answer.context["form"]
    assert (again["title"].value(), again["tags"].value()) == ("From Ana", "ben was here")
    second = ana.post(address, {name: again[name].value() for name in again.fields})
    assert second.status_code == 302
    after = fresh(complaint)
    assert (after.title, [tag.word for tag in after.tags.all()]) == ("From Ana", ["ben was here"])


def test_a_spoilt_hidden_field_does_no_harm(house, complaint):
    form = DetailsForm(
        {"title": "T", "severity": "2", "seen": "[broken"}, complaint=complaint, seen=details_of(complaint)
    )
    assert form.is_valid()
    assert form.was_seen == {}


def test_the_facts_that_the_charter_declares_are_asked(house, complaint):
    text = house.version.text.replace("  order_age: days\n", "  order_age: days\n  regular: flag\n")
    Version.objects.create(
        team=house.harbour,
        number=2,
        name="Harbour Street",
        text=text,
        hash=compile_charter(read_charter_text(text).charter).hash,
        why="Regular guests are known.",
        published_by=house.ola,
        published_at=clock.now(),
    )
    seen = details_of(complaint)
    hidden = DetailsForm(complaint=complaint, seen=seen)["seen"].value()
    data = {**seen, "customer": "", "fact_regular": "yes", "seen": hidden}
    form = DetailsForm(data, complaint=complaint, seen=seen)
    assert form.is_valid(), form.errors
    change(house.ana, complaint, form.wanted, seen=form.was_seen, facts=form.facts)
    assert fresh(complaint).facts == {"regular": True}
    changed(house.ana, complaint, fact_regular="", facts={"regular": None})
    assert fresh(complaint).facts == {}


def test_who_else_is_looking(house, complaint, noon, signed_in):
    assert handling.be_here(house.ana, complaint) == []
    assert handling.be_here(house.ben, complaint) == [house.ana]
    page = signed_in(house.ben).get(reverse("complaints:complaint", args=[complaint.number]))
    assert "Ana Ruiz</b> is looking at this too" in page.content.decode()
    with clock.at(noon + timedelta(seconds=41)):
        assert handling.be_here(house.ben, complaint) == []
    with clock.at(noon + timedelta(minutes=11)):
        handling.be_here(house.sam, complaint)
    assert list(Presence.objects.values_list("member", flat=True)) == [house.sam.pk]


def test_saying_here_by_the_page(house, complaint, signed_in):
    handling.be_here(house.ben, complaint)
    address = reverse("complaints:here", args=[complaint.number])
    assert b"Ben Okafor" in signed_in(house.ana).post(address).content
    assert signed_in(house.eve).post(address).status_code == 404


@pytest.mark.parametrize("name", ["take-up", "put-back", "hand-over", "change-details"])
def test_another_team_handles_nothing(house, complaint, signed_in, name):
    address = reverse(f"complaints:{name}", args=[complaint.number])
    words = {"why": "Because.", "colleague": "ana"}
    assert signed_in(house.eve).post(address, words).status_code == 404
    assert fresh(complaint).assignee is None


def test_handling_by_the_pages(house, complaint, signed_in):
    ana = signed_in(house.ana)

    def door(name):
        return reverse(f"complaints:{name}", args=[complaint.number])

    assert ana.post(door("take-up")).status_code == 302
    assert ana.get(door("hand-over")).status_code == 200
    empty = ana.post(door("hand-over"), {"colleague": "ben", "why": ""})
    assert empty.status_code == 422
    assert empty.context["form"]["colleague"].value() == "ben"
    assert ana.post(door("hand-over"), {"colleague": "ben", "why": "Your table."}).status_code == 302
    refused = ana.post(door("put-back"), {"why": "Give it back."})
    assert refused.status_code == 422
    assert "Ben Okafor has this complaint." in refused.content.decode()
    assert signed_in(house.ben).post(door("put-back"), {"why": "My break."}).status_code == 302
    assert fresh(complaint).assignee is None
