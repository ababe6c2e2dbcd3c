"""Steps: given on evidence or on trust, ended, and never beyond what the charter names."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db.models import QuerySet

from remit.charters.in_force import charter_of
from remit.core.clock import now, today
from remit.core.errors import Changed, NotAllowed, Refusal
from remit.core.writing import write
from remit.growth.access import figures, get_membership_for, limit_of
from remit.growth.models import AgentLimit, Proposal, StepChange, Wish
from remit.growth.notices import step_changed
from remit.growth.queries.evidence import evidence_of
from remit.growth.vocabulary import LONGEST_TRUST, LONGEST_WORDS, Figures, Ground
from remit.notices.actions import settle, tell
from remit.people.access import Place, need_rank
from remit.people.models import Member, Membership
from remit.people.vocabulary import Rank
from remit.trail.actions import record
from remit_engine.charter.facts import NO_STEP

_COUNTS: Final = ("counted", "differently", "given_up")
"""What the trail keeps of the evidence: all else follows from it."""


def give(place: Place, word: str, step: str, *, why: str, until: date | None = None) -> StepChange:
    """Give somebody a step: for good where their reviews have reached its bar, else on trust, for a time.

    Args:
        place: of the manager who gives it.
        word: of the member.
        step: above the one held, or the one held on trust.
        why: never empty.
        until: its last day, on the wall clock of the team; without evidence never None.

    Returns:
        the change; where the same was sent a second time, the one that is there.

    Raises:
        NotAllowed: they aren't a manager of the team, or it is their own.
        NotThere: nobody of that word is in the team.
        Refusal: no such step, no why, no end for trust, or beyond what a software agent may reach.
    """
    said = words_in(why, "why")
    with write():
        membership = _of_another(place, word, "give a step")
        before = membership.step_changes.first()
        if before and (before.step, before.ground, before.why, before.by_id) == (
            step,
            Ground.EVIDENCE,
            said,
            place.member.pk,
        ):
            return before
        charter = charter_of(place.team).compiled.charter
        _need_above(membership, step, charter.step_names)
        _need_within_limit(membership, step, charter.step_names)
        proposal = _shown_proposal(membership, step)
        evidence: dict[str, Any] = {}
        if proposal is not None or figures() is Figures.MANAGERS or membership.member.is_software:
            found, _ = evidence_of(membership, charter, list(membership.step_changes.all()))
            if found.is_earned and found.target is not None and found.target.name == step:
                evidence = found.kept
        ground = Ground.EVIDENCE if evidence else Ground.TRUST
        end = _end_of(membership, until, is_needed=not evidence)
        asked = (step, ground, end, said, place.member.pk)
        if before and (before.step, before.ground, before.until, before.why, before.by_id) == asked:
            return before
        change = _changed(
            membership,
            step,
            ground,
            evidence=evidence,
            until=end,
            why=said,
            by=place.member,
            proposal=proposal,
        )
        _answer_wishes(membership, step, place.member, said)
        record(
            "step-given",
            _subject(membership),
            by=place.member,
            team=place.team,
            words=said,
            to=membership.member.word,
            step=step,
            ground=ground.value,
            on=ground.label,
            until=end.isoformat() if end else "",
            reviews={name: evidence[name] for name in _COUNTS if name in evidence},
        )
        tell(told(membership), step_changed(change))
        return change


def end_trust(place: Place, word: str, *, why: str) -> StepChange:
    """End a step early that was given on trust; what was held before is held again.

    Returns:
        the change; where the same was sent a second time, the one that is there.

    Raises:
        NotAllowed: they aren't a manager of the team, or it is their own.
        NotThere: nobody of that word is in the team.
        Changed: there is no such step any more.
        Refusal: no why.
    """
    said = words_in(why, "why")
    with write():
        membership = _of_another(place, word, "end a step")
        last = membership.step_changes.first()
        if last and (last.ground, last.why, last.by_id) == (Ground.END, said, place.member.pk):
            return last
        if membership.step_until is None or membership.step_until <= now():
            raise Changed("no-trust", "No step is held on trust by now.", "Look at the page again.")
        change = _changed(membership, membership.step_then, Ground.END, why=said, by=place.member)
        record(
            "step-trust-ended", _subject(membership), by=place.member, team=place.team, words=said,
            to=membership.member.word, step=change.step,
        )  # fmt: skip
        tell(told(membership), step_changed(change))
        return change


def end_what_is_over() -> int:
    """Write down that steps given for a time are over; they haven't held since the moment of their end.

    Returns:
        how many there were.
    """
    over = Membership.objects.filter(step_until__lte=now(), until=None).order_by("pk")
    return sum(_is_over(number) for number in over.values_list("pk", flat=True))


def narrow(place: Place, proposal: Proposal, *, why: str) -> StepChange:
    """Take a step back after a talk, where reviews asked for one.

    Returns:
        the change; where the same was sent a second time, the one that is there.

    Raises:
        NotAllowed: they aren't a manager of the team, or it is their own.
        Changed: the proposal was closed before, or another step is held by now.
        Refusal: no why, or no talk was noted.
    """
    said = words_in(why, "why")
    with write():
        membership = _of_another(place, proposal.membership.member.word, "take a step back")
        before = StepChange.objects.filter(proposal=proposal, ground=Ground.TALK, by=place.member).first()
        if before is not None and before.why == said:
            return before
        waiting = open_proposal(proposal)
        if waiting.is_wider or not waiting.talks:
            raise Refusal(
                "no-talk", "No talk was noted.", "Talk about the reviews first, and note what you found.",
                field="why",
            )  # fmt: skip
        if membership.step == waiting.step:
            raise Changed("held-already", "That step is held by now.", "Look at the page again.")
        change = _changed(
            membership,
            waiting.step,
            Ground.TALK,
            evidence=waiting.evidence,
            why=said,
            by=place.member,
            proposal=waiting,
        )
        record(
            "step-narrowed", _subject(membership), by=place.member, team=place.team, words=said,
            to=membership.member.word, step=change.step,
        )  # fmt: skip
        tell(told(membership), step_changed(change))
        return change


def set_limit(place: Place, word: str, step: str, *, why: str) -> None:
    """Say how far a software agent may grow; a step beyond that ends at once.

    Raises:
        NotAllowed: they aren't an owner.
        NotThere: nobody of that word is in the team.
        Refusal: it is a person, no such step, or no why.
    """
    need_rank(place, Rank.OWNER, "say how far a software agent may grow")
    said = words_in(why, "why")
    with write():
        membership = get_membership_for(place, word)
        names = charter_of(place.team).compiled.charter.step_names
        if not membership.member.is_software:
            raise Refusal("no-agent", "People have no such limit.", "It is for software agents.")
        if step not in names:
            raise Refusal("no-such-step", "The charter has no such step.", "Choose one of it.", field="step")
        if limit_of(membership) == step:
            return
        AgentLimit.objects.create(membership=membership, step=step, why=said, by=place.member, at=now())
        record(
            "step-limit-set", _subject(membership), by=place.member, team=place.team, words=said, step=step
        )
        held = membership.step if membership.step in names else NO_STEP
        if names.index(held) > names.index(step):
            _changed(membership, step, Ground.END, why=said, by=place.member)


def told(membership: Membership) -> list[Member]:
    """The one whom it is about, where they read."""
    member = membership.member
    return [member] if member.left_at is None and not member.is_software else []


def managers_of(membership: Membership) -> QuerySet[Member]:
    """Who is told of a team's proposals: its managers, without the one it is about."""
    people = Member.objects.filter(left_at=None, is_software=False).exclude(pk=membership.member_id)
    return people.filter(
        memberships__team=membership.team_id,
        memberships__until=None,
        memberships__role__rank__gte=Rank.MANAGER,
    ).distinct()


