"""From a task back to the cause of complaints that it is about."""

from __future__ import annotations

from django.urls import reverse

from remit.insight.causes.counting import Cause
from remit.insight.causes.looking import cause_words
from remit.insight.models import Undertaking
from remit.people.models import Member, Team
from remit.work.models import Task
from remit.work.queries.origin import Origin


def cause_behind(_: Member, task: Task) -> Origin | None:
    """The cause that a task is about, in its team; whoever sees the task sees that page too."""
    row = Undertaking.objects.select_related("team").filter(task=task).first()
    if row is None:
        return None
    cause = Cause(row.sort, row.value)
    words = cause_words(cause, {row.team.word: row.team.name})
    return Origin("Cause of complaints", words, address_of_cause(cause, row.team))


def address_of_cause(cause: Cause, team: Team) -> str:
    """The page of a cause, of one team alone: there it is said whether it went down."""
    return f"{reverse('causes:cause', args=[cause.sort, cause.value])}?team={team.word}"
