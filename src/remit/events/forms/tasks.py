"""What is typed about a task of a big day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from remit.core.typed_fields import line_field, text_field, time_field
from remit.core.why_form import WhyField
from remit.core.written_form import WrittenForm, fresh_stamp
from remit.events.actions.tasks import TaskWords
from remit.events.models import Event, Task, Thing
from remit.events.skills import counted, counted_in, people_in
from remit.events.vocabulary import (
    AIRS,
    LENGTHS,
    LONGEST_TEXT,
    LONGEST_TITLE,
    LONGEST_WORDS,
    MOST_COUNT,
    MOST_DAYS_BEFORE,
    MOST_NEEDED,
)


class TaskForm(WrittenForm):
    """A task: what, why, when, what comes before, and what it needs.

    Args:
        event: that it belongs to.
        things: equipment and rooms of its team.
        sent: what came with the form; None where it was only opened.
        task: that is changed; None for a new one.
        said: what it says now; None for a new one.
    """

    title = line_field("What is to be done", "Say what is to be done.", longest=LONGEST_TITLE)
    why = WhyField("A word why is needed.", label="Why?", longest=LONGEST_WORDS, beside=("title",))
    days_before = forms.IntegerField(
        label="Days before",
        min_value=-MOST_DAYS_BEFORE,
        max_value=MOST_DAYS_BEFORE,
        error_messages={"required": "How many days before? 0 is the day itself."},
    )
    at = time_field("At")
    people = forms.CharField(
        label="Who is needed",
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    equipment = forms.CharField(
        label="Equipment",
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    text = text_field("What one should know", longest=LONGEST_TEXT, rows=3)

    def __init__(
        self,
        event: Event,
        things: Sequence[Thing],
        sent: QueryDict | None = None,
        *,
        task: Task | None = None,
        said: TaskWords | None = None,
    ) -> None:
        super().__init__(sent, initial=_as_it_is(task, said))
        self._equipment = {thing.name.lower(): thing for thing in things if not thing.is_room}
        self._rooms = {thing.pk: thing for thing in things if thing.is_room}
        self.fields["minutes"] = _minutes("How long it takes", LENGTHS, said.minutes if said else None)
        self.fields["air"] = _minutes("May it begin later", AIRS, said.air if said else None)
        others = event.tasks.exclude(pk=task.pk) if task else event.tasks.all()
        self.fields["after"] = forms.TypedMultipleChoiceField(
            label="What has to be over before",
            required=False,
            coerce=int,
            choices=list(others.values_list("pk", "title")),
            error_messages={"invalid_choice": "One of them is gone."},
        )
        self.fields["rooms"] = forms.TypedMultipleChoiceField(
            label="In one of these rooms",
            required=False,
            coerce=int,
            choices=[(pk, room.name) for pk, room in self._rooms.items()],
            widget=forms.CheckboxSelectMultiple,
        )

    def clean_people(self) -> list[tuple[str, int]]:
        """Skills with how many people."""
        return people_in(self.cleaned_data["people"], most=MOST_NEEDED)

    def clean_equipment(self) -> list[tuple[Thing, int]]:
        """Equipment of the team with how many pieces."""
        found = []
        for word, count in counted_in(self.cleaned_data["equipment"], most=MOST_COUNT):
            thing = self._equipment.get(word.lower())
            if thing is None:
                known = ", ".join(each.name for each in self._equipment.values()) or "none yet"
                raise forms.ValidationError(f"There is no “{word}”. What there is: {known}.")
            found.append((thing, count))
        if len({thing.pk for thing, _ in found}) < len(found):
            raise forms.ValidationError("Name each of them once.")
        return found

    @property
    def words(self) -> TaskWords:
        """What was typed, as the actions take it."""
        typed: dict[str, Any] = self.cleaned_data
        return TaskWords(
            title=typed["title"],
            why=typed["why"],
            text=typed["text"],
            days_before=typed["days_before"],
            at=typed["at"],
            minutes=typed["minutes"],
            air=typed["air"],
            after=tuple(sorted(typed["after"])),
            people=tuple(typed["people"]),
            equipment=tuple(typed["equipment"]),
            rooms=tuple(self._rooms[pk] for pk in typed["rooms"]),
        )


def _minutes(label: str, offered: Sequence[tuple[int, str]], now: int | None) -> forms.TypedChoiceField:
    """A length of time to choose; the one that it has now is always among them."""
    choices = list(offered)
    if now is not None and now not in dict(offered):
        choices.append((now, f"{now} min"))
    return forms.TypedChoiceField(label=label, coerce=int, choices=choices)


def _as_it_is(task: Task | None, said: TaskWords | None) -> dict[str, object]:
    if task is None or said is None:
        return {
            "stamp": fresh_stamp(),
            "days_before": 0,
            "minutes": 60,
            "air": 0,
            "people": "1 person",
        }
    return {
        "stamp": task.stamp,
        "revision": task.revision,
        "title": said.title,
        "why": said.why,
        "text": said.text,
        "days_before": said.days_before,
        "at": said.at,
        "minutes": said.minutes,
        "air": said.air,
        "after": said.after,
        "people": counted(said.people),
        "equipment": counted((thing.name, count) for thing, count in said.equipment),
        "rooms": [room.pk for room in said.rooms],
    }
