"""What members are told about the pulse: the same words and the same address to all who are told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.urls import reverse

from remit.notices.actions import Message
from remit.pulse.models import Reply, Wave
from remit.pulse.vocabulary import ASKED, REPLIED, RESULT

_LONGEST: Final = 300


def asked(wave: Wave) -> Message:
    """To everybody whom a wave asks. Nobody is reminded: that would need to know who."""
    return Message(
        code=ASKED,
        subject=wave.subject,
        title=f"How is it going in {wave.team.name}? One minute",
        body=(
            f"{len(wave.items)} sentences, until {wave.closes_at.astimezone(wave.team.zone):%A %d %B}. "
            "Nobody can tell who said what."
        ),
        address=reverse("pulse:answer", args=[wave.team.word]),
    )


def result(wave: Wave) -> Message:
    """To whoever manages the team."""
    return Message(
        code=RESULT,
        subject=wave.subject,
        title=f"The pulse of {wave.team.name} has a result",
        body="Read it, and say what is done about it: nothing is asked again before.",
        address=wave.address,
    )


def replied(reply: Reply) -> Message:
    """To everybody whom its wave had asked."""
    text = reply.text if len(reply.text) <= _LONGEST else f"{reply.text[: _LONGEST - 2]} …"
    return Message(
        code=REPLIED,
        subject=reply.wave.subject,
        title=f"What is done about the pulse of {reply.wave.team.name}",
        body=text,
        address=reply.wave.address,
    )


def examples(wave: Wave, reply: Reply) -> Iterable[Message]:
    """One of each, so that all of them can be looked at."""
    yield asked(wave)
    yield result(wave)
    yield replied(reply)
