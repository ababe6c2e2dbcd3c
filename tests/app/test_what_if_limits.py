"""Limits drawn as if each had been in force, and drafts made of what was looked at."""

from dataclasses import replace
from datetime import timedelta

import pytest
from lxml import html
from tests.app.made_complaints import made_complaint, wants
from tests.app.made_decisions import drawn_from, made_history
from tests.app.page_checks import assert_clean
from tests.app.test_what_if_pages import ADDRESS, _asked, _looked

from remit.charters.models import Draft
from remit.complaints.actions.deciding import decide
from remit.core import clock
from remit.insight.models import LookBack
from remit.insight.what_if.actions import question_of
from remit.insight.what_if.reading import read_as_of
from remit.insight.what_if.replaying import answered
from remit.trail.models import Entry
from remit_engine.charter.compiled import compile_charter
from remit_engine.evidence.what_if import from_record

LOOSE = {"of": "limit", "grant": "fix-on-the-spot", "upto": "80", "mode": "closed loop"}


@pytest.mark.parametrize("seed", range(4))
def test_each_limit_drawn_is_what_looking_with_it_says(house, noon, signed_in, seed):
    made_history(house, drawn_from(seed), noon - timedelta(days=100), decisions=30, days=80)
    _looked(signed_in(house.mia), house, **LOOSE)
    begun = LookBack.objects.get()
    answer = from_record(begun.answer)
    question = question_of(begun, [house.harbour])
    charter = question.charter.charter
    for choice in answer.choices:
        assert {choice.before, choice.after} <= {point.limit for point in choice.points}
        for point in choice.points:
            grants = tuple(
                replace(grant, upto=point.limit) if grant.id == choice.grant else grant
                for grant in charter.grants
            )
            other = compile_charter(replace(charter, grants=grants))
            looked = answered(replace(question, charter=other)).answer
            assert (point.avoided, point.amount) == (looked.avoided.rows, looked.avoided.amount)
            assert point.added == looked.added.rows


def test_with_another_limit_an_allowance_is_used_up_sooner(house, noon, signed_in):
    """300 a week: what a higher limit gives early isn't left for what comes later."""
    assert "most: 300\n" in house.version.text
    for number, amount in enumerate((9000, 9000, 9000, 6000, 6000)):
        with clock.at(noon + timedelta(minutes=number)):
            _asked(house, amount)
    page = _looked(signed_in(house.mia), house, **LOOSE)
    tree = html.fromstring(assert_clean(page))
    assert len(tree.xpath("//svg[contains(@class, 'choice')]")) == 2
    assert "replayed with each of them, as if it had been in force" in page.content.decode()
    (choice,) = from_record(LookBack.objects.get().answer).choices
    found = {point.limit: point.avoided for point in choice.points}
    # up to 60 both small ones; up to 90 the three large ones, and 30 of 300 are left for those of 60
    assert (found[6000], found[9000]) == (2, 3)
    recorded = _looked(signed_in(house.mia), house, **{**LOOSE, "mode": "as recorded"})
    assert recorded.status_code == 200
    (choice,) = from_record(LookBack.objects.latest("pk").answer).choices
    assert {point.limit: point.avoided for point in choice.points}[9000] == 5


def test_a_draft_is_made_of_a_look_once(house, noon, signed_in):
    _asked(house, 6000)
    client = signed_in(house.mia)
    page = _looked(client, house, of="limit", grant="fix-on-the-spot", upto="80")
    begun = LookBack.objects.get()
    address = f"{ADDRESS}{begun.pk}/draft/"
    assert address in html.fromstring(page.content.decode()).xpath("//a/@href")
    form = assert_clean(client.get(address))
    assert "1 question would not have had to be asked" in form
    for why in ("", "   "):
        refused = client.post(address, {"why": why})
        assert refused.status_code == 422
        assert "A word why is needed." in assert_clean(refused)
    assert not Draft.objects.exists()
    for _ in range(2):
        made = client.post(address, {"why": "Nobody waits for eighty."})
        assert made.status_code == 302
    draft = Draft.objects.get()
    assert made.url == f"/charter/drafts/{draft.pk}/"
    assert (draft.text, draft.why, draft.reason) == (
        begun.text,
        "Nobody waits for eighty.",
        f"look-back:{begun.pk}",
    )
    assert draft.base == house.version
    assert Entry.objects.filter(act="draft-opened").count() == 1
    assert client.get(made.url).status_code == 200


def test_a_draft_with_a_limit_of_the_chart(house, noon, signed_in):
    for amount in (6000, 7000, 9000):
        _asked(house, amount)
    client = signed_in(house.mia)
    page = _looked(client, house, of="limit", grant="fix-on-the-spot", upto="80")
    begun = LookBack.objects.get()
    (form,) = html.fromstring(page.content.decode()).xpath("//form[contains(@class, 'choose-limit')]")
    assert form.get("action") == f"{ADDRESS}{begun.pk}/draft/"
    assert dict(form.form_values()) == {"grant": "fix-on-the-spot", "upto": "80.00"}
    chosen = assert_clean(client.get(f"{form.get('action')}?grant=fix-on-the-spot&upto=70"))
    assert "Up to EUR 70: 2 questions would not have had to be asked" in chosen.replace("\xa0", " ")
    values = {"grant": "fix-on-the-spot", "upto": "lots", "why": "Seventy."}
    refused = client.post(form.get("action"), values)
    assert refused.status_code == 422
    tree = html.fromstring(assert_clean(refused))
    assert tree.xpath("//input[@name='upto'][@aria-invalid='true']/@value") == ["lots"]
    assert client.post(form.get("action"), {**values, "upto": "70"}).status_code == 302
    limits = {
        grant.id: grant.upto for grant in read_as_of(Draft.objects.get().text, "EUR").compiled.charter.grants
    }
    assert limits["fix-on-the-spot"] == 7000
    before = {grant.id: grant.upto for grant in read_as_of(begun.text, "EUR").compiled.charter.grants}
    assert {**before, "fix-on-the-spot": 7000} == limits


def test_a_draft_that_was_looked_at_is_opened_and_not_made_again(house, noon, signed_in):
    _asked(house, 6000)
    text = house.version.text.replace("upto: 50\n", "upto: 60\n")
    draft = Draft.objects.create(
        team=house.harbour, text=text, why="Sixty is enough.", made_by=house.mia, made_at=noon
    )
    page = _looked(signed_in(house.mia), house, of="draft", draft=str(draft.pk)).content.decode()
    assert f"/charter/drafts/{draft.pk}/" in html.fromstring(page).xpath("//a/@href")
    assert "Make a draft of this" not in page


def test_only_who_manages_makes_a_draft_of_a_look(house, noon, signed_in):
    decide(house.ana, made_complaint(house, category="rude").number, wants("refund", 1000))
    _looked(signed_in(house.mia), house, of="limit", grant="fix-on-the-spot", upto="80")
    address = f"{ADDRESS}{LookBack.objects.get().pk}/draft/"
    assert signed_in(house.sam).post(address, {"why": "Mine."}).status_code == 403
    assert signed_in(house.eve).post(address, {"why": "Mine."}).status_code == 404
    assert not Draft.objects.exists()
