"""Setting a direction in a browser: vision, objective, line of sight, one's own work; readable by all."""

from datetime import timedelta
from decimal import Decimal

import pytest
from tests.app.journeys.looking import axe_finds, sideways
from tests.app.journeys.walking import Walk
from tests.app.made_complaints import made_complaint, wants
from tests.app.purpose.made_objectives import made_objective, made_vision
from tests.app.purpose.test_purpose_measures import closed
from tests.journeys.browsing import SIZES

from remit.complaints.actions.deciding import decide
from remit.core.clock import now, today
from remit.people.access import place_in
from remit.purpose.actions.measuring import keep_values
from remit.purpose.actions.moving import move
from remit.purpose.actions.objectives import close_objective
from remit.purpose.actions.rules import hang_rule
from remit.purpose.models import Objective, Vision


@pytest.fixture
def directed(house):
    """A vision in two versions; objectives that move by themselves, are typed, are closed; a rule hangs."""
    made_vision(house, "every guest leaves content")
    made_vision(house)
    place, day = place_in(house.mia, house.harbour), today("Europe/Berlin")
    moves = made_objective(
        house, "made-right", title="guests say that it was made right", measure="rating", unit="of 5",
        start=Decimal(3), target=Decimal("4.5"), begins=day - timedelta(days=60),
    )  # fmt: skip
    for ago in range(0, 60, 2):
        at = now() - timedelta(days=ago)
        closed(house, opened=at - timedelta(hours=5), at=at, stars=3 + ago % 3, title=f"Soup {ago}")
    move(moves.pk)
    typed = made_objective(house)
    keep_values(typed.pk, [(day - timedelta(days=each), Decimal(each) / 10, 3) for each in (60, 30, 1)],
                measure="by-hand")  # fmt: skip
    ended = made_objective(house, "ended", title="nobody hears from us for days")
    close_objective(
        place, ended, outcome="partly", came="Two days, most of the time.", why="Others matter more."
    )
    hang_rule(place, "fix-on-the-spot", typed)
    decide(house.ana, made_complaint(house, title="Cold soup", paid=30000).number, wants("refund", 1000))
    return house


READ = (
    "/purpose/harbour/",
    "/purpose/harbour/vision/before/",
    "/purpose/harbour/objectives/made-right/",
    "/purpose/harbour/objectives/made-right/rows/",
    "/purpose/harbour/objectives/quick-answers/",
    "/purpose/harbour/objectives/ended/",
    "/charter/harbour/rules/fix-on-the-spot/",
    "/my-work/",
)
CHANGED = (
    "/purpose/harbour/objectives/quick-answers/",
    "/purpose/harbour/vision/",
    "/purpose/harbour/new/",
    "/purpose/harbour/objectives/quick-answers/change/",
    "/purpose/harbour/objectives/quick-answers/closing/",
)


@pytest.mark.parametrize("size", SIZES)
def test_every_page_is_readable(house, open_page, directed, size):
    for who, pages in (
        (house.ana, READ),
        (house.mia, (*CHANGED, "/purpose/harbour/objectives/quick-answers/")),
    ):
        page = open_page(who, size=size)
        for address in pages:
            assert page.goto(address).status == 200, address
            page.wait_for_load_state("networkidle")
            for folded in page.locator("main details").all():
                folded.evaluate("(each) => { each.open = true; }")
            assert axe_finds(page) == [], address
            assert sideways(page) == 0, address


def test_what_is_empty_invites(house, open_page):
    for who in (house.ana, house.mia):
        Walk(open_page(who, size="phone")).go("/purpose/harbour/").sees(
            "Nobody wrote down yet what you are here for"
        )


def test_a_manager_sets_a_direction_and_a_member_follows_it_from_a_rule_to_the_vision(house, open_page):
    walk = Walk(open_page(house.mia))
    walk.go("/purpose/harbour/")
    walk.tap("Write the vision", role="link")
    walk.fill("So that …", "Every guest leaves wanting to come back.")
    walk.fill("In a few sentences", "Whatever goes wrong is made right before the guest has left.")
    walk.field("Why, and why now").press_sequentially("because")
    walk.sees("That could stand under anything")  # while it is typed
    walk.fill("Why, and why now", "Each of us meant something else by it.")
    walk.page.locator(".why-hint").filter(has_text="anything").wait_for(state="hidden")
    walk.tap("Write it down")
    walk.sees("Every guest leaves wanting to come back")
    assert Vision.objects.get().why == "Each of us meant something else by it."
    walk.tap("Open the first objective", role="link")
    walk.fill("So that …", "guests wait less for an answer")
    walk.fill("Why", "Whoever waits writes a review meanwhile.")
    walk.fill("Where it is now", "6")
    walk.fill("Where it should get to", "1")
    walk.fill("Unit", "h")
    walk.tap("Open it")
    walk.sees("Nobody said yet where it stands.")
    walk.fill("It stands at", "4.5")
    walk.tap("Keep it")
    walk.sees("30 % of the way")
    walk.go("/charter/harbour/rules/fix-on-the-spot/")
    walk.field("So that …").select_option(label="Guests wait less for an answer")
    walk.tap("Hang it there")
    follow = Walk(open_page(house.ana, size="phone", scheme="dark"))
    complaint = made_complaint(house, paid=30000)
    follow.go(f"/complaints/{complaint.number}/make-it-right/?kind=refund&value=30")
    follow.tap("What “Fix on the spot” is for", role="link")
    follow.sees("This rule is there so that")
    follow.tap("guests wait less for an answer", role="link", within=follow.page.locator(".sight"))
    follow.sees("What hangs here")
    follow.tap("every guest leaves wanting to come back", role="link")
    follow.sees("Our vision")


def test_without_scripts_a_hollow_why_comes_back_once(house, open_page):
    page = open_page(house.mia, size="phone", scripts=False)
    page.goto("/purpose/harbour/vision/")
    page.get_by_label("So that …").fill("nobody leaves unheard")
    page.get_by_label("In a few sentences").fill("We listen first.")
    page.get_by_label("Why, and why now").fill("As always.")
    page.get_by_role("button", name="Write it down").click()
    page.get_by_text("Or send it again as it stands").wait_for()
    page.get_by_role("button", name="Write it down").click()
    page.get_by_text("Nobody leaves unheard").wait_for()
    assert Vision.objects.get().why == "As always."


def test_two_managers_at_one_objective(house, open_page, directed):
    first, second = Walk(open_page(house.mia)), Walk(open_page(house.ola, size="phone"))
    address = "/purpose/harbour/objectives/quick-answers/change/"
    for walk, target in ((first, "2"), (second, "3")):
        walk.go(address)
        walk.fill("Where it should get to", target)
        walk.fill("Why it changes", "One hour was more than we can do.")
    first.tap("Change it")
    first.sees("How it came to say this")
    second.tap("Change it")
    second.sees("Mia Keller changed it meanwhile.")
    assert second.field("Where it should get to").input_value() == "3"
    second.tap("Change it")
    second.sees("How it came to say this")
    assert Objective.objects.get(key="quick-answers").target == 3
