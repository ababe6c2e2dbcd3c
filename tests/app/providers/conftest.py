"""A team that gives money back through a Stripe of its own."""

from types import SimpleNamespace

import pytest
from tests.app.made_complaints import made_complaint, wants
from tests.providers.fake_stripe import FakeStripe
from tests.providers.fake_stripe.server import KEY, SECRET

from remit.complaints.actions.deciding import decide
from remit.remedies import provider_news
from remit.remedies.actions.connections import Keys, connect

FIRST, SECOND, GIVEN = 3_000, 2_500, 4_200
"""What an order was paid with, in two payments, and a refund that neither is large enough for."""
KEYS = Keys(account="Harbour Street", key=KEY, secret=SECRET, is_live=False)


@pytest.fixture
def stripe():
    """A Stripe that runs."""
    with FakeStripe() as fake:
        yield fake


@pytest.fixture
def connected(house, stripe, settings, noon):
    """A connection, and a complaint whose order was paid through it: 312.00."""
    settings.STRIPE_ADDRESS = stripe.address
    connection = connect(house.ola, "stripe", KEYS, [house.harbour])
    late = made_complaint(house, category="late", paid=31200)
    reference = stripe.state.pay(31200, order=late.order.number, at=noon.timestamp())
    payment = provider_news.link(connection, house.harbour, late.order_key, reference, house.ana)
    return SimpleNamespace(connection=connection, late=late, payment=payment, reference=reference)


@pytest.fixture
def paid_twice(house, stripe, settings, noon):
    """An order that was paid with two payments: 30.00 and then 25.00."""
    settings.STRIPE_ADDRESS = stripe.address
    connection = connect(house.ola, "stripe", KEYS, [house.harbour])
    late = made_complaint(house, category="late", paid=FIRST + SECOND)
    found = []
    for seconds, amount in enumerate((FIRST, SECOND)):
        reference = stripe.state.pay(amount, order=late.order.number, at=noon.timestamp() + seconds)
        provider_news.link(connection, house.harbour, late.order_key, reference, house.ana)
        found.append(reference)
    return SimpleNamespace(connection=connection, late=late, first=found[0], second=found[1])


@pytest.fixture
def given(house, paid_twice):
    """A refund of 42.00: more than either payment."""
    return decide(house.ana, paid_twice.late.number, wants("refund", GIVEN)).remedy
