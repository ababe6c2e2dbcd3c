"""The app `practice` for Django."""

from __future__ import annotations

from django.apps import AppConfig


class PracticeConfig(AppConfig):
    """Names the app, and hooks in what follows when somebody leaves a team."""

    name = "remit.practice"
    label = "practice"

    def ready(self) -> None:
        """What they tried goes with them."""
        from remit.people.departures import on_departure  # noqa: PLC0415 (tables aren't ready before)
        from remit.practice.actions import forget_all_of  # noqa: PLC0415

        on_departure(forget_all_of)
