"""Stripe as far as refunds go, with its state and its faults, on a port of its own."""

from tests.providers.fake_stripe.faults import Fault
from tests.providers.fake_stripe.server import FakeStripe

__all__ = ("FakeStripe", "Fault")
