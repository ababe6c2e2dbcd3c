"""The app `insight` for Django."""

from __future__ import annotations

from django.apps import AppConfig


class InsightConfig(AppConfig):
    """Names the app, and offers what it measures."""

    name = "remit.insight"
    label = "insight"

    def ready(self) -> None:
        """Objectives move by what happens at the desk; a task says which cause it is about."""
        from remit.insight.causes.origin import cause_behind  # noqa: PLC0415 (tables aren't ready before)
        from remit.insight.measures import offer  # noqa: PLC0415
        from remit.work.queries.origin import tells_origin  # noqa: PLC0415

        offer()
        tells_origin(cause_behind)
