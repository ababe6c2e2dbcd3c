"""Publishing: a draft becomes a version, which is never changed; proposals, and their answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from remit.core.clock import now, today
from remit.core.errors import Changed, Refusal
from remit.core.writing import write
from remit.jobs.queue import later
from remit.notices.actions import tell
from remit.people.access import place_in
from remit.people.models import Member
from remit.procedures import notices
from remit.procedures.access import (
    get_draft_for,
    need_publisher,
)
from remit.procedures.actions.asking import ask_again
from remit.procedures.actions.drafting import bring_forward, end, late_in, latest_of, need_open
from remit.procedures.actions.translating import publish_translation, tell_translators, words_of
from remit.procedures.models import Draft, Procedure, Reading, Tag, Translation, Version
from remit.procedures.queries.people import publishers_of
from remit.procedures.text.difference import difference, to_read
from remit.procedures.text.document import Document
from remit.procedures.text.translating import missing_in_words
from remit.procedures.text.whole import missing_in
from remit.procedures.vocabulary import ANSWERED, HANDED_IN, PUBLISHED, REVIEW_AFTER, WHOLE, Outcome
from remit.purpose.models import Objective
from remit.trail.actions import record


def publish(
    member: Member,
    number: int,
    seen: int,
    *,
    why: str,
    objective: Objective | None = None,
    review_by: date | None = None,
    is_slight: bool = False,
) -> Version | Translation:
    """Make a version of a draft, or a translation of one: whoever has something to read is told.

    Args:
        member: who publishes.
        number: of the draft.
        seen: the revision that they looked at.
        why: why it is changed; of a first version, why it begins.
        objective: that it serves; None: it hangs on none. A translation has that of its original.
        review_by: the day on which it is looked at again; None for half a year from now.
        is_slight: whether nobody has to read again what changed, such as a word that was written wrong.

    Returns:
        the version, or the translation; where it was published already, that one.

    Raises:
        NotThere: there is no such draft for them.
        NotAllowed: they propose.
        Changed: somebody else edited it, or published another version, meanwhile; it has to be looked at.
        Refusal: something is missing, or nothing is otherwise.
    """
    with write():
        draft = get_draft_for(member, number)
        if (made := draft.version or draft.translation) is not None:
            return made
        need_open(draft)
        need_publisher(place_in(member, draft.team), draft.procedure)
        _need_the_same(draft, seen)
        document = latest_of(draft).document
        need_whole(draft, document)
        if not why.strip():
            raise Refusal("no-why", "A new version needs its why.", "Say it in a sentence.", field="why")
        if draft.is_translation:
            return publish_translation(member, draft, document, why.strip())
        before = draft.base.document if draft.base is not None else None
        if before is not None and not difference(before, document):
            raise Refusal("nothing-new", "Nothing is otherwise than before.", "Change it, or put it away.")
        version = _published(member, draft, document, why.strip(), is_slight=is_slight)
        procedure = version.procedure
        procedure.review_by = review_by or today(draft.team.time_zone) + REVIEW_AFTER
        procedure.objective = objective
        procedure.save(update_fields=("review_by", "objective"))
        draft.version, draft.procedure = version, procedure
        end(draft, member, Outcome.PUBLISHED)
        _know(version, {member, draft.made_by})
        _tell(member, draft, version, before)
        record(PUBLISHED, procedure.subject, by=member, team=draft.team, version=version.number)
        return version


def hand_in(member: Member, number: int, seen: int, why: str) -> Draft:
    """Hand a draft in: it becomes a proposal, which is taken in or answered. A second time it is already.

    Raises:
        NotThere: there is no such draft for them.
        Refusal: it has ended, or something is missing.
    """
    with write():
        draft = get_draft_for(member, number)
        need_open(draft)
        if draft.handed_in_at is not None:
            return draft
        _need_the_same(draft, seen)
        need_whole(draft, latest_of(draft).document)
        if not why.strip():
            raise Refusal(
                "no-why", "A proposal needs its why.", "Say what it would make better.", field="why"
            )
        draft.why, draft.handed_in_at = why.strip(), now()
        draft.save(update_fields=("why", "handed_in_at"))
        others = [each for each in publishers_of(draft) if each.pk != member.pk]
        tell(others, notices.proposed(draft))
        record(HANDED_IN, draft.subject, by=member, team=draft.team)
        return draft


def answer(member: Member, number: int, words: str) -> Draft:
    """Answer a proposal that isn't taken in, with a why. A second time it is answered already.

    Raises:
        NotThere: there is no such proposal for them.
        NotAllowed: they propose.
        Refusal: it has ended otherwise, wasn't handed in, or the why is missing.
    """
    with write():
        draft = get_draft_for(member, number)
        if draft.outcome == Outcome.ANSWERED:
            return draft
        need_open(draft)
        need_publisher(place_in(member, draft.team), draft.procedure)
        if draft.handed_in_at is None:
            raise Refusal("not-handed-in", "This isn't a proposal yet.", "Its maker hands it in first.")
        if not words.strip():
            raise Refusal("no-why", "An answer needs its why.", "Say it in a sentence.", field="words")
        draft.answer = words.strip()
        end(draft, member, Outcome.ANSWERED)
        if draft.made_by_id != member.pk:
            tell([draft.made_by], notices.answered(draft))
        record(ANSWERED, draft.subject, by=member, team=draft.team)
        return draft


def need_whole(draft: Draft, document: Document) -> None:
    """Refuse what can't be read by others yet.

    Raises:
        Refusal: with all that is missing.
    """
    if missing := missing_of(draft, document):
        raise Refusal("not-whole", "Something is missing.", " ".join(missing))


def missing_of(draft: Draft, document: Document) -> Sequence[str]:
    """What stands in the way of publishing what a draft says, in sentences; empty where nothing does."""
    if draft.is_translation and draft.base is not None:
        return missing_in_words(draft.base.document, document, late_in(draft, document))
    return missing_in(document)


def _need_the_same(draft: Draft, seen: int) -> None:
    if draft.revision != seen:
        raise Changed(
            "edited-meanwhile",
            "Somebody changed the draft meanwhile.",
            "Look at what it says now, and go on.",
        )


def catch_up(member: Member, number: int) -> Sequence[str]:
    """Put a version that was published meanwhile under a draft.

    Returns:
        what both changed, in sentences: there the draft stands as it was.

    Raises:
        NotThere: there is no such draft for them.
    """
    with write():
        draft = get_draft_for(member, number)
        need_open(draft)
        merged = bring_forward(member, draft)
        return [f"{each.label}: {each.theirs}" for each in merged.clashes] if merged else []


def _published(member: Member, draft: Draft, document: Document, why: str, *, is_slight: bool) -> Version:
    procedure, number = draft.procedure, 1
    asks = [step.key for step in document.steps]
    if procedure is None:
        procedure = Procedure(team=draft.team, owner=draft.made_by, made_at=now(), language=draft.language)
    else:
        if draft.base is None or draft.base.number != procedure.number:
            raise Changed(
                "published-meanwhile", "Another version was published meanwhile.", "Look at both, and go on."
            )
        number = procedure.number + 1
        changed = to_read(draft.base.document, document)
        asks = [] if is_slight else sorted(changed)
    procedure.title, procedure.why, procedure.words = (
        document.title,
        document.why,
        words_of(procedure, document),
    )
    procedure.number, procedure.changed_at = number, now()
    if asks:
        procedure.asked = number
    procedure.save()
    Tag.objects.filter(procedure=procedure).exclude(word__in=document.tags).delete()
    known = set(procedure.tags.values_list("word", flat=True))
    Tag.objects.bulk_create(
        Tag(procedure=procedure, word=word) for word in document.tags if word not in known
    )
    return Version.objects.create(
        procedure=procedure,
        number=number,
        content=document.as_data(),
        why=why,
        asks=asks,
        is_slight=is_slight,
        by=member,
        at=now(),
    )


def _know(version: Version, writers: set[Member]) -> None:
    """Who wrote it needn't read it."""
    for each in writers:
        Reading.objects.update_or_create(
            member=each,
            procedure=version.procedure,
            number=version.number,
            defaults={"is_clear": True, "understood_at": now(), "at": now()},
        )


def _tell(member: Member, draft: Draft, version: Version, before: Document | None) -> None:
    """Who stumbled is asked again, by the name of the step; all others hear of it in their digest."""
    if draft.handed_in_at is not None and draft.made_by_id != member.pk:
        tell([draft.made_by], notices.taken_in(draft, version))
    if before is not None:
        tell_translators(version)
        keys = to_read(before, version.document)
        for key in sorted(keys):
            ask_again(draft.team, version, key)
        around = difference(before, version.document).parts
        if keys or any(part.name in {"title", "why"} for part in around):
            ask_again(draft.team, version, WHOLE)
    if version.asks:
        later(
            "remit.procedures.jobs.tell_readers",
            run_at=now() + notices.GATHERED_FOR,
            unique_key=f"procedures-to-read:{draft.team_id}",
            team=draft.team_id,
        )
