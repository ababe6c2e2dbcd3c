"""Explain: where procedures confuse, and which of them nobody has confirmed.

Whether somebody opens a why isn't recorded, of nobody. What is recorded is that people read a procedure and
say whether it was clear: that is counted here, of the team together.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from django.db.models import Count, F

from remit.core.clock import now
from remit.findings.actions import Found
from remit.findings.vocabulary import Kind
from remit.insight.hats.rules.asked_for import MOST, asked_for
from remit.people.models import Team
from remit.procedures.models import Confusion, Procedure, Reading, Version
from remit.procedures.queries.people import people_of

_FEWEST: Final = 2
"""One who stumbles has a question; two are a step that confuses."""
_HOURS_A_STUMBLE: Final = 0.25
_SINCE: Final = timedelta(weeks=2)
"""So long people have to read what changed."""
_FEWEST_READERS: Final = 3
_HOURS_UNREAD: Final = 0.1


def confusing_steps(team: Team) -> Iterator[Found]:
    """Steps at which two people or more stumble as they stand."""
    rows = Confusion.objects.filter(
        procedure__team=team, procedure__retired_at=None, settled_at=None, member__left_at=None
    )
    counted = (
        rows.order_by()
        .values("procedure", "step")
        .annotate(people=Count("member", distinct=True))
        .filter(people__gte=_FEWEST)
        .order_by("-people", "procedure", "step")
    )
    for row in counted[:MOST]:
        version = Version.objects.get(procedure=row["procedure"], number=F("procedure__number"))
        yield asked_for(
            Kind.CONFUSING_STEP,
            f"{row['procedure']}:{row['step']}",
            _HOURS_A_STUMBLE * row["people"],
            procedure=row["procedure"],
            place=version.document.place(row["step"]) if row["step"] else 0,
            people=row["people"],
        )


def unread(team: Team) -> Iterator[Found]:
    """Procedures that more than half of a team didn't confirm two weeks after they changed."""
    people = set(people_of(team).values_list("pk", flat=True))
    if len(people) < _FEWEST_READERS:
        return
    changed = Procedure.objects.filter(team=team, retired_at=None, changed_at__lte=now() - _SINCE)
    asked = dict(changed.values_list("pk", "asked"))
    confirmed = dict.fromkeys(asked, 0)
    rows = Reading.objects.filter(
        procedure__in=asked, member__in=people, understood_at__isnull=False, number__gte=F("procedure__asked")
    )
    for procedure, readers in (
        rows.order_by().values_list("procedure").annotate(Count("member", distinct=True))
    ):
        confirmed[procedure] = readers
    missing = {each: len(people) - read for each, read in confirmed.items() if 2 * read < len(people)}
    for procedure, number in sorted(missing.items(), key=lambda each: (-each[1], each[0]))[:MOST]:
        yield asked_for(
            Kind.UNREAD,
            f"{procedure}:{asked[procedure]}",
            _HOURS_UNREAD * number,
            procedure=procedure,
            missing=number,
            people=len(people),
        )
