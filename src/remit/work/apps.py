"""The app `work` for Django."""

from __future__ import annotations

from django.apps import AppConfig


class WorkConfig(AppConfig):
    """Names the app, and hooks in: what follows when somebody leaves, what hangs on an objective."""

    name = "remit.work"
    label = "work"

    def ready(self) -> None:
        """What they had taken up is free again; an objective lists its tasks."""
        from remit.people.clocks import ToCome, goes_by_the_clock  # noqa: PLC0415 (tables aren't ready before)
        from remit.people.departures import on_departure  # noqa: PLC0415
        from remit.purpose.hanging import hangs_here  # noqa: PLC0415
        from remit.work.actions import clock  # noqa: PLC0415
        from remit.work.actions.holding import free_all_of  # noqa: PLC0415
        from remit.work.queries.hanging import tasks_on  # noqa: PLC0415

        on_departure(free_all_of)
        goes_by_the_clock(ToCome("task", "tasks", clock.count_tasks, clock.move_tasks))
        goes_by_the_clock(ToCome("checklist", "checklists", clock.count_checklists, clock.move_checklists))
        hangs_here("Tasks", tasks_on)
