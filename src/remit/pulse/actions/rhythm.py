"""Choosing how often a team is asked, and what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from remit.core.clock import now, today
from remit.core.errors import Changed, Refusal
from remit.core.writing import write
from remit.jobs.queue import later
from remit.people.access import Place, need_rank
from remit.people.vocabulary import Rank
from remit.pulse.access import own_items_of, rhythm_of
from remit.pulse.models import OwnItem, Rhythm
from remit.trail.actions import record


@dataclass(frozen=True, slots=True, kw_only=True)
class RhythmWords:
    """What a rhythm says; see `Rhythm`.

    Attributes:
        own: items that the team adds, at most two; "" for none.
    """

    weeks: int
    count: int
    has_parts: bool
    next_on: date
    own: tuple[str, ...]


def set_rhythm(place: Place, wanted: RhythmWords, *, revision: int) -> Rhythm:
    """Choose how often a team is asked; chosen the same twice, nothing changes.

    Args:
        place: of a manager of the team.
        wanted: what is chosen.
        revision: that they looked at; 0 for none.

    Raises:
        NotAllowed: they aren't a manager.
        Changed: somebody chose something else meanwhile.
        Refusal: the day is over already.
    """
    need_rank(place, Rank.MANAGER, "choose how often the pulse is asked")
    with write():
        there = rhythm_of(place.team)
        own = tuple(dict.fromkeys(" ".join(text.split()) for text in wanted.own if text.strip()))
        values = {name: getattr(wanted, name) for name in ("weeks", "count", "has_parts", "next_on")}
        had = tuple(own_items_of(place.team).values_list("text", flat=True))
        if there is not None and had == own and all(getattr(there, name) == values[name] for name in values):
            return there
        if (there.revision if there else 0) != revision:
            raise Changed(
                "rhythm-changed",
                "Somebody else changed it meanwhile.",
                "See what holds now, and send yours again if it still fits.",
            )
        if wanted.weeks and wanted.next_on < today(place.team.time_zone):
            raise Refusal("day-over", "That day is over.", "Choose today, or a day to come.", field="next_on")
        rhythm, _ = Rhythm.objects.update_or_create(
            team=place.team, defaults={**values, "revision": revision + 1}
        )
        _keep_own(place, own)
        record(
            "pulse-rhythm", f"team:{place.team.word}", by=place.member, team=place.team,
            rhythm=rhythm.get_weeks_display(),
        )  # fmt: skip
        later("remit.pulse.jobs.turn", unique_key="pulse-turn")
        return rhythm


def _keep_own(place: Place, own: tuple[str, ...]) -> None:
    """What is worded otherwise begins anew; what stays keeps its figures."""
    there = own_items_of(place.team)
    there.exclude(text__in=own).update(ended_at=now())
    has = set(there.values_list("text", flat=True))
    OwnItem.objects.bulk_create(OwnItem(team=place.team, text=text) for text in own if text not in has)
