"""What is written in a conversation: by the team, and by the customer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from remit.complaints.forms.fields import FilesField
from remit.core.clean_files import CleanFile
from remit.core.why_form import WhyField
from remit.people.models import Member

_MOST_LETTERS = 20_000


def _text(label: str, *, rows: int, required: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=_MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}),
        error_messages={"required": required},
    )


class ReplyForm(forms.Form):
    """To the customer."""

    text = _text("Your reply", rows=6, required="There is no text yet. Write what you want to say.")
    attached = FilesField(
        label="Pictures or PDFs",
        help_text="Up to 5, 10 MB each. They go with your reply; where a picture was taken is removed.",
    )

    @property
    def clean_files(self) -> tuple[CleanFile, ...]:
        """The files that came with it and can be taken, also where something else is wrong."""
        attached = self.fields["attached"]
        return attached.clean_ones if isinstance(attached, FilesField) else ()


class NoteForm(forms.Form):
    """For the team alone."""

    text = _text("Note", rows=3, required="There is no text yet. Write what the team should know.")


class QuestionForm(forms.Form):
    """The question *what would you do?*.

    Args:
        colleagues: who can be asked.
    """

    colleague = forms.ChoiceField(
        label="Whom do you ask?", error_messages={"required": "Choose whom you ask."}
    )
    text = _text("What would you do?", rows=3, required="There is no question yet. Write it in a sentence.")

    def __init__(self, *arguments: Any, colleagues: Iterable[Member], **settings: Any) -> None:  # noqa: ANN401
        super().__init__(*arguments, **settings)
        self.fields["colleague"] = _whom("Whom do you ask?", colleagues)


class AdviceForm(forms.Form):
    """What one would do."""

    text = _text("What would you do?", rows=3, required="There is no text yet. Write what you would do.")


class CustomerForm(forms.Form):
    """The customer adds something on their page."""

    text = _text("Your message", rows=4, required="Please write something first; a few words are enough.")
    attached = FilesField(
        label="Pictures or PDFs", help_text="Up to 5, 10 MB each. We remove where a picture was taken."
    )


def _whom(label: str, colleagues: Iterable[Member]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=[("", "Choose somebody"), *((each.word, each.name) for each in colleagues)],
        error_messages={
            "required": "Choose somebody.",
            "invalid_choice": "They aren't in this team any more.",
        },
    )


class HandOverForm(forms.Form):
    """To whom, and why.

    Args:
        colleagues: who can take it.
    """

    colleague = forms.ChoiceField(label="To whom?", error_messages={"required": "Choose who gets it."})
    why = WhyField(
        "A word why helps your colleague begin.",
        label="Why?",
        help_text="A word that helps them begin: what is done, and what is missing.",
    )

    def __init__(self, *arguments: Any, colleagues: Iterable[Member], **settings: Any) -> None:  # noqa: ANN401
        super().__init__(*arguments, **settings)
        self.fields["colleague"] = _whom("To whom?", colleagues)
