"""What the team tries for an objective."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from remit.people.models import Member
from remit.purpose.hanging import MOST_SHOWN, Hanging
from remit.purpose.models import Objective
from remit.voice.access import trials_for


def trials_on(member: Member, objective: Objective) -> Iterator[Hanging]:
    """The trials that an objective measures and that nobody said yet what came of, the next to end first."""
    running = trials_for(member).filter(objective=objective, ended_at=None).order_by("ends_at", "id")
    for trial in running[: MOST_SHOWN + 1]:
        yield Hanging(trial.what, reverse("voice:trial", args=[trial.pk]))
