"""Forms of the reviews."""

from __future__ import annotations

from typing import Any

from django import forms

from remit.core.why_form import WhyField
from remit.people.models import Member
from remit.reviews.vocabulary import MOST_BUDGET, MOST_EACH, Outcome

_LONGEST = 1000
_NUMBER = {"required": "Say how many a week; 0 for none."}


def _words(label: str, *, required: bool = True, missing: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=_LONGEST,
        required=required,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        error_messages={"required": missing},
    )


class OpinionForm(forms.Form):
    """What a reviewer says."""

    use_required_attribute = False
    outcome = forms.ChoiceField(
        label="I would have decided",
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether you would have decided the same."},
    )
    why = WhyField("Say why in a sentence, so that it can be learned from.", label="Why?")
    better = _words("What would be better next time?", required=False)

    def clean(self) -> dict[str, Any]:
        """Something else needs to be said."""
        said: dict[str, Any] = super().clean() or {}
        if (
            said.get("outcome") == Outcome.DIFFERENT
            and not said.get("better")
            and "better" not in self.errors
        ):
            self.add_error("better", "You would have decided something else: say what.")
        return said


class AnswerForm(forms.Form):
    """What the one who decided says to it."""

    use_required_attribute = False
    words = _words("Your answer", missing="Say it in a sentence, or leave it: you needn't answer.")


class WantForm(forms.Form):
    """Asking a colleague for a look at a decision of one's own.

    Args:
        colleagues: whom they may ask.
    """

    use_required_attribute = False
    words = _words("What would you like to know?", required=False)
    colleague = forms.ChoiceField(label="Whom do you ask?", required=False)

    def __init__(self, *arguments: Any, colleagues: list[Member], **settings: Any) -> None:  # noqa: ANN401
        super().__init__(*arguments, **settings)
        chosen = self.fields["colleague"]
        if isinstance(chosen, forms.ChoiceField):
            chosen.choices = [("", "whoever's turn it is"), *((each.word, each.name) for each in colleagues)]


class BudgetForm(forms.Form):
    """How many decisions a team looks at in a week."""

    use_required_attribute = False
    is_on = forms.BooleanField(label="Decisions are drawn and looked at", required=False)
    each = forms.IntegerField(
        label="Of each member, drawn fairly", min_value=0, max_value=MOST_EACH, error_messages=_NUMBER
    )
    risk = forms.IntegerField(
        label="Of the whole team, where more is at stake",
        min_value=0,
        max_value=MOST_BUDGET,
        error_messages=_NUMBER,
    )
