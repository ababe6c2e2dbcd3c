"""HTML of a mail into lines that people can read.

nh3 parses it as browsers do, and throws away what isn't words; its answer is well-formed, so one pass over it
without recursion is enough. Nothing is fetched. What mail programs mark as quoted stays marked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import Final

import nh3

_BLOCKS: Final = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "thead",
        "tr",
        "ul",
    ]
)
_APART: Final = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "pre"])
_INLINE: Final = frozenset(
    [
        "a",
        "abbr",
        "b",
        "br",
        "code",
        "em",
        "font",
        "i",
        "img",
        "s",
        "span",
        "strong",
        "sub",
        "sup",
        "td",
        "th",
        "u",
    ]
)
_VOID: Final = frozenset({"br", "hr", "img"})
_UNREAD: Final = frozenset(
    ["script", "style", "title", "template", "noscript", "object", "svg", "math", "select", "textarea"]
)
_SCHEMES: Final = frozenset({"http", "https", "mailto", "tel", "cid"})
_CONTAINER: Final = re.compile(
    r"\b(?:gmail_attr|moz-cite-prefix|moz-forward-container|yahoo_quoted\w*|protonmail_quote|zmail_extra"
    r"|iosymail_quote|tutanota_quote|ms-outlook-mobile-reference-message|reply-intro|OLK_SRC_BODY_SECTION)\b"
)
_FROM_HERE_ON: Final = re.compile(r"(?:x_)*(?:divRplyFwdMsg|appendonsend|stopSpelling)$")
_RULE_OF_OUTLOOK: Final = re.compile(
    r"border:\s*none;\s*border-top:\s*solid\s*#(?:E1E1E1|B5C4DF)\s*1\.0pt", re.IGNORECASE
)
_HIDDEN: Final = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|mso-hide\s*:\s*all)", re.IGNORECASE)
_DEEPEST: Final = 1_000
"""Open elements. A parser looks through all of them for each that follows; what goes deeper isn't parsed."""

_LONG_RUN: Final = re.compile(r"[^<>]{4000}")
"""Text that the parser gets in pieces, a comment between them: one node of a text takes it the square of its
length, if there is much in it that has to be written as an entity."""

_TAG: Final = re.compile(r"<(/?)([a-z][a-z0-9]*)", re.IGNORECASE)
_ANY_TAG: Final = re.compile(r"<[^<>]*>?")
_CLOSED_BY_OTHERS: Final = frozenset(
    {
        "br",
        "col",
        "dd",
        "dt",
        "hr",
        "img",
        "input",
        "li",
        "link",
        "meta",
        "option",
        "p",
        "td",
        "th",
        "tr",
        "wbr",
    }
)
_TINY: Final = 3
"""Pixels of a side up to which a picture is there to be counted, not to be looked at."""

_LOGO: Final = 40
_LONGEST_ADDRESS: Final = 500


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a letter.

    Attributes:
        text: with `> ` before it for every quotation that it stands in.
        is_quoted: a mail program marked it as the words of an earlier mail.
        is_rest: an earlier mail begins here, and goes on to the end.
    """

    text: str
    is_quoted: bool = False
    is_rest: bool = False


@dataclass(frozen=True, slots=True)
class Plain:
    """What can be read of some HTML.

    Attributes:
        lines: in order.
        shown: Content-IDs of the pictures that it shows.
        ornaments: those of them that are too small to be looked at.
    """

    lines: tuple[Line, ...]
    shown: frozenset[str] = frozenset()
    ornaments: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Open:
    """An element that isn't closed yet."""

    tag: str
    cites: bool = False
    quotes: bool = False
    hides: bool = False
    address: str = ""
    words_before: int = 0


@dataclass(slots=True)
class _Written:
    """The lines so far."""

    lines: list[Line] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    wants_gap: bool = False
    starts_rest: bool = False


def plain_of(html: str) -> Plain:
    """The words of some HTML, with the addresses of links beside their words."""
    if _is_too_deep(html):
        text = unescape(_ANY_TAG.sub(" ", html)).replace("\x00", "")
        return Plain(tuple(Line(" ".join(each.split())) for each in text.splitlines() if each.strip()))
    clean = nh3.clean(
        _LONG_RUN.sub(r"\g<0><!---->", html.replace("\x00", "")),
        tags=set(_BLOCKS | _INLINE),
        clean_content_tags=set(_UNREAD),
        attributes={
            "*": {"class", "id", "style", "name", "type"},
            "a": {"href"},
            "img": {"src", "alt", "width", "height"},
        },
        url_schemes=set(_SCHEMES),
        link_rel=None,
    )
    writer = _Writer()
    writer.feed(clean)
    writer.close()
    return writer.plain()


def _is_too_deep(html: str) -> bool:
    """Whether more elements are open at once than in any letter that a person wrote."""
    depth = 0
    for found in _TAG.finditer(html):
        if found[2].lower() not in _CLOSED_BY_OTHERS:
            depth = max(depth - 1, 0) if found[1] else depth + 1
            if depth > _DEEPEST:
                return True
    return False


