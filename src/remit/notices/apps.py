"""The app `notices` for Django."""

from __future__ import annotations

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Names the app."""

    name = "remit.notices"
    label = "notices"
