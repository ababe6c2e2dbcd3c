"""The app `trail` for Django."""

from __future__ import annotations

from django.apps import AppConfig


class TrailConfig(AppConfig):
    """Names the app."""

    name = "remit.trail"
    label = "trail"
