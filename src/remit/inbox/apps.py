"""The app `inbox` for Django."""

from __future__ import annotations

from django.apps import AppConfig


class InboxConfig(AppConfig):
    """Names the app."""

    name = "remit.inbox"
    label = "inbox"
