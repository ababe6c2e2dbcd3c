"""What became otherwise between two versions, by steps: added, taken out, moved, said in other words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

from remit.procedures.text.document import Document, Step

Kind = Literal["same", "added", "taken out"]
_BOLD: Final = "**"
_WORDS: Final = re.compile(r"\*\*|\s+|\w+|[^\w\s]")
PARTS: Final = {
    "title": "What to do",
    "text": "How",
    "why": "Why",
    "minutes": "Minutes",
    "is_checked": "On the checklist",
    "remedy": "What may be given",
    "picture": "Picture",
    "alt": "What the picture shows",
}
"""Parts of a step, by their names in `Step`."""
NEVER_READ: Final = frozenset({"minutes", "is_checked"})
"""Parts that nobody has to read again: they change how a step is planned, not what is done."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, whether both have them or only the newer or the older one, and whether they are bold."""

    kind: Kind
    words: str
    is_bold: bool = False


@dataclass(frozen=True, slots=True)
class PartChange:
    """A part of a step, or of the procedure, that says something else.

    Attributes:
        name: of the part; see `PARTS`.
        pieces: both texts in one, in the order in which they are read.
    """

    name: str
    pieces: tuple[Piece, ...]

    @property
    def label(self) -> str:
        """What people call the part."""
        return PARTS.get(self.name, self.name.capitalize())

    @property
    def shown(self) -> tuple[Piece, ...]:
        """The pieces as people read them: of a text that has a form, what is bold without its stars."""
        return in_bold(self.pieces) if self.name == "text" else self.pieces


