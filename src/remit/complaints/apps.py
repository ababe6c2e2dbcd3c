"""The app `complaints` for Django."""

from __future__ import annotations

from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    """Names the app."""

    name = "remit.complaints"
    label = "complaints"
