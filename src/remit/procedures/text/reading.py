"""Markdown into a procedure: headings are steps, what follows *Why:* is the why.

Whatever somebody brings along becomes a draft: what is missing is asked for in the editor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any, Final

from markdown_it.token import Token

from remit.procedures.text.document import MOST_MINUTES, Document, Question, Step, new_key
from remit.procedures.text.tidying import parser
from remit.procedures.text.writing import QUESTIONS

_WHY: Final = re.compile(r"^\s*why\s*:\s*", re.IGNORECASE)
_NUMBER: Final = re.compile(r"^\d+[.)](?:\s+|$)")
_FIELD: Final = re.compile(r"^(\w+)\s*:\s*(.*)$", re.DOTALL)
_MARK: Final = re.compile(r"^\[([ xX])\]\s*")
_KEY: Final = re.compile(r"^[0-9a-f]{1,32}$")
_FRONT: Final = re.compile(r"\A---\n(.*?)\n---(?:\n|\Z)", re.DOTALL)
_DIGITS: Final = 9
_ALIKE: Final = 0.6
"""From this likeness of two titles on they name the same step."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A heading and what stands below it: its tokens of the top, and its lines."""

    level: int
    heading: str
    tokens: Sequence[Token]
    lines: Sequence[str]
    start: int


