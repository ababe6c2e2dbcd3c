"""Work of the mailboxes that comes back."""

from __future__ import annotations

from django_tasks import task

from remit.inbox.actions.watching import look_after_mailboxes
from remit.jobs.schedule import every


@every(minutes=5)
@task()
def look_after_mail() -> None:
    """Tell of mailboxes that aren't reached for long."""
    look_after_mailboxes()
