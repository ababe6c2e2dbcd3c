"""The app `core` for Django."""

from __future__ import annotations

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Names the app."""

    name = "remit.core"
    label = "core"
