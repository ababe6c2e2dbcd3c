"""What is typed to thank somebody."""

from __future__ import annotations

import secrets
from typing import Any, Final

from django import forms
from django.http import QueryDict

from remit.people.access import Place, members_for
from remit.people.forms.fields import MemberField
from remit.purpose.access import open_objectives_for
from remit.purpose.clauses import capital
from remit.purpose.models import Objective
from remit.voice.forms.ideas import LONGEST_STAMP
from remit.voice.models import Promise
from remit.voice.vocabulary import LONGEST_THANKS

_VALUE: Final = "value:"
_OBJECTIVE: Final = "objective:"


class ThanksForm(forms.Form):
    """To whom, for what, and what it served: a value of the team, or one of its objectives.

    Args:
        place: of whoever thanks.
        promise: with the values of the team.
        sent: what came with the form; None where it was only opened.
    """

    stamp = forms.CharField(max_length=LONGEST_STAMP, widget=forms.HiddenInput)
    text = forms.CharField(
        label="For what",
        max_length=LONGEST_THANKS,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        error_messages={"required": "For what? Say what they did, in a sentence."},
    )
    use_required_attribute = False

    def __init__(self, place: Place, promise: Promise, sent: QueryDict | None = None) -> None:
        super().__init__(sent, initial={"stamp": secrets.token_urlsafe(16)})
        others = members_for(place).exclude(pk=place.member.pk)
        self.fields["to"] = MemberField(others, label="To", empty_label="Choose somebody")
        self._objectives = {each.key: each for each in open_objectives_for(place.member, place.team)}
        choices: list[tuple[str, Any]] = [("", "Choose what it served")]
        choices.append(("What we stand for", [(f"{_VALUE}{each}", each) for each in promise.values]))
        if self._objectives:
            named = [(f"{_OBJECTIVE}{key}", capital(each.title)) for key, each in self._objectives.items()]
            choices.append(("Objectives: so that …", named))
        self.fields["served"] = forms.ChoiceField(
            label="It served",
            choices=choices,
            error_messages={
                "required": "What did it serve? Choose one.",
                "invalid_choice": "That isn't there any more. Choose another one.",
            },
        )
        self.order_fields(["to", "text", "served"])

    @property
    def objective(self) -> Objective | None:
        """The objective that was chosen; None for a value."""
        served: str = self.cleaned_data["served"]
        is_one = served.startswith(_OBJECTIVE)
        return self._objectives[served.removeprefix(_OBJECTIVE)] if is_one else None

    @property
    def value(self) -> str:
        """The value that was chosen; "" for an objective."""
        served: str = self.cleaned_data["served"]
        return served.removeprefix(_VALUE) if served.startswith(_VALUE) else ""
