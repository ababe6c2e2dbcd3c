"""The app `growth` for Django."""

from __future__ import annotations

from django.apps import AppConfig


class GrowthConfig(AppConfig):
    """Names the app."""

    name = "remit.growth"
    label = "growth"
