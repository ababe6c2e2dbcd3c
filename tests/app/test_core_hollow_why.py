"""Whys that say nothing are pointed out, and good ones are left alone."""

import re
from pathlib import Path

import pytest
from django import forms
from django.urls import get_resolver
from hypothesis import given
from hypothesis import strategies as st
from tests.app.conftest import CHARTER

from remit.core.hollow_why import Hollow, hollow
from remit.core.why_form import WhyField

HOLLOW = {
    Hollow.EMPTY: (
        "because", "Because.", "policy", "It is our policy.", "as always", "We have always done it this way.",
        "because the boss said so", "company policy", "best practice", "standard procedure", "It's required.",
        "This is important.", "because it is necessary", "Rules are rules.", "that's how it is",
        "so that it is better", "To improve.", "It needs to be done.", "Changed.", "to-do", "n/a",
        "darum", "weil es immer so war", "12345",   "xxx", "asdf", "x x x x",
    ),
    Hollow.SHORT: ("Sundays.", "guests guests guests", "more guests", "お客様", "better coffee", "…", "---"),
}  # fmt: skip
COPIES = (
    ("Guests wait less for an answer", "guests wait less for an answer"),
    ("So that the guests are waiting less for answers.", "guests wait less for an answer"),
    ("We check the fridge temperature", "Check the temperature of the fridge"),
)
GOOD = (
    "A small refund costs less than a lost guest.",
    "Whoever waits writes a review meanwhile.",
    "Lateness is our fault, never the guest's.",
    "Milk above 7 degrees turns within a day.",
    "The season begins in May.",
    "Two guests fell on the wet floor.",
    "Nobody should wait for a signature.",
    "It saves the night shift an hour.",
    "The policy of our insurer pays only with a photo.",
    "Because children read the menu, too.",
    "Das erspart der Küche zwei Wege.",
    "Wer wartet, schreibt schlechte Bewertungen.",
    "Porque el cliente espera demasiado.",
    "お客様を待たせないため",
    "الضيف لا ينتظر أكثر من ساعة",
    "Guests wait less, and come back more often.",
)


@pytest.mark.parametrize(
    ("kind", "why"), [(kind, why) for kind, whys in HOLLOW.items() for why in whys], ids=str
)
def test_what_says_nothing_is_pointed_out(kind, why):
    assert hollow(why) is kind


@pytest.mark.parametrize(("why", "title"), COPIES)
def test_a_copy_of_what_it_should_explain_is_pointed_out(why, title):
    assert hollow(why, beside=("Something else", title)) is Hollow.COPY
    assert hollow(why) is None


@pytest.mark.parametrize("why", GOOD)
def test_a_good_one_is_left_alone(why):
    assert hollow(why, beside=("guests wait less for an answer", "")) is None


def test_no_why_of_the_ready_charters_and_of_the_demo_is_pointed_out():
    """Two hundred whys that people wrote with care: not one false alarm."""
    root = Path(__file__).parents[2]
    charters = [CHARTER, *(file.read_text() for file in sorted((root / "examples/charters").glob("*.yaml")))]
    whys = {why.strip() for text in charters for why in re.findall(r"^\s*why: (.+)$", text, re.MULTILINE)}
    demo = [file.read_text() for file in sorted((root / "src/remit/demo").rglob("*.py"))]
    whys |= {why for text in demo for why in re.findall(r'why="([^"{]+)"', text)}
    assert len(whys) > 100
    assert {why: hollow(why) for why in whys if hollow(why)} == {}


@given(st.text())
def test_whatever_is_typed_gets_an_answer(why):
    assert hollow(why) in {None, *Hollow}
    assert hollow(why, beside=(why,)) is not None


class Sent(forms.Form):
    title = forms.CharField()
    why = WhyField("A word why is needed.", beside=("title",), asks_once=True)


def test_it_is_pointed_out_once_and_then_may_stay():
    said = {"a-title": "Check the fridge", "a-why": "We check the fridge."}
    first = Sent(said, prefix="a")
    assert first.errors["why"] == [f"{Hollow.COPY.value} Or send it again as it stands."]
    assert 'name="a-why-told" value="1"' in first.as_p()
    assert Sent(said | {"a-why-told": "1"}, prefix="a").is_valid()
    empty = Sent({"a-title": "x", "a-why": " "}, prefix="a")
    assert empty.errors["why"] == ["A word why is needed."]


def test_it_stands_beside_the_field_whenever_a_page_shows_it_and_refuses_nothing():
    class Gentle(forms.Form):
        why = WhyField("A word why is needed.")
        other = forms.CharField()

    sent = Gentle({"why": "because", "other": ""})
    assert list(sent.errors) == ["other"]
    assert Hollow.EMPTY.value in sent.as_p()
    assert Hollow.EMPTY.value in Gentle(initial={"why": "because"}).as_p()
    assert "why-told" not in Gentle(initial={"why": "Milk turns above seven degrees."}).as_p()
    assert 'role="status"></p>' in Gentle().as_p()
    assert Gentle({"why": "because", "other": "x"}).is_valid()


def test_one_that_may_be_left_empty_is_told_only_where_something_stands():
    class Loose(forms.Form):
        why = WhyField(asks_once=True)

    assert Loose({"why": ""}).is_valid()
    assert Loose({"why": "because"}).errors["why"] == [f"{Hollow.EMPTY.value} Or send it again as it stands."]


def test_every_form_that_asks_why_asks_by_the_same_field():
    get_resolver().url_patterns  # noqa: B018 (imports every page, and with it every form)
    others = {
        f"{form.__module__}.{form.__qualname__}.{name}"
        for form in _forms(forms.BaseForm)
        if form.__module__.startswith("remit.")
        for name, field in form.base_fields.items()
        if name.startswith("why") or str(field.label or "").startswith("Why")
        if not isinstance(field, (WhyField, forms.ChoiceField))
    }
    assert others == set()


def _forms(parent):
    """All forms with fields that descend from one."""
    for form in parent.__subclasses__():
        if hasattr(form, "base_fields"):
            yield form
        yield from _forms(form)


@pytest.mark.django_db
def test_the_hint_says_a_sentence_or_nothing(house, signed_in):
    client = signed_in(house.ana)
    assert client.post("/why-hint/", {"why": "because"}).content.decode() == Hollow.EMPTY.value
    said = {"why": "Checks the fridge daily", "beside": ["", "Check the fridge daily"]}
    assert client.post("/why-hint/", said).content.decode() == Hollow.COPY.value
    for why in ("", " ", "Milk turns above seven degrees."):
        assert client.post("/why-hint/", {"why": why}).content == b""
