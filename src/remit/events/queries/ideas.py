"""Ideas that come from what was said in a look back."""

from __future__ import annotations

from django.urls import reverse

from remit.core.errors import NotThere
from remit.core.sent import number_in
from remit.events.models import Lesson
from remit.people.access import Place
from remit.voice.sources import Source


def find_lesson(place: Place, key: str) -> Source:
    """What was said, by the number of its event and its own: `12:7`.

    Raises:
        NotThere: nothing of that number was said in this team.
    """
    event, _, number = key.partition(":")
    rows = Lesson.objects.select_related("event").filter(event__team=place.team)
    lesson = rows.filter(event=number_in(event) or 0, pk=number_in(number) or 0).first()
    if lesson is None:
        raise NotThere("word of a look back")
    words = f"the look back at “{lesson.event.title}”"
    return Source(kind="look-back", key=f"{lesson.event_id}:{lesson.pk}", words=words, text=lesson.text)


def lead_to_lesson(key: str) -> str:
    """The look back."""
    return reverse("events:look-back", args=[int(key.partition(":")[0])])
