"""What is typed about ideas."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from remit.core.clean_files import PICTURES
from remit.core.why_form import WhyField
from remit.procedures.forms.editor import PictureField
from remit.voice.actions.ideas import IdeaWords
from remit.voice.charter_trials import CharterTrial
from remit.voice.models import Idea
from remit.voice.sources import Source
from remit.voice.vocabulary import ANSWERS, LONGEST_IDEA

LONGEST_STAMP: Final = 64
_MOST_ANSWERS: Final = 1000


class IdeaForm(forms.Form):
    """An idea in one line.

    Args:
        sent: what came with the form; None where it was only opened.
        files: that came with it.
        source: where it comes from; None for nowhere.
    """

    stamp = forms.CharField(max_length=LONGEST_STAMP, widget=forms.HiddenInput)
    text = forms.CharField(
        label="Your idea",
        max_length=LONGEST_IDEA,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        error_messages={"required": "What is your idea? One line is enough."},
    )
    picture = PictureField(
        label="A picture", required=False, widget=forms.FileInput(attrs={"accept": PICTURES})
    )
    is_nameless = forms.BooleanField(label="Without my name", required=False)
    use_required_attribute = False

    def __init__(
        self,
        sent: QueryDict | None = None,
        files: MultiValueDict[str, Any] | None = None,
        *,
        source: Source | None = None,
    ) -> None:
        begun = {"stamp": secrets.token_urlsafe(16), "text": source.text[:LONGEST_IDEA] if source else ""}
        super().__init__(sent, files, initial=begun)
        self._source = source

    @property
    def words(self) -> IdeaWords:
        """What was typed, as the actions take it."""
        typed = self.cleaned_data
        return IdeaWords(
            text=typed["text"],
            is_nameless=typed["is_nameless"],
            picture=typed["picture"],
            source=self._source,
        )


class AnswerForm(forms.Form):
    """An answer to an idea, with its why.

    Args:
        sent: what came with the form; None where it was only opened.
        answers: how many the idea has already.
        trials: of the charter, that one can say tries it.
    """

    after = forms.IntegerField(min_value=0, max_value=_MOST_ANSWERS, widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label="Answer",
        choices=[(each.value, each.label) for each in ANSWERS],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one.", "invalid_choice": "Choose one of these."},
    )
    why = WhyField("A word why is needed.", label="Why?")
    use_required_attribute = False

    def __init__(
        self, sent: QueryDict | None = None, *, answers: int = 0, trials: Sequence[CharterTrial] = ()
    ) -> None:
        super().__init__(sent, initial={"after": answers})
        if trials:
            self.fields["charter_version"] = forms.TypedChoiceField(
                label="Which trial of the charter",
                required=False,
                coerce=int,
                empty_value=None,
                choices=[("", "None yet"), *((each.number, each.words) for each in trials)],
                error_messages={"invalid_choice": "This trial isn't there any more."},
            )


class BesideForm(forms.Form):
    """Beside which idea another one is put: one of those that are alike."""

    other = forms.TypedChoiceField(
        label="Beside",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one.", "invalid_choice": "Choose one of these."},
    )
    use_required_attribute = False

    def __init__(self, ideas: Sequence[Idea], sent: QueryDict | None = None) -> None:
        super().__init__(sent)
        field = self.fields["other"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 -- said for the type checker
        field.choices = [(each.pk, each.text) for each in ideas]
