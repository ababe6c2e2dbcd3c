"""Answering a wave: it is counted, and who has answered is struck off; nothing ties the two."""

from __future__ import annotations

from bisect import insort
from collections.abc import Mapping

from remit.core.errors import Changed, NotAllowed, Refusal
from remit.core.writing import write
from remit.people.access import Place
from remit.pulse.access import open_wave_of
from remit.pulse.models import Asked, Box, Wave
from remit.pulse.vocabulary import LONGEST_WORDS, MARKS

_VALUES = frozenset(value for value, _ in MARKS)


def answer(place: Place, number: int, marks: Mapping[str, int], words: str) -> bool:
    """Answer a wave; answered again, nothing more is counted.

    It leaves no trace but the counts: no entry in the trail, no notice, no time.

    Args:
        place: of somebody who is asked.
        number: of the wave that they looked at.
        marks: from 1 to 5 by the keys of its items; what is left out isn't answered.
        words: what they want to say; may be empty, and is kept where the wave takes words.

    Returns:
        whether it was counted; False where they had answered.

    Raises:
        NotAllowed: they aren't asked.
        Changed: it closed meanwhile.
        Refusal: nothing is answered, or it is too long.
    """
    text = " ".join(words.split())
    if len(text) > LONGEST_WORDS:
        raise Refusal(
            "too-long", f"That is longer than {LONGEST_WORDS} characters.", "Shorten it.", field="words"
        )
    with write():
        wave = open_wave_of(place.team)
        if wave is None or wave.number != number:
            raise Changed(
                "wave-over", "This wave closed meanwhile.", "You are asked again with the next one."
            )
        seat = Asked.objects.filter(wave=wave, member=place.member).first()
        if seat is None:
            raise NotAllowed(
                "not-asked", "This wave doesn't ask you.", "It asks whoever was in the team when it opened."
            )
        if place.member.pk not in wave.waiting.members:
            return False
        _count(wave, seat.part, _known(wave, marks), text if wave.takes_words else "")
        wave.waiting.members.remove(place.member.pk)
        wave.waiting.save(update_fields=("members",))
        return True


def _known(wave: Wave, marks: Mapping[str, int]) -> dict[str, int]:
    known = {key: marks[key] for key, _ in wave.items if marks.get(key) in _VALUES}
    if not known:
        raise Refusal("nothing-answered", "Nothing is answered yet.", "Answer at least one of them.")
    return known


def _count(wave: Wave, part: str, marks: Mapping[str, int], text: str) -> None:
    """The whole row is written anew, whatever of it changed."""
    box = Box.objects.get(wave=wave)
    for key, value in marks.items():
        box.counts[part][key][value - 1] += 1
    if text:
        insort(box.words, text)
    box.save(update_fields=("counts", "words"))
