"""Answering ideas, with a why; those beside it that wait are answered with it."""

from __future__ import annotations

from remit.core.clock import now
from remit.core.errors import Changed, Refusal
from remit.core.writing import write
from remit.notices.actions import settle, tell
from remit.people.access import need_rank
from remit.people.models import Member
from remit.people.vocabulary import Rank
from remit.trail.actions import record
from remit.voice.access import get_idea_for, place_at
from remit.voice.models import Answer, Idea, Support
from remit.voice.notices import idea_answered
from remit.voice.vocabulary import ANSWERS, STATE_AFTER, Outcome, State


def answer_idea(
    member: Member, number: int, *, outcome: Outcome, why: str, after: int, charter_version: int | None = None
) -> Idea:
    """A lead answers an idea, or answers it anew; the same answer sent again changes nothing.

    Args:
        member: the lead.
        number: of the idea.
        outcome: one of `ANSWERS`; a trial is begun by an action of its own.
        why: as those read it who had the idea, or support it.
        after: how many answers it had when they looked.
        charter_version: of the version of the charter that tries it; None for none yet, or none.

    Raises:
        NotThere: no such idea.
        NotAllowed: by somebody below a lead.
        Changed: somebody else answered meanwhile, or it is being tried.
        Refusal: the why is missing.
    """
    words = why.strip()
    if not words:
        raise Refusal("no-why", "A word why is needed.", "Whoever had the idea reads it.", field="why")
    if outcome not in ANSWERS:
        raise Refusal("no-outcome", "That is no answer.", "Choose one.", field="outcome")
    with write():
        idea = need_answerer(member, number)
        if idea.trials.filter(ended_at=None).exists():
            raise Changed("idea-on-trial", "It is being tried.", "Say what came of the trial first.")
        last = idea.answers.first()
        if last is not None and last.number > after:
            if (last.outcome, last.why, last.by_id) == (outcome, words, member.pk):
                return idea
            raise Changed(
                "idea-answered",
                f"{last.by.name} answered it meanwhile: {last.get_outcome_display()}.",
                "Read that first. What you typed stands below.",
            )
        idea.charter_version = charter_version if outcome == Outcome.CHARTER else None
        give_answer(idea, outcome, words, by=member)
        return idea


def need_answerer(member: Member, number: int) -> Idea:
    """An idea that somebody may answer; inside a write of the caller.

    Raises:
        NotThere: no such idea.
        NotAllowed: by somebody below a lead.
        Changed: it stands beside another one, with which it is answered.
    """
    idea = get_idea_for(member, number)
    need_rank(place_at(member, idea), Rank.LEAD, "answer an idea")
    if idea.same_as is not None:
        raise Changed(
            "idea-beside",
            f"It stands beside “{idea.same_as.text}”, and is answered with it.",
            "Answer that one, or take this one out first.",
        )
    return idea


def give_answer(idea: Idea, outcome: Outcome, why: str, *, by: Member) -> None:
    """Write down the answer to an idea, and to those beside it; inside a write of the caller."""
    state = STATE_AFTER[outcome]
    for each in (idea, *Idea.objects.filter(same_as=idea).select_related("author", "team")):
        if each.pk != idea.pk and not each.is_waiting:
            stand(each, state)
            continue
        number = each.answers.count() + 1
        Answer.objects.create(idea=each, number=number, outcome=outcome, why=why, by=by, at=now())
        each.state, each.answered_at = state, each.answered_at or now()
        each.save(update_fields=["state", "answered_at", "charter_version"])
        settle(each.subject)
        tell(concerned(each, but=by), idea_answered(each, outcome, why))
    record("idea-answered", idea.subject, by=by, team=idea.team, outcome=str(outcome))


def stand(idea: Idea, state: State) -> None:
    """Where an idea stands from now on; inside a write of the caller."""
    idea.state = state
    idea.save(update_fields=["state"])


def concerned(idea: Idea, *, but: Member) -> list[Member]:
    """Who had an idea, where that is known, and who supports it."""
    supporting = Support.objects.filter(idea=idea).select_related("member")
    people = {each.member.pk: each.member for each in supporting if each.member.left_at is None}
    if idea.author is not None and idea.author.left_at is None:
        people[idea.author.pk] = idea.author
    people.pop(but.pk, None)
    return list(people.values())
