"""Erasing: what somebody said of themselves goes with them; where others named them, the name does."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from remit.core.clock import now
from remit.core.erasing import ERASED, WAITS_HOURS, Loose, Traces, take_out
from remit.core.writing import write
from remit.events.models import (
    BudgetLine,
    Event,
    HelperRule,
    Lesson,
    Person,
    Planning,
    Point,
    Question,
    Risk,
    Stay,
    Task,
    Wish,
)
from remit.events.queries.helpers import helper_days
from remit.people.models import Member
from remit.trail.actions import record

_TEXTS: Final[Loose] = (
    (Event, ("title", "why", "place", "called_off_why")),
    (Task, ("title", "why", "text", "help_words")),
    (Risk, ("title", "then")),
    (BudgetLine, ("title",)),
    (Point, ("title", "words")),
    (Question, ("text", "answer")),
    (Lesson, ("text",)),
)
"""Where somebody may be named: a wedding has a title."""


def erase_events(traces: Traces, *, of: Member | None = None) -> None:
    """Take somebody out of what was written of big days. That they took part, and what they did, stays.

    Args:
        traces: by what they are found in what others wrote.
        of: somebody who works here or did: what they can, when they could come, and what they
            wished, asked and said goes.
    """
    with write():
        if of is not None:
            Stay.objects.filter(person__member=of).delete()
            Wish.objects.filter(person__member=of).delete()
            Person.objects.filter(member=of).update(skills=[])
            Question.objects.filter(by=of).update(text=ERASED)
            Lesson.objects.filter(by=of).update(text=ERASED)
            Question.objects.filter(answered_by=of).update(answer=ERASED)
            Task.objects.filter(help_by=of).update(help_words=ERASED)
        # Sentences of plannings that name them; the next plan says anew what still holds.
        for row in Planning.objects.exclude(told=[], dropped=[]).iterator():
            said = json.dumps([row.told, row.dropped], ensure_ascii=False)
            if traces.out_of(said) != said:
                Planning.objects.filter(pk=row.pk).update(told=[], dropped=[])
        forget_helpers(Person.objects.filter(traces.in_any("name"), member=None, erased_at=None))
        take_out(traces, _TEXTS)


def forget_helpers(helpers: Iterable[Person]) -> int:
    """Erase the names of helpers, and what was said of them; inside a write of the caller.

    That somebody helped, and with what, stays.

    Args:
        helpers: whose names are still there.

    Returns:
        how many there were.
    """
    rows = list(helpers)
    keys = [each.pk for each in rows]
    Stay.objects.filter(person__in=keys).delete()
    Wish.objects.filter(person__in=keys).delete()
    Person.objects.filter(pk__in=keys).update(name=ERASED, skills=[], erased_at=now())
    # Sentences of plannings may name them; the next plan says anew what still holds.
    Planning.objects.filter(event__people__in=keys).update(told=[], dropped=[])
    return len(rows)


def keep_helpers_for(days: int) -> bool:
    """Choose for how long the names of helpers are kept; inside a write of the caller, who may choose it.

    Args:
        days: after the end of an event, at least one.

    Returns:
        whether that is another choice than before.
    """
    if helper_days() == days:
        return False
    HelperRule.objects.update_or_create(only=True, defaults={"days": days, "changed_at": now()})
    return True


def forget_old_helpers() -> int:
    """Erase the names of those who helped at events that were over some time ago.

    A choice that was made only just now isn't followed yet, so that it can be taken back.

    Returns:
        how many there were.
    """
    with write():
        fresh = now() - timedelta(hours=WAITS_HOURS)
        if HelperRule.objects.filter(changed_at__gt=fresh).exists():
            return 0
        before = now() - timedelta(days=helper_days())
        old = Person.objects.filter(member=None, erased_at=None, event__ends_at__lt=before)
        for event in Event.objects.select_related("team").filter(pk__in=old.values("event")):
            record("event-helper-erased", event.subject, by=None, team=event.team)
        return forget_helpers(old)
