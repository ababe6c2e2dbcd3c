"""Answers to a question after reading, one a line: the same field for the original and its translations."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from remit.procedures.text.document import MOST_ANSWERS

_LONGEST: Final = 1000


class AnswersField(forms.CharField):
    """Lines of text, none of them empty.

    Args:
        label: above it; says which line is the right one.
    """

    def __init__(self, label: str) -> None:
        area = forms.Textarea(attrs={"rows": 3, "dir": "auto"})
        super().__init__(label=label, max_length=_LONGEST, required=False, widget=area)

    def clean(self, value: Any) -> Any:  # noqa: ANN401 (as Django has it)
        """As a tuple of lines.

        Raises:
            ValidationError: there are too many.
        """
        lines = tuple(line.strip() for line in super().clean(value).split("\n") if line.strip())
        if len(lines) > MOST_ANSWERS:
            raise ValidationError(f"These are {len(lines)} answers; {MOST_ANSWERS} is the most.")
        return lines
