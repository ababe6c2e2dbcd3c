"""What the doctor sees of the work: workers, jobs, and what they reach outside."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from remit.core.clock import now
from remit.core.sealing import SealBroken, unseal
from remit.inbox.models import Mailbox
from remit.jobs.claiming import lease
from remit.jobs.models import Job, Worker
from remit.jobs.queries import jobs_that_need_a_person
from remit.keeping.doctor.finding import Finding, in_words, look, ok, wrong
from remit.remedies.models import Connection

_LATE: Final = timedelta(minutes=10)
_LOOKED_THROUGH: Final = timedelta(days=2)


def workers() -> Iterator[Finding]:
    """Whether somebody works the jobs."""
    count = Worker.objects.filter(seen_at__gt=now() - 2 * lease()).count()
    if count:
        yield ok(
            "workers",
            "1 worker was heard just now." if count == 1 else f"{count} workers were heard just now.",
        )
    else:
        yield wrong(
            "workers", "Nobody works the jobs: no mail leaves, nothing is handed over.", "Start remit work."
        )


def jobs() -> Iterator[Finding]:
    """Jobs that were given up, and those that are late."""
    given_up = jobs_that_need_a_person().count()
    late = Job.objects.filter(
        finished_at=None, needs_person_at=None, worker="", run_at__lt=now() - _LATE
    ).order_by("run_at")
    first = late.first()
    if given_up:
        words = "1 job needs a person." if given_up == 1 else f"{given_up:,} jobs need a person."
        yield look("jobs", words, "Open Needs a person, as a manager.")
    if first is not None:
        yield wrong(
            "jobs",
            f"{late.count():,} are late, the first by {in_words(now() - first.run_at)}.",
            "Start remit work, or more of them.",
        )
    if not given_up and first is None:
        yield ok("jobs", "None is late, none needs a person.")


def providers() -> Iterator[Finding]:
    """Connections to payment providers."""
    rows = Connection.objects.filter(off_at=None)
    for connection in rows:
        what = f"provider {connection.account}"
        looked = connection.looks.order_by("-at").values_list("at", flat=True).first()
        ago = now() - (looked or connection.made_at)
        if not _opens(connection.sealed_key):
            yield wrong(
                what,
                "Its key was sealed with another secret key.",
                "Put the key in anew, or the secret key back.",
            )
        elif connection.trouble:
            yield wrong(what, connection.trouble, "Open Payment providers, as an owner.")
        elif ago > _LOOKED_THROUGH:
            yield look(what, f"Its list was compared {in_words(ago)} ago.", "See that remit work runs.")
        else:
            yield ok(what, "It lets us in, and its list was compared lately.")


def mailboxes() -> Iterator[Finding]:
    """The mailboxes of teams."""
    for mailbox in Mailbox.objects.filter(off_at=None):
        what = f"mailbox {mailbox.address}"
        if not all(_opens(sealed) for sealed in (mailbox.sealed_password, mailbox.sealed_key) if sealed):
            yield wrong(what, "Its password was sealed with another secret key.", "Put it in anew.")
        elif mailbox.trouble:
            yield wrong(what, mailbox.trouble, "Open the mailbox of the team.")
        else:
            yield ok(what, "Mail comes in.")


def _opens(sealed: str) -> bool:
    try:
        unseal(sealed)
    except SealBroken:
        return False
    return True
