"""The app `watching` for Django."""

from __future__ import annotations

from django.apps import AppConfig


class WatchingConfig(AppConfig):
    """Names the app."""

    name = "remit.watching"
    label = "watching"
