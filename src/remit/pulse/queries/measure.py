"""What objectives know of the pulse: the mean of what was published last, and nothing else."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from django.db.models import Exists, OuterRef

from remit.people.models import Team
from remit.pulse.models import Figure, Wave
from remit.purpose.measures import Measure, Reading, Stretch
from remit_engine.evidence.pulse import LEAST

_DAYS: Final = 92
_CENT: Final = Decimal("0.01")


def pulse_of(team: Team, stretch: Stretch) -> Reading:
    """The mean of the figures of the last result of a stretch."""
    since, until = stretch.moments(team.zone)
    figures = Figure.objects.filter(wave=OuterRef("pk"))
    waves = Wave.objects.filter(Exists(figures), team=team, closed_at__gte=since, closed_at__lt=until)
    wave = waves.order_by("-number").first()
    if wave is None:
        return Reading(None, 0)
    middles = [Decimal(each.low + each.high) / 20 for each in wave.figures.filter(part="")]
    return Reading((sum(middles, Decimal()) / len(middles)).quantize(_CENT), wave.told_from or 0)


PULSE: Final = Measure(
    word="pulse",
    label="Pulse",
    unit="of 5",
    is_up=True,
    said="What the team says of itself: the mean of the sentences of its last result, within three months.",
    days=_DAYS,
    least=LEAST,
    rows="answers",
    look=pulse_of,
)
