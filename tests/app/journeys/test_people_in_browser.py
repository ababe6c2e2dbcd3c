"""The people in a real browser: the first run, the ways in, the counter device, every page for everybody."""

import pytest
from tests.app.journeys.looking import axe_finds, sideways
from tests.journeys.browsing import SIZES

from remit.core import clock
from remit.people.access import get_membership_for, place_in
from remit.people.actions.counter import make_counter_device
from remit.people.actions.joining import invite, make_personal_link
from remit.people.actions.members import leave
from remit.people.actions.pins import set_pin
from remit.people.models import Member, Membership, Role
from remit.people.setup_code import setup_code

PASSWORD = "four plain words here"  # noqa: S105
PIN = "4826"
LONG = "Maximiliane-Alexandra von und zu Oberunterwiesenthalerinnenhausen 🦊"
OF_MANAGER = (
    "/teams/harbour/people/",
    "/teams/harbour/people/ana/",
    "/teams/harbour/people/ana/leave/",
    "/teams/harbour/people/ben/return/",
    "/teams/harbour/people/invite/",
    "/teams/harbour/shifts/",
    "/teams/harbour/settings/",
    "/teams/harbour/counter/",
    "/people/",
    "/people/roles/",
    "/people/roles/lead/",
    "/teams/new/",
    "/me/",
)
OF_NOBODY = ("/sign-in/", "/sign-in/forgotten/", "/sign-in/forgotten/sent/")


@pytest.fixture
def full(house):
    """The house with long names, an invitation, a screen at the counter, and somebody who left."""
    Member.objects.filter(pk=house.ana.pk).update(name=LONG)
    mia = place_in(house.mia, house.harbour)
    house.invitation = invite(mia, Role.objects.get(word="member"), name=LONG)[1]
    house.link = make_personal_link(mia, get_membership_for(mia, "ana"))
    make_counter_device(mia, "Till by the door", 120)
    leave(mia, "ben")
    return house


@pytest.mark.parametrize("size", SIZES)
def test_every_page_is_readable_by_all(full, open_page, size):
    page = open_page(full.ola, size=size)
    for address in OF_MANAGER:
        assert page.goto(address).status == 200, address
        assert axe_finds(page) == [], address
        assert sideways(page) == 0, address
    page = open_page(size=size)
    for address in (*OF_NOBODY, f"/invitation/{full.invitation}/", f"/link/{full.link}/"):
        assert page.goto(address).status == 200, address
        assert axe_finds(page) == [], address
        assert sideways(page) == 0, address


@pytest.mark.parametrize(("size", "scheme"), [("phone", "dark"), ("laptop", "light")])
def test_what_is_wrong_is_readable_too(full, open_page, size, scheme):
    page = open_page(full.ola, size=size, scheme=scheme)
    for address, button in (
        ("/teams/harbour/settings/", "Keep the settings"),
        ("/people/roles/", "Make the role"),
        ("/me/", "Keep"),
    ):
        page.goto(address)
        page.locator("main input[type=text]").first.fill("")
        page.get_by_role("button", name=button, exact=True).click()
        page.locator(".errors").first.wait_for()
        assert axe_finds(page) == []
        assert sideways(page) == 0


@pytest.mark.django_db(transaction=True)
def test_the_first_run_asks_four_things_on_a_phone(open_page):
    page = open_page(size="phone")
    page.goto("/")
    assert page.url.endswith("/welcome/")
    page.get_by_label("Setup code").fill(setup_code().lower())
    assert axe_finds(page) == []
    assert sideways(page) == 0
    page.get_by_label("Organisation").fill("Keller & Sons")
    page.get_by_label("Your name").fill("Ola Keller")
    page.get_by_label("Mail").fill("ola@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Show what is typed").click()
    assert page.get_by_label("Password").get_attribute("type") == "text"
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url(lambda address: "/welcome/" not in address)
    assert Member.objects.get().is_owner
    assert Membership.objects.get().team.time_zone


