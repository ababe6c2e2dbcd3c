"""The why, which is never empty: the same field wherever one is asked for."""

from __future__ import annotations

from typing import Final

from django import forms

LONGEST_WHY: Final = 1000


class WhyField(forms.CharField):
    """One or two sentences.

    Args:
        needed: what is said where nothing was written.
        longest: characters that it may have.
    """

    def __init__(self, needed: str, *, longest: int = LONGEST_WHY) -> None:
        super().__init__(
            label="Why",
            max_length=longest,
            widget=forms.Textarea(attrs={"rows": 2}),
            error_messages={"required": needed},
        )
