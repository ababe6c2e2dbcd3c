"""The app `events` for Django."""

from __future__ import annotations

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """Names the app, and hooks in: for who leaves, for clocks, for objectives and for calendars."""

    name = "remit.events"
    label = "events"

    def ready(self) -> None:
        """Who leaves is in no event to come; objectives list events, calendars what one does."""
        from remit.events.actions.clock import count_events, move_events  # noqa: PLC0415
        from remit.events.actions.people import take_out_of_what_comes  # noqa: PLC0415 (tables aren't ready)
        from remit.events.queries.hanging import events_on  # noqa: PLC0415
        from remit.events.queries.ideas import find_lesson, lead_to_lesson  # noqa: PLC0415
        from remit.events.queries.in_calendar import in_calendar  # noqa: PLC0415
        from remit.people.clocks import ToCome, goes_by_the_clock  # noqa: PLC0415
        from remit.people.departures import on_departure  # noqa: PLC0415
        from remit.purpose.hanging import hangs_here  # noqa: PLC0415
        from remit.voice.sources import comes_from  # noqa: PLC0415
        from remit.work.queries.calendar import shows_in_calendar  # noqa: PLC0415

        on_departure(take_out_of_what_comes)
        goes_by_the_clock(ToCome("big day", "big days", count_events, move_events))
        hangs_here("Big days", events_on)
        shows_in_calendar(in_calendar)
        comes_from("look-back", find_lesson, lead_to_lesson)
