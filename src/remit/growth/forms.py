"""Forms of growth: thin doors that say what is missing, and keep what was typed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django import forms

from remit.core.why_form import WhyField
from remit.growth.vocabulary import LONGEST_WORDS, Figures
from remit_engine.charter.document import Step
from remit_engine.charter.facts import NO_STEP
from remit_engine.charter.sentences import capital, readable

_DAY: Final = {"type": "date"}


def _why(needed: str, label: str = "Why") -> WhyField:
    return WhyField(needed, label=label, longest=LONGEST_WORDS)


class GiveForm(forms.Form):
    """A step for somebody.

    Args:
        steps: that may be given.
        day: today, on the wall clock of the team.
    """

    step = forms.ChoiceField(label="Step", error_messages={"required": "Choose a step."})
    until = forms.DateField(
        label="Until", required=False, widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d")
    )
    why = _why("Say in a sentence what it rests on.")

    def __init__(self, *arguments: Any, steps: Iterable[Step], day: date, **settings: Any) -> None:  # noqa: ANN401
        super().__init__(*arguments, **settings)
        self.fields["step"] = forms.ChoiceField(
            label="Step", choices=[(step.name, capital(readable(step.name))) for step in steps]
        )
        self.fields["until"].widget.attrs["min"] = day.isoformat()


class WaitForm(forms.Form):
    """Letting a proposal wait."""

    until = forms.DateField(
        label="Until",
        widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
        error_messages={"required": "Say the day on which it comes back."},
    )
    why = _why("Say in a sentence why it should wait.")


class TalkForm(forms.Form):
    """What a talk found."""

    words = forms.CharField(
        label="What you talked about",
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        error_messages={"required": "Say in a sentence what you found."},
    )


class WishForm(forms.Form):
    """Asking for a step."""

    words = _why("Say in a sentence why.", "Why you would like it")


class AnswerForm(forms.Form):
    """Answering a wish: `answer` is the button that was pressed."""

    until = forms.DateField(
        label="Until", required=False, widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d")
    )
    why = _why("Your answer carries its why.")


class LimitForm(forms.Form):
    """How far a software agent may grow.

    Args:
        steps: of the charter.
    """

    why = _why("Say in a sentence why.")
    field_order = ("step", "why")

    def __init__(self, *arguments: Any, steps: Iterable[Step], **settings: Any) -> None:  # noqa: ANN401
        super().__init__(*arguments, **settings)
        choices = [(NO_STEP, "No step"), *((step.name, capital(readable(step.name))) for step in steps)]
        self.fields["step"] = forms.ChoiceField(label="At most", choices=choices)
        self.order_fields(self.field_order)


class FiguresForm(forms.Form):
    """Who sees what reviews say about somebody."""

    figures = forms.ChoiceField(
        label="Who sees what reviews say about somebody",
        choices=Figures.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of them."},
    )
    why = _why("Everybody reads this why: say it in a sentence.")
