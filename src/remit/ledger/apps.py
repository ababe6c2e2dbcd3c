"""The app `ledger` for Django."""

from __future__ import annotations

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Names the app."""

    name = "remit.ledger"
    label = "ledger"
