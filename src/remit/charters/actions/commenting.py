"""What the team thinks of a draft: it is asked, says so, and hears what came of it."""

from __future__ import annotations

from remit.charters.access import get_draft, get_draft_to_edit
from remit.charters.models import Comment, Draft
from remit.charters.notices import commented, draft_shared
from remit.charters.vocabulary import COMMENT_SETTLED, COMMENTED, DRAFT_SHARED
from remit.core.clock import now
from remit.core.errors import NotThere, Refusal
from remit.core.writing import write
from remit.notices.actions import tell
from remit.people.models import Member
from remit.trail.actions import record

_LONGEST = 2000


def share_draft(member: Member, draft: Draft) -> None:
    """Let the team read a draft, and ask it what it thinks; a second time nobody is told again.

    Raises:
        NotAllowed: they may only read it.
        NotThere: there is no such draft for them.
        Refusal: it is the organisation's, which has no team.
    """
    with write():
        found = get_draft_to_edit(member, draft.pk).draft
        if found.team is None:
            raise Refusal("no-team", "This draft is of no team.", "Talk to the managers who extend it.")
        if found.shared_at is not None:
            return
        Draft.objects.filter(pk=draft.pk).update(shared_at=now())
        people = Member.objects.filter(
            memberships__team=found.team, memberships__until=None, left_at=None, is_software=False
        )
        tell(people.exclude(pk=member.pk).distinct(), draft_shared(found, member))
        record(DRAFT_SHARED, f"draft:{draft.pk}", by=member, team=found.team)


def comment_on(member: Member, draft: Draft, text: str, *, rule: str = "") -> Comment:
    """Say what one thinks of a draft, or of one of its rules.

    Raises:
        NotThere: there is no such draft for them.
        Refusal: nothing was said.
    """
    with write():
        found = get_draft(member, draft.pk).draft
        if not text.strip():
            raise Refusal("empty", "Nothing was written.", "Say what you think.", field="comment")
        comment = Comment.objects.create(
            draft=found,
            rule=rule[:100],
            revision=found.revision,
            text=text.strip()[:_LONGEST],
            made_by=member,
            made_at=now(),
        )
        others = Member.objects.filter(left_at=None).exclude(pk=member.pk)
        told = others.filter(pk=found.made_by_id) | others.filter(pk__in=found.comments.values("made_by"))
        tell(told.distinct(), commented(comment))
        record(COMMENTED, f"draft:{draft.pk}", by=member, team=found.team, rule=rule, revision=found.revision)
        return comment


def settle_comment(member: Member, draft: Draft, number: int) -> None:
    """Say that a comment was taken into account or answered: a manager, or whoever wrote it.

    Raises:
        NotAllowed: they may only read it.
        NotThere: there is no such draft or comment for them.
    """
    with write():
        found = get_draft(member, draft.pk).draft
        comment = Comment.objects.filter(draft=found, pk=number).first()
        if comment is None:
            raise NotThere("comment")
        if comment.made_by_id != member.pk:
            get_draft_to_edit(member, draft.pk)
        if comment.settled_at is None:
            comment.settled_at, comment.settled_by = now(), member
            comment.save(update_fields=["settled_at", "settled_by"])
            record(COMMENT_SETTLED, f"draft:{draft.pk}", by=member, team=found.team, comment=comment.pk)
