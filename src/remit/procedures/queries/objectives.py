"""What of procedures objectives know: which hang on one, and how many readers understood."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from fractions import Fraction
from typing import Final

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse

from remit.people.models import Member, Team
from remit.procedures.access import procedures_for
from remit.procedures.models import Reading as ReadRow
from remit.procedures.models import Version
from remit.purpose.hanging import MOST_SHOWN, Hanging
from remit.purpose.measures import Measure, Reading, Stretch, kept
from remit.purpose.models import Objective

_DAYS: Final = 28
_LEAST: Final = 5


def hanging_on(member: Member, objective: Objective) -> Iterator[Hanging]:
    """The procedures that hang on an objective, as somebody sees them."""
    rows = procedures_for(member).filter(objective=objective, retired_at=None)
    for procedure in rows[: MOST_SHOWN + 1]:
        yield Hanging(procedure.title, reverse("procedures:procedure", args=[procedure.pk]))


def understood_in(team: Team, stretch: Stretch) -> Reading:
    """Of all readings of a stretch the share that was understood, in percent; who wrote it isn't counted."""
    since = datetime.combine(stretch.since, time(), team.zone)
    until = datetime.combine(stretch.until + timedelta(days=1), time(), team.zone)
    written = Version.objects.filter(
        procedure=OuterRef("procedure"), number=OuterRef("number"), by=OuterRef("member")
    )
    rows = ReadRow.objects.filter(~Exists(written), procedure__team=team, at__gte=since, at__lt=until)
    counted = rows.aggregate(all=Count("pk"), understood=Count("pk", filter=Q(understood_at__isnull=False)))
    if counted["all"] < _LEAST:
        return Reading(None, counted["all"])
    return Reading(kept(Fraction(100 * counted["understood"], counted["all"])), counted["all"])


UNDERSTOOD: Final = Measure(
    word="procedures-understood",
    label="Procedures understood",
    unit="%",
    is_up=True,
    said="Of all who read a procedure within four weeks, the share to whom it was clear.",
    days=_DAYS,
    least=_LEAST,
    rows="readings",
    look=understood_in,
)
