"""Thank: nobody was thanked for long, or something went well and nobody said so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from remit.complaints.models import Closure, Rating
from remit.core.clock import now
from remit.findings.actions import Found
from remit.findings.vocabulary import Kind
from remit.insight.hats.rules.asked_for import asked_for
from remit.people.models import Team
from remit.voice.models import Thanks, Trial
from remit.voice.vocabulary import Came

_LONG: Final = timedelta(weeks=4)
_LATELY: Final = timedelta(weeks=2)
_SAID_SINCE: Final = timedelta(weeks=1)
_FEWEST_ENDED: Final = 5
_FEWEST_FULLY: Final = 5
_FULLY: Final = 5
_HOURS_LONG: Final = 0.25
_HOURS_WELL: Final = 0.4
"""Stated, both: what is worth more than its minutes has no hours to be counted."""


def no_thanks(team: Team) -> Iterator[Found]:
    """Nobody was thanked within four weeks in which the team brought complaints to an end."""
    last = Thanks.objects.filter(team=team).order_by("-at").values_list("at", flat=True).first()
    since = now() - _LONG
    if last is not None and last > since:
        return
    ended = Closure.objects.filter(complaint__team=team, at__gte=since, reopened_at=None).count()
    if ended >= _FEWEST_ENDED:
        yield asked_for(
            Kind.NO_THANKS,
            last.date().isoformat() if last else "never",
            _HOURS_LONG,
            last=last.isoformat() if last else "",
            ended=ended,
        )


def went_well(team: Team) -> Iterator[Found]:
    """A trial was kept, or guests said that it was made right, and nobody was thanked since."""
    if Thanks.objects.filter(team=team, at__gt=now() - _SAID_SINCE).exists():
        return
    since = now() - _LATELY
    kept = Trial.objects.filter(team=team, came=Came.KEPT, ended_at__gte=since).count()
    fully = Rating.objects.filter(complaint__team=team, made_right=_FULLY, at__gte=since).count()
    if kept or fully >= _FEWEST_FULLY:
        yield asked_for(Kind.WENT_WELL, "lately", _HOURS_WELL, trials=kept, ratings=fully)
