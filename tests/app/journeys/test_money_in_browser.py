"""Money that goes back by itself, in a browser: pages readable by all, and the way from key to payment."""

import re

import pytest
from tests.app.complaint_parts import opened
from tests.app.journeys.looking import axe_finds, sideways
from tests.app.journeys.screens_money import pay_by_card
from tests.app.journeys.walking import Walk
from tests.journeys.browsing import SIZES
from tests.providers.fake_stripe import FakeStripe
from tests.providers.fake_stripe.server import KEY

from remit.complaints.actions.orders import OrderWords
from remit.remedies.models import Connection, Payment


@pytest.fixture
def money(house, settings):
    """A provider, payments, and every kind of trouble; the words of what was made."""
    with FakeStripe() as stripe:
        settings.STRIPE_ADDRESS = stripe.address
        yield pay_by_card(house, stripe)


@pytest.mark.parametrize("size", SIZES)
def test_every_page_is_readable_by_all(house, money, open_page, size):
    Connection.objects.update(trouble="The key was revoked.", trouble_at=Connection.objects.get().made_at)
    for member, addresses in (
        (house.ola, ("/money/", f"/money/{money['connection']}/", "/money/new/", "/money/credit/")),
        (
            house.sam,
            (
                f"/complaints/{money['card']}/payment/?by=118-20",
                f"/complaints/{money['card']}/payment/?by=nothing",
                "/remedies/",
                f"/complaints/{money['parts']}/",
                f"/remedies/{money['parts-remedy']}/",
                f"/remedies/{money['stuck']}/take-over/",
                f"/remedies/{money['waiting']}/stop/",
                f"/remedies/credit/?code={money['credit']}",
                f"/remedies/credit/?code={money['ended-credit']}",
                f"/remedies/{money['ended']}/renewal/",
                "/books/harbour/",
            ),
        ),
    ):
        page = open_page(member, size=size)
        for address in addresses:
            assert page.goto(address).status == 200, address
            page.wait_for_load_state("networkidle")
            assert axe_finds(page) == [], address
            assert sideways(page) == 0, address


BROKEN = """() => [...document.querySelectorAll(".unbroken")].map((each) => {
  const range = document.createRange();
  range.selectNodeContents(each);
  return new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size;
})"""
"""On how many lines each number of an order stands."""


def test_the_number_of_an_order_never_breaks_at_its_hyphen(house, money, open_page):
    page = open_page(house.sam, size="phone")
    for address in ("/remedies/", f"/complaints/{money['card']}/payment/", f"/complaints/{money['card']}/"):
        page.goto(address)
        for width in range(320, 480, 8):
            page.set_viewport_size({"width": width, "height": 844})
            lines = page.evaluate(BROKEN)
            assert lines, address
            assert set(lines) <= {0, 1}, (address, width)


def test_from_the_key_to_the_payment_of_an_order(house, open_page, settings):
    with FakeStripe() as stripe:
        settings.STRIPE_ADDRESS = stripe.address
        paid = stripe.state.pay(8600, order="H-7", mail="kim@example.org")
        complaint = opened(house, order=OrderWords("H-7", paid=8600))
        owner = Walk(open_page(house.ola))
        owner.go("/money/")
        owner.tap("Connect Stripe", role="link")
        owner.fill("Secret key", "sk_test_mistyped")
        owner.page.get_by_label("Harbour Street").check()
        owner.tap("Try the key, and connect")
        owner.sees("Is it still you?")
        owner.page.locator("main input[type=password]").fill("long enough")
        owner.tap("Yes, go on")
        owner.sees("it was revoked or mistyped")
        owner.fill("Secret key", KEY)
        owner.tap("Try the key, and connect")
        owner.sees("is connected. Now add the webhook.")
        ana = Walk(open_page(house.ana, size="phone"))
        ana.go(f"/complaints/{complaint.number}/")
        ana.tap("Payment", role="link")
        ana.tap("Look at Harbour Street")
        ana.sees(re.compile("EUR.86.00"))
        ana.tap(re.compile("^This is it"))
        ana.sees("Refunds of this order go back to it by themselves.")
        assert Payment.objects.get().reference == paid
