"""The app `findings` for Django."""

from __future__ import annotations

from django.apps import AppConfig


class FindingsConfig(AppConfig):
    """Names the app."""

    name = "remit.findings"
    label = "findings"
