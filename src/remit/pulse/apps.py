"""The app `pulse` for Django."""

from __future__ import annotations

from django.apps import AppConfig


class PulseConfig(AppConfig):
    """Names the app, and says what of it moves objectives."""

    name = "remit.pulse"
    label = "pulse"

    def ready(self) -> None:
        """Objectives may be measured by it."""
        from remit.pulse.queries.measure import PULSE  # noqa: PLC0415 (tables aren't ready before)
        from remit.purpose.measures import can_measure  # noqa: PLC0415

        can_measure(PULSE)
