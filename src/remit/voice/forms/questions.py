"""What is typed to ask the manager, and to answer for all."""

from __future__ import annotations

import secrets
from typing import Final

from django import forms
from django.http import QueryDict

from remit.core.why_form import WhyField
from remit.voice.forms.ideas import LONGEST_STAMP
from remit.voice.vocabulary import LONGEST_ANSWER, LONGEST_QUESTION

_MOST_CORRECTIONS: Final = 1000


class QuestionForm(forms.Form):
    """A question."""

    stamp = forms.CharField(max_length=LONGEST_STAMP, widget=forms.HiddenInput)
    text = forms.CharField(
        label="Your question",
        max_length=LONGEST_QUESTION,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": "What would you like to know? A sentence is enough."},
    )
    is_nameless = forms.BooleanField(label="Without my name", required=False)
    use_required_attribute = False

    def __init__(self, sent: QueryDict | None = None) -> None:
        super().__init__(sent, initial={"stamp": secrets.token_urlsafe(16)})


class QuestionAnswerForm(forms.Form):
    """Its answer."""

    answer = forms.CharField(
        label="Your answer, for all",
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        error_messages={"required": "What is your answer? That you don't know yet is one, too."},
    )
    use_required_attribute = False


class CorrectionForm(QuestionAnswerForm):
    """What is right instead, and why the answer is corrected.

    Args:
        sent: what came with the form; None where it was only opened.
        answer: as it is read now.
        after: how often it was corrected already.
    """

    after = forms.IntegerField(min_value=0, max_value=_MOST_CORRECTIONS, widget=forms.HiddenInput)
    why = WhyField("A word why is needed.", label="Why is it corrected?", beside=("answer",))

    def __init__(self, sent: QueryDict | None = None, *, answer: str = "", after: int = 0) -> None:
        super().__init__(sent, initial={"answer": answer, "after": after})
