"""What Django says of values that are missing, of another kind, too large, too small or too long: plainly."""

from __future__ import annotations

from django import forms
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator


def say_limits_plainly() -> None:
    """From now on every form says them so, unless it has better words of its own."""
    MaxValueValidator.message = "That is too much: %(limit_value)s at most."
    MinValueValidator.message = "That is too little: %(limit_value)s at least."
    MaxLengthValidator.message = (
        "That is %(show_value)d characters, and %(limit_value)d are the most. Shorten it."
    )
    _say("required", "Nothing stands here yet: fill it in.", forms.Field)
    _say("invalid", "Write a whole number, like 3.", forms.IntegerField)
    _say("invalid", "Write a day like 2026-11-30.", forms.DateField)
    _say("invalid", "Write a time like 17:30.", forms.TimeField)
    _say("invalid", "Write a day and a time, like 2026-11-30 17:30.", forms.DateTimeField)
    _say("invalid", "Write a number, like 3.5.", forms.FloatField, forms.DecimalField)
    _say(
        "invalid_choice",
        "“%(value)s” isn’t among the choices. Choose another one.",
        forms.ChoiceField,
        forms.MultipleChoiceField,
        forms.ModelMultipleChoiceField,
    )
    _say("invalid_choice", "That isn’t among the choices. Choose another one.", forms.ModelChoiceField)


def _say(code: str, words: str, *kinds: type[forms.Field]) -> None:
    """Of some kinds of fields, and of those that are made of them."""
    for kind in kinds:
        kind.default_error_messages = {**kind.default_error_messages, code: words}
