"""What is typed about personal data."""

from __future__ import annotations

from typing import Any

from django import forms

from remit.privacy.vocabulary import TYPED

_LONGEST_TEXT = 20_000


class EraseForm(forms.Form):
    """A word that is typed, so that nobody erases somebody by a slip."""

    typed = forms.CharField(
        label=f"Type {TYPED} to say that you mean it",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}),
        error_messages={"required": f"Nothing was erased: {TYPED} wasn't typed."},
    )


class ExportForm(forms.Form):
    """Whether what the team wrote among themselves is handed out too."""

    with_notes = forms.BooleanField(
        label="With the team's notes: I have read them, and nobody else is in them",
        required=False,
    )


def _months(label: str, help_text: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=1,
        max_value=600,
        help_text=help_text,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


class RetentionForm(forms.Form):
    """How long what is kept; an empty field is for good."""

    complaint_months = _months(
        "Complaints and their customers",
        "After closing. All words go; amounts, kinds and dates stay for the books.",
    )
    attachment_months = _months(
        "Files that came with them", "After closing; earlier than the words, if you like."
    )
    letter_months = _months(
        "Mails as they came",
        "After closing. What was said stays; an answer to an old mail isn't recognised then.",
    )
    sign_in_days = _months("Records of signing in", "Who tried to sign in from where.")
    helper_days = forms.IntegerField(
        label="Names of helpers at big days",
        min_value=1,
        max_value=3650,
        help_text="Of those without an account, after the day. They always go.",
        error_messages={"required": "They always go: say after how many days."},
    )
    books_years = forms.IntegerField(
        label="Books, by law",
        min_value=1,
        max_value=30,
        help_text="What the law wants of you; Remit says it, and never deletes books.",
    )
    backup_days = forms.IntegerField(
        label="Backups",
        min_value=0,
        max_value=3650,
        help_text="For how long your backups are kept. They still hold who was erased since.",
    )


class StatementForm(forms.Form):
    """What customers read about what is kept."""

    text = forms.CharField(
        label="The text",
        max_length=_LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 16, "dir": "auto"}),
        help_text="An empty line begins a paragraph; a line that begins with ## is a heading.",
        error_messages={"required": "The text is missing."},
    )
    contact = forms.CharField(
        label="How to reach you about it",
        max_length=300,
        help_text="A mail address, a phone number, or where to ask.",
        error_messages={"required": "Say how to reach you."},
    )

    def clean(self) -> dict[str, Any]:
        """With the line ends of Unix."""
        data = super().clean() or self.cleaned_data
        if "text" in data:
            data["text"] = data["text"].replace("\r\n", "\n").strip()
        return data
