"""What somebody has to read: what is new, and of what they understood before only what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, QuerySet

from remit.core.asked_often import Slot
from remit.people.models import Member, Team
from remit.procedures.models import Confusion, Procedure, Reading, Version
from remit.procedures.text.difference import Difference, difference
from remit.procedures.text.document import Document
from remit.procedures.vocabulary import WHOLE


def understood(member: Member | Slot) -> Exists:
    """As a condition of procedures: somebody understood all that is asked."""
    rows = Reading.objects.filter(member=member, procedure=OuterRef("pk"), understood_at__isnull=False)
    return Exists(rows.filter(number__gte=OuterRef("asked")))


def unread_by(member: Member, team: Team) -> QuerySet[Procedure]:
    """What somebody of a team has to read, what changed last first."""
    rows = Procedure.objects.filter(team=team, retired_at=None).exclude(understood(member))
    return rows.order_by(F("changed_at").desc(), "pk")


@dataclass(frozen=True, slots=True)
class ToRead:
    """What of a procedure somebody has to read.

    Attributes:
        last: number of the version that they understood; 0: none, all of it is new.
        is_done: whether nothing has to be read.
        steps: keys of the steps to read; those that were taken out are among them.
        changes: from the version that they understood to the latest one; None where all of it is new.
        stumbled: keys of the steps that they said weren't clear, and that were changed since.
        is_whole_again: whether they said that the whole isn't clear, and it was changed since.
        reading: of the latest version; None: they didn't say anything yet.
        confused: where they say that it isn't clear, as it stands.
    """

    last: int
    is_done: bool
    steps: frozenset[str]
    changes: Difference | None
    stumbled: frozenset[str]
    is_whole_again: bool
    reading: Reading | None
    confused: Sequence[Confusion]

    @property
    def is_clear(self) -> bool:
        """Whether they said of the latest version that it is clear."""
        return self.reading is not None and self.reading.is_clear

    @property
    def has_questions_left(self) -> bool:
        """Whether it is clear to them, and its questions aren't answered yet."""
        return self.is_clear and self.reading is not None and self.reading.understood_at is None


def to_read_of(member: Member, procedure: Procedure, version: Version) -> ToRead:
    """What of a procedure somebody has to read: all versions since the one they understood together.

    Args:
        member: who.
        procedure: that they see.
        version: its latest one.
    """
    readings = list(Reading.objects.filter(member=member, procedure=procedure))
    last = max((each.number for each in readings if each.understood_at is not None), default=0)
    confused = list(Confusion.objects.filter(member=member, procedure=procedure))
    asks, before = _since(version, last, from_number=0 if confused else last)
    changes = difference(before, version.document) if before is not None else None
    now_there = frozenset(step.key for step in version.document.steps)
    asked = {key for number, keys in asks.items() if number > last for key in keys}
    otherwise = {each.key for each in changes.changes} if changes else set()
    reading = next((each for each in readings if each.number == version.number), None)
    changed_since = {
        row.step
        for row in confused
        if row.number > last
        and (
            any(row.step in keys for number, keys in asks.items() if number > row.number)
            or _is_translated_anew(row, reading)
        )
    }
    return ToRead(
        last=last,
        is_done=last >= procedure.asked,
        steps=now_there if changes is None else frozenset(asked & otherwise),
        changes=changes,
        stumbled=frozenset(changed_since & now_there),
        is_whole_again=any(
            row.step == WHOLE
            and row.settled_at is not None
            and row.number > last
            and (reading is None or _is_translated_anew(row, reading))
            for row in confused
        ),
        reading=reading,
        confused=[row for row in confused if row.settled_at is None],
    )


def _is_translated_anew(row: Confusion, reading: Reading | None) -> bool:
    """Whether what somebody stumbled at says it otherwise in their language, and they didn't answer since."""
    return bool(row.language) and row.settled_at is not None and reading is not None and not reading.is_clear


def _since(version: Version, last: int, *, from_number: int) -> tuple[dict[int, list[str]], Document | None]:
    """What newer versions ask for, by their numbers, and what the one said that was understood last."""
    if last == version.number:
        return {}, None
    rows = Version.objects.filter(procedure=version.procedure_id, number__gte=from_number)
    found = {
        number: (asks, content) for number, asks, content in rows.values_list("number", "asks", "content")
    }
    before = found.get(last)
    return {number: asks for number, (asks, _) in found.items()}, Document.of(before[1]) if before else None
