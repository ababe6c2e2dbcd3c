"""The app `events` for Django."""

from __future__ import annotations

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """Names the app, and hooks in: what follows when somebody leaves, what hangs on an objective."""

    name = "remit.events"
    label = "events"

    def ready(self) -> None:
        """Who leaves is in no event to come; an objective lists its events."""
        from remit.events.actions.people import take_out_of_what_comes  # noqa: PLC0415 (tables aren't ready)
        from remit.events.queries.hanging import events_on  # noqa: PLC0415
        from remit.people.departures import on_departure  # noqa: PLC0415
        from remit.purpose.hanging import hangs_here  # noqa: PLC0415

        on_departure(take_out_of_what_comes)
        hangs_here("Big days", events_on)
