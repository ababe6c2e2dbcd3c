"""Drafts: begun, edited by several people without losing anything, put away."""

from __future__ import annotations

from dataclasses import replace

from remit.core.clock import now
from remit.core.errors import NotThere, Refusal
from remit.core.writing import write
from remit.notices.actions import settle
from remit.people.access import get_place_for, place_in
from remit.people.models import Member, Team
from remit.procedures.access import (
    drafts_for,
    get_draft_for,
    get_procedure_for,
    get_version_of,
    latest_translation,
    may_publish,
    pictures_for,
    versions_of,
)
from remit.procedures.models import Draft, Revision
from remit.procedures.text.document import Document, Step, new_key
from remit.procedures.text.merging import Merged, merge
from remit.procedures.text.reading import read_markdown
from remit.procedures.text.translating import (
    Behind,
    all_following,
    changed_since,
    fitted,
    followed,
    keyed_as,
)
from remit.procedures.vocabulary import DRAFTED, EDITED, PUT_AWAY, Outcome
from remit.trail.actions import record


def begin_new(
    member: Member, team: str, *, title: str, why: str, text: str = "", language: str = ""
) -> Draft:
    """Begin a procedure that isn't there yet: everybody of the team may.

    Args:
        member: who begins it.
        team: word of the team.
        title: what it is called; "" takes that of the text.
        why: what it is for.
        text: Markdown that somebody has already; "" for none.
        language: code of the language in which it is written; "" for that of the team.

    Raises:
        NotThere: they aren't in the team.
        Refusal: neither the title nor the text says what it is called.
    """
    read = read_markdown(text) if text.strip() else Document()
    document = replace(read, title=title.strip() or read.title, why=why.strip() or read.why).tidied()
    if not document.steps:
        document = replace(document, steps=(Step(new_key()),))
    if not document.title:
        raise Refusal("no-title", "It has no name yet.", "Say what is done, in a few words.", field="title")
    with write():
        place = get_place_for(member, team)
        document = _own_pictures(member, place.team, document)
        draft = Draft(team=place.team, language=language or place.team.language, is_open=place.is_lead)
        return begin(member, draft, document)


def begin_change(member: Member, number: int) -> Draft:
    """Begin to change a procedure, or go on where it was begun.

    Those who publish work at one draft together; all others at one of their own.

    Raises:
        NotThere: there is no such procedure for them.
    """
    with write():
        seen = get_procedure_for(member, number)
        drafts = drafts_for(member).filter(procedure=seen.procedure, ended_at=None, is_translation=False)
        mine = drafts.filter(is_open=True) if seen.may_publish else drafts.filter(made_by=member)
        if found := mine.filter(handed_in_at=None).first():
            return found
        draft = Draft(
            team=seen.procedure.team,
            procedure=seen.procedure,
            base=seen.version,
            language=seen.procedure.language,
            is_open=seen.may_publish,
        )
        return begin(member, draft, seen.version.document)


def restore(member: Member, number: int, version: int) -> Draft:
    """A draft that says what an older version said; published, it is a version of its own.

    Raises:
        NotThere: there is no such procedure or version for them.
    """
    with write():
        seen = get_procedure_for(member, number)
        old = get_version_of(seen.procedure, version)
        draft = begin_change(member, number)
        save(member, draft.pk, draft.revision, old.document)
        return get_draft_for(member, draft.pk)


def save(member: Member, number: int, seen: int, document: Document) -> Merged:
    """Keep what somebody made of a revision; what others did since is kept with it.

    Args:
        member: who did.
        number: of the draft.
        seen: the revision that they had before them.
        document: what they made of it.

    Returns:
        what the draft says now, and what both changed: there theirs gave way, and stands in its revision.

    Raises:
        NotThere: there is no such draft or revision for them.
        Refusal: it has ended, or was handed in by somebody else.
    """
    with write():
        draft = get_draft_to_edit(member, number)
        latest = latest_of(draft)
        document = _in_its_form(member, draft, document.tidied())
        merged = Merged(document)
        if seen != latest.number:
            merged = merge(said_in(draft, seen), document, latest.document)
        if merged.document != latest.document:
            _revise(draft, member, merged.document)
            record(EDITED, draft.subject, by=member, team=draft.team, revision=draft.revision)
        return merged


def undo(member: Member, number: int, revision: int) -> Draft:
    """Go back to what a draft said before; what it says now stays among its revisions.

    Raises:
        NotThere: there is no such draft or revision for them.
        Refusal: it has ended.
    """
    with write():
        draft = get_draft_to_edit(member, number)
        save(member, number, draft.revision, said_in(draft, revision))
        return draft


def take_in_markdown(member: Member, number: int, seen: int, text: str) -> Merged:
    """Put a text in Markdown in the place of what a draft says; steps keep their keys where they are known.

    Raises:
        NotThere: there is no such draft for them.
        Refusal: it has ended, or the text holds no step.
    """
    with write():
        draft = get_draft_to_edit(member, number)
        document = read_markdown(text, latest_of(draft).document)
        if not document.steps:
            raise Refusal(
                "no-steps",
                "There is no step in this text.",
                "Each step has a heading of its own: a line that begins with ##.",
                field="text",
            )
        if draft.is_translation and draft.base is not None:
            words = fitted(draft.base.document, keyed_as(draft.base.document, document))
            document = followed(said_in(draft, seen), words, draft.base.number)
        return save(member, number, seen, document)


