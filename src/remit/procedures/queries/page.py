"""A procedure as it is read: step by step, with what is otherwise since it was understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import Count, Exists, OuterRef
from django.utils.safestring import SafeString

from remit.people.models import Member
from remit.procedures.access import Seen
from remit.procedures.models import Confusion, Reading
from remit.procedures.queries.people import people_of
from remit.procedures.queries.spoken import Spoken
from remit.procedures.queries.unread import ToRead, to_read_of
from remit.procedures.text.difference import Difference, PartChange, StepChange
from remit.procedures.text.document import Document, Step
from remit.procedures.text.languages import Language
from remit.procedures.text.shown import shown
from remit.procedures.vocabulary import REMEDIES, SMALLEST_GROUP


@dataclass(frozen=True, slots=True)
class StepShown:
    """A step as it is read.

    Attributes:
        step: what it says.
        place: from 1.
        text: its Markdown as HTML.
        remedy: what may be given, in words; "" for nothing.
        change: what became of it; None where nothing is compared.
        is_to_read: whether it has to be read.
        is_asked_again: whether the reader stumbled at it before it was changed.
        confusion: where the reader says that it isn't clear, as it stands.
        language: in which its words are.
        earlier: what a translation said before the original was changed; None where it holds, or for the
            original.
        earlier_text: its Markdown as HTML.
    """

    step: Step
    place: int
    text: SafeString
    remedy: str
    language: Language
    change: StepChange | None = None
    is_to_read: bool = False
    is_asked_again: bool = False
    confusion: Confusion | None = None
    earlier: Step | None = None
    earlier_text: SafeString | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """All that the page of a procedure shows about it.

    Attributes:
        to_read: what the reader has to read.
        steps: as they stand now.
        taken_out: steps that the reader knew, and that aren't done any more.
        parts: what is otherwise about the procedure itself: its title, its why.
        whole: where the reader says that the whole isn't clear.
    """

    to_read: ToRead
    steps: Sequence[StepShown]
    taken_out: Sequence[StepChange]
    parts: Sequence[PartChange]
    whole: Confusion | None


def page_of(member: Member, seen: Seen, spoken: Spoken | None = None) -> Page:
    """What somebody sees of a procedure.

    Args:
        member: who.
        seen: the procedure.
        spoken: in another language; None for its own.
    """
    to_read = to_read_of(member, seen.procedure, seen.version)
    confused = {row.step: row for row in to_read.confused}
    is_compared = to_read.changes is not None and not to_read.is_done
    changes = to_read.changes if is_compared else None
    steps = [_with(each, to_read, confused.get(each.step.key)) for each in steps_read(seen, spoken, changes)]
    return Page(
        to_read=to_read,
        steps=steps,
        taken_out=[each for each in changes.steps if each.how == "taken out"] if changes else [],
        parts=[part for part in changes.parts if part.name in {"title", "why"}] if changes else [],
        whole=confused.get(""),
    )


def steps_read(seen: Seen, spoken: Spoken | None, changes: Difference | None = None) -> list[StepShown]:
    """The steps of the version that holds, each in the language in which it can be read."""
    own = seen.procedure.written_in
    if spoken is None:
        return steps_of(seen.version.document, own, changes)
    steps = []
    for each in steps_of(spoken.document, spoken.language, changes):
        key = each.step.key
        earlier = spoken.before(key)
        steps.append(
            replace(
                each,
                language=spoken.language if spoken.holds(key) else own,
                earlier=earlier,
                earlier_text=shown(earlier.text) if earlier else None,
            )
        )
    return steps


def steps_of(document: Document, language: Language, changes: Difference | None = None) -> list[StepShown]:
    """The steps of a document as they are read."""
    by_key = {each.key: each for each in changes.steps} if changes else {}
    labels = dict(REMEDIES)
    return [
        StepShown(
            step,
            place,
            shown(step.text),
            labels.get(step.remedy, step.remedy.capitalize()),
            language,
            by_key.get(step.key),
        )
        for place, step in enumerate(document.steps, 1)
    ]


def _with(each: StepShown, to_read: ToRead, confusion: Confusion | None) -> StepShown:
    key = each.step.key
    return replace(
        each,
        is_to_read=not to_read.is_done and key in to_read.steps,
        is_asked_again=key in to_read.stumbled,
        confusion=confusion,
    )


@dataclass(frozen=True, slots=True)
class Readers:
    """How many have read it, of how many; nobody is named.

    Attributes:
        understood: people of the team who have nothing to read.
        people: of the team.
        stumbled: people who said that something isn't clear, and it is as it was.
    """

    understood: int
    people: int
    stumbled: int

    @property
    def is_told(self) -> bool:
        """Whether there are so many that nobody is told apart."""
        return self.people >= SMALLEST_GROUP


def readers_of(seen: Seen) -> Readers:
    """How many have read the latest version, in one query."""
    this = {"procedure": seen.procedure, "member": OuterRef("pk")}
    done = Reading.objects.filter(**this, number__gte=seen.procedure.asked, understood_at__isnull=False)
    stumbled = Confusion.objects.filter(**this, settled_at=None)
    counted = people_of(seen.procedure.team).aggregate(
        understood=Count("pk", filter=Exists(done)),
        people=Count("pk"),
        stumbled=Count("pk", filter=Exists(stumbled)),
    )
    return Readers(**counted)
