"""What a restored Remit must not do: what was done since the backup was made, a second time.

Between the backup and now, mails went out and money was handed over of which a restored database knows
nothing. So what waited then doesn't simply go on. What only looks, counts or tidies up does.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.apps import apps
from django.conf import settings
from django.db import connection

from remit.approvals.models import Approval
from remit.core.clock import now
from remit.core.writing import write
from remit.jobs.models import Job, Schedule, Worker
from remit.keeping.filling import set_number
from remit.keeping.manifest import Manifest
from remit.keeping.reading import rows_within
from remit.keeping.tables import applied, tables_of
from remit.notices.models import Channels, PushSubscription
from remit.notices.vocabulary import Wish
from remit.people.models import Member, Organisation
from remit.remedies.models import ConnectedTeam
from remit.trail.actions import record

FOR_TRYING: Final = "for-trying"
"""A file in the folder of the data: while it is there, no mail leaves."""
GAP: Final = 100_000
"""So many numbers of rows are left out. Since the backup some were given, and stand in mails."""

_GO_ON: Final = frozenset(
    {
        "remit.complaints.jobs.bring_in",
        "remit.complaints.jobs.find_payment",
        "remit.remedies.jobs.look_at_payment",
        "remit.remedies.jobs.look_at_refund",
        "remit.remedies.jobs.look_at_sending",
        "remit.remedies.jobs.look_through",
        "remit.remedies.jobs.settle_by_itself",
    }
)
"""Work that tells nobody anything outside and hands nothing over; what comes back by a plan is such, too."""
_COMES_BACK: Final = "schedule:"
_LOOKS_THROUGH: Final = "remit.remedies.jobs.look_through_all"


@dataclass(frozen=True, slots=True)
class Held:
    """What was kept from going on by itself.

    Attributes:
        jobs: how many wait for a person now.
        proposals: how many go ahead later, by the time that passed since the backup.
    """

    jobs: int
    proposals: int


def hold_back(manifest: Manifest, *, for_trying: bool) -> Held:
    """Keep from going on what may have been done since the backup; the trail says that it was restored.

    Args:
        manifest: of the backup.
        for_trying: whether nothing may ever leave this Remit.
    """
    _leave_numbers_out()
    with write():
        Worker.objects.all().delete()
        held = Held(_hold_jobs(manifest), _hold_proposals())
        Schedule.objects.filter(task=_LOOKS_THROUGH).update(next_at=now())
        if for_trying:
            _silence()
        record(
            "restored",
            "backup",
            by=None,
            made_at=manifest.made_at.isoformat(),
            version=manifest.version,
            held=held.jobs,
            is_for_trying=for_trying,
        )
    return held


def _hold_jobs(manifest: Manifest) -> int:
    waiting = Job.objects.filter(finished_at=None, needs_person_at=None)
    held = waiting.exclude(task__in=_GO_ON).exclude(unique_key__startswith=_COMES_BACK)
    words = (
        f"It waited when the backup of {manifest.made_at:%Y-%m-%d %H:%M} UTC was made, and may have been "
        "done since. Look whether it was: then leave it; otherwise try it again."
    )
    return held.update(needs_person_at=now(), worker="", lease_until=None, last_error=words)


def _hold_proposals() -> int:
    """The time since the backup isn't counted: whoever may object has the rest of it still."""
    return Approval.objects.filter(ended_at=None).exclude(counted_at=None).update(counted_at=now())


def _leave_numbers_out() -> None:
    there = rows_within(connection)
    with connection.cursor() as cursor:
        for table in tables_of(applied()).values():
            last = there.last_number(table) if table.counts else 0
            if last:
                set_number(cursor, table, last + GAP)


def _silence() -> None:
    """Nothing reaches anybody outside: no keys, no push, no mail; and every page says what this is."""
    for model in apps.get_models():
        names = {field.name for field in model._meta.concrete_fields}  # noqa: SLF001 (Django documents it)
        sealed = dict.fromkeys((name for name in names if name.startswith("sealed_")), "")
        if sealed and "off_at" in names:  # a way outside: a payment provider, a mailbox
            model._default_manager.update(**sealed, off_at=now())  # noqa: SLF001
    ConnectedTeam.objects.all().delete()
    PushSubscription.objects.all().delete()
    for member in Member.objects.all():
        Channels.objects.update_or_create(pk=member.pk, defaults={"push": Wish.NONE, "mail": Wish.NONE})
    for organisation in Organisation.objects.all():
        organisation.name = f"For trying: {organisation.name}"[:120]
        organisation.save(update_fields=("name",))


def mark_for_trying(*, is_so: bool) -> None:
    """Say in the folder of the data whether this Remit is only for trying."""
    mark = Path(settings.DATA) / FOR_TRYING
    if is_so:
        mark.write_text("No mail leaves this Remit: it was restored for trying.\n", encoding="ascii")
    else:
        mark.unlink(missing_ok=True)
