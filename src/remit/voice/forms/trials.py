"""What is typed about trials."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from django import forms
from django.http import QueryDict

from remit.core.clock import today
from remit.core.why_form import WhyField
from remit.people.access import Place, members_for
from remit.people.forms.fields import MemberField
from remit.purpose.objective_field import ObjectiveField
from remit.voice.actions.trials import TrialWords
from remit.voice.forms.ideas import LONGEST_STAMP
from remit.voice.models import Idea
from remit.voice.vocabulary import LONGEST_LIMIT, LONGEST_TITLE, LONGEST_WORDS, Came

_USUAL = timedelta(weeks=4)


def _line(label: str, longest: int, missing: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=longest,
        required=bool(missing),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        error_messages={"required": missing},
    )


class TrialForm(forms.Form):
    """What makes an idea safe to try.

    Args:
        place: of whoever begins it.
        idea: that is tried.
        sent: what came with the form; None where it was only opened.
    """

    stamp = forms.CharField(max_length=LONGEST_STAMP, widget=forms.HiddenInput)
    what = forms.CharField(
        label="What we do",
        max_length=LONGEST_TITLE,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
        error_messages={"required": "What is done while it is tried?"},
    )
    why = WhyField("A word why is needed.", label="Why do we try it?", beside=("what",))
    until = forms.DateField(
        label="Last day",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Until when? It ends by itself.", "invalid": "That isn't a day."},
    )
    measure = _line("Or in words: what says whether it works", LONGEST_LIMIT, "")
    limit = _line("It stops at once if …", LONGEST_LIMIT, "What may go wrong at most?")
    use_required_attribute = False

    def __init__(self, place: Place, idea: Idea, sent: QueryDict | None = None) -> None:
        begun = {
            "stamp": secrets.token_urlsafe(16),
            "what": idea.text[:LONGEST_TITLE],
            "until": today(place.team.time_zone) + _USUAL,
            "owner": idea.author.word if idea.author else None,
        }
        super().__init__(sent, initial=begun)
        self.fields["owner"] = MemberField(
            members_for(place), label="Who looks after it", empty_label="Choose somebody"
        )
        objective = ObjectiveField(place.member, place.team)
        objective.label, objective.empty_label = "Measured by the objective", "None: in words"
        objective.help_text = "What moves it says whether the trial works."
        self.fields["objective"] = objective
        self.order_fields(["what", "why", "owner", "until", "objective", "measure", "limit"])

    def clean(self) -> dict[str, Any]:
        """One of both has to say whether it works."""
        typed = super().clean() or self.cleaned_data
        if not typed.get("objective") and not typed.get("measure") and "objective" not in self.errors:
            self.add_error("measure", "What says whether it works? Choose an objective, or say it in words.")
        return typed

    @property
    def words(self) -> TrialWords:
        """What was typed, as the actions take it."""
        typed = self.cleaned_data
        return TrialWords(
            what=typed["what"],
            why=typed["why"],
            owner=typed["owner"].word,
            until=typed["until"],
            limit=typed["limit"],
            objective=typed["objective"],
            measure=typed["measure"],
        )


class CameForm(forms.Form):
    """What came of a trial.

    Args:
        sent: what came with the form; None where it was only opened.
        is_over: whether its time is over; before that it can only be stopped.
    """

    came = forms.ChoiceField(
        label="What came of it",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose one.",
            "invalid_choice": "It still runs: it can only be stopped.",
        },
    )
    learned = forms.CharField(
        label="What we know now",
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": "What do we know now? A sentence is enough, also of one that failed."},
    )
    use_required_attribute = False

    def __init__(self, sent: QueryDict | None = None, *, is_over: bool) -> None:
        super().__init__(sent, initial={} if is_over else {"came": Came.STOPPED})
        field = self.fields["came"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- said for the type checker
        field.choices = [(each.value, each.label) for each in Came if is_over or each == Came.STOPPED]
