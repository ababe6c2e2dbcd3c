"""The app `complaints` for Django."""

from __future__ import annotations

from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    """Names the app, and hooks in what follows when somebody leaves a team."""

    name = "remit.complaints"
    label = "complaints"

    def ready(self) -> None:
        """What somebody had in a team is free to take when they leave it."""
        from remit.complaints.actions.handling import leave_behind  # noqa: PLC0415 (tables aren't ready before)
        from remit.people.departures import on_departure  # noqa: PLC0415

        on_departure(leave_behind)