class _Writer(HTMLParser):
    """Well-formed HTML into lines."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[_Open] = []
        self._counts = {"cites": 0, "quotes": 0, "hides": 0, "pre": 0}
        self._out = _Written()
        self._lists: list[int | None] = []
        self._shown: set[str] = set()
        self._ornaments: set[str] = set()

    def plain(self) -> Plain:
        self._end_line()
        lines = self._out.lines
        while lines and not lines[-1].text.strip("> "):
            lines.pop()
        return Plain(tuple(lines), frozenset(self._shown), frozenset(self._ornaments))

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag in _BLOCKS:
            self._end_line()
            self._out.wants_gap |= tag in _APART
        if tag == "br":
            self._end_line(keeps_empty=True)
        elif tag == "hr":
            self._begins_rest(said)
        elif tag == "img":
            self._picture(said)
        if tag not in _VOID:
            self._enter(tag, said)

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID or not self._open:
            return
        closed = self._open.pop()
        if tag in _BLOCKS:
            self._end_line()
            self._out.wants_gap |= tag in _APART
        if closed.address:
            self._write_address(closed)
        if tag in {"ul", "ol"} and self._lists:
            self._lists.pop()
        self._count(closed, -1)

    def handle_data(self, data: str) -> None:
        if self._counts["hides"]:
            return
        if self._counts["pre"]:
            first, *others = data.split("\n")
            self._say(first)
            for each in others:
                self._end_line(keeps_empty=True)
                self._say(each)
        else:
            self._say(data)

    def _enter(self, tag: str, said: Mapping[str, str]) -> None:
        names = f"{said.get('class', '')} {said.get('id', '')}"
        cites = tag == "blockquote"
        quotes = (
            (cites and (said.get("type") == "cite" or "quote" in names))
            or _CONTAINER.search(names) is not None
            or said.get("name") == "quote"
        )
        opened = _Open(
            tag,
            cites=cites,
            quotes=quotes,
            hides=_HIDDEN.search(said.get("style", "")) is not None,
            address=said.get("href", "")[:_LONGEST_ADDRESS] if tag == "a" else "",
            words_before=len(self._out.words),
        )
        self._open.append(opened)
        self._count(opened, 1)
        self._begins_rest(said)
        if tag in {"ul", "ol"}:
            self._lists.append(0 if tag == "ol" else None)
        elif tag == "li":
            self._begin_item()
        elif tag in {"td", "th"}:
            self._say(" ")

    def _begin_item(self) -> None:
        if self._lists and (number := self._lists[-1]) is not None:
            self._lists[-1] = number + 1
            self._say(f"{number + 1}. ")
        else:
            self._say("- ")

    def _begins_rest(self, said: Mapping[str, str]) -> None:
        if _FROM_HERE_ON.match(said.get("id", "")) or _RULE_OF_OUTLOOK.search(said.get("style", "")):
            self._out.starts_rest = True

    def _count(self, each: _Open, by: int) -> None:
        self._counts["cites"] += by * each.cites
        self._counts["quotes"] += by * each.quotes
        self._counts["hides"] += by * each.hides
        self._counts["pre"] += by * (each.tag == "pre")

    def _say(self, words: str) -> None:
        if words:
            self._out.words.append(words)

    def _write_address(self, link: _Open) -> None:
        """The address of a link, unless its words say it already."""
        words = "".join(self._out.words[link.words_before :]).strip()
        address = link.address.removeprefix("mailto:").removeprefix("tel:")
        is_said = re.sub(r"^https?://|/$", "", address).lower() in words.lower()
        if not self._counts["hides"] and not is_said and not address.startswith(("#", "cid:")):
            self._say(f" ({address})" if words else f"({address})")

    def _picture(self, said: Mapping[str, str]) -> None:
        source = said.get("src", "")
        sides = [
            int(found[0])
            for each in ("width", "height")
            if (found := re.match(r"\d{1,6}", said.get(each, "")))
        ]
        if source.startswith("cid:"):
            content_id = source[4:].strip("<> ")
            self._shown.add(content_id)
            if sides and (min(sides) <= _TINY or (len(sides) == 2 and max(sides) <= _LOGO)):  # noqa: PLR2004 (both)
                self._ornaments.add(content_id)
        alt = " ".join(said.get("alt", "").split())[:200]
        if alt and not self._counts["hides"] and not (sides and min(sides) <= _TINY):
            self._say(f"[{alt}]")

    def _end_line(self, *, keeps_empty: bool = False) -> None:
        """Close the line that is being written; empty ones count only where they were wanted."""
        out = self._out
        said = "".join(out.words)
        text = said.rstrip() if self._counts["pre"] else " ".join(said.split())
        out.words.clear()
        for each in self._open:
            each.words_before = 0
        if not text and not keeps_empty:
            return
        if out.wants_gap and text and out.lines and out.lines[-1].text.strip("> "):
            self._add("")
        if text:
            out.wants_gap = False
        self._add(text)

    def _add(self, text: str) -> None:
        out, depth = self._out, min(self._counts["cites"], 20)
        prefix = "> " * depth
        line = Line(f"{prefix}{text}".rstrip(), self._counts["quotes"] > 0, out.starts_rest)
        out.starts_rest = False
        out.lines.append(line)