def put_away(member: Member, number: int) -> Draft:
    """Put a draft away; its revisions stay. A second time it is away already.

    Raises:
        NotThere: there is no such draft for them.
        Refusal: it was published or answered meanwhile.
    """
    with write():
        draft = get_draft_for(member, number)
        if draft.outcome == Outcome.PUT_AWAY:
            return draft
        need_open(draft)
        if not draft.is_open and draft.made_by_id != member.pk:
            raise Refusal("not-yours", "A proposal is answered, not put away.", "Say why in the answer.")
        end(draft, member, Outcome.PUT_AWAY)
        record(PUT_AWAY, draft.subject, by=member, team=draft.team)
        return draft


def get_draft_to_edit(member: Member, number: int) -> Draft:
    """A draft that somebody may write in: their own, or one that those who publish work at together.

    Raises:
        NotThere: there is none, or it isn't theirs to see.
        Refusal: it has ended, or it is a proposal that somebody else handed in, and they don't publish.
    """
    draft = get_draft_for(member, number)
    need_open(draft)
    place = place_in(member, draft.team)
    if draft.made_by_id != member.pk and not may_publish(place, draft.procedure):
        raise Refusal("not-yours", "This draft isn't yours to change.", "Begin one of your own.")
    return draft


def need_open(draft: Draft) -> None:
    """Refuse what can't be done with a draft that has ended.

    Raises:
        Refusal: it has.
    """
    if draft.ended_at is not None:
        raise Refusal(
            "draft-ended",
            f"This draft was {draft.get_outcome_display()} meanwhile.",
            "Nothing of it is lost: you find what it said on its page.",
        )


def latest_of(draft: Draft) -> Revision:
    """What a draft says now."""
    return draft.revisions.get(number=draft.revision)


def said_in(draft: Draft, revision: int) -> Document:
    """What a draft said in a revision.

    Raises:
        NotThere: it has none of this number.
    """
    found = draft.revisions.filter(number=revision).first()
    if found is None:
        raise NotThere("revision")
    return found.document


def late_in(draft: Draft, document: Document) -> Behind:
    """What the draft of a translation has to say anew, as the original changed since."""
    if draft.procedure is None or draft.base is None:
        return Behind({}, frozenset())
    numbers = {document.follows, *(step.follows for step in document.steps)} - {0, draft.base.number}
    rows = versions_of(draft.procedure).filter(number__in=numbers) if numbers else ()
    return changed_since(document, draft.base.document, {each.number: each.document for each in rows})


def is_behind(draft: Draft) -> bool:
    """Whether a version, or for a translation another one of it, was published since it was begun."""
    if draft.procedure is None or draft.base is None:
        return False
    if draft.base.number != draft.procedure.number:
        return True
    if not draft.is_translation:
        return False
    newest = latest_translation(draft.procedure, draft.language)
    return newest is not None and newest.pk != draft.translated_id


def end(draft: Draft, member: Member, outcome: Outcome) -> None:
    """A draft ends; inside a write of the caller."""
    draft.ended_at, draft.ended_by, draft.outcome = now(), member, outcome
    draft.save(
        update_fields=("ended_at", "ended_by", "outcome", "answer", "version", "translation", "procedure")
    )
    settle(draft.subject)


def bring_forward(member: Member, draft: Draft) -> Merged | None:
    """Put what was published meanwhile under a draft; inside a write of the caller.

    Returns:
        what it says now; None where nothing was.
    """
    if draft.procedure is None or draft.base is None or not is_behind(draft):
        return None
    newest = get_version_of(draft.procedure, draft.procedure.number)
    if draft.is_translation:
        merged = _with_other_translation(draft, newest.document)
    else:
        merged = merge(draft.base.document, latest_of(draft).document, newest.document)
    draft.base = newest
    draft.save(update_fields=("base", "translated"))
    if merged.document != latest_of(draft).document:
        _revise(draft, member, merged.document)
    return merged


def _with_other_translation(draft: Draft, original: Document) -> Merged:
    """What a draft says in the form of another version, with what was translated elsewhere meanwhile."""
    mine = fitted(original, latest_of(draft).document)
    newest = latest_translation(draft.procedure, draft.language) if draft.procedure else None
    if newest is None or newest.pk == draft.translated_id:
        return Merged(mine)
    before = draft.translated
    base = all_following(before.document, before.of.number) if before else Document()
    theirs = all_following(newest.document, newest.of.number)
    draft.translated = newest
    return merge(fitted(original, base), mine, fitted(original, theirs))


def begin(member: Member, draft: Draft, document: Document) -> Draft:
    """Keep a draft that says something, in its first revision; inside a write of the caller."""
    draft.title, draft.made_by, draft.made_at = document.title, member, now()
    draft.save()
    Revision.objects.create(draft=draft, number=1, content=document.as_data(), by=member, at=now())
    record(DRAFTED, draft.subject, by=member, team=draft.team, procedure=draft.procedure_id or 0)
    return draft


def _revise(draft: Draft, member: Member, document: Document) -> None:
    draft.revision += 1
    draft.title = document.title
    draft.save(update_fields=("revision", "title"))
    content = document.as_data()
    Revision.objects.create(draft=draft, number=draft.revision, content=content, by=member, at=now())


def _in_its_form(member: Member, draft: Draft, document: Document) -> Document:
    """As this draft can say it: a translation has the steps and pictures of its original."""
    if draft.is_translation and draft.base is not None:
        return fitted(draft.base.document, document)
    return _own_pictures(member, draft.team, document)


def _own_pictures(member: Member, team: Team, document: Document) -> Document:
    """The document without pictures that belong to another team, or were never there."""
    wanted = document.pictures
    if not wanted:
        return document
    known = set(pictures_for(member).filter(team=team, pk__in=wanted).values_list("pk", flat=True))
    steps = tuple(
        replace(step, picture=None, alt="") if step.picture not in known else step for step in document.steps
    )
    return replace(document, steps=steps)
