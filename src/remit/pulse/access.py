"""The only way to waves of teams that somebody sees; silent about what exists elsewhere."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from remit.core.clock import now
from remit.core.errors import NotThere
from remit.people.access import Place
from remit.people.models import Membership, Team
from remit.people.vocabulary import Rank
from remit.pulse.models import Figure, OwnItem, Rhythm, Wave, Words
from remit.pulse.vocabulary import WORDS_AFTER


def rhythm_of(team: Team) -> Rhythm | None:
    """How often a team is asked; None: nobody chose yet."""
    return Rhythm.objects.filter(team=team).first()


def own_items_of(team: Team) -> QuerySet[OwnItem]:
    """What a team asks beside our items."""
    return OwnItem.objects.filter(team=team, ended_at=None)


def closed_waves_for(place: Place) -> QuerySet[Wave]:
    """The waves of a team that are over, the newest first, each with its team and reply."""
    rows = Wave.objects.select_related("team", "reply__by")
    return rows.filter(team=place.team).exclude(closed_at=None)


def open_wave_of(team: Team) -> Wave | None:
    """The wave that can be answered now."""
    return Wave.objects.select_related("team", "waiting").filter(team=team, closed_at=None).first()


def get_wave_for(place: Place, number: int) -> Wave:
    """A wave that is over by its number.

    Raises:
        NotThere: there is none.
    """
    found = closed_waves_for(place).filter(number=number).first()
    if found is None:
        raise NotThere("wave")
    return found


def words_in(wave: Wave) -> QuerySet[Words]:
    """What was written in a wave, once it is late enough to be read."""
    if wave.closed_at is None or wave.closed_at + WORDS_AFTER > now():
        return Words.objects.none()
    return Words.objects.filter(wave=wave)


def open_waves_at(team: OuterRef) -> QuerySet[Wave]:
    """The open wave of a team, for a question about places: when it closes, and who still has to answer.

    Args:
        team: the team of the place.
    """
    return Wave.objects.filter(team=team, closed_at=None).order_by("-number")


def waves_without_reply() -> QuerySet[Wave]:
    """Waves with a result that nobody answered yet."""
    return Wave.objects.filter(Exists(Figure.objects.filter(wave=OuterRef("pk"))), reply=None)


def asked_in(team: Team) -> QuerySet[Membership]:
    """Whom a wave of a team asks: people below managers, whose answer it is that is waited for."""
    rows = Membership.objects.select_related("role").filter(team=team, until=None)
    return rows.filter(
        role__rank__lt=Rank.MANAGER,
        member__left_at=None,
        member__is_software=False,
        member__is_owner=False,
    ).order_by("member")


def results_of(team: Team) -> QuerySet[Wave]:
    """Waves of a team with a result, the newest first, each with its team and reply."""
    rows = Wave.objects.select_related("team", "reply").filter(team=team).exclude(closed_at=None)
    return rows.filter(Exists(Figure.objects.filter(wave=OuterRef("pk")))).order_by("-number")
