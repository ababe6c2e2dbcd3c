"""The text of a step as it is kept: it can stand below any heading, and ends what it begins."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

LEVEL_OF_TEXT: Final = 4
"""A heading in the text of a step stands below that of the step, which is of level 3 on a page."""
_UNSEEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029\ufeff\ud800-\udfff]")


@cache
def parser() -> MarkdownIt:
    """CommonMark with tables and struck words; HTML is text, as people see it in what they typed."""
    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


def tidy(text: str) -> str:
    """The same text, with its headings below those of a step, and with a fence closed that is open.

    It means the same to a reader. Done twice, nothing more happens.
    """
    text = _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    for _ in range(_PASSES):
        tidied = _once(text)
        if tidied == text:
            break
        text = tidied
    return text


_PASSES: Final = 4


def _once(text: str) -> str:
    lines = text.split("\n")
    tokens = parser().parse(text)
    for place in reversed(range(len(tokens))):
        token = tokens[place]
        if token.type == "heading_open" and token.level == 0 and int(token.tag[1]) < LEVEL_OF_TEXT:
            start, end = token.map or (0, 0)
            words = " ".join(tokens[place + 1].content.split())
            lines[start:end] = [f"{'#' * LEVEL_OF_TEXT} {words}".rstrip()]
    if tokens and _is_open(tokens[-1], lines):
        lines.append(tokens[-1].markup)
    return "\n".join(lines).strip()


def _is_open(token: Token, lines: list[str]) -> bool:
    """Whether a fence ends only because the text does."""
    if token.type != "fence" or token.level:
        return False
    start, end = token.map or (0, 0)
    last = lines[end - 1].strip() if end - start > 1 else ""
    is_closed = bool(last) and set(last) == {token.markup[0]} and len(last) >= len(token.markup)
    return not is_closed
