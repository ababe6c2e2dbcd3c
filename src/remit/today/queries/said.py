"""What guests said lately, and the thanks among colleagues, of the teams that somebody sees; one query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import DateTimeField, F, IntegerField, QuerySet, TextField, Value
from django.db.models.functions import Cast

from remit.complaints.models import Rating
from remit.core.asked_often import Slot
from remit.core.clock import now
from remit.people.access import asked_by_members
from remit.people.models import Member, Team
from remit.today.vocabulary import MOST_SAID, MOST_THANKS, SAID_LATELY, THANKED_LATELY
from remit.voice.models import Thanks

_BY_GUESTS, _AMONG_US = "guests", "us"


@dataclass(frozen=True, slots=True)
class ByGuest:
    """What a guest said of how a complaint was made right.

    Attributes:
        number, title: of the complaint.
        made_right: from 1 to 5.
        zone: of the team.
    """

    words: str
    at: datetime
    zone: ZoneInfo
    number: int
    title: str
    made_right: int


@dataclass(frozen=True, slots=True)
class AmongUs:
    """Somebody thanks somebody.

    Attributes:
        by, to: their names.
        zone: of the team.
    """

    words: str
    at: datetime
    zone: ZoneInfo
    by: str
    to: str


@dataclass(frozen=True, slots=True)
class Said:
    """What was said lately, the newest first."""

    guests: Sequence[ByGuest]
    thanks: Sequence[AmongUs]


def said_lately(member: Member) -> Said:
    """The last ratings and the last thanks.

    A rating says how a complaint was made right, and by nobody's name.
    """
    rows = _seen(member, rated=now() - SAID_LATELY, thanked=now() - THANKED_LATELY)
    rows.sort(key=lambda row: (row[2], row[3]), reverse=True)
    return Said(
        [
            ByGuest(words, at, ZoneInfo(zone), number, title, made_right)
            for kind, words, at, _, zone, number, made_right, title, _ in rows
            if kind == _BY_GUESTS
        ],
        [
            AmongUs(words, at, ZoneInfo(zone), by, to)
            for kind, words, at, _, zone, _, _, by, to in rows
            if kind == _AMONG_US
        ],
    )


@asked_by_members(rated=DateTimeField(), thanked=DateTimeField())
def _seen(
    teams: QuerySet[Team], _member: Slot, rated: Slot, thanked: Slot
) -> QuerySet[Rating, tuple[Any, ...]]:
    seen = teams.order_by().values("pk")
    return _ratings(seen, rated).union(_thanks(seen, thanked), all=True)


def _ratings(seen: QuerySet[Team, Any], since: Slot) -> QuerySet[Rating, tuple[Any, ...]]:
    rows = Rating.objects.filter(at__gt=since, complaint__team__in=seen, complaint__erased_at=None)
    shown = rows.order_by("-at", "-pk")[:MOST_SAID].values("pk")
    return (
        Rating.objects.filter(pk__in=shown)
        .order_by()
        .values_list(
            _text(_BY_GUESTS),
            Cast("words", TextField()),
            "at",
            "pk",
            Cast("complaint__team__time_zone", TextField()),
            Cast("complaint__number", IntegerField()),
            Cast("made_right", IntegerField()),
            Cast("complaint__title", TextField()),
            _text(""),
        )
    )


def _thanks(seen: QuerySet[Team, Any], since: Slot) -> QuerySet[Thanks, tuple[Any, ...]]:
    rows = Thanks.objects.filter(at__gt=since, team__in=seen)
    shown = rows.order_by("-at", "-pk")[:MOST_THANKS].values("pk")
    return (
        Thanks.objects.filter(pk__in=shown)
        .order_by()
        .values_list(
            _text(_AMONG_US),
            Cast("text", TextField()),
            "at",
            "pk",
            Cast("team__time_zone", TextField()),
            Cast(Value(0), IntegerField()),
            Cast(Value(0), IntegerField()),
            Cast(F("by__name"), TextField()),
            Cast(F("to__name"), TextField()),
        )
    )


def _text(words: str) -> Cast:
    return Cast(Value(words), TextField())
