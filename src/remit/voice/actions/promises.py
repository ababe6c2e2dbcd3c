"""What a team promises those who have an idea, and what it stands for."""

from __future__ import annotations

from collections.abc import Sequence

from remit.core.clock import now
from remit.core.errors import Refusal
from remit.core.writing import write
from remit.people.access import Place, need_rank
from remit.people.vocabulary import Rank
from remit.trail.actions import record
from remit.voice.models import Promise
from remit.voice.vocabulary import FEWEST_DAYS, LONGEST_VALUE, MOST_DAYS, MOST_VALUES


def promise(place: Place, *, days: int, values: Sequence[str], why: str) -> Promise:
    """A manager says within how many days every idea gets its answer, and what the team stands for.

    What came before keeps what was promised then. The same once more changes nothing.

    Args:
        place: of the manager.
        days: 1 to 90.
        values: a few words each; empty ones and those said twice are left out.
        why: these, and not others.

    Raises:
        NotAllowed: by somebody below a manager.
        Refusal: the days or the values don't do, or the why is missing.
    """
    need_rank(place, Rank.MANAGER, "promise something for the team")
    said = list(dict.fromkeys(each for value in values if (each := " ".join(value.split()))))
    _need(days, said, why.strip())
    with write():
        before = Promise.objects.filter(team=place.team).first()
        if before is not None and (before.days, before.values, before.why) == (days, said, why.strip()):
            return before
        kept, _ = Promise.objects.update_or_create(
            team=place.team,
            defaults={"days": days, "values": said, "why": why.strip(), "by": place.member, "at": now()},
        )
        record(
            "promise-made", f"team:{place.team.word}", by=place.member, team=place.team, days=days,
            values=len(said),
        )  # fmt: skip
        return kept


def _need(days: int, values: Sequence[str], why: str) -> None:
    if not FEWEST_DAYS <= days <= MOST_DAYS:
        raise Refusal(
            "days-out-of-range", f"Between {FEWEST_DAYS} and {MOST_DAYS} days.",
            "Promise what you can keep, and keep it.", field="days",
        )  # fmt: skip
    if not values:
        raise Refusal(
            "no-values", "One at least.", "What is it that you thank each other for?", field="values"
        )
    if len(values) > MOST_VALUES:
        raise Refusal(
            "too-many-values", f"{MOST_VALUES} at most.", "Nobody knows more by heart.", field="values"
        )
    if any(len(each) > LONGEST_VALUE for each in values):
        raise Refusal(
            "value-too-long", f"{LONGEST_VALUE} letters for each at most.", "Make the longest one shorter.",
            field="values",
        )  # fmt: skip
    if not why:
        raise Refusal("no-why", "A word why is needed.", "Say it in a sentence.", field="why")
