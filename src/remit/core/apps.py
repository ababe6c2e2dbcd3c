"""The app `core` for Django."""

from __future__ import annotations

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Names the app, and says plainly what Django says in its own way."""

    name = "remit.core"
    label = "core"

    def ready(self) -> None:
        """Values out of their limits are refused in plain words everywhere."""
        from remit.core.plain_limits import say_limits_plainly  # noqa: PLC0415 (settings aren't ready)

        say_limits_plainly()
