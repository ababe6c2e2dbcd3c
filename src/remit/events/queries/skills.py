"""Which skills the tasks of a big day ask for."""

from __future__ import annotations

from remit.events.models import Event, Need


def skills_asked(event: Event) -> list[str]:
    """Each once, sorted."""
    needs = Need.objects.filter(task__event=event, thing=None).exclude(skill="")
    return sorted(set(needs.values_list("skill", flat=True)))