@pytest.mark.django_db(transaction=True)
def test_without_scripts_the_first_run_asks_for_the_time_zone(open_page):
    page = open_page(scripts=False)
    page.goto(f"/welcome/?code={setup_code()}")
    page.get_by_label("Organisation").fill("Keller & Sons")
    page.get_by_label("Your name").fill("Ola Keller")
    page.get_by_label("Mail").fill("ola@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Begin").click()
    page.get_by_text("Choose the time zone").wait_for()
    assert page.get_by_label("Your name").input_value() == "Ola Keller"
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Time zone").select_option("Asia/Kathmandu")
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url(lambda address: "/welcome/" not in address)
    assert Membership.objects.get().team.time_zone == "Asia/Kathmandu"


def test_signing_in_and_going_on_duty_by_keys_alone(house, open_page):
    house.ana.memberships.get().duties.all().delete()
    page = open_page()
    page.goto("/sign-in/?next=/me/")
    page.get_by_label("Mail").focus()
    page.keyboard.type("ana@example.org")
    page.keyboard.press("Tab")
    page.keyboard.type("long enough")
    page.keyboard.press("Enter")
    page.wait_for_url("**/me/")
    page.get_by_role("button", name="Go on duty").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="On duty").wait_for()
    assert house.ana.memberships.get().duties.filter(ends_at=None).count() == 1


def test_an_invitation_is_shown_on_one_screen_and_taken_up_on_a_phone(house, open_page):
    lead = open_page(house.sam)
    lead.goto("/teams/harbour/people/")
    lead.get_by_role("link", name="Invite somebody").click()
    lead.get_by_label("Name").fill("Kim")
    lead.get_by_role("button", name="Make the invitation").click()
    link = lead.get_by_label("The link").input_value()
    assert lead.locator("svg.qr path").bounding_box()["width"] > 150
    assert axe_finds(lead) == []
    phone = open_page(size="phone")
    phone.goto(link)
    assert phone.get_by_label("Your name").input_value() == "Kim"
    phone.get_by_label("PIN").fill(PIN)
    phone.get_by_role("button", name="Join").click()
    phone.wait_for_url(lambda address: "/invitation/" not in address)
    phone.goto("/teams/harbour/people/")
    phone.locator("main").get_by_text("Kim").first.wait_for()


@pytest.mark.parametrize("size", ["phone", "laptop"])
def test_a_turn_at_the_counter_and_its_end(house, open_page, size):
    set_pin(house.ana, "harbour", PIN)
    Member.objects.filter(pk=house.ana.pk).update(name=LONG)
    page = open_page(house.mia, size=size)
    page.goto("/teams/harbour/counter/")
    page.get_by_label("What to call it").fill("Till")
    page.get_by_role("button", name="Make it the shared screen").click()
    page.get_by_role("heading", name="Who is it?").wait_for()
    assert axe_finds(page) == []
    assert sideways(page) == 0
    page.get_by_role("link", name=LONG).click()
    page.get_by_label("PIN").fill("9171")
    page.get_by_role("button", name="My turn").click()
    page.get_by_text("That isn't the PIN.").wait_for()
    assert axe_finds(page) == []
    page.get_by_label("PIN").fill(PIN)
    page.get_by_role("button", name="My turn").click()
    page.goto("/me/")  # closed there, and the frame is the same on every page
    page.get_by_text("isn't for the shared screen").wait_for()
    assert axe_finds(page) == []
    assert sideways(page) == 0
    page.get_by_role("button", name="Hand back").click()
    page.get_by_role("heading", name="Who is it?").wait_for()


def test_a_screen_that_nobody_touches_locks_itself(house, open_page):
    set_pin(house.ana, "harbour", PIN)
    page = open_page(house.mia)
    page.goto("/teams/harbour/counter/")
    page.get_by_role("button", name="Make it the shared screen").click()
    page.clock.install(time=clock.now())
    page.get_by_role("link", name="Ana Ruiz").click()
    page.get_by_label("PIN").fill(PIN)
    page.get_by_role("button", name="My turn").click()
    page.goto("/me/")
    page.get_by_role("button", name="Hand back").wait_for()
    page.clock.fast_forward(119_000)
    assert page.get_by_role("button", name="Hand back").is_visible()
    page.clock.fast_forward(3_000)
    page.get_by_role("heading", name="Who is it?").wait_for()
