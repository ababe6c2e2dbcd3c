"""A translation beside its original: the same steps in the same order, with the words of another language.

Only words are translated. What a step takes, whether it is ticked off, what may be given, its picture and its
place are those of the original, always: nobody does otherwise because they read in another language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from remit.procedures.text.difference import Difference, StepChange, difference
from remit.procedures.text.document import Document, Question, Step

WORDS: Final = ("title", "text", "why", "alt")
"""Parts of a step that are translated."""
_AROUND: Final = frozenset({"title", "why", "questions"})


def fitted(original: Document, words: Document) -> Document:
    """A translation in the form of its original; what isn't translated yet is empty.

    Args:
        original: whose steps, pictures, times and tags stand.
        words: of the other language, by the keys of the steps.
    """
    questions = [
        _asked(each, words.questions[place] if place < len(words.questions) else None)
        for place, each in enumerate(original.questions)
    ]
    return replace(
        original,
        title=words.title,
        why=words.why,
        steps=tuple(_worded(step, words.step(step.key)) for step in original.steps),
        questions=tuple(questions),
        follows=words.follows,
    )


def _worded(step: Step, words: Step | None) -> Step:
    if words is None:
        return replace(step, title="", text="", why="", alt="", follows=0)
    alt = words.alt if step.picture is not None else ""
    return replace(step, title=words.title, text=words.text, why=words.why, alt=alt, follows=words.follows)


def _asked(question: Question, words: Question | None) -> Question:
    return Question(words.ask if words else "", words.answers if words else (), question.right)


def keyed_as(original: Document, words: Document) -> Document:
    """A text that came without keys: as many steps as the original has are its steps, in their order."""
    known = {step.key for step in original.steps}
    if len(words.steps) != len(original.steps) or any(step.key in known for step in words.steps):
        return words
    pairs = zip(original.steps, words.steps, strict=True)
    return replace(words, steps=tuple(replace(step, key=each.key) for each, step in pairs))


def followed(
    before: Document, after: Document, number: int, *, still: frozenset[str] = frozenset()
) -> Document:
    """What was said anew follows the original as it is now; so does what is said to hold still.

    Args:
        before: what the draft said.
        after: what somebody made of it.
        number: of the version of the original that they had beside it.
        still: keys of the steps that say the same as the original still; "" for name, why and questions.
    """
    steps = []
    for step in after.steps:
        old = before.step(step.key)
        is_new = any(getattr(step, name) != getattr(old, name, "") for name in WORDS)
        kept = old.follows if old is not None else 0
        steps.append(replace(step, follows=number if is_new or step.key in still else kept))
    around = any(getattr(before, name) != getattr(after, name) for name in _AROUND)
    return replace(after, steps=tuple(steps), follows=number if around or "" in still else before.follows)


def all_following(words: Document, number: int) -> Document:
    """The same, all of it following one version of the original."""
    return replace(words, follows=number, steps=tuple(replace(step, follows=number) for step in words.steps))


@dataclass(frozen=True, slots=True)
class Behind:
    """What of an original says something else since it was translated.

    Attributes:
        steps: by their keys, what became of those whose words changed, and of those that are new.
        around: names of what else changed: its title, its why, its questions.
    """

    steps: Mapping[str, StepChange]
    around: frozenset[str]

    def __bool__(self) -> bool:
        """Whether anything is."""
        return bool(self.steps or self.around)


def behind(translated: Document, original: Document) -> Behind:
    """What changed from the version that was translated to the one that holds.

    Where only the order, a time, a picture or a step that was taken out is otherwise, nothing has to be
    translated again: all that is the original's own.
    """
    changes = difference(translated, original)
    return Behind(
        {each.key: each for each in changes.steps if _is_said_anew(each)},
        frozenset(part.name for part in changes.parts) & _AROUND,
    )


def _is_said_anew(change: StepChange) -> bool:
    return change.how == "added" or any(part.name in WORDS for part in change.parts)


def changed_since(words: Document, original: Document, versions: Mapping[int, Document]) -> Behind:
    """What a draft of a translation has to say anew.

    Args:
        words: what the draft says.
        original: the version that stands beside it.
        versions: of the original, by their numbers; all that `words` follows.
    """
    since: dict[int, Difference] = {
        number: difference(document, original) for number, document in versions.items()
    }
    steps = {}
    for step in words.steps:
        for change in since[step.follows].steps if step.follows in since else ():
            if change.key == step.key and _is_said_anew(change):
                steps[step.key] = change
    around = since[words.follows].parts if words.follows in since else ()
    return Behind(steps, frozenset(part.name for part in around) & _AROUND)


def missing_in_words(original: Document, words: Document, late: Behind) -> Sequence[str]:
    """What stands in the way of publishing a translation, in sentences; empty where nothing does."""
    missing = []
    if not words.title:
        missing.append("Its name isn’t translated yet.")
    if not words.why:
        missing.append("What it is for isn’t translated yet.")
    if late.around:
        missing.append("Its name, its why or its questions changed: translate them, or say that they hold.")
    for place, step in enumerate(original.steps, 1):
        said = words.step(step.key) or Step(step.key)
        empty = [_NAMES[name] for name in WORDS if getattr(step, name) and not getattr(said, name)]
        if empty:
            missing.append(f"Step {place}: not translated yet: {', '.join(empty)}.")
        elif step.key in late.steps:
            missing.append(f"Step {place} changed: translate what is new, or say that it holds.")
    for place, question in enumerate(original.questions, 1):
        said_there = words.questions[place - 1] if place <= len(words.questions) else Question("", (), 0)
        answers = [each for each in said_there.answers if each]
        if not said_there.ask or len(answers) != len(question.answers):
            missing.append(f"Question {place}: it needs its {len(question.answers)} answers, too.")
    return missing


_NAMES: Final = {"title": "what to do", "text": "how", "why": "why", "alt": "what the picture shows"}
