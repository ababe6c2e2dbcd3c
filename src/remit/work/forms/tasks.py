"""What is typed about tasks."""

from __future__ import annotations

import secrets
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from remit.core.clock import today
from remit.core.why_form import WhyField
from remit.people.access import Place, members_for
from remit.people.actions.duty import moment_on
from remit.people.forms.fields import MemberField
from remit.people.models import Member
from remit.purpose.objective_field import ObjectiveField
from remit.work.actions.tasks import TaskWords
from remit.work.models import Task
from remit.work.vocabulary import EFFORTS, LONGEST_PLACE, LONGEST_TEXT, LONGEST_TITLE, LONGEST_WORDS

_FARTHEST: Final = timedelta(days=3660)
_LAST_MINUTE: Final = time(23, 59)
_LONGEST_STAMP: Final = 64


class TaskForm(forms.Form):
    """A task: what, why, and what one should know.

    Args:
        place: of whoever writes.
        sent: what came with the form; None where it was only opened.
        task: that is changed; None for a new one.
        why: of a new one, to begin with.
    """

    stamp = forms.CharField(max_length=_LONGEST_STAMP, widget=forms.HiddenInput)
    revision = forms.IntegerField(required=False, min_value=1, max_value=1_000_000, widget=forms.HiddenInput)
    title = forms.CharField(
        label="What is to be done",
        max_length=LONGEST_TITLE,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        error_messages={"required": "Say what is to be done."},
    )
    why = WhyField("A word why is needed.", label="Why?", beside=("title",), asks_once=True)
    text = forms.CharField(
        label="What one should know",
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    day = forms.DateField(
        label="Until", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    at = forms.TimeField(
        label="At", required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    where = forms.CharField(
        label="Where",
        max_length=LONGEST_PLACE,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    minutes = forms.TypedChoiceField(
        label="Takes about",
        required=False,
        coerce=int,
        empty_value=None,
        choices=(("", "not said"), *EFFORTS),
    )
    use_required_attribute = False

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
        day: date | None = self.cleaned_data["day"]
        if day is not None and abs(day - today(self._place.team.time_zone)) > _FARTHEST:
            raise forms.ValidationError("That day is more than ten years away. Look at the year again.")
        return day

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
        return {"stamp": secrets.token_urlsafe(16), "why": why}
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
