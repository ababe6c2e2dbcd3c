"""The app `upkeep` for Django."""

from __future__ import annotations

from django.apps import AppConfig


class UpkeepConfig(AppConfig):
    """Names the app."""

    name = "remit.upkeep"
    label = "upkeep"
