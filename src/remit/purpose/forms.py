"""Forms of purpose: thin doors that say what is missing, and keep what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django import forms

from remit.core.why_form import WhyField
from remit.people.models import Member
from remit.purpose.actions.objectives import Wanted
from remit.purpose.measures import measures
from remit.purpose.models import Objective, bare
from remit.purpose.vocabulary import (
    BY_HAND,
    DIGITS,
    LONGEST_CLAUSE,
    LONGEST_UNIT,
    LONGEST_VISION,
    PLACES,
    Outcome,
)

_DAY: Final = {"type": "date"}


def _clause_field(missing: str) -> forms.CharField:
    return forms.CharField(
        label="So that …",
        max_length=LONGEST_CLAUSE,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        error_messages={"required": missing},
    )


def _text_field(label: str, missing: str, longest: int, rows: int) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}),
        error_messages={"required": missing},
    )


def _value_field(label: str, missing: str, *, required: bool = True) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=required,
        max_digits=DIGITS,
        decimal_places=PLACES,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={"required": missing, "invalid": "Type a number, such as 4.6."},
    )


def _day_field(label: str, missing: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
        error_messages={"required": missing},
    )


class VisionForm(forms.Form):
    """The vision of a team; `number` is the version that was looked at."""

    so_that = _clause_field("Say in one clause where you want to get to.")
    text = _text_field("In a few sentences", "Say it in a few sentences.", LONGEST_VISION, 5)
    why = WhyField(
        "Say in a sentence why: everybody reads it.",
        label="Why, and why now",
        beside=("so_that", "text"),
        asks_once=True,
    )
    number = forms.IntegerField(min_value=0, max_value=1_000_000, widget=forms.HiddenInput)


class ObjectiveForm(forms.Form):
    """An objective.

    Args:
        owners: who may own it, by their words.
    """

    title = _clause_field("Complete the sentence: we do this so that …")
    why = WhyField("Say in a sentence what it is for.", beside=("title",), asks_once=True)
    owner = forms.ChoiceField(label="Whose eye is on it")
    measure = forms.ChoiceField(label="Measured by", widget=forms.RadioSelect)
    unit = forms.CharField(label="Unit", max_length=LONGEST_UNIT, required=False)
    start = _value_field("Where it is now", "Where does it begin?", required=False)
    target = _value_field("Where it should get to", "Where should it get to?")
    begins = _day_field("From", "From which day on?")
    until = _day_field("Until", "Until which day?")

    def __init__(self, *arguments: Any, owners: Mapping[str, Member], **settings: Any) -> None:  # noqa: ANN401
        super().__init__(*arguments, **settings)
        self.fields["owner"] = forms.ChoiceField(
            label="Whose eye is on it",
            choices=[(word, member.name) for word, member in owners.items()],
            error_messages={"required": "Choose a lead or a manager."},
        )
        self.fields["measure"] = forms.ChoiceField(
            label="Measured by",
            widget=forms.RadioSelect,
            choices=[(BY_HAND, "A figure that we type"), *((each.word, each.label) for each in measures())],
            error_messages={"required": "Choose what it is measured by."},
        )
        self.order_fields(list(type(self).base_fields))

    @property
    def wanted(self) -> Wanted:
        """What the objective is to say; of a form that is valid."""
        said = self.cleaned_data
        return Wanted(**{name: said[name] for name in ObjectiveForm.base_fields})


class ChangeForm(ObjectiveForm):
    """Another form of an objective, with a word why; `revision` is the one that was looked at."""

    reason = WhyField(
        "Say in a sentence why: it stays in the history.",
        label="Why it changes",
        beside=("title",),
        asks_once=True,
    )
    revision = forms.IntegerField(min_value=1, max_value=1_000_000, widget=forms.HiddenInput)


def said_by(objective: Objective) -> dict[str, Any]:
    """What a form is filled with, to change an objective."""
    return {
        "title": objective.title,
        "why": objective.why,
        "owner": objective.owner.word,
        "measure": objective.measure,
        "unit": objective.unit,
        "start": _typed(objective.start),
        "target": _typed(objective.target),
        "begins": objective.begins,
        "until": objective.until,
        "revision": objective.revision,
    }


def new_objective(member: Member, owners: Mapping[str, Member], day: date) -> dict[str, Any]:
    """What a form is filled with, to open one: from today on, until the end of the next quarter but one."""
    return {
        "owner": member.word if member.word in owners else "",
        "measure": BY_HAND,
        "begins": day,
        "until": date(day.year + 1, day.month, min(day.day, 28)),
    }


class CloseForm(forms.Form):
    """The end of an objective."""

    outcome = forms.ChoiceField(
        label="How did it end?",
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of them."},
    )
    came = _text_field("What came of it, and what we learned", "What came of it?", 1000, 3)
    why = WhyField("Say in a sentence why.", label="Why it ends now", beside=("came",), asks_once=True)


class ValueForm(forms.Form):
    """Where an objective stands on a day."""

    value = _value_field("It stands at", "Type where it stands.")
    day = _day_field("On", "On which day?")
    words = forms.CharField(
        label="A word about it",
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )


def _typed(value: Decimal) -> str:
    return bare(value).replace(",", "")
