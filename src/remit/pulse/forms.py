"""Forms of the pulse: thin doors that say what is missing, and keep what was typed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.html import format_html

from remit.core.why_form import WhyField
from remit.pulse.actions.rhythm import RhythmWords
from remit.pulse.models import Rhythm, Wave
from remit.pulse.vocabulary import (
    COUNTS,
    LONGEST_ITEM,
    LONGEST_REPLY,
    LONGEST_WORDS,
    MARKS,
    MONTH,
    RHYTHMS,
)

_MARKS = [(value, format_html("<b>{}</b> <span>{}</span>", value, words)) for value, words in MARKS][::-1]


class AnswerForm(forms.Form):
    """What somebody answers to a wave: one press for each sentence, and words if it takes them.

    Args:
        wave: that is open.
    """

    number = forms.IntegerField(min_value=1, max_value=1_000_000, widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, wave: Wave, **settings: Any) -> None:  # noqa: ANN401
        super().__init__(*arguments, **settings)
        self.fields["number"].initial = wave.number
        self.keys = [key for key, _ in wave.items]
        for key, text in wave.items:
            self.fields[key] = forms.TypedChoiceField(
                label=text,
                choices=_MARKS,
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": "Choose one of the five."},
            )
        if wave.takes_words:
            self.fields["words"] = forms.CharField(
                label="Anything else?",
                max_length=LONGEST_WORDS,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2, "dir": "auto", "autocomplete": "off"}),
            )

    @property
    def items(self) -> list[forms.BoundField]:
        """The fields of the sentences."""
        return [self[key] for key in self.keys]

    @property
    def marks(self) -> dict[str, int]:
        """What was pressed, of a form that is valid."""
        said = self.cleaned_data
        return {key: said[key] for key in self.keys if said[key] is not None}


class ReplyForm(forms.Form):
    """What is done about a result."""

    text = forms.CharField(
        label="What we do about it",
        max_length=LONGEST_REPLY,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": "Say what is done, or that nothing is."},
    )
    why = WhyField("Say in a sentence why that.", label="Why that", beside=("text",), asks_once=True)


def _own(label: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST_ITEM,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )


class RhythmForm(forms.Form):
    """How often a team is asked, and what; `revision` is the one that was looked at."""

    weeks = forms.TypedChoiceField(
        label="How often",
        choices=RHYTHMS,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how often."},
    )
    next_on = forms.DateField(
        label="For the next time on",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Choose a day."},
    )
    count = forms.TypedChoiceField(
        label="How many of our sentences at a time",
        choices=COUNTS,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how many."},
    )
    first_own = _own("A sentence of your own")
    second_own = _own("And another one")
    has_parts = forms.BooleanField(label="Show large roles by themselves, too", required=False)
    revision = forms.IntegerField(min_value=0, max_value=1_000_000, widget=forms.HiddenInput)

    @property
    def wanted(self) -> RhythmWords:
        """What the rhythm is to say; of a form that is valid."""
        said = self.cleaned_data
        return RhythmWords(
            weeks=said["weeks"],
            count=said["count"],
            has_parts=said["has_parts"],
            next_on=said["next_on"],
            own=(said["first_own"], said["second_own"]),
        )


def said_by(rhythm: Rhythm | None, own: list[str], day: date) -> dict[str, Any]:
    """What the form is filled with: what holds now, or for a team that never was asked every four weeks."""
    first, second = (*own, "", "")[:2]
    typed: dict[str, Any] = {"first_own": first, "second_own": second}
    if rhythm is None:
        return typed | {"weeks": MONTH, "count": 5, "next_on": day, "revision": 0}
    names = ("weeks", "count", "has_parts", "revision")
    return typed | {name: getattr(rhythm, name) for name in names} | {"next_on": max(rhythm.next_on, day)}
