"""A big day of 30 people and 60 tasks: planned and changed on a laptop, run from two phones, looked back."""

import re
from datetime import time, timedelta

from tests.app.events.made_big_days import furnished_event, greedily, made_event_task
from tests.app.journeys.looking import axe_finds, sideways

from remit.core.clock import now
from remit.events.actions.events import EventWords, change_event
from remit.events.actions.live import help_came
from remit.events.actions.planning import plan_on
from remit.events.models import Assignment, Lesson, Need, Person, Placing, Task
from remit.notices.models import Notice
from remit.work.models import Task as WorkTask


def _readable(page, address):
    assert page.goto(address).status == 200, address
    page.wait_for_load_state("networkidle")
    assert axe_finds(page) == [], address
    assert sideways(page) == 0, address


def _today(house, event):
    """The same event, begun an hour ago: a browser goes by the real clock."""
    begins = (now() - timedelta(hours=1)).astimezone(house.harbour.zone)
    words = EventWords(
        title=event.title,
        why=event.why,
        day=begins.date(),
        begins=begins.time(),
        ends=(begins + timedelta(hours=3)).time(),
        owner="ana",
    )
    change_event(house.ana, event.pk, words, revision=event.revision)


def _welcome(house, event, title="Welcome"):
    """A task of this minute: on the day of the event, or on the one after where it goes past midnight."""
    moment = now().astimezone(house.harbour.zone)
    event.refresh_from_db()
    after = (event.day - moment.date()).days
    made_event_task(house, event, title=title, days_before=after, at=moment.time(), minutes=30)


def _grown(event, people=30, tasks=60):
    """The same event with so many people and tasks, over three days."""
    Person.objects.bulk_create(
        Person(event=event, name=f"Helper {number}", skills=["bar"] if number % 3 else [])
        for number in range(people - event.people.count())
    )
    more = Task.objects.bulk_create(
        Task(
            event=event, stamp=f"more-{number}", title=f"Table {number}", why="Its guests find it laid.",
            days_before=number % 3, at=time(8 + number % 12), minutes=30,
        )
        for number in range(tasks - event.tasks.count())
    )  # fmt: skip
    Need.objects.bulk_create(
        Need(task=task, skill="bar" if number % 2 else "") for number, task in enumerate(more)
    )


def test_planned_changed_run_from_two_phones_and_looked_back(house, open_page):
    event = furnished_event(house)
    _today(house, event)
    _welcome(house, event)
    _grown(event)
    one = f"/events/{event.pk}/"
    laptop, phone = open_page(house.ana, scheme="dark"), open_page(house.ben, size="phone")
    other_phone = open_page(house.sam, size="phone", scheme="dark")
    for each in (laptop, phone, other_phone):
        each.set_default_timeout(30_000)
    for address in (
        "/events/",
        one,
        f"{one}tasks/",
        f"{one}tasks/new/",
        f"{one}people/",
        f"{one}people/ana/",
    ):
        _readable(laptop, address)

    laptop.goto(f"{one}people/")
    laptop.get_by_label("Called").fill("The Lakeside Trio")
    laptop.get_by_role("button", name="Add the helper").click()
    laptop.get_by_role("link", name="The Lakeside Trio").click()
    laptop.get_by_text("A helper without an account.").wait_for()
    _readable(laptop, laptop.url)

    laptop.goto(f"{one}plan/")
    laptop.get_by_role("button", name="Plan it").click()
    laptop.get_by_text("You may leave this page").wait_for()
    plan_on(event.plannings.get().pk, planned=greedily)
    laptop.locator("#plan-state").get_by_text("by the simple planner").wait_for()
    assert event.people.count() == 31  # with the helper of just now
    assert Assignment.objects.values("task").distinct().count() == 60
    _readable(laptop, f"{one}plan/")

    bar = Task.objects.get(title="Bar")
    _readable(laptop, f"/event-tasks/{bar.pk}/plan/")
    laptop.get_by_label("At", exact=True).fill("03:00")
    laptop.get_by_label("At", exact=True).blur()
    laptop.get_by_text("That wouldn't fit:").wait_for()
    laptop.get_by_role("button", name="Set it so").click()
    laptop.get_by_text("Set by hand. Planning anew leaves it so.").wait_for()
    _somebody_falls_ill(event, laptop, one)

    for address in (f"{one}run-sheet/", f"{one}risks-and-money/", f"{one}briefing/", f"{one}look-back/", one):
        _readable(phone, address)
    _run_from_two(phone, other_phone, one)
    assert Task.objects.get(title="Welcome").done_by == house.ben
    _looked_back(phone, one)


