"""How work and database stand, as figures: read from the tables, so they are the same on every server."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import connection
from django.db.models import Case, CharField, Count, Max, Min, Q, Value, When

from remit.core.clock import now
from remit.jobs.claiming import lease
from remit.jobs.models import Job, Worker
from remit.jobs.queue import WAITING
from remit.keeping.places import last_backup
from remit.remedies.models import Sending
from remit.remedies.vocabulary import OPEN_SENDINGS

NEEDS_PERSON: Final = "needs_person"
IN_HAND: Final = "in_hand"
DUE: Final = "due"
LATER: Final = "later"

MAIL_JOBS: Final = frozenset(
    {
        "remit.complaints.jobs.send_message",
        "remit.notices.jobs.mail_gathered",
        "remit.notices.jobs.mail_monday",
        "remit.notices.jobs.mail_notice",
        "remit.people.jobs.send_mail_changed",
        "remit.people.jobs.send_new_password",
    }
)
"""Work that ends in a mail."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure, for one set of labels.

    Attributes:
        name: as Prometheus shows it; its unit is the end of the name.
        about: a sentence.
        value: the figure.
        labels: names of code alone, never words of people.
    """

    name: str
    about: str
    value: float
    labels: dict[str, str] = field(default_factory=dict)


def figures() -> Iterator[Figure]:
    """All of them, in five questions to the database."""
    moment = now()
    jobs = _jobs(moment)
    for (kind, state), count in sorted(jobs.items()):
        yield Figure(
            "remit_jobs", "Jobs that aren't done, by kind and state.", count, {"kind": kind, "state": state}
        )
    yield Figure(
        "remit_jobs_needing_a_person",
        "Jobs that were given up: somebody has to look at them.",
        sum(count for (_, state), count in jobs.items() if state == NEEDS_PERSON),
    )
    yield Figure(
        "remit_mails_waiting",
        "Mails that are due and didn't leave yet.",
        sum(count for (kind, state), count in jobs.items() if kind in MAIL_JOBS and state in {DUE, IN_HAND}),
    )
    oldest = Job.objects.filter(WAITING, run_at__lte=moment).aggregate(at=Min("run_at"))["at"]
    yield Figure(
        "remit_oldest_due_job_age_seconds",
        "How long the oldest job that is due has been waiting for a worker; 0 for none.",
        _age(oldest, moment),
    )
    yield from _sendings(moment)
    yield from _workers(moment)
    last = last_backup()
    if last is not None:
        yield Figure(
            "remit_backup_age_seconds",
            "How long ago remit backup saved everything; absent where it never did.",
            _age(last["made_at"], moment),
        )
    yield Figure("remit_database_size_bytes", "What the database takes on its disk.", _size())
    yield Figure(
        "remit_disk_free_bytes",
        "What is free on the disk of REMIT_DATA of the server that answers.",
        shutil.disk_usage(settings.DATA).free,
    )


def _jobs(moment: datetime) -> dict[tuple[str, str], int]:
    """How many jobs aren't done, by kind and state."""
    state = Case(
        When(needs_person_at__isnull=False, then=Value(NEEDS_PERSON)),
        When(~Q(worker=""), then=Value(IN_HAND)),
        When(run_at__lte=moment, then=Value(DUE)),
        default=Value(LATER),
        output_field=CharField(),
    )
    rows = Job.objects.filter(finished_at=None).annotate(state=state).values_list("task", "state")
    return {(task, state): count for task, state, count in rows.annotate(count=Count("pk")).order_by()}


def _sendings(moment: datetime) -> Iterator[Figure]:
    on_their_way = Sending.objects.filter(state__in=OPEN_SENDINGS)
    found = on_their_way.aggregate(count=Count("pk"), oldest=Min("made_at"))
    yield Figure(
        "remit_sendings_waiting",
        "Money on its way through a provider that isn't through yet.",
        found["count"],
    )
    yield Figure(
        "remit_oldest_sending_age_seconds",
        "How long the oldest of them has been on its way; 0 for none.",
        _age(found["oldest"], moment),
    )


def _workers(moment: datetime) -> Iterator[Figure]:
    heard = Worker.objects.aggregate(
        alive=Count("pk", filter=Q(seen_at__gt=moment - 2 * lease())), last=Max("seen_at")
    )
    yield Figure("remit_workers", "Workers that said lately that they are alive.", heard["alive"])
    if heard["last"] is not None:
        yield Figure(
            "remit_worker_heard_age_seconds",
            "How long ago a worker said last that it is alive; absent where none runs.",
            _age(heard["last"], moment),
        )


def _age(since: datetime | None, moment: datetime) -> float:
    return max(0.0, (moment - since).total_seconds()) if since is not None else 0.0


def _size() -> int:
    """Bytes of the database."""
    question = (
        "SELECT pg_database_size(current_database())"
        if connection.vendor == "postgresql"
        else "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
    )
    with connection.cursor() as cursor:
        cursor.execute(question)
        return int(cursor.fetchone()[0])
