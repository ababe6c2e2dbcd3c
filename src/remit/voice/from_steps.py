"""Ideas that come from a step of a procedure."""

from __future__ import annotations

from django.urls import reverse

from remit.core.errors import NotThere
from remit.core.sent import number_in
from remit.people.access import Place
from remit.procedures.access import get_procedure_for
from remit.voice.sources import Source


def find_step(place: Place, key: str) -> Source:
    """A step by the number of its procedure and its own key: `12:abc`; `12:` is the procedure as a whole.

    Raises:
        NotThere: the team has no such procedure, or it no such step.
    """
    number, _, step = key.partition(":")
    seen = get_procedure_for(place.member, number_in(number) or 0)
    there = seen.version.document.step(step) if step else None
    if seen.procedure.team_id != place.team.pk or (step and there is None):
        raise NotThere("step")
    words = f"“{there.title}” of “{seen.procedure.title}”" if there else f"“{seen.procedure.title}”"
    return Source(kind="step", key=f"{seen.procedure.pk}:{step}", words=words)


def lead_to_step(key: str) -> str:
    """Its page."""
    number, _, step = key.partition(":")
    return reverse("procedures:procedure", args=[int(number)]) + (f"#step-{step}" if step else "")
