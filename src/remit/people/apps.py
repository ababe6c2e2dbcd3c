"""The app `people` for Django."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Names the app, and hooks in shifts, which go by the clock of their team."""

    name = "remit.people"
    label = "people"

    def ready(self) -> None:
        """Shifts to come move with the clock."""
        from remit.people.actions.shifts_moved import count_shifts, move_shifts  # noqa: PLC0415 (tables aren't ready)
        from remit.people.clocks import ToCome, goes_by_the_clock  # noqa: PLC0415

        goes_by_the_clock(ToCome("shift", "shifts", count_shifts, move_shifts))
