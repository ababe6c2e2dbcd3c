"""Forms of what is done with a procedure, or a draft of one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django import forms

from remit.core.why_form import WhyField, WhyForm
from remit.people.access import Place, members_for
from remit.people.models import Team
from remit.procedures.forms.translating import written_in
from remit.procedures.models import Procedure
from remit.procedures.text.document import LONGEST_TITLE, LONGEST_WHY, Question
from remit.procedures.text.languages import LONGEST_CODE
from remit.procedures.vocabulary import LONGEST_WORDS
from remit.purpose.objective_field import ObjectiveField

_DAY: Final = {"type": "date"}
LONGEST_MARKDOWN: Final = 200_000


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


class NewForm(forms.Form):
    """A procedure that isn't there yet.

    Args:
        teams: to choose from.
        language: code of the one that it is likely written in.
    """

    title = forms.CharField(label="What is done", max_length=LONGEST_TITLE, required=False)
    why = WhyField(longest=LONGEST_WHY, beside=("title",), asks_once=True)
    text = forms.CharField(
        label="What you have already", max_length=LONGEST_MARKDOWN, required=False, widget=_area(6)
    )

    def __init__(self, *arguments: Any, teams: Iterable[Team], language: str, **settings: Any) -> None:  # noqa: ANN401
        super().__init__(*arguments, **settings)
        choices = [(team.word, team.name) for team in teams]
        self.fields["team"] = forms.ChoiceField(
            label="Team",
            choices=choices,
            initial=choices[0][0] if choices else None,
            widget=forms.HiddenInput if len(choices) == 1 else forms.Select,
        )
        self.fields["language"] = written_in(language)
        self.order_fields(("team", "title", "why", "language", "text"))


class MarkdownForm(forms.Form):
    """The whole of a draft as text."""

    text = forms.CharField(
        label="Markdown",
        max_length=LONGEST_MARKDOWN,
        widget=forms.Textarea(attrs={"rows": 24, "class": "code", "dir": "auto", "spellcheck": "true"}),
        error_messages={"required": "There is no step in this text yet."},
    )


class PublishForm(WhyForm):
    """A new version.

    Args:
        place: of whoever publishes.
        procedure: of which; None for a new one.
        is_translation: whether it is one: its objective and its days are those of the original.
    """

    is_slight = forms.BooleanField(label="Nobody has to read it again", required=False)
    review_by = forms.DateField(
        label="Look at it again by", required=False, widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d")
    )

    def __init__(
        self,
        *arguments: Any,  # noqa: ANN401
        place: Place,
        procedure: Procedure | None,
        is_translation: bool = False,
        **settings: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*arguments, **settings)
        if is_translation:
            del self.fields["is_slight"], self.fields["review_by"]
            return
        current = procedure.objective if procedure else None
        self.fields["objective"] = ObjectiveField(place.member, place.team, current=current)
        if procedure is None:
            del self.fields["is_slight"]
        self.order_fields(("why", "objective", "review_by", "is_slight"))


class AnswerForm(forms.Form):
    """The answer to a proposal that isn't taken in."""

    words = WhyField(
        "An answer needs its why: say it in a sentence.", label="Your answer", longest=LONGEST_WORDS
    )


class LookAfterForm(forms.Form):
    """Who looks after a procedure, until when it holds, what it serves.

    Args:
        place: of whoever says it.
        procedure: which.
    """

    owner = forms.ChoiceField(label="Who looks after it")
    review_by = forms.DateField(
        label="Look at it again by", required=False, widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d")
    )

    def __init__(self, *arguments: Any, place: Place, procedure: Procedure, **settings: Any) -> None:  # noqa: ANN401
        super().__init__(*arguments, **settings)
        people = [(each.word, each.name) for each in members_for(place).filter(is_software=False)]
        self.fields["owner"] = forms.ChoiceField(
            label="Who looks after it", choices=people, initial=procedure.owner.word
        )
        self.fields["objective"] = ObjectiveField(place.member, place.team, current=procedure.objective)
        self.fields["review_by"].initial = procedure.review_by
        self.fields["language"] = written_in(procedure.language)
        self.order_fields(("owner", "review_by", "objective", "language"))


class UnclearForm(forms.Form):
    """What confused somebody at a step."""

    step = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput)
    words = forms.CharField(
        label="What confused you?", max_length=LONGEST_WORDS, required=False, widget=_area(2)
    )
    is_named = forms.BooleanField(label="With my name, so that they can ask me", required=False)
    language = forms.CharField(required=False, max_length=LONGEST_CODE, widget=forms.HiddenInput)


class QuestionsForm(forms.Form):
    """The questions after reading; the answers stand in an order that doesn't tell which is right.

    Args:
        questions: of the version.
    """

    def __init__(self, *arguments: Any, questions: Iterable[Question], **settings: Any) -> None:  # noqa: ANN401
        super().__init__(*arguments, **settings)
        for place, each in enumerate(questions):
            choices = sorted(
                ((str(number), answer) for number, answer in enumerate(each.answers)),
                key=lambda choice: choice[1].casefold(),
            )
            self.fields[f"answer-{place}"] = forms.ChoiceField(
                label=each.ask,
                choices=choices,
                widget=forms.RadioSelect,
                error_messages={"required": "Choose one of them."},
            )

    def answers(self) -> dict[int, int]:
        """The place of the chosen answer, by the place of the question."""
        return {int(name.partition("-")[2]): int(value) for name, value in self.cleaned_data.items()}
