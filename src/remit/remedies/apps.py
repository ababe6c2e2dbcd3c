"""The app `remedies` for Django."""

from __future__ import annotations

from django.apps import AppConfig


class RemediesConfig(AppConfig):
    """Names the app."""

    name = "remit.remedies"
    label = "remedies"
