"""Work of the notices that is done later."""

from __future__ import annotations

from django_tasks import task

from remit.jobs.schedule import every
from remit.notices.delivering import (
    deliver_by_mail,
    deliver_by_push,
    deliver_gathered,
    deliver_monday,
    spread,
)
from remit.notices.sweeping import sweep


@task(priority=10)
def send_out(notices: list[int]) -> None:
    """Put notices on their ways."""
    spread(notices)


@task(priority=10)
def push_notice(delivery: int) -> None:
    """Send a notice to a browser."""
    deliver_by_push(delivery)


@task(priority=10)
def mail_notice(delivery: int) -> None:
    """Send a notice by mail."""
    deliver_by_mail(delivery)


@task()
def mail_gathered(member: int) -> None:
    """Send somebody the notices of an hour in one mail."""
    deliver_gathered(member)


@task()
def mail_monday(member: int) -> None:
    """Send somebody in one mail which hats their teams ask for."""
    deliver_monday(member)


@every(days=1)
@task()
def sweep_old_notices() -> None:
    """Forget notices that were seen long ago."""
    sweep()
