"""An idea from a phone to a trial to its outcome, thanks, a question; every page readable."""

import io
from datetime import timedelta

import pytest
from PIL import Image
from tests.app.journeys.looking import axe_finds, sideways
from tests.app.purpose.made_objectives import made_objective, made_vision
from tests.app.voice.made_voice import made_idea, made_question, made_thanks, made_trial
from tests.journeys.browsing import SIZES

from remit.core.clock import now, today
from remit.voice.actions.answering import answer_idea
from remit.voice.actions.grouping import put_beside
from remit.voice.actions.trials import say_what_came
from remit.voice.models import Idea, Picture, Question, Thanks, Trial
from remit.voice.vocabulary import Came, Outcome


def a_photo():
    """A picture as a phone hands it on."""
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(out, "JPEG")
    return {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def readable(page):
    page.wait_for_load_state("networkidle")
    assert axe_finds(page) == [], page.url
    assert sideways(page) == 0, page.url


@pytest.mark.parametrize("size", SIZES)
def test_every_page_is_readable_in_every_state(house, open_page, size):
    made_vision(house)
    objective = made_objective(house)
    first, second = (
        made_idea(house),
        made_idea(house, house.ben, "Warm plates for the soup", is_nameless=True),
    )
    put_beside(house.sam, second.pk, first.pk)
    made_idea(house, house.ben, "Plates could be warm before soup")
    no = made_idea(house, text="Close at nine", ago=timedelta(days=20))
    answer_idea(house.sam, no.pk, outcome=Outcome.NO, why="Six of ten come for that hour.", after=0)
    runs = made_trial(house, made_idea(house, text="Chairs outside"), objective=objective)
    over = made_trial(house, made_idea(house, text="One bill for each"))
    Trial.objects.filter(pk=over.pk).update(ends_at=now())
    failed = made_trial(house, made_idea(house, text="Pagers"))
    say_what_came(house.sam, failed.pk, came=Came.STOPPED, learned="Two were carried off.")
    made_thanks(house)
    asked = made_question(house)
    made_question(house, text="Who pays for glasses?", answer="The house, always.")
    page = open_page(house.mia, size=size)
    addresses = [
        "/", "/ideas/", "/ideas/?tab=tried", "/ideas/?tab=not", "/teams/harbour/ideas/new/", "/thanks/",
        f"/ideas/{first.pk}/", f"/ideas/{second.pk}/", f"/ideas/{no.pk}/", f"/ideas/{no.pk}/trial/",
        *(f"/trials/{each.pk}/" for each in (runs, over, failed)), "/teams/harbour/thanks/new/",
        "/questions/", f"/questions/{asked.pk}/", "/teams/harbour/questions/new/", "/teams/harbour/voice/",
    ]  # fmt: skip
    for address in addresses:
        assert page.goto(address).status == 200, address
        readable(page)


def test_an_idea_from_a_phone_to_a_trial_to_its_outcome(house, open_page):
    made_idea(house, house.ben, "Warm plates before any soup")
    ana = open_page(house.ana, size="phone")
    ana.goto("/")
    ana.get_by_role("link", name="I have an idea").click()
    ana.get_by_label("Your idea").press_sequentially("Warm the plates before the soup")
    ana.get_by_text("Is it one of these?").wait_for()
    readable(ana)
    ana.get_by_label("A picture").set_input_files(a_photo())
    ana.get_by_role("button", name="Say it").tap()
    ana.get_by_role("heading", name="It waits for an answer").wait_for()
    idea = Idea.objects.first()
    assert Picture.objects.get().idea == idea

    sam = open_page(house.sam)
    sam.goto(f"/ideas/{idea.pk}/")
    sam.get_by_role("button", name="I would like it, too").click()
    sam.get_by_role("link", name="Try it").click()
    sam.get_by_label("Why do we try it?").fill("Less soup comes back.")
    sam.get_by_label("Who looks after it").select_option("ana")
    sam.get_by_label("Last day").fill(f"{today('Europe/Berlin') + timedelta(days=7)}")
    sam.get_by_role("button", name="Begin the trial").click()
    sam.get_by_text("What says whether it works?").first.wait_for()
    sam.get_by_label("Or in words").fill("Plates sent back")
    sam.get_by_label("It stops at once if").fill("Somebody burns a finger.")
    sam.get_by_role("button", name="Begin the trial").click()
    sam.get_by_text("Being tried").wait_for()

    trial = Trial.objects.get()
    Trial.objects.update(ends_at=now() - timedelta(minutes=1))
    ana.goto(f"/trials/{trial.pk}/")
    ana.get_by_text("We don't keep it").tap()
    ana.get_by_label("What we know now").fill("Nobody noticed a difference.")
    readable(ana)
    ana.get_by_role("button", name="Say it").tap()
    ana.get_by_text("Thank you for trying.").wait_for()
    assert Idea.objects.get(pk=idea.pk).state == "tried"


def test_thanks_on_a_laptop_and_a_question_without_a_name(house, open_page):
    sam = open_page(house.sam)
    sam.goto("/thanks/")
    sam.get_by_role("link", name="Thank somebody").click()
    sam.get_by_label("To", exact=True).select_option("ana")
    sam.get_by_label("For what").fill("You tried it, and said what came.")
    sam.get_by_label("It served").select_option("value:We say what we see")
    sam.get_by_role("button", name="Thank them").click()
    sam.get_by_text("Ana is told").wait_for()
    assert Thanks.objects.get().to == house.ana

    ana = open_page(house.ana, size="phone")
    ana.goto("/questions/")
    ana.get_by_role("link", name="Ask something").tap()
    ana.get_by_label("Your question").fill("Why do we close at ten?")
    ana.get_by_label("Without my name").check()
    ana.get_by_role("button", name="Ask it").tap()
    ana.get_by_text("The answer will be for all").wait_for()
    assert Question.objects.get().author is None
    mia = open_page(house.mia)
    mia.goto("/questions/")
    mia.get_by_role("link", name="Why do we close at ten?").click()
    mia.get_by_label("Your answer, for all").fill("Few come after ten.")
    mia.get_by_role("button", name="Answer it").click()
    ana.goto("/questions/?q=close")
    ana.get_by_text("Few come after ten.").wait_for()