def read_markdown(text: str, known: Document | None = None) -> Document:
    """A procedure as it is written in Markdown.

    Args:
        text: of the file.
        known: what the procedure said before: a step without a key of its own is the one there whose title
            is the same, or nearly so.

    Returns:
        tidied; what the text doesn't say is empty.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    front: dict[str, str] = {}
    if found := _FRONT.match(text):
        front = {key.lower(): value for key, value in _pairs(found[1].split("\n"))}
        text = text[found.end() :]
    parts, level = _parts(text)
    top = [part for part in parts if part.level == 1]
    head, fields = _described(top[0] if top and top[0] is parts[0] else _nothing(parts))
    title = top[0].heading if top else ""
    at = next((place for place, part in enumerate(parts) if place and _begins_questions(part)), len(parts))
    steps = [_step(part) for part in parts[:at] if part.level == level]
    document = Document(
        title=front.get("title") or title,
        why=front.get("why") or head.why or head.text,
        steps=_keyed(steps, known),
        tags=tuple(filter(None, re.split(r"\s*,\s*", front.get("tags") or fields.get("tags", "")))),
        questions=tuple(_question(part) for part in parts[at + 1 :] if _answers(part)),
    )
    return document.tidied()


def _begins_questions(part: _Part) -> bool:
    return part.level == 1 and part.heading == QUESTIONS


def _level_of_steps(levels: Sequence[int]) -> int:
    """Usually 2; where a file has several headings of the first level only, those are its steps."""
    below = [level for level in levels if level > 1]
    return min(below, default=1 if len(levels) > 1 else 2)


def _nothing(parts: Sequence[_Part]) -> _Part:
    """What stands above the first heading, or nothing."""
    return parts[0] if parts and parts[0].level == 0 else _Part(0, "", (), (), 0)


def _pairs(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        key, colon, value = line.partition(":")
        if colon:
            yield key.strip(), value.strip().strip("[]\"'")


def _parts(text: str) -> tuple[list[_Part], int]:
    """The text cut at the headings of its steps, and of which level those are; deeper ones are their text."""
    lines = text.split("\n")
    tokens = parser().parse(text)
    headings = [
        (place, int(token.tag[1]))
        for place, token in enumerate(tokens)
        if token.type == "heading_open" and token.level == 0
    ]
    level = _level_of_steps([each for _, each in headings])
    return list(_cut(tokens, lines, [place for place, each in headings if each <= level])), level


def _cut(tokens: Sequence[Token], lines: Sequence[str], cuts: Sequence[int]) -> Iterator[_Part]:
    first = cuts[0] if cuts else len(tokens)
    if first:
        end = (tokens[first].map or [0, 0])[0] if cuts else len(lines)
        yield _Part(0, "", tokens[:first], lines[:end], 0)
    for cut, following in zip(cuts, [*cuts, len(tokens)][1:], strict=True):
        start = (tokens[cut].map or [0, 0])[1]
        end = (tokens[following].map or [0, 0])[0] if following < len(tokens) else len(lines)
        inline = tokens[cut + 1]
        heading = _words(inline)
        if _NUMBER.match(inline.content.strip()):
            heading = _NUMBER.sub("", heading)
        yield _Part(int(tokens[cut].tag[1]), heading, tokens[cut + 3 : following], lines[start:end], start)


def _words(inline: Token) -> str:
    """What a line of Markdown says, without its marks."""
    breaks = {"softbreak", "hardbreak"}
    return "".join(" " if each.type in breaks else each.content for each in inline.children or ()).strip()


@dataclass(frozen=True, slots=True)
class _Said:
    why: str
    text: str


def _described(part: _Part) -> tuple[_Said, dict[str, str]]:
    """What a part says: its why, its text above that, and the fields below it."""
    at = _place_of_why(part.tokens)
    if at is None:
        place, fields = _last_list(part)
        return _Said("", _lines(part, place)), fields
    token = part.tokens[at]
    start = (token.map or [0, 0])[0]
    why = _WHY.sub("", _words(part.tokens[at + 1]), count=1)
    text = "\n".join(part.lines[: start - part.start])
    below = _Part(part.level, "", part.tokens[at + 3 :], part.lines, part.start)
    return _Said(why, text), dict(_items(below.tokens))


def _place_of_why(tokens: Sequence[Token]) -> int | None:
    """The last paragraph of the top that begins with *Why:*."""
    for place in reversed(range(len(tokens) - 1)):
        token = tokens[place]
        if token.type == "paragraph_open" and token.level == 0 and _WHY.match(_words(tokens[place + 1])):
            return place
    return None


def _last_list(part: _Part) -> tuple[int | None, dict[str, str]]:
    """The list at the end, where it holds fields: its first line, and what it says."""
    opened = [
        (place, token)
        for place, token in enumerate(part.tokens)
        if token.type == "bullet_list_open" and token.level == 0
    ]
    if not opened or not part.tokens or part.tokens[-1].type != "bullet_list_close":
        return None, {}
    place, token = opened[-1]
    fields = dict(_items(part.tokens[place:]))
    if not fields or not fields.keys() <= _KNOWN:
        return None, {}
    return (token.map or [0, 0])[0], fields


_KNOWN: Final = {"minutes", "checklist", "remedy", "picture", "step", "tags"}


def _lines(part: _Part, end: int | None) -> str:
    return "\n".join(part.lines if end is None else part.lines[: end - part.start])


def _items(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """The fields of lists: `minutes: 5`."""
    for token in tokens:
        if token.type == "inline" and (found := _FIELD.match(_words(token))):
            yield found[1].lower(), found[2].strip()


def _step(part: _Part) -> Step:
    said, fields = _described(part)
    number, _, alt = fields.get("picture", "").partition(" ")
    key = fields.get("step", "")
    minutes = _number(fields.get("minutes", ""))
    return Step(
        key=key if _KEY.match(key) else "",
        title=part.heading,
        text=said.text,
        why=said.why,
        minutes=min(minutes or 0, MOST_MINUTES),
        is_checked=fields.get("checklist", "").lower() in {"yes", "true", "x"},
        remedy=fields.get("remedy", ""),
        picture=_number(number),
        alt=alt.strip(),
    )


def _number(text: str) -> int | None:
    digits = text.split(maxsplit=1)[0] if text.split() else ""
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= _DIGITS else None


def _keyed(steps: Sequence[Step], known: Document | None) -> tuple[Step, ...]:
    """The steps, each with a key of its own."""
    taken: set[str] = set()
    keyed: list[Step] = []
    for step in steps:
        is_twice = step.key in taken
        keyed.append(replace(step, key="" if is_twice else step.key))
        taken.add(step.key)
    free = [step for step in (known.steps if known else ()) if step.key not in taken]
    for place, step in enumerate(keyed):
        if not step.key:
            same = _same(step, free)
            free = [each for each in free if each is not same]
            keyed[place] = replace(step, key=same.key if same else new_key())
    return tuple(keyed)


def _same(step: Step, free: Sequence[Step]) -> Step | None:
    """The step of before that is the likeliest to be this one."""
    likeness = [(SequenceMatcher(None, step.title, each.title).ratio(), each) for each in free]
    best: tuple[float, Any] = max(likeness, key=lambda each: each[0], default=(0.0, None))
    return best[1] if best[0] >= _ALIKE else None


def _answers(part: _Part) -> list[tuple[bool, str]]:
    """The answers below a question, and which is right."""
    found = []
    for place, token in enumerate(part.tokens):
        if token.type == "inline" and part.tokens[place - 1].type == "paragraph_open" and token.level > 1:
            words = _words(token)
            if mark := _MARK.match(words):
                found.append((mark[1] != " ", words[mark.end() :]))
    return found


def _question(part: _Part) -> Question:
    answers = _answers(part)
    right = next((place for place, (is_right, _) in enumerate(answers) if is_right), 0)
    return Question(part.heading, tuple(words for _, words in answers), right)
