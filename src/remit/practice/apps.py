"""The app `practice` for Django."""

from __future__ import annotations

from django.apps import AppConfig


class PracticeConfig(AppConfig):
    """Names the app."""

    name = "remit.practice"
    label = "practice"
