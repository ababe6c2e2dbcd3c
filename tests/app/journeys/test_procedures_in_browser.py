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
    made_translation,
    otherwise,
)
from tests.journeys.browsing import SIZES

from remit.procedures.actions.reading import said_clear, said_unclear
from remit.procedures.actions.translating import begin_translation
from remit.procedures.models import Confusion, Draft, Procedure, Reading


@pytest.mark.parametrize("size", SIZES)
def test_every_page_is_readable(house, open_page, size):
    words = furnished_procedures(house)
    number = words["procedures"]["number"]
    made_translation(house.sam, Procedure.objects.get(pk=number))
    french = begin_translation(house.sam, number, "fr")
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
        f"{number}/?in=de",
    )
    for page in pages:
        ana.go(f"/procedures/{page}")
    sam = Walk(open_page(house.sam, size=size))
    draft = words["procedures:draft"]["number"]
    proposal = Draft.objects.get(handed_in_at__isnull=False).pk
    pages = [f"{number}/{page}" for page in ("stumbled/", "care/", "wall/", "versions/", "languages/")]
    pages += [f"drafts/{french.pk}/{page}" for page in ("", "look/")]
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


ARABIC = (
    ("أخبر الضيف بعد عشر دقائق", "قل الوقت الجديد.", "حقيقة واحدة تكلف أقل."),
    ("قدّم شيئًا الآن", "", "الانتظار الثاني أسوأ."),
    ("اكتب ما حدث", "عند المنفذ.", "ثلاث مرات في الأسبوع سؤال."),
)


def test_it_is_translated_beside_the_original_and_read_in_it(house, open_page):
    """Written on a laptop, read on a phone from the right; what changed since isn't current."""
    late = made_procedure(house.sam)
    sam = Walk(open_page(house.sam))
    sam.go(f"/procedures/{late.pk}/").tap("Languages", role="link")
    sam.sees("In one language so far")
    sam.page.get_by_label("Language").select_option("ar")
    sam.tap("Translate it")
    sam.sees("Tell the guest at ten minutes")
    parts = (sam.page.locator(f"#step-a1 > {part}") for part in (".proc-original", "div:last-child"))
    original, words = (part.bounding_box() for part in parts)
    assert original["x"] + original["width"] <= words["x"]
    sam.fill("What it is called", "عندما يتأخر الطلب")
    sam.fill("Why it is done", "يسامح الضيف على ما نخبره به.")
    for place, (title, text, why) in enumerate(ARABIC, 1):
        step = sam.page.get_by_role("region", name=f"Step {place}")
        step.get_by_label("What to do").fill(title)
        step.get_by_label("How").fill(text)
        step.get_by_label("Why").fill(why)
    assert (
        sam.page.get_by_label("What to do").first.evaluate("each => getComputedStyle(each).direction")
        == "rtl"
    )
    sam.tap("Look, and publish")
    sam.sees("Look at it once more")
    sam.fill("Why?", "Farah reads it faster.")
    sam.tap("Publish")
    sam.sees("holds")

    ana = Walk(open_page(house.ana, size="phone", scheme="dark"))
    ana.go(f"/procedures/{late.pk}/").tap("العربيّة")
    ana.sees("أخبر الضيف بعد عشر دقائق")
    heading = ana.page.get_by_role("heading", level=1)
    assert heading.evaluate("each => getComputedStyle(each).direction") == "rtl"
    ana.tap(re.compile("Not at step 2"))
    ana.sees("You said that this step")
    changed(house.sam, late, otherwise(LATE, "c3", title="Write it into the book"))
    ana.go("/procedures/").tap("عندما يتأخر الطلب", role="link")
    ana.sees("Step 3 is in English")
    assert ana.page.get_by_role("heading", name="Step 3: Write it into the book").is_visible()
    assert "اكتب ما حدث" in ana.page.locator("#step-c3 details").inner_text()
    assert Confusion.objects.get(member=house.ana).language == "ar"


def test_whoever_is_new_walks_what_is_read_first(house, open_page):
    """A lead lays a path; who is new reads it on a phone and answers; the lead sees steps, and no people."""
    late = made_procedure(house.sam)
    till = made_procedure(house.sam, replace(LATE, title="Closing the till", tags=("evening",)))
    sam = Walk(open_page(house.sam))
    sam.go("/procedures/first/").sees("Nothing is on it yet")
    for title in ("Closing the till", "When an order is late"):
        sam.page.get_by_label("A procedure").select_option(label=title)
        sam.tap(
            "Put it at the end", within=sam.page.locator("form", has=sam.page.get_by_label("A procedure"))
        )
        sam.sees(title)
    sam.tap("Up: When an order is late")
    sam.page.get_by_role("button", name="Down: When an order is late").wait_for()

    ana = Walk(open_page(house.ana, size="phone"))
    ana.go("/procedures/").tap("What is read first", role="link")
    ana.sees("0 of 2")
    ana.tap("Begin: When an order is late", role="link")
    ana.tap("I read it, and it is clear")
    ana.sees("You know this")
    ana.go("/procedures/first/harbour/").sees("1 of 2")
    ana.tap("Go on: Closing the till", role="link")
    ana.tap(re.compile("Not at step 2"))
    ana.sees("You said that this step")
    ana.fill("What confused you?", "Which sheet?")
    ana.tap("Tell them")
    ana.sees("Which sheet?")
    ana.go("/procedures/first/harbour/").sees("1 of 2")

    sam.go("/procedures/first/harbour/")
    assert "Ana" not in sam.words
    sam.go(f"/procedures/{till.pk}/stumbled/").sees("Which sheet?")
    assert "Ana" not in sam.words
    assert Reading.objects.filter(member=house.ana, procedure=late, understood_at__isnull=False).exists()
