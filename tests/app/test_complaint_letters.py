"""Letters that leave by themselves, in a team's own words and the customer's language."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from tests.app.complaint_parts import JO, opened
from tests.app.conftest import NOON
from tests.app.mail_server import mail_server

from remit.complaints.actions import closing
from remit.complaints.actions.customers import CustomerWords
from remit.complaints.actions.letter_wordings import forget_wording, keep_wording
from remit.complaints.letters import (
    LANGUAGES,
    LETTERS,
    example_of,
    filled_letter,
    letter_for,
    need_right_variables,
)
from remit.complaints.models import Customer, LetterWording
from remit.core import clock
from remit.core.errors import NotAllowed, NotThere, Refusal
from remit.jobs.inline import run_due_jobs
from remit.people.access import place_in
from remit.people.models import Team

PAGE = reverse("complaints:letter-settings", args=["harbour"])
GERMAN = "Hallo {customer},\n\nwir haben {number} bekommen.\nSie hören bis {until} von uns.\n\n{team}"


@pytest.fixture
def place(house):
    return place_in(house.mia, house.harbour)


def said(complaint):
    return complaint.messages.get(form="automatic").text


def speaking(house, language, name="Jo Miller"):
    """A complaint of somebody of a language."""
    customer = CustomerWords(name=name, email=f"{language or 'none'}@example.com", language=language)
    return opened(house, f"In {language}", customer=customer)


def test_without_words_of_its_own_a_team_says_what_remit_says(house):
    assert said(opened(house)).startswith("Thank you for telling us. It has arrived, and its number is C-")
    assert "\nYou hear from us by " in said(opened(house, "Another"))


def test_each_customer_hears_their_language_and_the_others_the_usual_one(house, place):
    keep_wording(place, letter="received", language="de", text=GERMAN, is_usual=False)
    french = "{number}, merci."
    keep_wording(place, letter="received", language="fr", text=french, is_usual=True)
    german = speaking(house, "de-AT")
    assert said(german).startswith(f"Hallo Jo Miller,\n\nwir haben {german.said} bekommen.\nSie hören bis ")
    assert ".11.2026 " in said(german)
    assert said(german).endswith(house.harbour.name)
    assert said(speaking(house, "pl")).endswith("merci.")
    assert said(speaking(house, "")).endswith("merci.")
    assert said(speaking(house, "en")).startswith("Thank you")
    keep_wording(place, letter="received", language="de", text=GERMAN, is_usual=True)
    assert said(speaking(house, "es")).startswith("Hallo")
    assert LetterWording.objects.filter(is_usual=True).count() == 1
    forget_wording(place, letter="received", language="de")
    assert said(speaking(house, "it")).startswith("Thank you")
    with pytest.raises(NotThere):
        forget_wording(place, letter="received", language="de")


def test_another_team_says_it_in_its_own_way(house, place):
    keep_wording(place, letter="received", language="en", text="Ahoy {customer}.", is_usual=True)
    assert said(opened(house)) == "Ahoy Jo Miller."
    assert said(opened(house, team=house.hill)).startswith("Thank you")


def test_it_leaves_as_it_was_worded(house, place, settings):
    keep_wording(place, letter="rating", language="de", text="Hallo {customer}, wie war es?", is_usual=True)
    with mail_server(settings) as server:
        complaint = opened(house)
        closing.close_complaint(house.ana, complaint, "made-right", "")
        with clock.at(NOON + timedelta(days=15)):
            run_due_jobs()
            run_due_jobs()
    mails = [each.get_content() for each in server.to(JO.email)]
    assert len([each for each in mails if each.startswith("Hallo Jo Miller, wie war es?")]) == 1
    assert not any("Did we make it right" in each for each in mails)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Hello {custmer},", "{custmer} on line 1"),
        ("Hello\n\nYou have {left}.", "{left} on line 3"),
        ("Hello {customer", "On line 1 a brace stands alone"),
        ("Hello\n customer}", "On line 2 a brace stands alone"),
        ("Hello {{customer}}", "On line 1 a brace stands alone"),
        ("Hello {}", "{} on line 1"),
        ("{customer.name.__class__}", "on line 1"),
    ],
)
def test_what_cannot_be_filled_in_is_named(house, place, signed_in, text, words):
    with pytest.raises(Refusal) as refused:
        keep_wording(place, letter="received", language="de", text=text, is_usual=False)
    assert words in str(refused.value)
    client = signed_in(house.mia)
    for do in ({}, {"do": "preview"}):
        page = client.post(PAGE, {"letter": "received", "language": "de", "text": text} | do)
        assert page.status_code == 422
        assert html.fromstring(page.content).xpath("//textarea")[0].text.strip() == text.strip()
    assert not LetterWording.objects.exists()


def test_a_manager_looks_first_keeps_changes_and_forgets(house, signed_in):
    client = signed_in(house.mia)
    begun = client.get(f"{PAGE}?letter=credit-ends&language=de").content.decode()
    assert "of your credit with us are still unused" in begun
    sent = {"letter": "credit-ends", "language": "de", "text": "Noch {left} bis {until}.", "is_usual": "on"}
    page = client.post(PAGE, sent | {"do": "preview"}).content.decode()
    assert "Noch EUR\N{NO-BREAK SPACE}12.00 bis 31. Dezember 2026." in page
    assert not LetterWording.objects.exists()
    assert client.post(PAGE, sent).status_code == 302
    page = client.get(f"{PAGE}?letter=credit-ends&language=de").content.decode()
    assert "Noch {left} bis {until}.</textarea>" in page
    assert "the usual one" in page
    forget = reverse("complaints:forget-letter", args=["harbour"])
    assert client.post(forget, {"letter": "credit-ends", "language": "de"}).status_code == 302
    assert not LetterWording.objects.exists()


def test_it_takes_a_manager(house, signed_in):
    with pytest.raises(NotAllowed):
        keep_wording(
            place_in(house.sam, house.harbour), letter="rating", language="de", text="x", is_usual=False
        )
    page = signed_in(house.ana).get(PAGE).content.decode()
    assert "A manager chooses the words" in page
    assert 'id="words"' not in page


@pytest.mark.parametrize("letter", LETTERS)
def test_what_remit_says_is_right_and_whole(letter):
    need_right_variables(letter, LETTERS[letter].english)
    assert set(LETTERS[letter].variables) == set(LETTERS[letter].example)
    team = Team(name="Harbour Street", time_zone="Europe/Berlin")
    for language in LANGUAGES:
        text = example_of(letter, LETTERS[letter].english, language, team)
        assert "{" not in text
        assert text.count("\n") == LETTERS[letter].english.count("\n")


def test_a_customer_without_a_name_is_not_greeted_with_a_gap(house):
    complaint = opened(house)
    Customer.objects.filter(pk=complaint.customer.pk).update(name="")
    complaint.customer.refresh_from_db()
    left = letter_for("credit-ends", complaint, left="EUR 1.00", until=date(2026, 12, 31))
    assert left.startswith("EUR 1.00 of your credit")
    assert "until 31 December 2026" in left


@given(st.dictionaries(st.sampled_from(["customer", "team"]), st.text(max_size=40)), st.text(max_size=80))
def test_a_name_is_a_name_whatever_stands_in_it(values, rest):
    """Braces in a value are no variables, and its lines don't become lines of the letter."""
    rest = rest.replace("{", "").replace("}", "")
    team = Team(name="x", time_zone="UTC")
    text = filled_letter("Hello {customer} of {team}", values, "en", team)
    if len(values) == 2 and all(each.split() for each in values.values()):
        customer, name = (" ".join(values[each].split()) for each in ("customer", "team"))
        assert text == f"Hello {customer} of {name}".strip()
    else:
        assert text == ""
    assert filled_letter(rest, values, "en", team) == rest.replace("\r\n", "\n").strip()
