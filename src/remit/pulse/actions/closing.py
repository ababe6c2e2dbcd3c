"""Closing waves: what may be published is, once and for good; what may not is thrown away."""

from __future__ import annotations

import hashlib

from remit.core.clock import now
from remit.core.writing import write
from remit.notices.actions import settle, tell
from remit.people.access import people_who_manage
from remit.pulse.facts import counted_before, counted_whole, groups_of, published_before
from remit.pulse.models import Box, Figure, Waiting, Wave, Words
from remit.pulse.notices import result
from remit.pulse.publishing import figures_of
from remit.pulse.vocabulary import TALLIES_KEPT
from remit.trail.actions import record
from remit_engine.evidence import pulse


def close_due() -> int:
    """Close the waves whose time is over.

    Returns:
        how many.
    """
    rows = Wave.objects.filter(closed_at=None, closes_at__lte=now())
    return sum(close_wave(number) for number in rows.order_by("pk").values_list("pk", flat=True))


def close_wave(number: int) -> bool:
    """Close a wave by its key, and publish what may be; a second time nothing happens.

    Returns:
        whether it was closed now.
    """
    with write():
        rows = Wave.objects.select_related("team", "waiting", "box")
        wave = rows.filter(pk=number, closed_at=None).first()
        if wave is None:
            return False
        answers = wave.asked - len(wave.waiting.members)
        wave.told_from, wave.told_to = pulse.told_answers(answers, wave.asked)
        wave.closed_at = now()
        figures = list(figures_of(wave, groups_of(wave), published_before(wave), counted_before(wave)))
        Figure.objects.bulk_create(figures)
        if answers >= pulse.LEAST_WORDS:
            _publish_words(wave)
        _throw_away(wave)
        wave.save(update_fields=("told_from", "told_to", "closed_at"))
        record("pulse-closed", wave.subject, by=None, team=wave.team, number=wave.number)
        settle(wave.subject)
        if figures:
            tell(people_who_manage(wave.team), result(wave))
        return True


def _publish_words(wave: Wave) -> None:
    """In an order that is made of the texts alone, so that it says nothing about who wrote, or when."""
    texts = sorted(wave.box.words, key=lambda text: hashlib.sha256(f"{wave.pk}:{text}".encode()).digest())
    Words.objects.bulk_create(Words(wave=wave, place=place, text=text) for place, text in enumerate(texts, 1))


def _throw_away(wave: Wave) -> None:
    """Of the counts what further figures need stays: of the whole, where enough answered, of a few waves."""
    whole = {item: counted_whole(wave, item) for item, _ in wave.items}
    wave.box.counts = {
        "": {item: list(each.tally) for item, each in whole.items() if each.answers >= pulse.LEAST}
    }
    wave.box.words = []
    wave.box.save(update_fields=("counts", "words"))
    Waiting.objects.filter(wave=wave).delete()
    Box.objects.filter(wave__team=wave.team, wave__number__lte=wave.number - TALLIES_KEPT).delete()
