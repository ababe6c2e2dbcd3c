"""The editor of a procedure: one form a step, all in one, so that it works without scripts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Self

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from remit.core.clean_files import PICTURES, CleanFile, clean_files
from remit.core.errors import Refusal
from remit.core.why_form import WhyField
from remit.procedures.forms.answers import AnswersField
from remit.procedures.text.document import (
    LONGEST_ALT,
    LONGEST_STEP_TITLE,
    LONGEST_TEXT,
    LONGEST_TITLE,
    LONGEST_WHY,
    MOST_MINUTES,
    MOST_QUESTIONS,
    MOST_STEPS,
    Document,
    Question,
    Step,
)
from remit.procedures.vocabulary import REMEDIES

_KEY: Final = 32
_HEX: Final = frozenset("0123456789abcdef")


def _text(label: str, longest: int, rows: int, **settings: Any) -> forms.CharField:  # noqa: ANN401
    area = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
    return forms.CharField(label=label, max_length=longest, required=False, widget=area, **settings)


class HeadForm(forms.Form):
    """What a procedure says about itself. Nothing is required in a draft."""

    title = forms.CharField(label="What it is called", max_length=LONGEST_TITLE, required=False)
    why = WhyField(label="Why it is done", longest=LONGEST_WHY, beside=("title",))
    tags = forms.CharField(label="Tags", max_length=600, required=False)

    def clean_tags(self) -> tuple[str, ...]:
        """As words."""
        return tuple(word.strip() for word in self.cleaned_data["tags"].split(",") if word.strip())


class PictureField(forms.FileField):
    """A picture, looked at and made harmless."""

    def clean(self, data: Any, initial: Any = None) -> CleanFile | None:  # noqa: ANN401, ARG002
        """The picture; None where none was sent.

        Raises:
            ValidationError: too large, damaged, or no picture.
        """
        if not data:
            return None
        try:
            (clean,) = clean_files([data], field="picture")
        except Refusal as refusal:
            raise ValidationError(str(refusal), code=refusal.code) from refusal
        if clean.content_type == "application/pdf":
            raise ValidationError(f"{clean.name} is a PDF. Choose a picture: JPEG, PNG or WebP.")
        return clean


class StepForm(forms.Form):
    """One step. `kept` is the picture that it has already."""

    title = forms.CharField(label="What to do", max_length=LONGEST_STEP_TITLE, required=False)
    text = _text("How", LONGEST_TEXT, 3)
    why = WhyField(longest=LONGEST_WHY, beside=("title", "text"))
    minutes = forms.IntegerField(label="Minutes", min_value=0, max_value=MOST_MINUTES, required=False)
    is_checked = forms.BooleanField(label="Tick it off on a checklist", required=False)
    remedy = forms.ChoiceField(
        label="What may be given here", choices=[("", "nothing"), *REMEDIES], required=False
    )
    picture = PictureField(
        label="Picture", required=False, widget=forms.FileInput(attrs={"accept": PICTURES})
    )
    kept = forms.IntegerField(
        min_value=1, max_value=10**15, required=False, widget=forms.HiddenInput, label="Picture that is kept"
    )
    without = forms.BooleanField(label="Take the picture out", required=False)
    alt = forms.CharField(label="What the picture shows", max_length=LONGEST_ALT, required=False)


class QuestionForm(forms.Form):
    """A question after reading; the right answer stands first, and is shown anywhere."""

    ask = forms.CharField(label="Question", max_length=LONGEST_STEP_TITLE, required=False)
    answers = AnswersField("Answers, one a line, the right one first")


@dataclass(frozen=True, slots=True)
class StepPart:
    """A step in the editor.

    Attributes:
        key: of the step.
        form: of it.
        picture: number of the picture that it has; None for none.
    """

    key: str
    form: StepForm
    picture: int | None


@dataclass(frozen=True, slots=True)
class Editor:
    """All forms of a draft."""

    head: HeadForm
    steps: Sequence[StepPart]
    questions: Sequence[QuestionForm]

    @classmethod
    def of(cls, document: Document) -> Self:
        """To begin with: what the draft says."""
        head = HeadForm(
            initial={"title": document.title, "why": document.why, "tags": ", ".join(document.tags)}
        )
        steps = [StepPart(step.key, _form_of(step), step.picture) for step in document.steps]
        asked = [_initial_of(each) for each in document.questions]
        asked += [{}] * (MOST_QUESTIONS - len(asked))
        questions = [
            QuestionForm(prefix=f"question-{place}", initial=each) for place, each in enumerate(asked)
        ]
        return cls(head, steps, questions)

    @classmethod
    def sent(cls, data: QueryDict, files: MultiValueDict[str, Any]) -> Self:
        """What somebody sent."""
        keys = dict.fromkeys(key for key in data.getlist("step") if _is_key(key))
        forms_of_steps = {key: StepForm(data, files, prefix=key) for key in list(keys)[:MOST_STEPS]}
        steps = [StepPart(key, form, _kept(form)) for key, form in forms_of_steps.items()]
        questions = [QuestionForm(data, prefix=f"question-{place}") for place in range(MOST_QUESTIONS)]
        return cls(HeadForm(data), steps, questions)

    def is_valid(self) -> bool:
        """Whether all of it can be kept; each form says what can't."""
        every = [self.head, *(part.form for part in self.steps), *self.questions]
        return [form.is_valid() for form in every].count(False) == 0

    @property
    def wrong(self) -> Sequence[tuple[str, str]]:
        """Where something that was sent can't be kept: the anchor of the part, and how it is called."""
        steps = [(f"step-{each.key}", f"step {place}", each.form) for place, each in enumerate(self.steps, 1)]
        questions = [("questions", f"question {place}", each) for place, each in enumerate(self.questions, 1)]
        parts = [("about", "what it is called", self.head), *steps, *questions]
        return [(anchor, words) for anchor, words, form in parts if form.is_bound and form.errors]

    def pictures(self) -> Mapping[str, CleanFile]:
        """New pictures that can be taken, by the key of their step, whatever is wrong elsewhere."""
        found = {}
        for part in self.steps:
            part.form.is_valid()
            if picture := part.form.cleaned_data.get("picture"):
                found[part.key] = picture
        return found

    def with_pictures(self, kept: Mapping[str, int]) -> Self:
        """The same, with pictures that were kept meanwhile.

        Args:
            kept: their numbers, by the key of their step.
        """
        steps = [replace(part, picture=kept.get(part.key, part.picture)) for part in self.steps]
        return replace(self, steps=steps)

    def document(self) -> Document:
        """What the forms say together; they have to be valid."""
        head = self.head.cleaned_data
        questions = [each.cleaned_data for each in self.questions]
        return Document(
            title=head["title"],
            why=head["why"],
            tags=head["tags"],
            steps=tuple(_step_of(part) for part in self.steps),
            questions=tuple(
                Question(each["ask"], each["answers"], 0)
                for each in questions
                if each["ask"] or each["answers"]
            ),
        )


