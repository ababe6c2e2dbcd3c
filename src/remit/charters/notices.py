"""What members are told about charters and lent authority."""

from __future__ import annotations

from typing import Final

from django.urls import reverse

from remit.charters.models import Comment, Delegation, Draft, Publication, Version
from remit.charters.vocabulary import (
    NOTICE_CHANGED,
    NOTICE_COMMENTED,
    NOTICE_DRAFT_SHARED,
    NOTICE_LENDING_ENDED,
    NOTICE_LENT,
    NOTICE_NOT_PUBLISHED,
    NOTICE_SECOND,
)
from remit.notices.actions import Message
from remit.people.models import Member, Team
from remit_engine.charter.sentences import day_in_words

_TITLE: Final = 200


def changed(version: Version, team: Team, *, more: int, less: int) -> Message:
    """The charter of a team is another one; how much changes for the one who is told."""
    if more and less:
        for_you = f"You may do more in {_cases(more)}, and less in {_cases(less)}."
    elif more:
        for_you = f"You may do more in {_cases(more)}."
    elif less:
        for_you = f"You may do less in {_cases(less)}."
    else:
        for_you = "Nothing changes for you."
    return Message(
        code=NOTICE_CHANGED,
        subject=f"charter:{team.word}",
        title=f"The charter of {team.name} changed"[:_TITLE],
        body=f"{for_you} Why: {version.why}",
        address=reverse("charters:team", args=[team.word]),
    )


def needs_second(publication: Publication) -> Message:
    """Somebody waits for a second publisher."""
    where = publication.team.name if publication.team else "the organisation"
    return Message(
        code=NOTICE_SECOND,
        subject=f"publication:{publication.pk}",
        title=f"{publication.proposed_by.name} asks you to publish a charter with them"[:_TITLE],
        body=f"It is for {where} and raises their own level, so it takes two. Why: {publication.why}",
        address=reverse("charters:publication", args=[publication.pk]),
    )


def not_published(publication: Publication, by: Member) -> Message:
    """What waited for a second publisher was taken back by somebody else."""
    return Message(
        code=NOTICE_NOT_PUBLISHED,
        subject=f"publication:{publication.pk}",
        title=f"{by.name} did not publish your charter"[:_TITLE],
        body="Talk to them; what you wrote is kept.",
        address=reverse("charters:publication", args=[publication.pk]),
    )


def lent(delegation: Delegation) -> Message:
    """Somebody lends authority to the one who is told."""
    return Message(
        code=NOTICE_LENT,
        subject=f"delegation:{delegation.pk}",
        title=f"{delegation.giver.name} lends you authority until {day_in_words(delegation.until)}"[:_TITLE],
        body=f"Why: {delegation.why}",
        address=reverse("charters:delegations"),
    )


def lending_ended(delegation: Delegation) -> Message:
    """What was lent to the one who is told ended before its time."""
    return Message(
        code=NOTICE_LENDING_ENDED,
        subject=f"delegation:{delegation.pk}",
        title=f"The authority that {delegation.giver.name} lent you has ended"[:_TITLE],
        body="What you decided with it stays decided.",
        address=reverse("charters:delegations"),
    )


def _cases(number: int) -> str:
    return "one case" if number == 1 else f"{number} cases"


def draft_opened(draft: Draft) -> Message:
    """To managers: a *yes, and from now on* opened a draft of the charter."""
    return Message(
        code="draft-opened",
        subject=f"draft:{draft.pk}",
        title="A draft of the charter waits for you",
        body=f"{draft.made_by.name} said yes, and from now on. See what it changes, and publish it.",
        address=reverse("charters:draft", args=[draft.pk]),
    )


def draft_shared(draft: Draft, by: Member) -> Message:
    """To the team: a manager asks what they think of a draft."""
    return Message(
        code=NOTICE_DRAFT_SHARED,
        subject=f"draft:{draft.pk}",
        title=f"{by.name} asks what you think of a draft of the charter"[:_TITLE],
        body=f"{draft.title}. Why: {draft.why}" if draft.why else draft.title,
        address=reverse("charters:draft", args=[draft.pk]),
    )


def commented(comment: Comment) -> Message:
    """To whoever made a draft or said something about it: somebody said more."""
    return Message(
        code=NOTICE_COMMENTED,
        subject=f"draft:{comment.draft_id}",
        title=f"{comment.made_by.name} on {comment.draft.title}"[:_TITLE],
        body=comment.text,
        address=f"{reverse('charters:draft-talk', args=[comment.draft_id])}#comment-{comment.pk}",
    )
