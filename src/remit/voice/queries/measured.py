"""Where the objective of a trial stood as it began, and at its end."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from remit.purpose.models import Measurement, Objective
from remit.voice.models import Trial


@dataclass(frozen=True, slots=True)
class Moved:
    """How an objective moved while something was tried. That it moved doesn't say that it did because of it.

    Attributes:
        before, after: where it stood; None where it wasn't measured.
    """

    objective: Objective
    before: Decimal | None
    after: Decimal | None


def moved_in(trial: Trial) -> Moved | None:
    """How its objective moved; None for a trial that words alone measure. Two queries."""
    objective = trial.objective
    if objective is None:
        return None
    zone = trial.team.zone
    begun = trial.begins_at.astimezone(zone).date()
    end = min(trial.ends_at, trial.ended_at or trial.ends_at).astimezone(zone).date()
    rows = Measurement.objects.filter(objective=objective).order_by("-day").values_list("value", flat=True)
    before = rows.filter(day__lte=begun).first()
    return Moved(objective, before, rows.filter(day__gt=begun, day__lte=end).first())