@dataclass(frozen=True, slots=True)
class StepChange:
    """What became of one step.

    Attributes:
        key: of the step.
        step: as it is now; as it was where it was taken out.
        place: where it stands now, from 1; where it stood where it was taken out.
        before: where it stood; 0 where it is new.
        how: `added`, `taken out`, `changed`, `moved` or `same`; a step that was changed may have moved, too.
        is_moved: whether it stands otherwise among the steps that both have.
        parts: that say something else.
    """

    key: str
    step: Step
    place: int
    before: int
    how: Literal["added", "taken out", "changed", "moved", "same"]
    is_moved: bool = False
    parts: tuple[PartChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """All that became otherwise.

    Attributes:
        steps: every step of both, in the order of the newer one; what was taken out stands where it stood.
        parts: of the procedure itself: title, why, tags, questions.
    """

    steps: tuple[StepChange, ...]
    parts: tuple[PartChange, ...]

    @property
    def changes(self) -> tuple[StepChange, ...]:
        """The steps that aren't the same."""
        return tuple(each for each in self.steps if each.how != "same")

    def __bool__(self) -> bool:
        """Whether anything is otherwise."""
        return bool(self.parts or self.changes)

    @property
    def in_words(self) -> str:
        """In a line: `1 step added, 2 changed`."""
        return ", ".join(self._counted())

    def _counted(self) -> Iterator[str]:
        counts = {how: sum(each.how == how for each in self.steps) for how in _HOW}
        first = True
        for how, count in counts.items():
            if count:
                yield f"{count} step{'' if count == 1 else 's'} {how}" if first else f"{count} {how}"
                first = False
        yield from (f"{part.name} changed" for part in self.parts)


_HOW: Final = ("added", "changed", "moved", "taken out")


def difference(old: Document, new: Document) -> Difference:
    """What became otherwise from one version to another; steps are the same where their keys are."""
    moved = _moved(old, new)
    now = [_change(old, new, step, is_moved=step.key in moved) for step in new.steps]
    gone = [
        StepChange(step.key, step, place, place, "taken out")
        for place, step in enumerate(old.steps, 1)
        if new.step(step.key) is None
    ]
    return Difference(tuple(_in_order(old, now, gone)), tuple(_around(old, new)))


def to_read(old: Document, new: Document) -> frozenset[str]:
    """The keys of the steps that somebody who read the old one has to read: new ones, and other words.

    Where a step was taken out, its key is among them: one has to know that it isn't done any more.
    What only moved, takes another time or is on a checklist now needs no reading.
    """
    return frozenset(
        each.key
        for each in difference(old, new).changes
        if each.how in {"added", "taken out"} or any(part.name not in NEVER_READ for part in each.parts)
    )


def pieces_of(old: str, new: str) -> tuple[Piece, ...]:
    """Two texts in one: what both say, what only one of them does. The words of each are there in order.

    Where nothing but spaces stays between words that changed, they are shown as one change.
    """
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    pieces: list[Piece] = []
    gone, come = "", ""
    opcodes = matcher.get_opcodes()
    for place, (tag, start, end, start_new, end_new) in enumerate(opcodes):
        same = "".join(before[start:end])
        is_between = 0 < place < len(opcodes) - 1 and not same.strip()
        if tag != "equal" or is_between:
            gone, come = gone + same, come + "".join(after[start_new:end_new])
            continue
        pieces += [*_changed(gone, come), Piece("same", same)]
        gone, come = "", ""
    return (*pieces, *_changed(gone, come))


def in_bold(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The same pieces, in which what stands between two `**` is bold; as they are, where one has no other.

    Words that are bold in one text alone are shown as both: without and with.
    """
    is_bold: dict[Kind, bool] = {"taken out": False, "added": False}
    shown: list[Piece] = []
    for piece in pieces:
        sides = [side for side in is_bold if piece.kind in {"same", side}]
        for place, words in enumerate(piece.words.split(_BOLD)):
            if place:
                is_bold |= {side: not is_bold[side] for side in sides}
            if not words:
                continue
            if len({is_bold[side] for side in sides}) == 1:
                shown.append(Piece(piece.kind, words, is_bold[sides[0]]))
            else:
                shown += [Piece(side, words, is_bold[side]) for side in sides]
    return tuple(pieces) if any(is_bold.values()) else tuple(shown)


def _changed(gone: str, come: str) -> Iterator[Piece]:
    if gone:
        yield Piece("taken out", gone)
    if come:
        yield Piece("added", come)


def _change(old: Document, new: Document, step: Step, *, is_moved: bool) -> StepChange:
    place, before = new.place(step.key), old.step(step.key)
    if before is None:
        return StepChange(step.key, step, place, 0, "added")
    parts = tuple(
        PartChange(name, pieces_of(_said(before, name), _said(step, name)))
        for name in PARTS
        if getattr(before, name) != getattr(step, name)
    )
    how: Literal["changed", "moved", "same"] = "changed" if parts else "moved" if is_moved else "same"
    return StepChange(step.key, step, place, old.place(step.key), how, is_moved, parts)


def _said(step: Step, name: str) -> str:
    """A part of a step as words."""
    value = getattr(step, name)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value in {None, 0} else str(value)


def _moved(old: Document, new: Document) -> frozenset[str]:
    """The fewest steps that have to be taken somewhere else, of those that both have."""
    common = [step.key for step in new.steps if old.step(step.key) is not None]
    places = [old.place(key) for key in common]
    return frozenset(common) - {common[index] for index in _longest_rising(places)}


def _longest_rising(values: Sequence[int]) -> list[int]:
    """Where the members of a longest rising row stand among different values."""
    ends: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for index, value in enumerate(values):
        length = bisect_left(ends, value)
        before.append(at[length - 1] if length else -1)
        ends[length:] = [value] if length == len(ends) else [value, *ends[length + 1 :]]
        at[length:] = [index] if length == len(at) else [index, *at[length + 1 :]]
    row, index = [], at[-1] if at else -1
    while index >= 0:
        row.append(index)
        index = before[index]
    return row[::-1]


def _in_order(old: Document, now: list[StepChange], gone: list[StepChange]) -> list[StepChange]:
    """What was taken out stands behind the step that stood before it."""
    ordered = list(now)
    for each in gone:
        earlier = [step.key for step in old.steps[: each.place - 1]]
        places = [index for index, other in enumerate(ordered) if other.key in earlier]
        ordered.insert(max(places) + 1 if places else 0, each)
    return ordered


def _around(old: Document, new: Document) -> Iterator[PartChange]:
    for name in ("title", "why"):
        if getattr(old, name) != getattr(new, name):
            yield PartChange(name, pieces_of(getattr(old, name), getattr(new, name)))
    if set(old.tags) != set(new.tags):
        yield PartChange("tags", pieces_of(", ".join(sorted(old.tags)), ", ".join(sorted(new.tags))))
    if old.questions != new.questions:
        yield PartChange("questions", pieces_of(_asked(old), _asked(new)))


def _asked(document: Document) -> str:
    return "\n".join(f"{each.ask} ({'; '.join(each.answers)})" for each in document.questions)
