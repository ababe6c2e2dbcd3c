"""Erasing: where words of the pulse name somebody, the name goes. That somebody was asked says nothing."""

from __future__ import annotations

from remit.core.erasing import Traces
from remit.core.writing import write
from remit.pulse.models import Box, Reply, Words


def erase_pulse(traces: Traces) -> None:
    """Take somebody out of what was written in the pulse, and of what was said about its results.

    Args:
        traces: by what they are found in what others wrote.
    """
    with write():
        for words in Words.objects.filter(traces.in_any("text")):
            Words.objects.filter(pk=words.pk).update(text=traces.out_of(words.text))
        for reply in Reply.objects.filter(traces.in_any("text", "why")):
            kept = {name: traces.out_of(getattr(reply, name)) for name in ("text", "why")}
            Reply.objects.filter(pk=reply.pk).update(**kept)
        for box in Box.objects.filter(wave__closed_at=None):
            Box.objects.filter(pk=box.pk).update(words=sorted(map(traces.out_of, box.words)))
