"""The app `charters` for Django."""

from __future__ import annotations

from django.apps import AppConfig


class ChartersConfig(AppConfig):
    """Names the app."""

    name = "remit.charters"
    label = "charters"
