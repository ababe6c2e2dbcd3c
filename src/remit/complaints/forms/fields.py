"""Fields of the desk's forms: files, and the words of the charter."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from remit.core.clean_files import TAKEN, CleanFile, clean_files, need_few
from remit.core.errors import Refusal


class FilesInput(forms.ClearableFileInput):
    """Chooses several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Pictures and PDFs that come with something said; gives them clean.

    Attributes:
        clean_ones: those that were sent and can be taken, whatever is wrong with others beside them.
    """

    clean_ones: tuple[CleanFile, ...] = ()

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
        wrong: list[ValidationError] = []
        try:
            need_few(len(given))
        except Refusal as refusal:
            raise _invalid(refusal) from refusal
        for each in given:
            try:
                self.clean_ones += tuple(clean_files([each]))
            except Refusal as refusal:
                wrong.append(_invalid(refusal))
        if wrong:
            raise ValidationError(wrong)
        return list(self.clean_ones)


def _invalid(refusal: Refusal) -> ValidationError:
    return ValidationError(str(refusal), code=refusal.code)


def category_choices(words: tuple[str, ...]) -> list[tuple[str, str]]:
    """Categories as people read them, with *not said* first."""
    return [("", "not said"), *((word, word) for word in words)]
