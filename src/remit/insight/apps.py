"""The app `insight` for Django."""

from __future__ import annotations

from django.apps import AppConfig


class InsightConfig(AppConfig):
    """Names the app."""

    name = "remit.insight"
    label = "insight"
