"""Ideas that come from a cause."""

from __future__ import annotations

from django.urls import reverse

from remit.core.errors import NotThere
from remit.insight.causes.counting import Cause, Sort
from remit.insight.causes.looking import line_of
from remit.people.access import Place
from remit.voice.sources import Source


def find_cause(place: Place, key: str) -> Source:
    """A cause by its sort and value: `about:late`.

    Raises:
        NotThere: nobody complained of it in this team lately.
    """
    sort, _, value = key.partition(":")
    if sort not in Sort:
        raise NotThere("cause")
    line = line_of(place.team, Cause(sort, value))
    return Source(kind="cause", key=key, words=f"complaints: {line.words}")


def lead_to_cause(key: str) -> str:
    """Its page."""
    sort, _, value = key.partition(":")
    return reverse("causes:cause", args=[sort, value])
