"""Work on phone and laptop: a checklist through a lost connection, a task taken by two, readable by all."""

import io
from datetime import timedelta

import pytest
from PIL import Image
from tests.app.journeys.looking import axe_finds, sideways
from tests.app.purpose.made_objectives import made_objective, made_vision
from tests.app.work.made_work import made_round, made_task
from tests.journeys.browsing import SIZES

from remit.core.clock import now
from remit.work.actions.holding import give, take
from remit.work.actions.rounds import let_go, press
from remit.work.following import ItemWords
from remit.work.models import Line, Photo, Press, Task

LINES = [
    ("Fridge below 5 °C", "Warm fish makes people ill."),
    ("Ice", "Nobody likes warm water."),
    ("Till", "So nobody has to explain a difference alone."),
]


def a_picture():
    """A photo as a browser hands it on."""
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(out, "JPEG")
    return {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def came(house, **said):
    """A checklist that came three hours ago, with a day's time."""
    return made_round(house, **{"items": LINES, "minutes": 1440} | said)


@pytest.mark.parametrize("size", SIZES)
def test_every_state_is_readable(house, open_page, size):
    made_vision(house)
    objective = made_objective(house)
    page = open_page(house.sam, size=size)
    mine, others = (
        made_task(house, objective=objective, text="With both of us.", place="Terrace"),
        made_task(house),
    )
    free = made_task(house, due_at=now() - timedelta(hours=2), minutes=30)
    take(house.sam, mine.pk)
    give(house.sam, others.pk, to="ana", words="You know the terrace.")
    there, missed = came(house, objective=objective), came(house, minutes=30)
    press(house.ana, there.pk, 1, is_on=True, key="a")
    addresses = [
        "/", "/tasks/", "/tasks/?tab=free", "/tasks/?tab=others", "/tasks/?tab=ended", "/checklists/",
        "/teams/harbour/tasks/new/", "/teams/harbour/checklists/new/", "/teams/harbour/closed/", "/calendar/",
        "/tasks/balance/",
        *(f"/tasks/{task.pk}/" for task in (mine, others, free)), f"/tasks/{mine.pk}/change/",
        *(f"/rounds/{each.pk}/" for each in (there, missed)), f"/checklists/{there.checklist_id}/",
        f"/checklists/{there.checklist_id}/change/",
    ]  # fmt: skip
    for address in addresses:
        _readable(page, address)
    let_go(house.ana, missed.pk, "No ice today.")
    _readable(page, f"/rounds/{missed.pk}/")
    # The line of sight, one click each: from a task to its objective, and from there to the vision.
    page.goto(f"/tasks/{mine.pk}/")
    page.locator(".sight a").first.click()
    page.get_by_role("heading", name="What hangs here").wait_for()
    assert page.get_by_role("link", name=mine.title).is_visible()
    page.get_by_role("link", name="every guest leaves wanting to come back").first.click()
    page.get_by_text("Our vision").wait_for()


def _readable(page, address):
    assert page.goto(address).status == 200, address
    page.wait_for_load_state("networkidle")
    assert axe_finds(page) == [], address
    assert sideways(page) == 0, address


def pressed(page):
    return [each.get_attribute("aria-pressed") for each in page.locator(".tick-line").all()]


def test_a_lost_connection_loses_no_tick(house, open_page):
    there = came(house)
    page = open_page(house.ana, size="phone")
    page.goto(f"/rounds/{there.pk}/")
    assert min(each.bounding_box()["height"] for each in page.locator(".tick-line").all()) >= 64
    page.context.set_offline(True)
    page.locator(".tick-line").nth(0).tap()
    page.locator(".tick-line").nth(1).tap()
    page.get_by_text("2 ticks wait for the connection").wait_for()
    assert pressed(page) == ["true", "true", "false"]
    assert axe_finds(page) == []
    assert not Press.objects.exists()
    press(house.ben, there.pk, 3, is_on=True, key="b")
    page.context.set_offline(False)
    page.locator("[data-waiting='0']").wait_for()
    assert set(Line.objects.values_list("place", "ticked_by__word")) == {(1, "ana"), (2, "ana"), (3, "ben")}
    page.reload()
    page.get_by_text("All of it. Thank you.").wait_for()


def test_what_waits_is_sent_from_the_first_page_too_and_refused_where_it_is_read(house, open_page):
    """Pressed in the cellar, the phone in the pocket: the list isn't opened again."""
    there, other = came(house), came(house, title="Close the bar")
    page = open_page(house.ana, size="phone")
    page.route("**/lines/**", lambda route: route.abort())
    for each in (there, other):
        page.goto(f"/rounds/{each.pk}/")
        page.locator(".tick-line").nth(0).tap()
        page.get_by_text("for the connection").wait_for()
    assert not Press.objects.exists()
    page.unroute("**/lines/**")
    let_go(house.ben, other.pk, "We stay open.")
    with page.expect_response("**/lines/**"), page.expect_response(lambda answer: answer.status == 409):
        page.goto("/")
    assert Press.objects.get().line.round == there
    page.goto(f"/rounds/{other.pk}/")
    page.get_by_text("This list was let go meanwhile.").wait_for()
    assert pressed(page) == ["false", "false", "false"]


def test_an_answer_that_is_lost_and_a_page_that_is_opened_again_count_once(house, open_page):
    there = came(house)
    page = open_page(house.ana, size="phone")
    page.goto(f"/rounds/{there.pk}/")

    def lose_the_answer(route):
        route.fetch()
        route.abort()

    page.route("**/lines/**", lose_the_answer, times=1)
    with page.expect_event("requestfailed"):
        page.locator(".tick-line").nth(0).tap()
    page.get_by_text("One tick waits for the connection").wait_for()
    assert Press.objects.count() == 1
    page.goto("/checklists/")
    page.goto(f"/rounds/{there.pk}/")
    page.locator("[data-waiting='0']").wait_for()
    assert pressed(page) == ["true", "false", "false"]
    assert Press.objects.count() == 1


def test_a_photo_waits_for_the_connection_and_counts_once(house, open_page):
    there = came(house, items=[ItemWords(*LINES[0], needs_photo=True), *LINES[1:]])
    page = open_page(house.ana, size="phone")
    page.goto(f"/rounds/{there.pk}/")
    assert page.locator(".tick-line").nth(0).is_disabled()
    page.wait_for_function("document.querySelector('.tick-send').hidden")
    page.context.set_offline(True)
    page.set_input_files("input[type=file]", files=[a_picture()])
    page.get_by_text("The photo waits for the connection").wait_for()
    assert pressed(page) == ["true", "false", "false"]
    page.context.set_offline(False)
    page.get_by_text("The photo is there.").wait_for()
    assert Photo.objects.get().by == house.ana
    page.reload()
    assert page.get_by_role("img").count() == 1
    assert axe_finds(page) == []


def test_a_photo_that_is_refused_ticks_nothing_and_says_why(house, open_page):
    there = came(house, items=[ItemWords(*LINES[0], needs_photo=True), *LINES[1:]])
    page = open_page(house.ana, size="phone")
    page.goto(f"/rounds/{there.pk}/")
    page.wait_for_function("document.querySelector('.tick-send').hidden")
    page.set_input_files("input[type=file]", files=[a_picture() | {"buffer": b"\xff\xd8\xff no picture"}])
    page.get_by_text("This photo can't be taken.").wait_for()
    assert pressed(page) == ["false", "false", "false"]
    assert page.locator(".tick-line").nth(0).is_disabled()
    page.get_by_text("0 of 3 ticked.").wait_for()
    assert axe_finds(page) == []
    page.set_input_files("input[type=file]", files=[a_picture()])
    page.get_by_text("The photo is there.").wait_for()
    page.get_by_text("1 of 3 ticked.").wait_for()
    assert Photo.objects.count() == 1


def test_without_scripts_each_press_is_a_form(house, open_page):
    there = came(house)
    page = open_page(house.ana, size="phone", scripts=False)
    page.goto(f"/rounds/{there.pk}/")
    page.locator(".tick-line").nth(0).tap()
    page.get_by_text("1 of 3 ticked.").wait_for()
    page.locator(".tick-line").nth(0).tap()
    page.get_by_text("0 of 3 ticked.").wait_for()
    assert Press.objects.count() == 2


def test_a_task_taken_by_two_is_ones_and_the_other_is_told_who(house, open_page):
    task = made_task(house)
    ana, ben = open_page(house.ana, size="phone"), open_page(house.ben)
    for page in (ana, ben):
        page.goto("/tasks/?tab=free")
    for page in (ana, ben):
        page.get_by_role("button", name="I'll take it").click()
    ben.get_by_text("Ana Ruiz has taken this up already").wait_for()
    ana.goto("/tasks/")
    ana.get_by_role("button", name="Done: ").click()
    ana.get_by_text("Done. Thank you.").wait_for()
    assert Task.objects.get(pk=task.pk).end == "done"
