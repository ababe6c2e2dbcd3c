"""The app `demo` for Django."""

from __future__ import annotations

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Names the app."""

    name = "remit.demo"
    label = "demo"
