"""What is typed about what a team promises, and stands for."""

from __future__ import annotations

from django import forms
from django.http import QueryDict

from remit.core.why_form import WhyField
from remit.voice.models import Promise
from remit.voice.vocabulary import FEWEST_DAYS, LONGEST_VALUE, MOST_DAYS, MOST_VALUES


class PromiseForm(forms.Form):
    """Within how many days, what the team stands for, and why."""

    days = forms.IntegerField(
        label="Every idea gets its answer within",
        min_value=FEWEST_DAYS,
        max_value=MOST_DAYS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": "Within how many days?", "invalid": "Type a number of days."},
    )
    values = forms.CharField(
        label="What we stand for",
        max_length=(LONGEST_VALUE + 2) * MOST_VALUES * 2,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        error_messages={"required": "One at least: what do you thank each other for?"},
    )
    why = WhyField("A word why is needed.", label="Why these?")
    use_required_attribute = False

    def __init__(self, promise: Promise, sent: QueryDict | None = None) -> None:
        as_it_is = {"days": promise.days, "values": "\n".join(promise.values), "why": promise.why}
        super().__init__(sent, initial=as_it_is)
