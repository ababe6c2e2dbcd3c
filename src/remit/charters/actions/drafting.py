"""Drafts: begun, edited by several people at once without losing anything, brought forward, put away."""

from __future__ import annotations

from remit.charters.access import get_draft_to_edit, need_owner
from remit.charters.models import Draft, Revision, Version
from remit.charters.queries.above import latest_of, read_below
from remit.charters.vocabulary import (
    DRAFT_BROUGHT,
    DRAFT_EDITED,
    DRAFT_NAMED,
    DRAFT_OPENED,
    DRAFT_PUT_AWAY,
    DRAFT_RESTORED,
)
from remit.core.clock import now
from remit.core.errors import Changed, Refusal
from remit.core.writing import write
from remit.notices.actions import settle
from remit.people.access import need_rank, place_in
from remit.people.models import Member, Team
from remit.people.vocabulary import Rank
from remit.trail.actions import record
from remit_engine.charter.difference.document_changes import document_changes
from remit_engine.charter.editing import Conflict, MergedDocument, merge_documents
from remit_engine.charter.editing.merging import Chosen
from remit_engine.charter.findings import CharterError

_WHY = 1000
_SAID = 3
"""Changes that a revision names; more are counted."""


class Conflicts(Changed):
    """Two people changed the same: somebody has to choose, and nothing was written.

    Args:
        conflicts: what there is to choose about.
        problem: why both can't stand in one charter, where that is so.
        theirs: the latest revision, which the choice is about.
        mine: the text that was to be written.
    """

    def __init__(self, conflicts: tuple[Conflict, ...], problem: str, theirs: Revision, mine: str) -> None:
        who = theirs.made_by.name
        super().__init__(
            "both-changed",
            f"{who} changed the same meanwhile.",
            "Look at both, and choose which one shall stand.",
        )
        self.conflicts = conflicts
        self.problem = problem
        self.theirs = theirs
        self.mine = mine


def begin_draft(
    member: Member,
    team: Team | None,
    text: str,
    why: str,
    *,
    reason: str = "",
    name: str = "",
    base: Version | None = None,
) -> Draft:
    """Begin a draft of the charter of a team, or of the organisation (None).

    Args:
        member: who begins it.
        team: whose charter.
        text: the YAML.
        why: what it is for.
        reason: where it comes from: `finding:12`.
        name: what it is called; "" for none of its own.
        base: the version that it is made from; None for the one in force.

    Raises:
        NotAllowed: they may not publish here.
        NotThere: they aren't in the team.
        Refusal: it has no why.
    """
    with write():
        if team is None:
            need_owner(member, "begin a draft of the charter of the organisation")
        else:
            need_rank(place_in(member, team), Rank.MANAGER, "begin a draft of the charter")
        _need_why(why)
        draft = Draft.objects.create(
            team=team,
            name=name.strip()[:120],
            text=text,
            why=why.strip()[:_WHY],
            reason=reason[:80],
            made_by=member,
            made_at=now(),
            base=base or latest_of(team),
        )
        _revised(draft, member, 1, text, act="begun", said="")
        record(DRAFT_OPENED, _subject(draft), by=member, team=team, reason=draft.reason)
        return draft


def save_draft(
    member: Member,
    draft: Draft,
    seen: int,
    text: str,
    *,
    act: str = "edited",
    chosen: Chosen | None = None,
) -> Revision:
    """Write what somebody made of a revision; what others did since is kept beside it.

    Args:
        member: who did.
        draft: what was edited.
        seen: the revision that they had before them.
        text: what they made of it.
        act: word of what they did; see `REVISION_ACTS`.
        chosen: what they chose where somebody else changed the same.

    Returns:
        the new revision; the latest one where there is nothing new.

    Raises:
        NotAllowed: they may only read it.
        NotThere: there is no such draft or revision for them.
        Conflicts: somebody else changed the same.
        CharterError: the text has mistakes.
    """
    with write():
        found = get_draft_to_edit(member, draft.pk)
        above = latest_of(None) if found.draft.team is not None else None
        read_below(found.draft.team, text, above)
        latest = _latest(found.draft)
        if seen == latest.number:
            merged = MergedDocument(text)
        else:
            merged = merge_documents(
                _text_of(found.draft, seen),
                text,
                latest.text,
                chosen=chosen,
                read=lambda each: read_below(found.draft.team, each, above).charter,
            )
        if merged.text is None:
            raise Conflicts(merged.conflicts, merged.problem, latest, text)
        if merged.text == latest.text:
            return latest
        revision = _next(found.draft, member, latest, merged.text, act=act, above=above)
        record(
            DRAFT_EDITED,
            _subject(draft),
            by=member,
            team=found.draft.team,
            revision=revision.number,
            on=seen,
        )
        return revision


def restore_revision(member: Member, draft: Draft, number: int) -> Revision:
    """Go back to what a draft said before; what it says now stays among its revisions.

    Raises:
        NotAllowed: they may only read it.
        NotThere: there is no such draft or revision for them.
    """
    with write():
        found = get_draft_to_edit(member, draft.pk)
        text = _text_of(found.draft, number)
        latest = _latest(found.draft)
        if text == latest.text:
            return latest
        revision = _next(found.draft, member, latest, text, act="restored", said=f"To revision {number}.")
        record(DRAFT_RESTORED, _subject(draft), by=member, team=found.draft.team, revision=number)
        return revision


