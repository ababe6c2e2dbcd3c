"""The app `privacy` for Django."""

from __future__ import annotations

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """Names the app."""

    name = "remit.privacy"
    label = "privacy"
