"""What members are told about steps."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from django.urls import reverse

from remit.growth.models import Proposal, StepChange, Wish
from remit.growth.vocabulary import Ground
from remit.notices.actions import Message
from remit.people.models import Membership
from remit_engine.charter.facts import NO_STEP
from remit_engine.charter.sentences import day_in_words, readable

_TITLE: Final = 200


def proposed_to_you(proposal: Proposal) -> Message:
    """To the one whose reviews speak for a step, or for a talk."""
    if proposal.is_wider:
        title = f"Your reviews speak for the step {readable(proposal.step)}"
        body = "A manager decides about it. See what your reviews say, and whether you want it now."
    else:
        title = "Your reviews ask for a talk"
        body = "It is no finding, and nothing changes by itself. See what they say, and add your side."
    return Message(
        code="step-proposed", subject=proposal.subject, title=title, body=body, address=_mine(proposal)
    )


def shown_to_manager(proposal: Proposal) -> Message:
    """To the managers of the team."""
    name = proposal.membership.member.name
    if proposal.is_wider:
        title = f"{name}'s reviews speak for the step {readable(proposal.step)}"
        body = "Give it, or let it wait with a why."
    else:
        title = f"{name}'s reviews ask for a talk"
        body = "Look at the reviews together. Nothing changes by itself."
    return Message(
        code="step-proposal-shown",
        subject=proposal.subject,
        title=title[:_TITLE],
        body=body,
        address=_of_person(proposal.membership),
    )


def step_changed(change: StepChange) -> Message:
    """To the one whose step is another one."""
    match change.ground:
        case Ground.END:
            title = f"Your step {readable(change.before)} has ended"
            body = change.why or "It was given for a time. What you decided with it stays decided."
        case Ground.TALK:
            title = f"Your step is {_named(change.step)} now"
            body = f"Why: {change.why}"
        case _:
            title = f"You hold the step {readable(change.step)} now"
            until = f" until {day_in_words(last_day_of(change))}" if change.until else ""
            body = f"See what you may decide{until}. Why: {change.why}"
    return Message(
        code="step-changed",
        subject=f"step:{change.membership_id}",
        title=title,
        body=body,
        address=_page(change.membership),
    )


def waits(proposal: Proposal, by: str, why: str) -> Message:
    """To the other one of the two."""
    return Message(
        code="step-waits",
        subject=proposal.subject,
        title=f"{by} lets the proposal of a step wait"[:_TITLE],
        body=f"Why: {why}",
        address=_of_person(proposal.membership),
    )


def talked(proposal: Proposal, by: str, words: str) -> Message:
    """To the other one of the two."""
    return Message(
        code="step-talked",
        subject=proposal.subject,
        title=f"{by} noted what you talked about"[:_TITLE],
        body=words,
        address=_of_person(proposal.membership),
    )


def stays(proposal: Proposal, by: str, why: str) -> Message:
    """To the one a talk was about."""
    return Message(
        code="step-stays",
        subject=proposal.subject,
        title="Your step stays as it is",
        body=f"{by}: {why}",
        address=_mine(proposal),
    )


def asked_for(wish: Wish) -> Message:
    """To the managers of the team."""
    return Message(
        code="step-asked-for",
        subject=wish.subject,
        title=f"{wish.membership.member.name} asks for the step {readable(wish.step)}"[:_TITLE],
        body=wish.words,
        address=_of_person(wish.membership),
    )


def not_yet(wish: Wish) -> Message:
    """To the one who asked."""
    return Message(
        code="step-not-yet",
        subject=wish.subject,
        title=f"Not yet: the step {readable(wish.step)}",
        body=f"Why: {wish.why}",
        address=_page(wish.membership),
    )


def examples(proposal: Proposal, change: StepChange, wish: Wish) -> Iterable[Message]:
    """One of each, so that all of them can be looked at."""
    yield proposed_to_you(proposal)
    yield shown_to_manager(proposal)
    yield waits(proposal, "Mia", "After the season.")
    yield talked(proposal, "Mia", "We looked at three of them together.")
    yield stays(proposal, "Mia", "Two of the three were a new menu.")
    yield step_changed(change)
    yield asked_for(wish)
    yield not_yet(wish)


def _named(step: str) -> str:
    return "none" if step == NO_STEP else readable(step)


def last_day_of(change: StepChange) -> date:
    """The last day on which a step that has an end holds, on the wall clock of the team."""
    until = change.until or change.at
    return (until - timedelta(microseconds=1)).astimezone(change.membership.team.zone).date()


def _page(membership: Membership) -> str:
    return reverse("growth:team", args=[membership.team.word])


def _mine(proposal: Proposal) -> str:
    return _page(proposal.membership)


def _of_person(membership: Membership) -> str:
    return reverse("growth:person", args=[membership.team.word, membership.member.word])
