"""The complaints behind a cause: exactly those that were counted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import ExtractHour, ExtractIsoWeekDay

from remit.complaints.models import Complaint, Tag
from remit.insight.causes.counting import Cause, Part, Sort, by_zone, mondays_before, within
from remit.people.models import Team
from remit.procedures.models import Tag as ProcedureTag

_HOURS: Final = 24


def complaints_behind(cause: Cause, teams: Sequence[Team], today: date) -> QuerySet[Complaint]:
    """Complaints of a cause in the whole weeks before a day, the newest first.

    Args:
        cause: which.
        teams: whose complaints.
        today: as it was counted for.
    """
    mondays = mondays_before(today)
    rows = _of(cause, teams, within(teams, mondays[0], mondays[-1]))
    return rows.select_related("team").order_by("-opened_at", "-pk")


def _of(cause: Cause, teams: Sequence[Team], rows: QuerySet[Complaint]) -> QuerySet[Complaint]:
    match cause.sort:
        case Sort.CATEGORY:
            found = rows.filter(category=cause.value)
        case Sort.CHANNEL:
            found = rows.filter(channel=cause.value)
        case Sort.TEAM:
            found = rows.filter(team__word=cause.value)
        case Sort.TAG:
            marked = Tag.complaints.through.objects.filter(
                complaint=OuterRef("pk"), tag__word=cause.value, tag__team=OuterRef("team")
            )
            found = rows.filter(Exists(marked))
        case Sort.FACT:
            name, _, word = cause.value.partition(": ")
            found = rows.alias(told=KeyTransform(name, "facts")).filter(told=word or True)
        case Sort.PROCEDURE:
            found = _with_procedure(int(cause.value), rows)
        case _:
            found = _by_the_clock(cause, teams, rows)
    return found


def _with_procedure(number: int, rows: QuerySet[Complaint]) -> QuerySet[Complaint]:
    """Those of whose category a procedure of their team says that it is there for it."""
    tags = ProcedureTag.objects.filter(procedure=number).values_list("procedure__team", "word")
    words = {word for _, word in tags}
    here = rows.filter(team__in=[team for team, _ in tags][:1])
    # Small letters are those of Python: SQLite knows them of English alone.
    known = here.order_by().values_list("category", flat=True).distinct()
    return here.filter(category__in=[each for each in known if each.lower() in words])


def _by_the_clock(cause: Cause, teams: Sequence[Team], rows: QuerySet[Complaint]) -> QuerySet[Complaint]:
    """Those of a day of the week, or of a part of the day, by the wall clock of each team."""
    found = Q(pk__in=())
    for zone, there in by_zone(teams).items():
        here = rows.filter(team__in=there)
        if cause.sort == Sort.WEEKDAY:
            day = here.alias(day=ExtractIsoWeekDay("opened_at", tzinfo=zone)).filter(day=int(cause.value) + 1)
            found |= Q(pk__in=day.values("pk"))
        else:
            part = Part(int(cause.value))
            end = min((other for other in Part if other > part), default=_HOURS)
            hours = here.alias(hour=ExtractHour("opened_at", tzinfo=zone))
            found |= Q(pk__in=hours.filter(hour__gte=part, hour__lt=end).values("pk"))
    return rows.filter(found)
