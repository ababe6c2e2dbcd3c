"""The app `privacy` for Django."""

from __future__ import annotations

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """Names the app, and says what must not be used elsewhere."""

    name = "remit.privacy"
    label = "privacy"

    def ready(self) -> None:
        """A complaint that is held as it is, is nothing to practise on."""
        from remit.practice.access import keep_out  # noqa: PLC0415 (tables aren't ready before)
        from remit.privacy.queries.holds import not_held  # noqa: PLC0415

        keep_out(not_held)
