"""What two people made of one draft, in one: step by step, and within a step part by part.

As drafts of a charter are merged (see `remit_engine.charter.editing`): each edit is a small change of what
its writer had before them. Where both changed the same part, what was just sent stands, and the other side is
told beside it: nobody's words are lost, since every revision is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from remit.procedures.text.difference import PARTS
from remit.procedures.text.document import Document, Step

_OF_ALL: Final = ("title", "why", "tags", "questions")
_NOTHING: Final = object()
"""What a part was in a step that wasn't there: unlike anything."""


@dataclass(frozen=True, slots=True)
class Clash:
    """A part that both changed, each in another way.

    Attributes:
        key: of the step; "" for the procedure itself.
        part: its name: see `PARTS`; `gone` where somebody took the step out that was changed.
        theirs: what the other one made of it, in words.
    """

    key: str
    part: str
    theirs: str

    @property
    def label(self) -> str:
        """What people call the part."""
        return "The step" if self.part == "gone" else PARTS.get(self.part, self.part.capitalize())


@dataclass(frozen=True, slots=True)
class Merged:
    """Both changes in one.

    Attributes:
        document: where both changed the same part, with that of `mine`.
        clashes: those parts.
    """

    document: Document
    clashes: tuple[Clash, ...] = ()


def merge(base: Document, mine: Document, theirs: Document) -> Merged:
    """Put what two people made of one document into one.

    Args:
        base: what both had before them.
        mine: what is being sent.
        theirs: what was kept meanwhile.
    """
    clashes: list[Clash] = []
    pick = _picker(clashes)
    parts: dict[str, Any] = {
        name: pick("", name, getattr(base, name), getattr(mine, name), getattr(theirs, name))
        for name in _OF_ALL
    }
    steps = []
    for key in _order(base, mine, theirs):
        step = _step(pick, clashes, base.step(key), mine.step(key), theirs.step(key))
        if step is not None:
            steps.append(step)
    follows = max(mine.follows, theirs.follows)
    return Merged(Document(steps=tuple(steps), follows=follows, **parts), tuple(clashes))


_Pick = Callable[[str, str, Any, Any, Any], Any]


def _picker(clashes: list[Clash]) -> _Pick:
    def pick(key: str, name: str, base: Any, mine: Any, theirs: Any) -> Any:  # noqa: ANN401 (any part)
        if theirs in (base, mine):
            return mine
        if mine == base:
            return theirs
        clashes.append(Clash(key, name, _words(theirs)))
        return mine

    return pick


def _words(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(str(getattr(each, "ask", each)) for each in value)
    return "nothing" if value in {None, "", 0} else str(value)


def _step(
    pick: _Pick, clashes: list[Clash], base: Step | None, mine: Step | None, theirs: Step | None
) -> Step | None:
    """A step of both; what one took out stays out, unless the other one changed it."""
    if mine is None or theirs is None:
        other = mine or theirs
        if other is None or base is None or other == base:
            return other if base is None else None
        clashes.append(Clash(other.key, "gone", "taken out" if theirs is None else other.title))
        return other
    parts: dict[str, Any] = {
        name: pick(mine.key, name, getattr(base, name, _NOTHING), getattr(mine, name), getattr(theirs, name))
        for name in PARTS
    }
    return replace(mine, **parts, follows=max(mine.follows, theirs.follows))


def _order(base: Document, mine: Document, theirs: Document) -> list[str]:
    """All keys: in my order where I changed it, else in theirs; new ones where they stood."""
    keys = [[step.key for step in each.steps] for each in (base, mine, theirs)]
    common = set(keys[0]) & set(keys[1]) & set(keys[2])
    mine_moved = [key for key in keys[1] if key in common] != [key for key in keys[0] if key in common]
    first, second = (keys[1], keys[2]) if mine_moved else (keys[2], keys[1])
    return _woven(first, second)


def _woven(first: Sequence[str], second: Sequence[str]) -> list[str]:
    """The first row, with what only the second one has behind what stands before it there."""
    row = list(first)
    for place, key in enumerate(second):
        if key not in row:
            before = second[place - 1] if place else ""
            row.insert(row.index(before) + 1 if before else 0, key)
    return row
