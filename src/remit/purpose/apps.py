"""The app `purpose` for Django."""

from __future__ import annotations

from django.apps import AppConfig


class PurposeConfig(AppConfig):
    """Names the app."""

    name = "remit.purpose"
    label = "purpose"
