"""The app `rollouts` for Django."""

from __future__ import annotations

from django.apps import AppConfig


class RolloutsConfig(AppConfig):
    """Names the app."""

    name = "remit.rollouts"
    label = "rollouts"
