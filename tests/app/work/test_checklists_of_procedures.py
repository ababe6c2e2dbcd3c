"""Checklists made from a procedure's steps: the link stays, and what changed is taken over by a press."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.app.page_checks import assert_clean
from tests.app.procedures.made_procedures import LATE, changed, made_procedure
from tests.examples import examples

from remit.core.errors import Changed, NotAllowed, NotThere
from remit.people.access import place_in
from remit.procedures.actions.looking_after import retire
from remit.procedures.text.document import Step
from remit.today.queries.here import here_of
from remit.today.queries.needs import needs_of
from remit.work.actions.checklists import change_checklist, follow_procedure
from remit.work.following import ItemWords, follow, followed
from remit.work.forms.checklists import ChecklistForm
from remit.work.models import Checklist

CHECKED = replace(
    LATE,
    steps=(
        Step("a1", "Tell the guest", "", "One late truth costs less.", is_checked=True),
        Step("b2", "Offer something", "", "A second wait is worse."),
        Step("c3", "Write it down", "", "Three in a week is a question.", is_checked=True),
    ),
)
OTHER = replace(
    CHECKED,
    steps=(
        Step("d4", "Call the kitchen", "", "They know it first.", is_checked=True),
        replace(CHECKED.steps[0], title="Tell the guest at once"),
        CHECKED.steps[1],
    ),
)


def lines(checklist):
    return [(each.text, each.step) for each in checklist.items.all()]


def sent_by(page):
    """What a browser would send of a form as it is shown; this house never closes, so it comes at a time."""
    values = {field.html_name: field.value() for field in page.context["form"]}
    values |= {"comes_with": "", "at": "09:00"}
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def made_of(house, signed_in, document=CHECKED):
    procedure = made_procedure(house.sam, document)
    sam = signed_in(house.sam)
    assert "Make a checklist of it" in sam.get(f"/procedures/{procedure.pk}/").content.decode()
    address = f"/teams/harbour/checklists/new/?procedure={procedure.pk}"
    page = sam.get(address)
    assert_clean(page)
    for _ in range(2):
        assert sam.post(address, sent_by(page)).status_code == 302
    return Checklist.objects.get(), procedure


@pytest.mark.django_db
def test_its_steps_become_lines_and_the_link_stays(house, signed_in):
    checklist, procedure = made_of(house, signed_in)
    assert lines(checklist) == [("Tell the guest", "a1"), ("Write it down", "c3")]
    assert (checklist.title, checklist.procedure, checklist.procedure_number) == (CHECKED.title, procedure, 1)
    assert not checklist.is_behind
    place = place_in(house.sam, house.harbour)
    form = ChecklistForm(place, checklist=checklist)
    said = {field.html_name: field.value() for field in form if field.value() not in (None, "", [])}
    again = ChecklistForm(place, said | {"title": "Another"}, checklist=checklist)
    assert again.is_valid()
    change_checklist(house.sam, checklist.pk, again.words, revision=1)
    checklist.refresh_from_db()
    assert (checklist.title, checklist.procedure, lines(checklist)[0][1]) == ("Another", procedure, "a1")


@pytest.mark.django_db
def test_told_when_it_changed_and_taken_over_by_a_press(house, signed_in):
    checklist, procedure = made_of(house, signed_in)
    changed(house.sam, procedure, OTHER)
    checklist = Checklist.objects.select_related("procedure").get()
    assert [(each.how, each.after) for each in followed(checklist).differences] == [
        ("gone", ""), ("new", "Call the kitchen"), ("changed", "Tell the guest at once"),
    ]  # fmt: skip
    assert needs_of(here_of(house.sam)).structure[0].words.startswith("1 checklist differs")
    path = f"/checklists/{checklist.pk}/"
    assert "A lead takes it over." in signed_in(house.ana).get(path).content.decode()
    assert signed_in(house.ana).post(f"{path}procedure/", {"revision": 1}).status_code == 403
    sam = signed_in(house.sam)
    page = sam.get(path)
    assert_clean(page)
    assert "Its procedure was changed" in page.content.decode()
    assert "its procedure was changed" in sam.get("/checklists/").content.decode()
    for _ in range(2):
        assert sam.post(f"{path}procedure/", {"revision": 1}).status_code == 302
    assert lines(checklist) == [("Call the kitchen", "d4"), ("Tell the guest at once", "a1")]
    assert "Its procedure was changed" not in sam.get(path).content.decode()


@pytest.mark.django_db
def test_two_at_once_lose_nothing_and_others_lines_stay_where_they_are(house, signed_in):
    checklist, procedure = made_of(house, signed_in)
    changed(house.sam, procedure, OTHER)
    with pytest.raises(Changed):
        follow_procedure(house.sam, checklist.pk, revision=7)
    with pytest.raises(NotAllowed):
        follow_procedure(house.ana, checklist.pk, revision=1)
    with pytest.raises(NotThere):
        follow_procedure(house.eve, checklist.pk, revision=1)
    assert lines(checklist)[0] == ("Tell the guest", "a1")


@pytest.mark.django_db
def test_no_other_teams_procedure_nor_one_out_of_use(house, signed_in):
    _, procedure = made_of(house, signed_in)
    ola = signed_in(house.ola)
    assert ola.get(f"/teams/hill/checklists/new/?procedure={procedure.pk}").status_code == 404
    retire(house.sam, procedure.pk, "We don't do it any more.")
    assert ola.get(f"/teams/harbour/checklists/new/?procedure={procedure.pk}").status_code == 404
    page = ola.get(f"/checklists/{Checklist.objects.get().pk}/")
    assert_clean(page)
    assert "isn’t done any more" in page.content.decode()


KEYS = st.sampled_from("abcde")
LINES = st.lists(st.tuples(st.sampled_from(["one", "two"]), st.sampled_from(["", *"abcde"])), max_size=8)


@pytest.mark.once
@settings(max_examples=examples(100))
@given(
    LINES,
    st.lists(st.tuples(st.sampled_from(["one", "two"]), KEYS), max_size=5, unique_by=lambda each: each[1]),
)
def test_follows_as_said(before, steps):
    """Own lines stay, all of them; the rest is exactly the steps, in their order; twice is once."""
    seen = set()
    before = [
        ItemWords(text, "why", key) for text, key in before if not key or not (key in seen or seen.add(key))
    ]
    steps = [ItemWords(text, "why", key) for text, key in steps]
    found = follow(before, steps)
    assert [each for each in found.items if each.step] == steps
    assert sorted(each for each in found.items if not each.step) == sorted(
        each for each in before if not each.step
    )
    assert follow(found.items, steps).items == found.items
    assert not follow(found.items, steps).differences
