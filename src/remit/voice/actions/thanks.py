"""Thanking somebody: in public, for something, and never counted."""

from __future__ import annotations

from remit.core.clock import now
from remit.core.errors import Refusal
from remit.core.writing import write
from remit.notices.actions import tell
from remit.people.access import Place, get_member_for
from remit.purpose.models import Objective
from remit.trail.actions import record
from remit.voice.models import Thanks
from remit.voice.notices import thanked
from remit.voice.vocabulary import LONGEST_VALUE, THANKED


def thank(
    place: Place, *, to: str, text: str, stamp: str, objective: Objective | None = None, value: str = ""
) -> Thanks:
    """Thank somebody in a team; they are told. Sent a second time it is one.

    Args:
        place: of whoever thanks.
        to: word of a member of it.
        text: for what.
        stamp: of the form.
        objective: that it served; or
        value: of the team, in its words.

    Raises:
        NotThere: nobody of that word.
        Refusal: it says nothing, is tied to nothing or to both, or goes to themselves.
    """
    said = " ".join(text.split())
    if not said:
        raise Refusal("no-words", "For what?", "Say what they did, in a sentence.", field="text")
    if (objective is None) == (not value.strip()):
        raise Refusal("tied-to-nothing", "What did it serve?", "Choose one.", field="served")
    with write():
        receiver = get_member_for(place, to)
        if receiver == place.member:
            raise Refusal("thanks-oneself", "That is you.", "Choose a colleague.", field="to")
        if before := Thanks.objects.filter(by=place.member, stamp=stamp).first():
            return before
        thanks = Thanks.objects.create(
            team=place.team,
            stamp=stamp,
            by=place.member,
            to=receiver,
            text=said,
            objective=objective,
            value=value.strip()[:LONGEST_VALUE],
            at=now(),
        )
        record(THANKED, f"thanks:{thanks.pk}", by=place.member, team=place.team, to=receiver.word)
        tell([receiver], thanked(thanks))
        return thanks
