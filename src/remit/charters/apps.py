"""The app `charters` for Django."""

from __future__ import annotations

from django.apps import AppConfig


class ChartersConfig(AppConfig):
    """Names the app, and hooks in what follows when somebody leaves a team."""

    name = "remit.charters"
    label = "charters"

    def ready(self) -> None:
        """Authority that somebody lent, or was lent, ends when they leave; rules hang on objectives."""
        from remit.charters.actions.lending import end_all_of  # noqa: PLC0415 (tables aren't ready before)
        from remit.charters.queries.hung import rules_on  # noqa: PLC0415
        from remit.people.departures import on_departure  # noqa: PLC0415
        from remit.purpose.hanging import hangs_here  # noqa: PLC0415

        on_departure(end_all_of)
        hangs_here("Rules of the charter", rules_on)
