"""Stripe: back to the card or account from which it was paid, by the official library."""
