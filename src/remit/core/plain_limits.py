"""What Django says of values that are too large, too small or too long, in words that say what to do."""

from __future__ import annotations

from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator


def say_limits_plainly() -> None:
    """From now on every form says them so, unless it has better words of its own."""
    MaxValueValidator.message = "That is too much: %(limit_value)s at most."
    MinValueValidator.message = "That is too little: %(limit_value)s at least."
    MaxLengthValidator.message = (
        "That is %(show_value)d characters, and %(limit_value)d are the most. Shorten it."
    )
