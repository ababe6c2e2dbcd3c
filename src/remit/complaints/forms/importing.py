"""A file that is to be brought in."""

from __future__ import annotations

from typing import Any

from django import forms

from remit.complaints.vocabulary import ImportOf
from remit.people.models import Team


class ImportForm(forms.Form):
    """Which file, of what, for which team."""

    what = forms.ChoiceField(
        label="What is it a list of?",
        choices=ImportOf.choices,
        widget=forms.RadioSelect,
        initial=ImportOf.COMPLAINTS,
    )
    team = forms.ChoiceField(label="For which team?")
    file = forms.FileField(
        label="File",
        help_text="CSV as any program exports it, or Excel; up to 25 MB. It is looked at first.",
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,text/csv"}),
        error_messages={"required": "Choose a file.", "empty": "This file is empty."},
    )

    def __init__(self, *arguments: Any, teams: list[Team], **settings: Any) -> None:  # noqa: ANN401
        super().__init__(*arguments, **settings)
        field = self.fields["team"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(team.word, team.name) for team in teams]
        if len(teams) == 1:
            field.widget = forms.HiddenInput()
            field.initial = teams[0].word
