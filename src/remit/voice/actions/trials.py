"""Trials: begun with what makes them safe, ended by their time, and told what came of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from remit.core.clock import now, today
from remit.core.errors import Changed, NotAllowed, Refusal
from remit.core.writing import write
from remit.notices.actions import settle, tell
from remit.people.access import get_member_for
from remit.people.models import Member
from remit.purpose.models import Objective
from remit.trail.actions import record
from remit.voice.access import get_trial_for, people_who_lead, place_at
from remit.voice.actions.answering import concerned, give_answer, need_answerer, stand
from remit.voice.models import Idea, Trial
from remit.voice.notices import trial_ended, trial_over, trial_yours
from remit.voice.vocabulary import FARTHEST_END, TRIAL_ENDED, TRIAL_OVER, Came, Outcome, State


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialWords:
    """What makes a trial safe to try.

    Attributes:
        what: is done while it runs.
        why: it is tried; it is the answer to the idea.
        owner: word of the member whose eye is on it.
        until: the last day, on the wall clock of the team.
        limit: what may go wrong at most.
        objective: whose measure says whether it works; None for words.
        measure: what says so, in words; "" where the objective does.
    """

    what: str
    why: str
    owner: str
    until: date
    limit: str
    objective: Objective | None = None
    measure: str = ""


def begin_trial(member: Member, number: int, words: TrialWords, *, stamp: str) -> Trial:
    """A lead begins to try an idea; that is its answer. Sent a second time it begins no second one.

    Args:
        member: the lead.
        number: of the idea.
        words: what makes it safe to try.
        stamp: of the form.

    Raises:
        NotThere: no such idea, or nobody of that word.
        NotAllowed: by somebody below a lead.
        Changed: it is being tried already.
        Refusal: something is missing, or the end is not to come.
    """
    _need_words(words)
    with write():
        idea = need_answerer(member, number)
        if before := Trial.objects.filter(begun_by=member, stamp=stamp).first():
            return before
        if idea.trials.filter(ended_at=None).exists():
            raise Changed("idea-on-trial", "It is being tried already.", "Look at the trial that runs.")
        owner = get_member_for(place_at(member, idea), words.owner)
        trial = Trial.objects.create(
            idea=idea,
            team=idea.team,
            stamp=stamp,
            what=words.what.strip(),
            owner=owner,
            begins_at=now(),
            ends_at=_end_of(words.until, idea),
            objective=words.objective,
            measure=words.measure.strip(),
            limit=words.limit.strip(),
            begun_by=member,
        )
        idea.charter_version = None
        give_answer(idea, Outcome.TRY, words.why.strip(), by=member)
        record("trial-begun", trial.subject, by=member, team=idea.team, until=str(words.until), idea=idea.pk)
        if owner != member:
            tell([owner], trial_yours(trial, member.name))
        return trial


def ask_what_came() -> int:
    """Ask the owners of trials whose time is over what came of them; each is asked once.

    Where an owner left, those who lead are asked.

    Returns:
        how many were asked.
    """
    over = Trial.objects.filter(ended_at=None, asked_at=None, ends_at__lte=now()).order_by("ends_at")
    return sum(_ask(number) for number in list(over.values_list("pk", flat=True)))


def say_what_came(member: Member, number: int, *, came: Came, learned: str) -> Trial:
    """The owner of a trial, or a lead, says what came of it; before its end that stops it.

    Kept or not, it stays readable, and whoever had the idea is thanked for it.

    Args:
        member: the owner, or a lead.
        number: of the trial.
        came: kept, not kept, or stopped.
        learned: what the team knows now; never empty.

    Raises:
        NotThere: no such trial.
        NotAllowed: it isn't theirs.
        Changed: somebody said so already, or it still runs.
        Refusal: nothing is said.
    """
    words = learned.strip()
    if not words:
        raise Refusal(
            "nothing-learned", "What do we know now?", "A sentence is enough, also of one that failed.",
            field="learned",
        )  # fmt: skip
    with write():
        trial = get_trial_for(member, number)
        need_to_look_after(member, trial)
        if trial.ended_at is not None:
            if (trial.came, trial.learned, trial.said_by_id) == (came, words, member.pk):
                return trial
            raise Changed("trial-ended", "What came of it was said already.", "It stands on this page.")
        if came != Came.STOPPED and not trial.is_over:
            raise Refusal(
                "trial-runs", "It still runs.", "Wait for its end, or stop it: that is said so.", field="came"
            )
        _end(trial, member, came, words)
        return trial


def need_to_look_after(member: Member, trial: Trial) -> None:
    """Refuse what only the owner of a trial may do, or a lead.

    Raises:
        NotAllowed: they are neither.
    """
    if trial.owner_id != member.pk and not place_at(member, trial).is_lead:
        raise NotAllowed(
            "not-your-trial",
            f"{trial.owner.name} looks after this trial.",
            f"Ask them, or a lead of {trial.team.name}.",
        )


def may_end(member: Member, trial: Trial, *, is_lead: bool) -> bool:
    """Whether somebody may say what came of a trial."""
    return trial.ended_at is None and (is_lead or trial.owner_id == member.pk)


def _end(trial: Trial, member: Member, came: Came, words: str) -> None:
    trial.ended_at, trial.came, trial.learned, trial.said_by = now(), came, words, member
    trial.save(update_fields=["ended_at", "came", "learned", "said_by"])
    state = State.TAKEN_UP if came == Came.KEPT else State.TRIED
    idea = Idea.objects.select_related("author", "team").get(pk=trial.idea_id)
    told = {trial.owner.pk: trial.owner} if trial.owner != member else {}
    for each in (idea, *Idea.objects.filter(same_as=idea).select_related("author", "team")):
        stand(each, state)
        told |= {person.pk: person for person in concerned(each, but=member)}
    settle(trial.subject)
    record(TRIAL_ENDED, trial.subject, by=member, team=trial.team, came=str(came))
    tell(told.values(), trial_ended(trial))


def _ask(number: int) -> int:
    with write():
        trial = Trial.objects.select_related("team", "owner").select_for_update(of=("self",)).get(pk=number)
        if trial.asked_at is not None or trial.ended_at is not None:
            return 0
        trial.asked_at = now()
        trial.save(update_fields=["asked_at"])
        record(TRIAL_OVER, trial.subject, by=None, team=trial.team)
        is_there = trial.owner.memberships.filter(team=trial.team, until=None).exists()
        tell([trial.owner] if is_there else people_who_lead(trial.team), trial_over(trial))
        return 1


def _end_of(until: date, idea: Idea) -> datetime:
    here = today(idea.team.time_zone)
    if until <= here:
        raise Refusal("ends-before", "It ends before it begins.", "Choose a day to come.", field="until")
    if until - here > FARTHEST_END:
        raise Refusal("trial-too-long", "That is more than a year.", "Try it for some weeks.", field="until")
    return datetime.combine(until + timedelta(days=1), time.min, idea.team.zone)


def _need_words(words: TrialWords) -> None:
    for name, wrong, step in (
        ("what", "What is done while it is tried?", "Say it in a few words."),
        ("why", "A word why is needed.", "It is the answer to the idea."),
        ("limit", "What may go wrong at most?", "Beyond it, the trial is stopped."),
    ):
        if not getattr(words, name).strip():
            raise Refusal(f"no-{name}", wrong, step, field=name)
    if words.objective is None and not words.measure.strip():
        raise Refusal(
            "no-measure", "What says whether it works?", "Choose an objective, or say it in words.",
            field="measure",
        )  # fmt: skip
