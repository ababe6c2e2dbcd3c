"""A procedure in a browser: written with a picture, published, read on a phone, mended, read again."""

import re
from dataclasses import replace

import pytest
from tests.app.journeys.walking import Walk
from tests.app.procedures.made_procedures import (
    LATE,
    QUESTIONS,
    a_picture,
    changed,
    furnished_procedures,
    made_procedure,
    otherwise,
)
from tests.journeys.browsing import SIZES

from remit.procedures.actions.reading import said_clear, said_unclear
from remit.procedures.models import Confusion, Draft, Procedure, Reading


@pytest.mark.parametrize("size", SIZES)
def test_every_page_is_readable(house, open_page, size):
    words = furnished_procedures(house)
    number = words["procedures"]["number"]
    asking = made_procedure(house.sam, replace(LATE, title="Opening", questions=QUESTIONS))
    said_clear(house.ana, asking.pk, 1)
    said_unclear(house.ana, number, 2, "b2", words="Offer what?")
    ana = Walk(open_page(house.ana, size=size))
    pages = (
        "",
        "new/",
        "?q=nothing",
        "?show=to-read",
        f"{number}/",
        f"{asking.pk}/",
        f"{number}/versions/2/",
    )
    for page in pages:
        ana.go(f"/procedures/{page}")
    sam = Walk(open_page(house.sam, size=size))
    draft = words["procedures:draft"]["number"]
    proposal = Draft.objects.get(handed_in_at__isnull=False).pk
    pages = [f"{number}/{page}" for page in ("stumbled/", "care/", "wall/", "versions/")]
    pages += [f"drafts/{draft}/{page}" for page in ("", "states/", "text/", "look/")]
    for page in (*pages, f"drafts/{proposal}/look/", "?show=drafts"):
        sam.go(f"/procedures/{page}")


def test_it_is_written_read_mended_and_read_again(house, open_page, tmp_path):
    picture = tmp_path / "pass.png"
    picture.write_bytes(a_picture())
    sam = Walk(open_page(house.sam))
    sam.go("/procedures/").tap("Write one", role="link")
    sam.fill("What is done", "When an order is late")
    sam.fill("Why", "A guest forgives what we tell them.")
    sam.tap("To the steps")
    step = sam.page.get_by_role("region", name="Step 1")
    step.get_by_label("What to do").fill("Offer something now")
    step.get_by_label("Why", exact=False).last.fill("The second wait is worse.")
    step.get_by_text("Picture, time, checklist").click()
    step.locator("input[type=file]").set_input_files(picture)
    step.get_by_label("What the picture shows").fill("The pass, seen from the door")
    sam.tap("Look, and publish")
    sam.sees("Look at it once more")
    sam.fill("Why?", "So that nobody has to guess.")
    sam.tap("Publish")
    sam.sees("You know this")

    procedure = Procedure.objects.get()
    ana = Walk(open_page(house.ana, size="phone"))
    ana.go(f"/procedures/{procedure.pk}/")
    assert ana.page.get_by_role("img", name="The pass, seen from the door").is_visible()
    ana.tap(re.compile("Not at step 1"))
    ana.sees("You said that this step")
    ana.fill("What confused you?", "What is something?")
    ana.tap("Tell them")
    ana.sees("What is something?")

    sam.go(f"/procedures/{procedure.pk}/stumbled/").sees("What is something?")
    assert "Ana" not in sam.words
    sam.tap("Change it")
    sam.page.get_by_role("region", name="Step 1").get_by_role("textbox", name="How optional").fill(
        "A drink, or bread."
    )
    sam.tap("Look, and publish")
    sam.sees("What is otherwise")
    sam.fill("Why?", "Somebody stumbled.")
    sam.tap("Publish")

    ana.go(f"/procedures/{procedure.pk}/").sees("Is it now?")
    ana.tap("I read it, and it is clear")
    ana.sees("You know this")
    assert Reading.objects.filter(member=house.ana, understood_at__isnull=False).count() == 1
    assert not Confusion.objects.filter(settled_at=None).exists()


def test_steps_are_ordered_without_scripts(house, open_page):
    procedure = made_procedure(house.sam)
    changed(house.sam, procedure, otherwise(LATE, "a1", text="Say it calmly."))
    page = open_page(house.sam, size="phone", scripts=False)
    page.goto(f"/procedures/{procedure.pk}/")
    page.get_by_role("button", name="Change it").click()
    page.get_by_role("button", name="Down step 1").click()
    titles = page.get_by_label("What to do")
    assert titles.nth(0).input_value() == "Offer something now"
    page.get_by_role("button", name="Out step 1").click()
    assert titles.nth(0).input_value() == "Tell the guest at ten minutes"
    assert titles.count() == 2
    page.get_by_role("link", name="Earlier states").click()
    page.get_by_role("button", name="Go back to it").first.click()
    assert page.get_by_label("What to do").count() == 3