def words_in(text: str, field: str) -> str:
    """What was typed, without space around it.

    Raises:
        Refusal: nothing, or too much.
    """
    said = text.strip()
    if not said:
        raise Refusal("empty-why", "There is no why.", "Say in a sentence what it rests on.", field=field)
    if len(said) > LONGEST_WORDS:
        raise Refusal(
            "too-long", f"That is longer than {LONGEST_WORDS} letters.", "Say it more shortly.", field=field
        )
    return said


def open_proposal(proposal: Proposal) -> Proposal:
    """A proposal that nobody closed yet, read again inside a write.

    Raises:
        Changed: somebody did.
    """
    found = Proposal.objects.select_related("membership__team").filter(pk=proposal.pk, closed_at=None).first()
    if found is None:
        raise Changed("proposal-closed", "This proposal is settled by now.", "Look at the page again.")
    return found


def close(proposal: Proposal, outcome: str, by: Member | None) -> None:
    """End a proposal; inside a write."""
    proposal.closed_at, proposal.closed_by, proposal.outcome = now(), by, outcome
    proposal.save(update_fields=["closed_at", "closed_by", "outcome"])
    settle(proposal.subject)


def _of_another(place: Place, word: str, to_do: str) -> Membership:
    need_rank(place, Rank.MANAGER, to_do)
    membership = get_membership_for(place, word)
    if membership.member_id == place.member.pk:
        raise NotAllowed("own-step", "Nobody decides about their own step.", "Ask another manager.")
    return membership