def _somebody_falls_ill(event, laptop, one):
    """One of those who do most is taken out, and it is planned anew; what can't be kept is said."""
    ill = event.people.filter(member=None, assignments__isnull=False).first()
    laptop.goto(f"{one}people/{ill.word}/")
    laptop.get_by_role("button", name=re.compile("^Take .* out of this event")).click()
    laptop.goto(f"{one}plan/")
    laptop.get_by_text("Something was changed since it was planned.").wait_for()
    laptop.get_by_role("button", name="Plan anew").click()
    laptop.get_by_text("You may leave this page").wait_for()
    plan_on(event.plannings.first().pk, planned=greedily)
    laptop.locator("#plan-state").get_by_text("by the simple planner").wait_for()
    assert Placing.objects.filter(task__event=event).count() == 60
    laptop.locator("#plan-state").get_by_text("Set by hand, and can't be kept").wait_for()
    _readable(laptop, f"{one}plan/")


def _run_from_two(phone, other_phone, one):
    phone.goto(f"{one}run-sheet/?by=person")
    phone.get_by_role("button", name=re.compile("^Help ?: Welcome")).first.tap()
    phone.get_by_text("Whoever leads is told.").wait_for()
    _readable(other_phone, f"{one}run-sheet/")
    other_phone.get_by_role("heading", name="Help needed").wait_for()
    assert axe_finds(phone) == []
    phone.get_by_label(re.compile("^For what do you need help")).fill("Two more at the door.")
    phone.get_by_role("button", name="Tell them").tap()
    phone.locator("#sheet").get_by_text("Two more at the door.").wait_for()
    other_phone.reload()
    other_phone.locator("#sheet").get_by_text("Two more at the door.").wait_for()
    other_phone.locator("#sheet").get_by_text("Ben Okafor").first.wait_for()
    other_phone.get_by_role("button", name=re.compile("^Help came ?: Welcome")).first.tap()
    other_phone.get_by_role("heading", name="Help needed").wait_for(state="detached")
    phone.get_by_role("button", name=re.compile("^Done ?: Welcome")).first.tap()
    phone.get_by_text("Done. Thank you.").wait_for()
    other_phone.reload()
    assert "is-done" in other_phone.locator(".run-line").filter(has_text="Welcome").get_attribute("class")


def _looked_back(phone, one):
    phone.goto(f"{one}look-back/")
    phone.get_by_text("We change it").last.tap()
    phone.get_by_label("In a sentence").fill("Order ice a day earlier.")
    phone.get_by_role("button", name="Say it").tap()
    phone.get_by_role("button", name="Make a task of it").tap()
    phone.get_by_text("A task of it is free to take.").wait_for()
    assert Lesson.objects.get().task == WorkTask.objects.get()


def test_presses_wait_for_the_connection_and_count_once(house, open_page):
    """In the cellar: done, late and help; the page is closed, and opened again with a connection."""
    event = furnished_event(house)
    _today(house, event)
    for title in ("Welcome", "Coats", "Doors"):
        _welcome(house, event, title)
    sheet = f"/events/{event.pk}/run-sheet/"
    phone = open_page(house.ben, size="phone")
    phone.goto(sheet)
    phone.context.set_offline(True)
    phone.get_by_role("button", name=re.compile("^Done ?: Welcome")).tap()
    phone.get_by_text("One press waits for the connection").wait_for()
    phone.get_by_role("button", name=re.compile("^Help ?: Coats")).tap()
    phone.get_by_text("2 presses wait for the connection").wait_for()
    coats = phone.locator(".run-line").filter(has_text="Coats")
    coats.get_by_text("Nobody is told: call somebody.").wait_for()
    phone.locator(".run-line").filter(has_text="Doors").locator("summary").tap()
    phone.get_by_role("button", name=re.compile("^20 min ?late: Doors")).tap()
    phone.get_by_text("20 min late: waits for the connection.").wait_for()
    assert axe_finds(phone) == []
    assert sideways(phone) == 0
    assert not Task.objects.exclude(done_at=None, help_at=None, late_minutes=0).exists()
    assert not Notice.objects.filter(code="event-help-needed").exists()
    phone.context.set_offline(False)
    phone.locator("[data-waiting='0']").wait_for()
    phone.get_by_text("The connection is back: 3 presses were sent.").wait_for()
    phone.get_by_role("heading", name="Help needed").wait_for()
    done = phone.locator(".run-line.is-done").filter(has_text="Welcome")
    done.get_by_text("Ben Okafor").first.wait_for()
    assert Notice.objects.filter(code="event-help-needed", member=house.ana).count() == 1
    _an_answer_that_is_lost_counts_once(house, phone, sheet)


def _an_answer_that_is_lost_counts_once(house, phone, sheet):
    """Remit has it, and the phone doesn't know: it sends it again from the first page, and it counts once."""
    doors = Task.objects.get(title="Doors")
    phone.goto(sheet)

    def lose_the_answer(route):
        route.fetch()
        route.abort()

    phone.route("**/help/", lose_the_answer, times=1)
    with phone.expect_event("requestfailed"):
        phone.get_by_role("button", name=re.compile("^Help ?: Doors")).tap()
    phone.get_by_text("One press waits for the connection").wait_for()
    help_came(house.sam, doors.pk)  # whoever leads was quick
    with phone.expect_response("**/help/"):
        phone.goto("/")
    phone.goto(sheet)
    assert Task.objects.get(pk=doors.pk).help_at is None
    assert phone.locator("[data-waiting='0']").count() == 1
