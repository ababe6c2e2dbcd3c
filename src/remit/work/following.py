"""Checklists made from a procedure: the lines that its steps are, and what of them is another by now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from remit.procedures.access import get_version_of
from remit.procedures.text.document import Document
from remit.work.models import Checklist, Item
from remit.work.vocabulary import LONGEST_ITEM

_CUT: Final = "…"


class ItemWords(NamedTuple):
    """A line of a checklist.

    Attributes:
        text: what is to be done.
        why: what that is for.
        step: key of the step of its procedure that it is; "" for a line of its own.
        needs_photo: whether a photo shows that it is done.
    """

    text: str
    why: str
    step: str = ""
    needs_photo: bool = False


class Source(NamedTuple):
    """What a checklist is made from: the number of a procedure, and of its version."""

    procedure: int
    number: int


@dataclass(frozen=True, slots=True)
class Difference:
    """A line that would be another one.

    Attributes:
        how: `new`, `changed` or `gone`.
        before, after: what it says now, and would say; "" for a line that isn't there.
    """

    how: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Followed:
    """A checklist as it would be if it followed its procedure.

    Attributes:
        items: its lines then: steps in the order of the procedure, lines of its own where they stood.
        differences: from how it is.
    """

    items: Sequence[ItemWords]
    differences: Sequence[Difference]


def lines_of(document: Document) -> list[ItemWords]:
    """The steps of a procedure that are ticked off on a checklist, as lines of one."""
    return [ItemWords(_cut(step.title), _cut(step.why), step.key) for step in document.checked]


def item_words(item: Item) -> ItemWords:
    """A line as it is kept."""
    return ItemWords(item.text, item.why, item.step, item.needs_photo)


def followed(checklist: Checklist) -> Followed:
    """A checklist with the steps of its procedure as they are now, in two queries."""
    now_there = [item_words(each) for each in checklist.items.all()]
    procedure = checklist.procedure
    if procedure is None:
        return Followed(now_there, ())
    return follow(now_there, lines_of(get_version_of(procedure, procedure.number).document))


def follow(before: Sequence[ItemWords], steps: Sequence[ItemWords]) -> Followed:
    """Lines with the steps in place of those that they were.

    A line of its own stays behind the line behind which it stood, or before all where it stood there.

    Args:
        before: the lines as they are.
        steps: lines that the steps are now, in their order.
    """
    known = {each.step: each for each in before if each.step}
    there = {each.step for each in steps}
    own: dict[str, list[ItemWords]] = {}
    last = ""
    for each in before:
        if each.step in there:
            last = each.step
        elif not each.step:
            own.setdefault(last, []).append(each)
    items = [*own.get("", ())]
    # Whether a photo is asked for is said by the checklist, not by the procedure.
    steps = [
        each._replace(needs_photo=known[each.step].needs_photo) if each.step in known else each
        for each in steps
    ]
    for step in steps:
        items += [step, *own.get(step.step, ())]
    differences = [
        Difference("gone", each.text, "") for each in before if each.step and each.step not in there
    ]
    for step in steps:
        was = known.get(step.step)
        if was is None:
            differences.append(Difference("new", "", step.text))
        elif was != step:
            differences.append(Difference("changed", was.text, step.text))
    return Followed(items, differences)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_ITEM else text[: LONGEST_ITEM - 1].rstrip() + _CUT
