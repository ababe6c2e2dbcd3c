"""Fields of the desk's forms: amounts as people type them, and files."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from remit.complaints.amounts import minor_units
from remit.complaints.attachments import TAKEN, CleanFile, clean_files
from remit.core.errors import Refusal


class AmountField(forms.Field):
    """An amount of money as people type it: `42`, `42,50`, `1.250,00`, `1,250.00`; gives minor units.

    Args:
        currency: how many decimals there are.
    """

    def __init__(self, *, currency: str, **settings: Any) -> None:  # noqa: ANN401
        self.currency = currency
        settings.setdefault(
            "widget",
            forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "maxlength": 20}),
        )
        super().__init__(**settings)

    def to_python(self, value: object) -> int | None:
        """Minor units.

        Raises:
            ValidationError: it isn't an amount.
        """
        text = str(value or "").strip()
        return minor_units(text, self.currency) if text else None


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
