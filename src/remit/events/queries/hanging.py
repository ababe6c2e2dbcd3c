"""What of big days hangs on an objective."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from remit.events.access import to_come
from remit.people.models import Member
from remit.purpose.hanging import MOST_SHOWN, Hanging
from remit.purpose.models import Objective


def events_on(member: Member, objective: Objective) -> Iterator[Hanging]:
    """The events of an objective that aren't over, the next one first."""
    for event in to_come(member).filter(objective=objective, called_off_at=None)[: MOST_SHOWN + 1]:
        yield Hanging(event.title, reverse("events:event", args=[event.pk]))
