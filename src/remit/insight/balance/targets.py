"""Where a team wants a part of its balance to be."""

from __future__ import annotations

from typing import Final

from remit.core.clock import now
from remit.core.errors import Changed, Refusal
from remit.core.writing import write
from remit.insight.balance.vocabulary import TARGET_SET, Word
from remit.insight.models import BalanceTarget
from remit.people.access import Place, need_rank
from remit.people.models import Team
from remit.people.vocabulary import Rank
from remit.trail.actions import record

HIGHEST: Final = 100
TO_DO: Final = "set a target for the team"


def targets_of(place: Place, word: Word) -> list[BalanceTarget]:
    """What was set for a part, the newest first."""
    rows = BalanceTarget.objects.filter(team=place.team, part=word.value).select_related("by")
    return list(rows[:20])


def set_target(place: Place, word: Word, *, target: int, why: str, after: int) -> BalanceTarget:
    """A manager says where the team wants a part to be; what was set before stays written down.

    The same once more changes nothing.

    Args:
        place: of the manager.
        word: the part.
        target: 0 to 100.
        why: so much, and not more or less.
        after: identifier of the target that they saw; 0 where there was none.

    Raises:
        NotAllowed: by somebody below a manager.
        Changed: somebody else set one meanwhile.
        Refusal: it isn't on the scale, or the why is missing.
    """
    need_rank(place, Rank.MANAGER, TO_DO)
    words = why.strip()
    if not 0 <= target <= HIGHEST:
        raise Refusal("off-scale", "It isn't on the scale.", f"Type 0 to {HIGHEST}.", field="target")
    if not words:
        raise Refusal("no-why", "A word why is needed.", "The team reads it.", field="why")
    with write():
        Team.objects.select_for_update().get(pk=place.team.pk)
        newest = next(iter(targets_of(place, word)), None)
        if newest is not None and newest.pk != after:
            if (newest.target, newest.why, newest.by_id) == (target, words, place.member.pk):
                return newest
            raise Changed(
                "target-set",
                f"{newest.by.name} set {newest.target} meanwhile: {newest.why}",
                "Read that first. What you typed stands below.",
            )
        if newest is not None and (newest.target, newest.why) == (target, words):
            return newest
        made = BalanceTarget.objects.create(
            team=place.team, part=word.value, target=target, why=words, by=place.member, at=now()
        )
        subject = f"team:{place.team.word}"
        record(TARGET_SET, subject, by=place.member, team=place.team, part=word.label, target=target)
        return made
