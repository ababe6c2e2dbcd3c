"""Erasing: where words of the pulse name somebody, the name goes. That somebody was asked says nothing."""

from __future__ import annotations

from typing import Final

from remit.core.erasing import Loose, Traces, take_out
from remit.core.writing import write
from remit.pulse.models import Box, OwnItem, Reply, Wave, Words

_LOOSE: Final[Loose] = (
    (Words, ("text",)),
    (Reply, ("text", "why")),
    (OwnItem, ("text",)),
    (Wave, ("items",)),
)


def erase_pulse(traces: Traces) -> None:
    """Take somebody out of what was written in the pulse, of what a team asks, and of what was said of it.

    Args:
        traces: by what they are found in what others wrote.
    """
    with write():
        take_out(traces, _LOOSE)
        for box in Box.objects.filter(wave__closed_at=None):
            Box.objects.filter(pk=box.pk).update(words=sorted(map(traces.out_of, box.words)))
