"""The words of a letter that leaves by itself."""

from __future__ import annotations

from django import forms

from remit.complaints.letters import LANGUAGES, LETTERS, MOST_LETTERS


class LetterForm(forms.Form):
    """A letter, in a language, in the team's own words."""

    letter = forms.ChoiceField(label="Letter", choices=[(word, each.title) for word, each in LETTERS.items()])
    language = forms.ChoiceField(label="Language", choices=LANGUAGES.items())
    text = forms.CharField(
        label="Text",
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 9, "dir": "auto"}),
        help_text="A line with something in braces that isn't known is left out.",
        error_messages={"required": "The text is missing."},
    )
    is_usual = forms.BooleanField(
        label="Also for customers whose language isn't known, or in which you have no words", required=False
    )
