"""Work of what if that is done later."""

from __future__ import annotations

from django_tasks import task

from remit.insight.what_if.actions import look_on


@task()
def look_back(number: int) -> None:
    """Look at what another charter would have meant."""
    look_on(number)
