"""The app `today` for Django: pages, without tables of its own."""

from __future__ import annotations

from django.apps import AppConfig


class TodayConfig(AppConfig):
    """Names the app."""

    name = "remit.today"
    label = "today"
