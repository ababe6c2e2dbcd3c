"""What members are told about charters and lent authority."""

from __future__ import annotations

from collections.abc import Sequence
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
    NOTICE_RULES_TURNED,
    NOTICE_SECOND,
    NOTICE_TOOK_EFFECT,
    NOTICE_TRIAL_ENDED,
)
from remit.core.clock import now
from remit.notices.actions import Message
from remit.people.models import Member, Team
from remit_engine.charter.sentences import day_in_words, listed

_TITLE: Final = 200


def changed(version: Version, team: Team, *, more: int, less: int) -> Message:
    """The charter of a team is another one; how much changes for the one who is told, and for how long."""
    days = ""
    if version.published_at > now():
        days = f"From {day_in_words(version.published_at.astimezone(team.zone).date())} on. "
    if version.trial_until is not None:
        days += f"A trial until {day_in_words(version.trial_until)}: {version.question} "
    will = "will change" if version.published_at > now() else "changed"
    return Message(
        code=NOTICE_CHANGED,
        subject=f"charter:{team.word}",
        title=f"The charter of {team.name} {will}"[:_TITLE],
        body=f"{days}{_for_you(more, less)} Why: {version.why}",
        address=reverse("charters:version", args=[team.word, version.number])
        if version.published_at > now()
        else reverse("charters:team", args=[team.word]),
    )


def took_effect(version: Version, team: Team, *, more: int, less: int) -> Message:
    """What was published for a day is in force since today."""
    return Message(
        code=NOTICE_TOOK_EFFECT,
        subject=f"charter:{team.word}",
        title=f"A new charter of {team.name} is in force"[:_TITLE],
        body=f"{_for_you(more, less)} Why: {version.why}",
        address=reverse("charters:team", args=[team.word]),
    )


def trial_ended(version: Version, team: Team, *, more: int, less: int, asks: bool = False) -> Message:
    """A trial went back by itself, or was ended; whoever manages is asked what it answered."""
    trial = version.ends
    question = trial.question if trial else ""
    body = f"{_for_you(more, less)} What was in force before holds again."
    if asks:
        body = f"It should answer: {question} Look what came of it: keep it, widen it, or leave it."
    return Message(
        code=NOTICE_TRIAL_ENDED,
        subject=f"charter:{team.word}" if not asks else f"trial:{version.pk}",
        title=f"A trial in {team.name} has ended"[:_TITLE],
        body=body,
        address=reverse("charters:version", args=[team.word, trial.number])
        if asks and trial
        else reverse("charters:team", args=[team.word]),
    )


def rules_turned(team: Team, began: Sequence[str], ended: Sequence[str], *, more: int, less: int) -> Message:
    """Rules of the charter in force began today, or ended yesterday, as they say themselves."""
    said = [f"{listed(began)} {_verb(began, 'holds', 'hold')} from today on."] if began else []
    said += [f"{listed(ended)} {_verb(ended, 'has', 'have')} ended."] if ended else []
    return Message(
        code=NOTICE_RULES_TURNED,
        subject=f"charter:{team.word}",
        title=f"What {team.name} may decide changed today"[:_TITLE],
        body=f"{_for_you(more, less)} {' '.join(said)}",
        address=reverse("charters:team", args=[team.word]),
    )


def _verb(rules: Sequence[str], one: str, many: str) -> str:
    return one if len(rules) == 1 else many


def _for_you(more: int, less: int) -> str:
    if more and less:
        return f"You may do more in {_cases(more)}, and less in {_cases(less)}."
    if more:
        return f"You may do more in {_cases(more)}."
    if less:
        return f"You may do less in {_cases(less)}."
    return "Nothing changes for you."


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


def lending_moved(delegation: Delegation, by: Member) -> Message:
    """To its giver: what they lent for something holds on other days, since that moved."""
    first, last = day_in_words(delegation.since), day_in_words(delegation.until)
    return Message(
        code=NOTICE_LENDING_ENDED,
        subject=f"delegation:{delegation.pk}",
        title=f"What you lent {delegation.receiver.name} holds on another day: {first}"[:_TITLE],
        body=f"{by.name} moved what it is for. It holds from {first} to {last}; end it if that isn't meant.",
        address=reverse("charters:delegations"),
    )


def lending_not_moved(delegation: Delegation, by: Member) -> Message:
    """To its giver: what they lent for something ended when that moved, and is theirs to lend anew."""
    return Message(
        code=NOTICE_LENDING_ENDED,
        subject=f"delegation:{delegation.pk}",
        title=f"What you lent {delegation.receiver.name} has ended"[:_TITLE],
        body=f"{by.name} moved what it was for. It didn't move along; lend it anew where it is still meant.",
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


def talk_address(draft: int, comment: int) -> str:
    """Where a comment stands, on whichever page of the talk it is by then."""
    return f"{reverse('charters:draft-talk', args=[draft])}?comment={comment}#comment-{comment}"


def commented(comment: Comment) -> Message:
    """To whoever made a draft or said something about it: somebody said more."""
    return Message(
        code=NOTICE_COMMENTED,
        subject=f"draft:{comment.draft_id}",
        title=f"{comment.made_by.name} on {comment.draft.title}"[:_TITLE],
        body=comment.text,
        address=talk_address(comment.draft_id, comment.pk),
    )
