"""The pages of the documentation as data: what they run, where they lead, which places they offer."""

import re
import subprocess
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"

_MARKDOWN = MarkdownIt("commonmark").enable("table")


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, the words after it (`no-run`, `exit=2`), its text, where that begins."""

    language: str
    words: tuple[str, ...]
    text: str
    line: int

    @property
    def runs(self) -> bool:
        """Whether it is run at all."""
        return self.language in {"console", "python"} and "no-run" not in self.words

    @property
    def exit_code(self) -> int:
        """What the commands of a console block end with."""
        return next((int(word.removeprefix("exit=")) for word in self.words if word.startswith("exit=")), 0)


@dataclass(frozen=True)
class Command:
    """A command of a console block, the output shown below it, and the line where it stands."""

    typed: str
    shown: tuple[str, ...]
    line: int


@cache
def pages() -> tuple[Path, ...]:
    """Every Markdown file of the project."""
    return (*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md")))


def named(page: Path) -> str:
    """A page as people name it."""
    return page.relative_to(ROOT).as_posix() if page.is_relative_to(ROOT) else page.name


def blocks(text: str) -> Iterator[Block]:
    """The fenced blocks of a page, in order."""
    for token in _MARKDOWN.parse(text):
        if token.type == "fence" and token.map is not None:
            language, *words = [*token.info.split(), ""]
            yield Block(language, tuple(filter(None, words)), token.content, token.map[0] + 2)


def commands(block: Block) -> Iterator[Command]:
    """The commands of a console block: `$ remit …`, continued on lines that start with `> `."""
    typed, shown, start = "", [], 0
    for number, line in enumerate(block.text.splitlines(), block.line):
        if line.startswith("$ "):
            if typed:
                yield Command(typed, tuple(shown), start)
            typed, shown, start = line.removeprefix("$ "), [], number
        elif typed.endswith("\\") and line.startswith("> "):
            typed = f"{typed}\n{line.removeprefix('> ')}"
        else:
            shown.append(line)
    if typed:
        yield Command(typed, tuple(shown), start)


def links(text: str) -> Iterator[tuple[str, int]]:
    """Where the links and pictures of a page lead, with the line where they stand."""
    for token in _MARKDOWN.parse(text):
        for inner in token.children or ():
            target = inner.attrGet("href") or inner.attrGet("src")
            if target is not None and token.map is not None:
                yield str(target), token.map[0] + 1


def places(text: str) -> set[str]:
    """The anchors that a page offers: one for each heading, in the form that GitHub makes of it."""
    seen: dict[str, int] = {}
    return {_numbered(_anchor(heading), seen) for heading in _headings(_MARKDOWN.parse(text))}


def _headings(tokens: list[Token]) -> Iterator[str]:
    """The words of each heading, without their marks."""
    for before, token in pairwise(tokens):
        if before.type == "heading_open":
            children = token.children or ()
            yield "".join(each.content for each in children if each.type in {"text", "code_inline"})


def _anchor(heading: str) -> str:
    kept = re.sub(r"[^\w\- ]", "", unicodedata.normalize("NFC", heading).strip().lower())
    return kept.replace(" ", "-")


def _numbered(anchor: str, seen: dict[str, int]) -> str:
    """The second heading of the same words is called `…-1`."""
    count = seen.get(anchor, 0)
    seen[anchor] = count + 1
    return f"{anchor}-{count}" if count else anchor


def ignored(path: Path) -> bool:
    """Whether a path would never be committed."""
    if not (ROOT / ".git").exists():
        return False
    told = subprocess.run(["git", "check-ignore", "--quiet", path], cwd=ROOT, check=False)
    return told.returncode == 0