def bring_forward(member: Member, draft: Draft, *, chosen: Chosen | None = None) -> Draft:
    """Bring a draft onto the version that is in force by now: its changes, on top of the others'.

    Raises:
        NotAllowed: they may only read it.
        NotThere: there is no such draft for them.
        Conflicts: the draft and the version in force change the same; `theirs` is what is in force.
        CharterError: the draft, or what it was made from, can't be read.
    """
    with write():
        found = get_draft_to_edit(member, draft.pk)
        row, base, in_force = found.draft, base_of(found.draft), latest_of(found.draft.team)
        if in_force is None or base is None or base.pk == in_force.pk:
            return row
        latest = _latest(row)
        above = latest_of(None) if row.team is not None else None
        merged = merge_documents(
            base.text,
            latest.text,
            in_force.text,
            chosen=chosen,
            read=lambda each: read_below(row.team, each, above).charter,
        )
        if merged.text is None:
            theirs = Revision(
                draft=row,
                number=in_force.number,
                text=in_force.text,
                made_by=in_force.published_by,
                made_at=in_force.published_at,
            )
            raise Conflicts(merged.conflicts, merged.problem, theirs, latest.text)
        row.base = in_force
        row.save(update_fields=["base"])
        if merged.text != latest.text:
            said = f"Onto version {in_force.number}."
            _next(row, member, latest, merged.text, act="brought", said=said)
        record(DRAFT_BROUGHT, _subject(row), by=member, team=row.team, version=in_force.number)
        return row


def name_draft(member: Member, draft: Draft, *, name: str, why: str) -> None:
    """Say what a draft is called, and what it is for.

    Raises:
        NotAllowed: they may only read it.
        NotThere: there is no such draft for them.
        Refusal: it has no why.
    """
    with write():
        found = get_draft_to_edit(member, draft.pk)
        _need_why(why)
        Draft.objects.filter(pk=draft.pk).update(name=name.strip()[:120], why=why.strip()[:_WHY])
        record(DRAFT_NAMED, _subject(draft), by=member, team=found.draft.team)


def put_away(member: Member, draft: Draft) -> None:
    """End a draft without publishing it. It can still be read, with all its revisions.

    Raises:
        NotAllowed: they may only read it.
        NotThere: there is no such draft for them.
    """
    with write():
        found = get_draft_to_edit(member, draft.pk)
        Draft.objects.filter(pk=draft.pk, ended_at=None).update(ended_at=now())
        settle(_subject(draft))
        record(DRAFT_PUT_AWAY, _subject(draft), by=member, team=found.draft.team)


def base_of(draft: Draft) -> Version | None:
    """The version that a draft was made from or brought onto; None where there was none yet."""
    if draft.base_id is not None:
        return draft.base
    return (
        Version.objects.select_related("extends__extends", "published_by")
        .filter(team=draft.team, published_at__lte=draft.made_at, withdrawn_at=None)
        .order_by("-published_at", "-number")
        .first()
    )


def _latest(draft: Draft) -> Revision:
    """The latest revision; the first one of a draft that was never edited is written now."""
    found = Revision.objects.select_related("made_by").filter(draft=draft).order_by("-number").first()
    if found is not None:
        return found
    return Revision.objects.create(
        draft=draft, number=1, text=draft.text, act="begun", made_by=draft.made_by, made_at=draft.made_at
    )


def _text_of(draft: Draft, number: int) -> str:
    found = Revision.objects.filter(draft=draft, number=number).values_list("text", flat=True).first()
    if found is None:
        raise Refusal(
            "no-such-revision", "The draft has no such revision.", "Open it again, and change it there."
        )
    return found


def _next(
    draft: Draft,
    member: Member,
    latest: Revision,
    text: str,
    *,
    act: str,
    said: str = "",
    above: Version | None = None,
) -> Revision:
    words = said or _said(draft, latest.text, text, above)
    return _revised(draft, member, latest.number + 1, text, act=act, said=words)


def _revised(draft: Draft, member: Member, number: int, text: str, *, act: str, said: str) -> Revision:
    revision = Revision.objects.create(
        draft=draft, number=number, text=text, act=act, said=said, made_by=member, made_at=now()
    )
    Draft.objects.filter(pk=draft.pk).update(text=text, revision=number)
    draft.text, draft.revision = text, number
    return revision


def _said(draft: Draft, before: str, after: str, above: Version | None) -> str:
    """What changed, in a few sentences."""
    try:
        old, new = (read_below(draft.team, text, above).charter for text in (before, after))
    except CharterError:
        return "It can be read now."
    changes = [change.sentence for change in document_changes(old, new)]
    if not changes:
        return "Remarks, order or layout."
    more = len(changes) - _SAID
    return " ".join(changes[:_SAID]) + (f" And {more} more." if more > 0 else "")


def _need_why(why: str) -> None:
    if not why.strip():
        raise Refusal("empty-why", "The draft has no why.", "Say in a sentence what it is for.", field="why")


def _subject(draft: Draft) -> str:
    return f"draft:{draft.pk}"


__all__ = [
    "Conflicts",
    "base_of",
    "begin_draft",
    "bring_forward",
    "name_draft",
    "put_away",
    "restore_revision",
    "save_draft",
]