def _need_above(membership: Membership, step: str, names: tuple[str, ...]) -> None:
    """The step is above the one held, or the one held on trust, which is given for good that way."""
    held = membership.step if membership.step in names else NO_STEP
    is_confirmed = membership.step_until is not None and step == membership.step_given
    if step not in names or (names.index(step) <= names.index(held) and not is_confirmed):
        raise Refusal(
            "no-such-step", "That isn't a step above the one held.", "Choose one of those.", field="step"
        )


def _need_within_limit(membership: Membership, step: str, names: tuple[str, ...]) -> None:
    if not membership.member.is_software:
        return
    limit = limit_of(membership)
    if names.index(step) > (names.index(limit) if limit in names else 0):
        raise Refusal(
            "beyond-limit",
            "That is beyond how far its owner lets this software agent grow.",
            "An owner can set another limit, with a why.",
            field="step",
        )


def _shown_proposal(membership: Membership, step: str) -> Proposal | None:
    """The open proposal that a step answers, where its manager may see it."""
    return membership.step_proposals.filter(
        closed_at=None, is_wider=True, step=step, shown_at__isnull=False
    ).first()


def _end_of(membership: Membership, until: date | None, *, is_needed: bool) -> datetime | None:
    """The moment after the last day, on the wall clock of the team."""
    if until is None:
        if is_needed:
            raise Refusal(
                "trust-needs-end",
                "No reviews that you may see prove this step, so it is given on trust, and trust has an end.",
                "Say the last day on which it holds.",
                field="until",
            )
        return None
    day = today(membership.team.time_zone)
    if until < day:
        raise Refusal("until-past", "That day is over.", "Choose a later one.", field="until")
    if until > day + LONGEST_TRUST:
        raise Refusal(
            "until-too-far",
            f"Trust is given for at most {LONGEST_TRUST.days} days at a time.",
            "Choose an earlier day; it can be given again.",
            field="until",
        )
    return datetime.combine(until + timedelta(days=1), time(), membership.team.zone)


def _changed(
    membership: Membership,
    step: str,
    ground: Ground,
    *,
    why: str = "",
    by: Member | None = None,
    evidence: dict[str, Any] | None = None,
    until: datetime | None = None,
    proposal: Proposal | None = None,
) -> StepChange:
    """Write the row, and what follows from it: the step held, and the end of an open proposal."""
    before = membership.step_given if ground is Ground.END else membership.step
    then = membership.step_then if membership.step_until else before
    change = StepChange.objects.create(
        membership=membership,
        before=before,
        step=step,
        ground=ground,
        evidence=evidence or {},
        proposal=proposal,
        until=until,
        why=why,
        by=by,
        at=now(),
    )
    membership.step_given, membership.step_until = step, until
    membership.step_then = then if until else NO_STEP
    membership.save(update_fields=["step_given", "step_until", "step_then"])
    for each in membership.step_proposals.filter(closed_at=None):
        is_answer = proposal is not None and each.pk == proposal.pk
        outcome = ("given" if each.is_wider else "narrowed") if is_answer else "overtaken"
        close(each, outcome, by)
    return change


def _is_over(number: int) -> bool:
    with write():
        membership = (
            Membership.objects.select_related("member", "team")
            .filter(pk=number, step_until__lte=now(), until=None)
            .first()
        )
        if membership is None:
            return False
        change = _changed(membership, membership.step_then, Ground.END)
        record(
            "step-over", _subject(membership), by=None, team=membership.team,
            to=membership.member.word, step=change.step,
        )  # fmt: skip
        tell(told(membership), step_changed(change))
        return True


def _answer_wishes(membership: Membership, step: str, by: Member, why: str) -> None:
    """A wish for this step is answered by giving it."""
    for wish in Wish.objects.filter(membership=membership, step=step, answered_at=None):
        wish.answer, wish.why, wish.answered_by, wish.answered_at = "given", why, by, now()
        wish.save(update_fields=["answer", "why", "answered_by", "answered_at"])
        settle(wish.subject)


def _subject(membership: Membership) -> str:
    return f"member:{membership.member.word}"
