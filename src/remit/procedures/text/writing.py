"""A procedure as Markdown: what people read in a file is read back the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from remit.procedures.text.document import Document, Question, Step

QUESTIONS: Final = "Was it understood?"
"""The heading above the questions."""
_SIGNS: Final = re.compile(r"([\\`*_\[\]<>&#!~|])")
_NUMBERED: Final = re.compile(r"^(\d+)([.)])(?=\s|$)")
_FIELD_AT_THE_START: Final = re.compile(r"^(why)(:)", re.IGNORECASE)


def write_markdown(document: Document) -> str:
    """The whole of it; `read_markdown` gives the same document back.

    Args:
        document: tidied.
    """
    parts = [f"# {_plain(document.title)}".rstrip(), _why(document.why)]
    if document.tags:
        parts.append(f"- tags: {', '.join(_plain(tag.replace(',', ' ')) for tag in document.tags)}")
    for place, step in enumerate(document.steps, 1):
        parts += [f"## {place}. {_plain(step.title)}".rstrip(), step.text, _why(step.why), _fields(step)]
    if document.questions:
        parts.append(f"# {QUESTIONS}")
        parts += _questions(document.questions)
    return "\n\n".join(part for part in parts if part) + "\n"


def _why(why: str) -> str:
    return f"**Why:** {_plain(why)}".rstrip()


def _fields(step: Step) -> str:
    said = []
    if step.minutes:
        said.append(f"- minutes: {step.minutes}")
    if step.is_checked:
        said.append("- checklist: yes")
    if step.remedy:
        said.append(f"- remedy: {_plain(step.remedy)}")
    if step.picture is not None:
        said.append(f"- picture: {step.picture} {_plain(step.alt)}".rstrip())
    said.append(f"- step: {step.key}")
    return "\n".join(said)


def _questions(questions: Iterable[Question]) -> Iterator[str]:
    for each in questions:
        yield f"## {_plain(each.ask)}".rstrip()
        marks = ("[x]" if place == each.right else "[ ]" for place in range(len(each.answers)))
        yield "\n".join(
            f"- {mark} {_plain(answer)}".rstrip() for mark, answer in zip(marks, each.answers, strict=True)
        )


def _plain(text: str) -> str:
    """A text that says to Markdown just what it says."""
    return _NUMBERED.sub(r"\1\\\2", _SIGNS.sub(r"\\\1", text))
