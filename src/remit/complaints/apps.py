"""The app `complaints` for Django."""

from __future__ import annotations

from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    """Names the app, and hooks in: for who leaves a team, and for closed days."""

    name = "remit.complaints"
    label = "complaints"

    def ready(self) -> None:
        """What somebody had in a team is free to take when they leave it; closed days say what is due."""
        from remit.complaints.actions.handling import leave_behind  # noqa: PLC0415 (tables aren't ready before)
        from remit.complaints.deadlines import promised_on  # noqa: PLC0415
        from remit.people.departures import on_departure  # noqa: PLC0415
        from remit.work.queries.closed import promises  # noqa: PLC0415

        on_departure(leave_behind)
        promises(promised_on)
