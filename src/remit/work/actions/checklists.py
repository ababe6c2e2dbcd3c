"""Writing checklists, changing what they say, stopping them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from remit.core.clock import now
from remit.core.errors import Changed, Refusal
from remit.core.writing import write
from remit.people.access import Place, need_rank, place_in
from remit.people.models import Member
from remit.people.vocabulary import Rank
from remit.purpose.models import Objective
from remit.trail.actions import record
from remit.work.access import get_checklist_for, get_procedure_of
from remit.work.facts import calendar_of
from remit.work.following import ItemWords, Source, followed
from remit.work.models import Checklist, Item
from remit.work.vocabulary import MOST_ITEMS
from remit_engine.recurrence.recurrence import Anchor, Recurrence


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistWords:
    """What a checklist says.

    Attributes:
        title: how it is called.
        why: what it is for.
        objective: that it hangs on; None: on none yet.
        items: its lines; pairs of what is to be done and what that is for will do.
        recurrence: when it comes back.
        minutes: how long there is time for it.
        source: the procedure that it is made from; None: from none, or it stays what it is.
    """

    title: str
    why: str
    objective: Objective | None = None
    items: Sequence[ItemWords | tuple[str, str]]
    recurrence: Recurrence
    minutes: int
    source: Source | None = None


def make_checklist(place: Place, words: ChecklistWords, *, stamp: str) -> Checklist:
    """A lead writes a checklist; the same form sent twice makes one.

    Raises:
        NotAllowed: by somebody below a lead.
        NotThere: the team has no such procedure.
        Refusal: something is missing, or it would never come.
    """
    need_rank(place, Rank.LEAD, "write a checklist")
    _need_words(words)
    with write():
        if before := Checklist.objects.filter(stamp=stamp, made_by=place.member).first():
            return before
        checklist = Checklist(team=place.team, stamp=stamp, made_by=place.member, made_at=now())
        if words.source is not None:
            seen = get_procedure_of(place, words.source.procedure)
            checklist.procedure = seen.procedure
            checklist.procedure_number = min(max(words.source.number, 1), seen.procedure.number)
        _say(checklist, words)
        record("checklist-made", checklist.subject, by=place.member, team=place.team)
        return checklist


def change_checklist(member: Member, number: int, words: ChecklistWords, *, revision: int) -> Checklist:
    """A lead changes what a checklist says. What came already stays as it was.

    Raises:
        NotThere: no such checklist.
        NotAllowed: by somebody below a lead.
        Changed: somebody else changed it meanwhile, or it was stopped.
        Refusal: something is missing, or it would never come.
    """
    _need_words(words)
    with write():
        checklist = _to_change(member, number, revision)
        checklist.revision += 1
        _say(checklist, words)
        record("checklist-changed", checklist.subject, by=member, team=checklist.team)
        return checklist


def follow_procedure(member: Member, number: int, *, revision: int) -> Checklist:
    """A lead takes over into a checklist what changed in its procedure; what came already stays.

    Args:
        member: the lead.
        number: of the checklist.
        revision: the one that they saw.

    Raises:
        NotThere: no such checklist.
        NotAllowed: by somebody below a lead.
        Changed: somebody else changed it meanwhile, or it was stopped.
        Refusal: it would have no lines, or too many.
    """
    with write():
        checklist = get_checklist_for(member, number)
        if not checklist.is_behind:
            return checklist
        checklist = _to_change(member, number, revision)
        items = followed(checklist).items
        if not 1 <= len(items) <= MOST_ITEMS:
            raise Refusal(
                "no-items", f"That makes {len(items)} lines.", f"Change it by hand: 1 to {MOST_ITEMS}."
            )
        checklist.revision += 1
        checklist.procedure_number = checklist.procedure.number if checklist.procedure else None
        checklist.changed_at = now()
        checklist.save(update_fields=["revision", "procedure_number", "changed_at"])
        _write_items(checklist, items)
        record("checklist-followed", checklist.subject, by=member, team=checklist.team)
        return checklist


def stop_checklist(member: Member, number: int) -> Checklist:
    """A lead stops a checklist: it doesn't come any more, and what came stays. Stopped twice is stopped once.

    Raises:
        NotThere: no such checklist.
        NotAllowed: by somebody below a lead.
    """
    with write():
        checklist = get_checklist_for(member, number)
        need_rank(place_in(member, checklist.team), Rank.LEAD, "stop a checklist")
        if checklist.stopped_at is None:
            checklist.stopped_at, checklist.next_at = now(), None
            checklist.save(update_fields=["stopped_at", "next_at"])
            record("checklist-stopped", checklist.subject, by=member, team=checklist.team)
        return checklist


def _say(checklist: Checklist, words: ChecklistWords) -> None:
    """Put down what it says, and when it comes next from now on."""
    recurrence = words.recurrence
    is_with = isinstance(recurrence.at, Anchor)
    checklist.title, checklist.why, checklist.objective = words.title, words.why, words.objective
    checklist.rule, checklist.starts = recurrence.rule.text, recurrence.start
    checklist.at = None if isinstance(recurrence.at, Anchor) else recurrence.at
    checklist.comes_with = recurrence.at.value if isinstance(recurrence.at, Anchor) else ""
    checklist.on_closed, checklist.minutes = recurrence.on_closed.value, words.minutes
    checklist.changed_at = now()
    checklist.next_at = recurrence.next_after(now() - timedelta(seconds=1), calendar_of(checklist.team))
    if checklist.next_at is None:
        advice = "Say first when the team opens." if is_with else "Look at the days again."
        raise Refusal("never-comes", "It would never come.", advice, field="how")
    checklist.save()
    _write_items(checklist, [ItemWords(*each) for each in words.items])


def _write_items(checklist: Checklist, items: Sequence[ItemWords]) -> None:
    checklist.items.all().delete()
    Item.objects.bulk_create(
        Item(checklist=checklist, place=place, **each._asdict()) for place, each in enumerate(items, 1)
    )


def _to_change(member: Member, number: int, revision: int) -> Checklist:
    """A checklist as somebody saw it who changes it now."""
    checklist = get_checklist_for(member, number)
    need_rank(place_in(member, checklist.team), Rank.LEAD, "change a checklist")
    if checklist.stopped_at is not None:
        raise Changed("checklist-stopped", "This checklist was stopped.", "Write a new one.")
    if checklist.revision != revision:
        raise Changed(
            "checklist-changed",
            "Somebody else changed this checklist meanwhile.",
            "Open it in another window, take over what you typed here, and save it there.",
        )
    return checklist


def _need_words(words: ChecklistWords) -> None:
    if not words.title.strip():
        raise Refusal("no-title", "Say how it is called.", "A few words are enough.", field="title")
    if not words.why.strip():
        raise Refusal("no-why", "A word why is needed.", "Say what it is for, in a sentence.", field="why")
    if not 1 <= len(words.items) <= MOST_ITEMS:
        raise Refusal("no-items", "It asks for nothing.", f"Write 1 to {MOST_ITEMS} lines.", field="text_1")
    if any(not each[0].strip() or not each[1].strip() for each in words.items):
        raise Refusal("no-why", "Each line needs its why.", "Say what it is for.", field="text_1")
