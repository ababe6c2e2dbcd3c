"""Fields of the desk's forms: files, and the words of the charter."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from remit.complaints.attachments import TAKEN, CleanFile, clean_files
from remit.core.errors import Refusal


class FilesInput(forms.ClearableFileInput):
    """Chooses several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Pictures and PDFs that come with something said; gives them clean."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401
        settings.setdefault("required", False)
        settings.setdefault("widget", FilesInput(attrs={"accept": TAKEN}))
        super().__init__(**settings)

    def clean(self, data: Any, initial: Any = None) -> list[CleanFile]:  # noqa: ANN401, ARG002
        """The files, looked at and made harmless.

        Raises:
            ValidationError: too many, too large, or of a kind that isn't taken.
        """
        given: list[UploadedFile[Any]] = [each for each in (data or []) if each]
        try:
            return clean_files(given)
        except Refusal as refusal:
            raise ValidationError(str(refusal), code=refusal.code) from refusal


def category_choices(words: tuple[str, ...]) -> list[tuple[str, str]]:
    """Categories as people read them, with *not said* first."""
    return [("", "not said"), *((word, word) for word in words)]
