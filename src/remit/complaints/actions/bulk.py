"""One act on many complaints: each by the action for a single one, with its own refusal."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from remit.complaints.access import complaints_for
from remit.complaints.actions.changing import change, details_of
from remit.complaints.actions.closing import close_complaint
from remit.complaints.actions.handling import hand_over, take_up
from remit.complaints.models import Complaint
from remit.core.errors import Refusal
from remit.people.models import Member

MOST: Final = 200
"""Most complaints of one go."""


class Act(StrEnum):
    """What can be done to many at once."""

    TAKE = "take"
    GIVE = "give"
    TAG = "tag"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be done.

    Attributes:
        receiver: who gets them.
        why: for giving and closing.
        tag: what is put on them.
        reason: a word of `CloseReason`.
    """

    act: Act
    receiver: Member | None = None
    why: str = ""
    tag: str = ""
    reason: str = ""


@dataclass(slots=True)
class Outcome:
    """What became of each.

    Attributes:
        done: complaints with which it was done.
        left: complaints with which it was not, and why.
    """

    done: list[Complaint] = field(default_factory=list)
    left: list[tuple[Complaint, Refusal]] = field(default_factory=list)


def act_on_many(member: Member, numbers: Iterable[int], wanted: Wanted) -> Outcome:
    """Do the same with many complaints, one after the other; what can't be done with one stops no other.

    Complaints that the member doesn't see are passed over in silence.

    Raises:
        Refusal: none was chosen, too many were, or what is wanted is incomplete.
    """
    chosen = sorted(set(numbers))
    if not chosen:
        raise Refusal("none-chosen", "No complaint was chosen.", "Tick some first.")
    if len(chosen) > MOST:
        raise Refusal("too-many", f"These are {len(chosen)}; {MOST} is the most at once.", "Do it in parts.")
    act = _act(member, wanted)
    outcome = Outcome()
    complaints = complaints_for(member).select_related("team", "customer", "order", "assignee")
    for complaint in complaints.filter(number__in=chosen).order_by("number"):
        try:
            act(complaint)
        except Refusal as refusal:
            outcome.left.append((complaint, refusal))
        else:
            outcome.done.append(complaint)
    return outcome


def _act(member: Member, wanted: Wanted) -> Callable[[Complaint], object]:
    """What is done with each.

    Raises:
        Refusal: something is missing for it.
    """
    if wanted.act is Act.TAKE:
        return lambda complaint: take_up(member, complaint)
    if wanted.act is Act.GIVE:
        if wanted.receiver is None:
            raise Refusal("nobody", "Nobody was chosen.", "Choose who gets them.", field="receiver")
        receiver = wanted.receiver
        return lambda complaint: hand_over(member, complaint, receiver, wanted.why)
    if wanted.act is Act.TAG:
        if not wanted.tag.strip():
            raise Refusal("no-tag", "There is no tag.", "Write a word.", field="tag")
        return lambda complaint: _tag(member, complaint, wanted.tag)
    return lambda complaint: close_complaint(member, complaint, wanted.reason, wanted.why)


def _tag(member: Member, complaint: Complaint, tag: str) -> None:
    """Put a tag beside those that are there."""
    seen = details_of(complaint)
    tags = [word for word in (*seen["tags"].split(", "), tag.strip()) if word]
    change(member, complaint, {**seen, "tags": ", ".join(dict.fromkeys(tags))}, seen=seen)
