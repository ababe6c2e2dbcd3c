"""Passkeys in a real browser with a virtual key: made, used alone and as a second factor, removed."""

import pytest
from tests.app.journeys.looking import axe_finds, sideways

from remit.people.models import Passkey, SignedIn

PASSWORD = "long enough"  # noqa: S105


def key_in(page, *, verifies=True):
    """Gives a browser a key of its own; one that verifies its owner, as a phone does by a finger."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal" if verifies else "usb",
        "hasResidentKey": verifies,
        "hasUserVerification": verifies,
        "isUserVerified": verifies,
        "automaticPresenceSimulation": True,
    }
    made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return devtools, made["authenticatorId"]


def sign_in(page, after="/me/safety/"):
    page.goto(f"/sign-in/?next={after}")
    page.get_by_label("Mail").fill("ana@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def add_key(page, name="My phone"):
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_role("heading", name="Your recovery codes").wait_for()
    page.get_by_role("link", name="I have kept them").click()
    page.get_by_text(name).first.wait_for()


@pytest.mark.parametrize(("size", "scheme"), [("phone", "dark"), ("laptop", "light")])
def test_a_passkey_is_made_opens_without_a_password_and_is_removed(house, open_page, size, scheme):
    page = open_page(size=size, scheme=scheme)
    key_in(page)
    sign_in(page)
    page.wait_for_url("**/me/safety/")
    assert axe_finds(page) == []
    add_key(page)
    assert (axe_finds(page), sideways(page)) == ([], 0)
    page.context.clear_cookies()
    page.goto("/sign-in/?next=/me/safety/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/me/safety/")
    assert SignedIn.objects.order_by("-pk").first().way == "passkey"
    assert Passkey.objects.get().sign_count > 0
    page.get_by_role("button", name="Remove My phone").click()
    page.get_by_text("It is removed.").wait_for()
    assert not Passkey.objects.exists()
    page.context.clear_cookies()
    page.goto("/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("That passkey didn't open it.").wait_for()
    assert axe_finds(page) == []


def test_a_key_that_knows_nobody_is_a_second_factor_only(house, open_page):
    page = open_page()
    key_in(page, verifies=False)
    sign_in(page)
    page.wait_for_url("**/me/safety/")
    add_key(page, "Key on my ring")
    page.context.clear_cookies()
    sign_in(page)
    page.get_by_role("heading", name="Hello, Ana").wait_for()
    assert axe_finds(page) == []
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/me/safety/")
    assert SignedIn.objects.order_by("-pk").first().way == "password"


def test_a_copy_of_a_key_that_counts_behind_opens_nothing(house, open_page):
    page = open_page()
    key_in(page)
    sign_in(page)
    page.wait_for_url("**/me/safety/")
    add_key(page)
    Passkey.objects.update(sign_count=1000)
    page.context.clear_cookies()
    page.goto("/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("That passkey didn't open it.").wait_for()
    assert SignedIn.objects.count() == 1


def test_without_scripts_other_ways_are_shown(house, open_page):
    page = open_page(scripts=False)
    sign_in(page)
    page.wait_for_url("**/me/safety/")
    assert not page.get_by_role("button", name="Add a passkey").is_visible()
    page.get_by_text("Adding a passkey needs scripts.").wait_for()
    page.get_by_role("link", name="Add the app").click()
    page.get_by_role("heading", name="An app for codes").wait_for()
