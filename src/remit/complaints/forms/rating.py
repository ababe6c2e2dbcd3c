"""How it went, as the customer says it; and whether they are asked."""

from __future__ import annotations

from django import forms
from django.http import QueryDict

from remit.complaints.actions.rating import LONGEST_WAIT_HOURS
from remit.complaints.vocabulary import MADE_RIGHT_WORDS, QUICKNESS_WORDS


class RatingForm(forms.Form):
    """Was it made right, how quickly, one free line."""

    made_right = forms.TypedChoiceField(
        label="Did we make it right?",
        coerce=int,
        choices=list(MADE_RIGHT_WORDS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Please choose the one that fits best."},
    )
    quickness = forms.TypedChoiceField(
        label="How quickly?",
        coerce=int,
        empty_value=None,
        required=False,
        choices=list(QUICKNESS_WORDS.items()),
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label="Anything else?",
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )


class RatingSettingForm(forms.Form):
    """Whether customers are asked, and when."""

    asks = forms.BooleanField(label="Ask customers how it went, after closing", required=False)
    after_hours = forms.IntegerField(
        label="Hours after closing",
        min_value=0,
        max_value=LONGEST_WAIT_HOURS,
        error_messages={"required": "Say after how many hours; 0 is at once."},
        help_text="Soon enough to remember, late enough that the money has arrived.",
    )


class SavedReplyForm(forms.Form):
    """Words that a team says often.

    Args:
        categories: of the team's charter.
    """

    title = forms.CharField(
        label="Title", max_length=80, error_messages={"required": "A title to find it by is missing."}
    )
    text = forms.CharField(
        label="Text",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        error_messages={"required": "The text is missing."},
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        categories: tuple[str, ...],
        initial: dict[str, str] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        known = dict.fromkeys((*categories, *filter(None, [(initial or {}).get("category")])))
        self.fields["category"] = forms.ChoiceField(
            label="Offered first for",
            required=False,
            choices=[("", "every kind of trouble"), *((word, word) for word in known)],
        )
