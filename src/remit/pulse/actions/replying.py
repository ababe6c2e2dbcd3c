"""Answering a result: what is done about it, so that the team is asked again."""

from __future__ import annotations

from remit.core.clock import now
from remit.core.errors import Changed, Refusal
from remit.core.writing import write
from remit.notices.actions import settle, tell
from remit.people.access import Place, need_rank
from remit.people.models import Member
from remit.people.vocabulary import Rank
from remit.pulse.access import get_wave_for
from remit.pulse.models import Reply
from remit.pulse.notices import replied
from remit.trail.actions import record


def reply(place: Place, number: int, *, text: str, why: str) -> Reply:
    """Say what is done about a result; the same a second time is the one that is there.

    Args:
        place: of a manager of the team.
        number: of the wave.
        text: what is done, or why nothing is.
        why: why that.

    Raises:
        NotAllowed: they aren't a manager.
        NotThere: there is no such wave, or it is open.
        Changed: somebody answered it meanwhile.
        Refusal: it has no result, or something is missing.
    """
    need_rank(place, Rank.MANAGER, "answer a result")
    said, words = text.strip(), why.strip()
    if not said or not words:
        field = "why" if said else "text"
        raise Refusal("words-missing", "A few words are needed.", "The whole team reads them.", field=field)
    with write():
        wave = get_wave_for(place, number)
        there = Reply.objects.select_related("by").filter(wave=wave).first()
        if there is not None:
            if (there.text, there.why, there.by_id) == (said, words, place.member.pk):
                return there
            raise Changed("answered-already", f"{there.by.name} answered it already.", "Read what is done.")
        if not wave.figures.exists():
            raise Refusal("no-result", "This wave has no result.", "The next one is asked without an answer.")
        row = Reply.objects.create(wave=wave, text=said, why=words, by=place.member, at=now())
        settle(wave.subject)
        asked = Member.objects.filter(pk__in=wave.people.values("member"), left_at=None)
        tell(asked.exclude(pk=place.member.pk), replied(row))
        record("pulse-replied", wave.subject, by=place.member, team=place.team, number=wave.number)
        return row
