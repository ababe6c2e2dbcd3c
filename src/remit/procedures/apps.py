"""The app `procedures` for Django."""

from __future__ import annotations

from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    """Names the app, and says what of it hangs on objectives."""

    name = "remit.procedures"
    label = "procedures"

    def ready(self) -> None:
        """Objectives list the procedures that hang on them, and are moved by how many understood."""
        from remit.procedures.queries.objectives import (  # noqa: PLC0415 (tables aren't ready before)
            UNDERSTOOD,
            hanging_on,
        )
        from remit.purpose.hanging import hangs_here  # noqa: PLC0415
        from remit.purpose.measures import can_measure  # noqa: PLC0415

        hangs_here("Procedures", hanging_on)
        can_measure(UNDERSTOOD)