def _is_key(key: str) -> bool:
    return 0 < len(key) <= _KEY and _HEX.issuperset(key)


def _kept(form: StepForm) -> int | None:
    """The picture that a step has, by what was sent."""
    form.is_valid()
    number: int | None = form.cleaned_data.get("kept")
    return None if form.cleaned_data.get("without") else number


def _form_of(step: Step) -> StepForm:
    initial = {
        "title": step.title,
        "text": step.text,
        "why": step.why,
        "minutes": step.minutes or None,
        "is_checked": step.is_checked,
        "remedy": step.remedy,
        "alt": step.alt,
        "kept": step.picture,
    }
    return StepForm(prefix=step.key, initial=initial)


def _initial_of(question: Question) -> dict[str, str]:
    answers = list(question.answers)
    right = answers[question.right : question.right + 1]
    others = [each for place, each in enumerate(answers) if place != question.right]
    return {"ask": question.ask, "answers": "\n".join([*right, *others])}


def _step_of(part: StepPart) -> Step:
    said = part.form.cleaned_data
    return Step(
        key=part.key,
        title=said["title"],
        text=said["text"],
        why=said["why"],
        minutes=said["minutes"] or 0,
        is_checked=said["is_checked"],
        remedy=said["remedy"],
        picture=part.picture,
        alt=said["alt"],
    )
