"""A team that gives money back through a Stripe of its own."""

from types import SimpleNamespace

import pytest
from tests.app.made_complaints import made_complaint
from tests.providers.fake_stripe import FakeStripe
from tests.providers.fake_stripe.server import KEY, SECRET

from remit.remedies import provider_news
from remit.remedies.actions.connections import Keys, connect

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
