"""The editor of a translation: beside each part of the original a field for its words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

from django import forms
from django.http import QueryDict
from django.utils.safestring import SafeString

from remit.core.why_form import WhyField
from remit.procedures.forms.answers import AnswersField
from remit.procedures.text.difference import StepChange
from remit.procedures.text.document import (
    LONGEST_ALT,
    LONGEST_STEP_TITLE,
    LONGEST_TEXT,
    LONGEST_TITLE,
    LONGEST_WHY,
    Document,
    Question,
    Step,
)
from remit.procedures.text.languages import LANGUAGES, Language
from remit.procedures.text.shown import shown
from remit.procedures.text.translating import Behind

_HOLDS: Final = "It holds as it is, though the original changed"


class LanguageForm(forms.Form):
    """Into which language a procedure is translated.

    Args:
        own: code of the language in which it is written.
    """

    language = forms.ChoiceField(
        label="Language",
        error_messages={"required": "Choose the language.", "invalid_choice": "Choose one of the list."},
    )

    def __init__(self, *arguments: Any, own: str, **settings: Any) -> None:  # noqa: ANN401
        super().__init__(*arguments, **settings)
        self.fields["language"] = _choice("Language", [("", "Choose one")], without=own)


def written_in(initial: str) -> forms.ChoiceField:
    """The field that says in which language a procedure is written.

    Args:
        initial: code of the one to begin with.
    """
    return _choice("Written in", [], initial=initial)


def _choice(
    label: str, first: Sequence[tuple[str, str]], *, without: str = "", initial: str = ""
) -> forms.ChoiceField:
    known = [(code, each.said) for code, each in LANGUAGES.items() if code != without]
    if initial and initial not in LANGUAGES:
        known.insert(0, (initial, initial))
    return forms.ChoiceField(
        label=label,
        choices=[*first, *known],
        initial=initial or None,
        error_messages={"required": "Choose the language.", "invalid_choice": "Choose one of the list."},
    )


class _Words(forms.Form):
    """Fields that are typed in a language.

    Args:
        language: which.
    """

    still = forms.BooleanField(label=_HOLDS, required=False)

    def __init__(self, *arguments: Any, language: Language, **settings: Any) -> None:  # noqa: ANN401
        super().__init__(*arguments, **settings)
        for name, field in self.fields.items():
            if name != "still":
                field.widget.attrs |= {"lang": language.code, "dir": language.runs}


class AroundForm(_Words):
    """What a procedure is called, and what it is for."""

    title = forms.CharField(label="What it is called", max_length=LONGEST_TITLE, required=False)
    why = WhyField(label="Why it is done", longest=LONGEST_WHY, beside=("title",))


class StepWordsForm(_Words):
    """The words of a step."""

    title = forms.CharField(label="What to do", max_length=LONGEST_STEP_TITLE, required=False)
    text = forms.CharField(
        label="How", max_length=LONGEST_TEXT, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    why = WhyField(longest=LONGEST_WHY, beside=("title", "text"))
    alt = forms.CharField(label="What the picture shows", max_length=LONGEST_ALT, required=False)


class QuestionWordsForm(_Words):
    """The words of a question after reading, and of its answers in the same order."""

    ask = forms.CharField(label="Question", max_length=LONGEST_STEP_TITLE, required=False)
    answers = AnswersField("Answers, one a line, in the same order")


@dataclass(frozen=True, slots=True)
class StepBeside:
    """A step of the original, and the form of its words.

    Attributes:
        step: of the original.
        place: from 1.
        text: of the original, its Markdown as HTML.
        change: what of the original changed since it was translated; None for nothing.
        form: of its words.
    """

    step: Step
    place: int
    text: SafeString
    change: StepChange | None
    form: StepWordsForm


@dataclass(frozen=True, slots=True)
class QuestionBeside:
    """A question of the original, and the form of its words."""

    question: Question
    form: QuestionWordsForm


@dataclass(frozen=True, slots=True)
class TranslationEditor:
    """All forms of a translation, beside its original.

    Attributes:
        original: the version that it says again.
        around: for name and why.
        is_late_around: whether name, why or questions of the original changed since.
        steps: each beside its original.
        questions: each beside its original.
    """

    original: Document
    around: AroundForm
    is_late_around: bool
    steps: Sequence[StepBeside]
    questions: Sequence[QuestionBeside]

    @classmethod
    def of(
        cls,
        original: Document,
        words: Document,
        late: Behind,
        language: Language,
        sent: QueryDict | None = None,
    ) -> Self:
        """To begin with, or as it was sent.

        Args:
            original: the version that is translated.
            words: what the draft says.
            late: what of the original changed since.
            language: of the words.
            sent: None to begin with.
        """
        initial = {"title": words.title, "why": words.why}
        around = AroundForm(sent, initial=initial, language=language, prefix="around")
        known = set(sent.getlist("step")) if sent is not None else None
        steps = [
            StepBeside(
                step,
                place,
                shown(step.text),
                late.steps.get(step.key),
                _step_form(step, words, language, sent),
            )
            for place, step in enumerate(original.steps, 1)
            if known is None or step.key in known
        ]
        questions = [
            QuestionBeside(each, _question_form(place, words, language, sent))
            for place, each in enumerate(original.questions)
        ]
        return cls(original, around, bool(late.around), steps, questions)

    def _forms(self) -> Iterable[_Words]:
        return (self.around, *(each.form for each in self.steps), *(each.form for each in self.questions))

    def is_valid(self) -> bool:
        """Whether all of it can be kept; each form says what can't."""
        return [form.is_valid() for form in self._forms()].count(False) == 0

    def document(self) -> Document:
        """The words; the forms have to be valid."""
        said = self.around.cleaned_data
        asked = [(each.question, each.form.cleaned_data) for each in self.questions]
        return Document(
            title=said["title"],
            why=said["why"],
            steps=tuple(_words_of(each) for each in self.steps),
            questions=tuple(Question(words["ask"], words["answers"], each.right) for each, words in asked),
        )

    def still(self) -> frozenset[str]:
        """Keys of the steps that hold though the original changed; "" for name, why and questions."""
        keys = {each.step.key for each in self.steps if each.form.cleaned_data["still"]}
        return frozenset(keys | ({""} if self.around.cleaned_data["still"] else set()))


def _step_form(step: Step, words: Document, language: Language, sent: QueryDict | None) -> StepWordsForm:
    said = words.step(step.key) or Step(step.key)
    initial = {"title": said.title, "text": said.text, "why": said.why, "alt": said.alt}
    form = StepWordsForm(sent, initial=initial, language=language, prefix=step.key)
    if step.picture is None:
        del form.fields["alt"]
    return form


def _question_form(
    place: int, words: Document, language: Language, sent: QueryDict | None
) -> QuestionWordsForm:
    said = words.questions[place] if place < len(words.questions) else Question("", (), 0)
    initial = {"ask": said.ask, "answers": "\n".join(said.answers)}
    return QuestionWordsForm(sent, initial=initial, language=language, prefix=f"question-{place}")


def _words_of(part: StepBeside) -> Step:
    said = part.form.cleaned_data
    return Step(
        key=part.step.key,
        title=said["title"],
        text=said["text"],
        why=said["why"],
        picture=part.step.picture,
        alt=said.get("alt", ""),
    )
