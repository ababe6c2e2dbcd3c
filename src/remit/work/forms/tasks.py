"""What is typed about tasks."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, Final

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from remit.core.typed_fields import day_field, line_field, near, text_field, time_field
from remit.core.why_form import WhyField
from remit.core.written_form import WrittenForm, fresh_stamp
from remit.people.access import Place, members_for
from remit.people.actions.duty import moment_on
from remit.people.forms.fields import MemberField
from remit.people.models import Member
from remit.purpose.objective_field import ObjectiveField
from remit.work.actions.tasks import TaskWords
from remit.work.models import Task
from remit.work.vocabulary import EFFORTS, LONGEST_PLACE, LONGEST_TEXT, LONGEST_TITLE, LONGEST_WORDS

_LAST_MINUTE: Final = time(23, 59)


class TaskForm(WrittenForm):
    """A task: what, why, and what one should know.

    Args:
        place: of whoever writes.
        sent: what came with the form; None where it was only opened.
        task: that is changed; None for a new one.
        why: of a new one, to begin with.
    """

    title = line_field("What is to be done", "Say what is to be done.", longest=LONGEST_TITLE)
    why = WhyField("A word why is needed.", label="Why?", beside=("title",), asks_once=True)
    text = text_field("What one should know", longest=LONGEST_TEXT, rows=3)
    day = day_field("Until", required=False)
    at = time_field("At", required=False)
    where = line_field("Where", longest=LONGEST_PLACE)
    minutes = forms.TypedChoiceField(
        label="Takes about",
        required=False,
        coerce=int,
        empty_value=None,
        choices=(("", "not said"), *EFFORTS),
    )

    def __init__(
        self, place: Place, sent: QueryDict | None = None, *, task: Task | None = None, why: str = ""
    ) -> None:
        super().__init__(sent, initial=_as_it_is(place, task, why))
        self._place = place
        self.fields["objective"] = ObjectiveField(
            place.member, place.team, current=task.objective if task else None
        )
        if task is None:
            self.fields["to"] = MemberField(
                _getters(place), required=False, empty_label="Anybody: free to take"
            )
            self.fields["to"].label = "Who"
        self.order_fields(["title", "why", "objective"])

    def clean_day(self) -> date | None:
        """Within ten years of today: what is farther was mistyped."""
        return near(self.cleaned_data["day"], self._place.team.time_zone)

    def clean(self) -> dict[str, Any]:
        """A time needs a day."""
        typed = super().clean() or self.cleaned_data
        if typed.get("at") and not typed.get("day") and "day" not in self.errors:
            self.add_error("day", "At which day? A time alone doesn't say.")
        return typed

    @property
    def words(self) -> TaskWords:
        """What was typed, as the actions take it."""
        typed = self.cleaned_data
        return TaskWords(
            title=typed["title"],
            why=typed["why"],
            text=typed["text"],
            objective=typed["objective"],
            due_at=self._due(),
            place=typed["where"],
            minutes=typed["minutes"],
        )

    @property
    def getter(self) -> str:
        """The word of whoever gets a new task; "" leaves it free."""
        to = self.cleaned_data["to"]
        return to.word if to else ""

    def _due(self) -> datetime | None:
        day, at = self.cleaned_data["day"], self.cleaned_data["at"]
        return moment_on(self._place.team, day, at or _LAST_MINUTE) if day else None


class HandOverForm(forms.Form):
    """To whom, with a word.

    Args:
        members: who may get it.
        is_word_needed: whether the word may be left out.
    """

    words = forms.CharField(
        label="A word with it",
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        error_messages={"required": "Say how far it is."},
    )
    use_required_attribute = False

    def __init__(
        self,
        members: QuerySet[Member],
        *arguments: Any,  # noqa: ANN401
        is_word_needed: bool = True,
        **settings: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*arguments, **settings)
        self.fields["to"] = MemberField(members, label="To", empty_label="Choose somebody")
        self.fields["words"].required = is_word_needed
        self.order_fields(["to", "words"])


def _getters(place: Place) -> QuerySet[Member]:
    """To whom somebody may give a new task: themselves, and a lead anybody."""
    members = members_for(place)
    return members if place.is_lead else members.filter(pk=place.member.pk)


def _as_it_is(place: Place, task: Task | None, why: str) -> dict[str, object]:
    if task is None:
        return {"stamp": fresh_stamp(), "why": why}
    due = task.due_at.astimezone(place.team.zone) if task.due_at else None
    is_day = due is not None and due.time().replace(second=0, microsecond=0) == _LAST_MINUTE
    return {
        "stamp": task.stamp,
        "revision": task.revision,
        "title": task.title,
        "why": task.why,
        "text": task.text,
        "day": due.date() if due else None,
        "at": due.time() if due and not is_day else None,
        "where": task.place,
        "minutes": task.minutes,
    }
