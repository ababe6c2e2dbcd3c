"""What a procedure says: values that a version, a draft and a Markdown file have in common."""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Self

from remit.procedures.text.tidying import tidy

LONGEST_TITLE: Final = 120
LONGEST_STEP_TITLE: Final = 200
LONGEST_WHY: Final = 1000
LONGEST_TEXT: Final = 5000
LONGEST_ALT: Final = 300
LONGEST_TAG: Final = 40
LONGEST_ANSWER: Final = 200
MOST_STEPS: Final = 60
MOST_TAGS: Final = 12
MOST_MINUTES: Final = 1440
MOST_QUESTIONS: Final = 3
MOST_ANSWERS: Final = 4
_UNSEEN: Final = frozenset({"Cc", "Cs"})
_KEY: Final = 4
"""Bytes of the key of a step."""


def one_line(text: str, longest: int) -> str:
    """A text of one line without what isn't seen, as a title or a why has it."""
    seen = "".join(sign for sign in text if sign.isspace() or unicodedata.category(sign) not in _UNSEEN)
    return " ".join(seen.split())[:longest].rstrip()


def new_key() -> str:
    """A key for a step that is new: it keeps it through all versions, wherever it stands."""
    return secrets.token_hex(_KEY)


@dataclass(frozen=True, slots=True)
class Step:
    """One step.

    Attributes:
        key: names it through all versions; unique in its procedure.
        title: what to do, in a line.
        text: how, in Markdown; "" where the title says it all.
        why: what it is for; never empty in a version.
        minutes: what it takes; 0 where nobody says.
        is_checked: whether it is ticked off on a checklist.
        remedy: kind of remedy that may be given here, as the charter has it; "" for none.
        picture: number of the picture; None without one.
        alt: what the picture shows, in words; never empty beside one in a version.
        follows: in a draft of a translation, the version of the original that its words follow; else 0.
    """

    key: str
    title: str = ""
    text: str = ""
    why: str = ""
    minutes: int = 0
    is_checked: bool = False
    remedy: str = ""
    picture: int | None = None
    alt: str = ""
    follows: int = 0

    def tidied(self) -> Self:
        """The same as it is kept: lines without odd spaces, text without headings above its own."""
        return replace(
            self,
            title=one_line(self.title, LONGEST_STEP_TITLE),
            text=tidy(self.text)[:LONGEST_TEXT],
            why=one_line(self.why, LONGEST_WHY),
            minutes=min(max(self.minutes, 0), MOST_MINUTES),
            remedy=one_line(self.remedy, 64),
            alt=one_line(self.alt, LONGEST_ALT) if self.picture is not None else "",
        )


@dataclass(frozen=True, slots=True)
class Question:
    """A question by which a reader sees whether it was understood.

    Attributes:
        ask: the question.
        answers: two to four.
        right: which of them is, from 0.
    """

    ask: str
    answers: tuple[str, ...]
    right: int


@dataclass(frozen=True, slots=True)
class Document:
    """All that a procedure says.

    Attributes:
        title: what it is called.
        why: what it is for; never empty in a version.
        steps: in their order.
        tags: words by which it is found, in small letters; the category of a complaint is one.
        questions: none, or two or three that are asked after reading.
        follows: in a draft of a translation, the version of the original that its title, its why and its
            questions follow; else 0.
    """

    title: str = ""
    why: str = ""
    steps: tuple[Step, ...] = ()
    tags: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    follows: int = 0

    def tidied(self) -> Self:
        """The same as it is kept."""
        tags = (one_line(tag.lower(), LONGEST_TAG) for tag in self.tags)
        return replace(
            self,
            title=one_line(self.title, LONGEST_TITLE),
            why=one_line(self.why, LONGEST_WHY),
            steps=tuple(step.tidied() for step in self.steps[:MOST_STEPS]),
            tags=tuple(dict.fromkeys(tag for tag in tags if tag))[:MOST_TAGS],
            questions=tuple(_tidied(each) for each in self.questions[:MOST_QUESTIONS]),
        )

    def step(self, key: str) -> Step | None:
        """The step of a key; None where it is not here."""
        return next((step for step in self.steps if step.key == key), None)

    def place(self, key: str) -> int:
        """Where a step stands, from 1; 0 where it is not here."""
        return next((place for place, step in enumerate(self.steps, 1) if step.key == key), 0)

    @property
    def checked(self) -> tuple[Step, ...]:
        """The steps that are ticked off on a checklist."""
        return tuple(step for step in self.steps if step.is_checked)

    @property
    def minutes(self) -> int:
        """What all steps take together; 0 where nobody says."""
        return sum(step.minutes for step in self.steps)

    @property
    def pictures(self) -> tuple[int, ...]:
        """Numbers of its pictures."""
        return tuple(step.picture for step in self.steps if step.picture is not None)

    def as_data(self) -> dict[str, Any]:
        """As JSON keeps it: what a step doesn't say isn't written."""
        return {
            "title": self.title,
            "why": self.why,
            "tags": list(self.tags),
            "steps": [_data_of(step) for step in self.steps],
            "questions": [
                {"ask": each.ask, "answers": list(each.answers), "right": each.right}
                for each in self.questions
            ],
            **({"follows": self.follows} if self.follows else {}),
        }

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Self:
        """From what `as_data` gave."""
        return cls(
            title=data["title"],
            why=data["why"],
            steps=tuple(Step(**each) for each in data["steps"]),
            tags=tuple(data["tags"]),
            questions=tuple(
                Question(each["ask"], tuple(each["answers"]), each["right"]) for each in data["questions"]
            ),
            follows=data.get("follows", 0),
        )


def _data_of(step: Step) -> dict[str, Any]:
    said = {name: getattr(step, name) for name in Step.__dataclass_fields__}
    return {name: value for name, value in said.items() if name == "key" or value not in ("", 0, None, False)}


def _tidied(question: Question) -> Question:
    answers: Sequence[str] = [one_line(each, LONGEST_ANSWER) for each in question.answers[:MOST_ANSWERS]]
    return Question(one_line(question.ask, LONGEST_STEP_TITLE), tuple(answers), question.right)
