"""What is typed about a big day."""

from __future__ import annotations

from datetime import date

from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict

from remit.core.typed_fields import day_field, line_field, near, time_field
from remit.core.why_form import WhyField, WhyForm
from remit.core.written_form import WrittenForm, fresh_stamp
from remit.events.access import events_for
from remit.events.actions.events import EventWords
from remit.events.models import Event
from remit.events.vocabulary import LONGEST_PLACE, LONGEST_TITLE, LONGEST_WORDS, MOST_OFFERED
from remit.people.access import Place, members_for
from remit.people.models import Member
from remit.purpose.objective_field import ObjectiveField


class EventForm(WrittenForm):
    """A big day: what, why, when, where, and who runs it.

    Args:
        place: of whoever writes.
        sent: what came with the form; None where it was only opened.
        event: that is changed; None for a new one.
        source: number of what it is copied from, as the address says.
    """

    title = line_field("What is it", "Say what it is.", longest=LONGEST_TITLE)
    why = WhyField("A word why is needed.", label="Why?", longest=LONGEST_WORDS, beside=("title",))
    day = day_field("Day", required=False)
    begins = time_field("From")
    ends = time_field("To")
    where = line_field("Where", longest=LONGEST_PLACE)

    def __init__(
        self,
        place: Place,
        sent: QueryDict | None = None,
        *,
        event: Event | None = None,
        source: Event | None = None,
    ) -> None:
        super().__init__(sent, initial=_as_it_is(place, event, source))
        self._place, self._event = place, event
        known = event or source
        self.fields["objective"] = ObjectiveField(
            place.member, place.team, current=known.objective if known else None
        )
        self.fields["owner"] = forms.ModelChoiceField[Member](
            members_for(place),
            to_field_name="word",
            label="Who runs it",
            empty_label=None,
            error_messages={"required": "Choose somebody.", "invalid_choice": "They aren't in the team."},
        )
        if event is None:
            self.fields["source"] = forms.ModelChoiceField[Event](
                _offered(place.member, source).order_by("-day", "title", "id"),
                label="Copied from",
                required=False,
                empty_label="nothing: begin with an empty one",
                error_messages={"invalid_choice": "That one isn't there any more."},
            )
            self.order_fields(["source", "title", "why", "objective"])
        else:
            self.order_fields(["title", "why", "objective"])

    def clean_day(self) -> date | None:
        """Within ten years of today; an event keeps its day."""
        return near(self.cleaned_data["day"], self._place.team.time_zone)

    @property
    def words(self) -> EventWords:
        """What was typed, as the actions take it."""
        typed = self.cleaned_data
        return EventWords(
            title=typed["title"],
            why=typed["why"],
            objective=typed["objective"],
            day=typed["day"],
            begins=typed["begins"],
            ends=typed["ends"],
            place=typed["where"],
            owner=typed["owner"].word,
        )


def _offered(member: Member, source: Event | None) -> QuerySet[Event]:
    """What can be chosen to copy from: templates, the latest events, and the one that the address names."""
    events = events_for(member)
    latest = events.filter(day__isnull=False).order_by("-day", "-id").values("pk")[:MOST_OFFERED]
    return events.filter(Q(day=None) | Q(pk__in=latest) | Q(pk=source.pk if source else None))


class CallOffForm(WhyForm):
    """Why it doesn't take place."""

    use_required_attribute = False


def _as_it_is(place: Place, event: Event | None, source: Event | None) -> dict[str, object]:
    known = event or source
    said: dict[str, object] = {"stamp": fresh_stamp(), "owner": place.member.word}
    if known is None:
        return said
    said |= {
        "title": known.title,
        "why": known.why,
        "begins": known.begins,
        "ends": known.ends,
        "where": known.place,
    }
    if event is None:
        return said | {"source": known.pk}
    return said | {
        "stamp": event.stamp,
        "revision": event.revision,
        "day": event.day,
        "owner": event.owner.word,
    }
