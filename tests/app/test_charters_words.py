"""Kinds, roles, facts, steps and numbers of a draft are edited on the screen, without YAML."""

import pytest
from tests.app.test_charters_above import WHY, extending
from tests.app.test_charters_drafts import begun, desk, form_of, limit, now_says

from remit.charters import actions
from remit.charters.models import Draft, Revision
from remit_engine import read_charter_text
from remit_engine.charter.document import Step
from remit_engine.charter.facts import KINDS_OF_REMEDY, ChoiceFact, FlagFact, NumberFact, Unit

__all__ = ["desk", "extending"]

MOOD = {"name": "mood", "type": "choice", "values": "calm\n\n angry "}
ONE_OF_EACH = (
    ("kinds", {"name": "gift"}, "gift"),
    ("facts", {"name": "Photo", "type": "flag"}, FlagFact("photo")),
    ("facts", {"name": "order value", "type": "money"}, NumberFact("order_value", Unit.MONEY)),
    ("facts", MOOD, ChoiceFact("mood", ("calm", "angry"))),
    ("steps", {"name": "first", "reviews": "34", "percent": "10"}, Step("first", 34, 10)),
)


def says(draft):
    return read_charter_text(now_says(draft)).charter


def address(draft, section="", name=""):
    return f"/charter/drafts/{draft.pk}/words/{section}{f'/?name={name}' if name else '/' if section else ''}"


def added(desk, draft, section, **typed):
    """What becomes of the form of a new word."""
    path = address(draft, section)
    return desk(path, form_of(desk(path)) | typed)


@pytest.mark.parametrize(("section", "typed", "made"), ONE_OF_EACH)
def test_a_word_is_added(house, desk, section, typed, made):
    draft = begun(house)
    assert added(desk, draft, section, **typed).status_code == 302
    found = getattr(says(draft), section)
    assert found[-1] == made
    assert found[:-1] == (KINDS_OF_REMEDY if section == "kinds" else found[:-1])
    assert "# what everybody may do" in now_says(draft)
    assert Revision.objects.filter(draft=draft).latest("number").said
    assert typed["name"].lower() in desk(address(draft)).content.decode().lower()


def test_a_role_gets_a_column_and_stands_where_it_was_put(house, desk):
    draft = begun(house)
    assert added(desk, draft, "roles", name="night", after="").status_code == 302
    assert says(draft).roles == ("night", "member", "lead", "manager")
    assert "Night" in desk(f"/charter/drafts/{draft.pk}/").content.decode()


def test_numbers_that_never_fall(house, desk):
    draft = begun(house)
    for name in ("given today", "given week"):
        added(desk, draft, "facts", name=name, type="money")
    chain = {"number-0": "amount", "number-1": "given_today", "number-2": "given_week"}
    assert added(desk, draft, "always", **chain).status_code == 302
    assert says(draft).always == (("amount", "given_today", "given_week"),)
    wrong = added(desk, draft, "always", **{"number-0": "amount", "number-1": "order_age"})
    assert wrong.status_code == 422
    assert "different units" in wrong.content.decode()


def test_called_otherwise_it_is_so_in_every_rule(house, desk):
    draft = begun(house)
    path = address(draft, "facts", "order_age")
    desk(path, form_of(desk(path)) | {"act": "save", "name": "age of the order"})
    charter = says(draft)
    assert "age_of_the_order" in charter.all_facts
    assert [name for name, _ in charter.guardrails[0].when] == ["age_of_the_order"]


def test_what_rules_name_isnt_taken_out_and_what_none_names_is(house, desk):
    draft = begun(house)
    path = address(draft, "facts", "order_age")
    page = desk(path).content.decode()
    assert "old-orders" in page
    refused = desk(path, {"act": "remove", "word": "order_age", "seen": 1})
    assert (refused.status_code, "old-orders" in refused.content.decode()) == (409, True)
    added(desk, draft, "facts", name="photo", type="flag")
    path = address(draft, "facts", "photo")
    assert desk(path, {"act": "remove", "word": "photo", "seen": 2}).status_code == 302
    assert "photo" not in says(draft).all_facts


def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(house, desk):
    draft = begun(house)
    for section, typed, said in (
        ("facts", {"name": "order age", "type": "days"}, "There is a fact of that name already."),
        ("facts", {"name": "kind", "type": "days"}, "always there"),
        ("facts", {"name": "mood", "type": "choice", "values": " "}, "at least one word"),
        ("steps", {"name": "first", "reviews": "0", "percent": "10"}, "too little: 1 at least"),
        ("steps", {"name": "none", "reviews": "3", "percent": "10"}, "name a step"),
        ("kinds", {"name": "refund"}, "There is a kind of remedy of that name already."),
        ("always", {"number-0": "amount"}, "Choose two numbers at least."),
    ):
        answer = added(desk, draft, section, **typed)
        page = answer.content.decode()
        assert answer.status_code == 422, typed
        assert said in page.replace("&#x27;", "'"), typed
        assert all(f'value="{each}"' in page or f">{each}" in page for each in typed.values() if each.strip())
    path = address(draft, "facts", "category")
    answer = desk(path, form_of(desk(path)) | {"act": "save", "values": "cold\nbilling"})
    assert answer.status_code == 422
    assert "late-is-ours" in answer.content.decode()
    assert Revision.objects.filter(draft=draft).count() == 1


def test_the_second_of_two_sees_both_bars_of_a_step_and_chooses(house, desk):
    draft = begun(
        house, limit(now_text(house), "grants:\n", "steps:\n  first: 34 fair reviews at 10 %\ngrants:\n")
    )
    path = address(draft, "steps", "first")
    typed = form_of(desk(path)) | {"act": "save", "reviews": "60"}
    theirs = limit(now_says(draft), "34 fair", "50 fair")
    actions.save_draft(house.ola, draft, 1, theirs)
    asked = desk(path, typed)
    page = asked.content.decode()
    assert asked.status_code == 409
    assert ("60 fair reviews at 10 %" in page, "50 fair reviews at 10 %" in page) == (True, True)
    assert desk(path, form_of(asked) | dict.fromkeys(marks(page), "mine")).status_code == 302
    assert says(draft).steps == (Step("first", 60, 10),)


def now_text(house):
    return house.version.text


def marks(page):
    return {part.split('"')[0] for part in page.split('name="')[1:] if part.startswith("choose-")}


def test_what_the_charter_is_called_and_for(house, desk):
    draft = begun(house)
    path = address(draft, "charter")
    typed = form_of(desk(path))
    assert "extends" not in desk(path).content.decode()
    assert desk(path, typed | {"name": "Harbour", "why": "Guests first."}).status_code == 302
    assert (says(draft).name, says(draft).why) == ("Harbour", "Guests first.")
    assert desk(path, typed | {"why": " "}).status_code == 422
    other = desk(path, typed | {"currency": "JPY"})
    assert (other.status_code, "other decimals" in other.content.decode()) == (422, True)


def test_a_charter_begins_to_add_to_the_organisations_and_stops(extending, desk):
    house = extending
    begins = house.version.text
    draft = actions.begin_draft(house.mia, house.harbour, begins, WHY)
    path = address(draft, "charter")
    assert desk(path, form_of(desk(path)) | {"extends": "on"}).status_code == 302
    assert "extend: organisation\n" in now_says(draft)
    typed = form_of(desk(path))
    typed.pop("extends")
    assert desk(path, typed).status_code == 302
    assert "extend:" not in now_says(draft)
    assert Draft.objects.get(pk=draft.pk).revision == 3
