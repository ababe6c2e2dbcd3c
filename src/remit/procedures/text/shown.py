"""Markdown as a page shows it: only what is harmless, and headings below that of the step."""

from __future__ import annotations

from typing import Final

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it.token import Token

from remit.procedures.text.tidying import LEVEL_OF_TEXT, parser

_TAGS: Final = {
    "p", "br", "hr", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a",
    "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_DEEPEST: Final = 6


def shown(text: str) -> SafeString:
    """The HTML of a text in Markdown.

    Pictures that stand elsewhere become the words that say what they show: a page loads nothing from outside,
    and a picture of a step stands beside its text. Links lead to pages only, and say nothing of where from.
    """
    tokens = [_lowered(token) for token in parser().parse(text)]
    html = str(parser().renderer.render(tokens, parser().options, {}))
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer",
    )
    return mark_safe(clean)  # noqa: S308 (nh3 left only what is harmless)  # nosec B308, B703


def _lowered(token: Token) -> Token:
    if token.type in {"heading_open", "heading_close"}:
        token.tag = f"h{min(max(int(token.tag[1]), LEVEL_OF_TEXT), _DEEPEST)}"
    for child in token.children or ():
        if child.type == "image":
            child.type, child.children = "text", None
    return token
