"""Making it right: one write, in which the verdict is taken and everything that follows is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db.models import BigIntegerField, DateTimeField
from django.db.models.functions import Coalesce

from remit.approvals.actions import ask, end
from remit.approvals.models import Approval
from remit.approvals.notices import asked
from remit.approvals.vocabulary import End, Form
from remit.complaints.access import get_complaint_to_decide
from remit.complaints.actions.conversation import reply, take_reply_back
from remit.complaints.asked_ahead import ask_ahead
from remit.complaints.facts import currency_of
from remit.complaints.judging import Judged, Surroundings, decided_before, judge, surroundings_of
from remit.complaints.models import Complaint, Decision
from remit.complaints.near_lines import near_lines_before, place_on_the_ladder
from remit.complaints.replies import filled
from remit.complaints.vocabulary import WORTH_NOTHING
from remit.core.asked_often import Slot
from remit.core.clock import now
from remit.core.errors import Changed, NotAllowed, NotThere, Refusal
from remit.core.writing import write
from remit.core.written_often import Change, changed_often, insert
from remit.notices.actions import Message as Notice
from remit.notices.actions import tell, tell_again
from remit.people.access import place_in
from remit.people.models import Member
from remit.remedies.actions.giving import Wish, give, given_on, hold, release
from remit.remedies.actions.taking_back import take_back
from remit.remedies.models import Remedy
from remit.remedies.vocabulary import UNDO_SECONDS, State
from remit.trail.actions import record
from remit_engine.charter.compiled import CompiledCharter
from remit_engine.charter.levels import Level
from remit_engine.charter.request import Person
from remit_engine.limits import AMOUNT_MINOR_UNITS
from remit_engine.money import written

MONEY: Final = frozenset({"refund", "adjustment"})
"""Kinds that give money back: never more than was paid."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """What somebody wants to do, as the form was sent.

    Attributes:
        kind: of remedy.
        value: what it is worth in minor units.
        key: of the form: the same key decides once.
        what: in words, for a replacement or something on the house.
        words: for whoever is asked or told.
        letter: to the customer; it goes out when the remedy is given. `{amount}` becomes what was given.
        account_of: word of the member to whose account it goes, if to one.
        expects: word of the level that the button promised; another one is refused, and shown anew.
    """

    kind: str
    value: int
    key: str
    what: str = ""
    words: str = ""
    letter: str = ""
    account_of: str | None = None
    expects: str = ""


def decide(member: Member, number: int, intent: Intent) -> Decision:
    """Do what the charter lets somebody do: give, propose or ask.

    Args:
        member: who.
        number: of the complaint.
        intent: what they want to give.

    Returns:
        the decision; the one that was made before where the form was sent twice.

    Raises:
        NotThere: there is no such complaint for them.
        NotAllowed: the level is `never`; says why, and who takes it over.
        Changed: the level isn't the one that the button promised any more.
        Refusal: the complaint is closed, the amount can't be given, a question is open already.
    """
    with write(begins_by_asking=True):
        complaint = get_complaint_to_decide(member, number)
        moment = now()
        ask_ahead(member, complaint, kind=intent.kind, key=intent.key, moment=moment)
        decisions = decided_before(complaint, intent.key)
        before = next((each for each in decisions if each.key == intent.key), None)
        if before is not None:
            if before.member_id != member.pk or before.complaint_id != complaint.pk:
                raise NotThere("decision")
            return before
        _check_open(complaint, decisions, intent.kind)
        place = place_in(member, complaint.team)
        around = surroundings_of(place, complaint, decisions=decisions, moment=moment)
        given = given_on(complaint.order_key)
        _check_value(around, intent, given)
        if intent.letter:
            filled(intent.letter.replace("{amount}", ""), complaint, member)
        judged = judge(
            around, kind=intent.kind, amount=intent.value, account_of=intent.account_of, given=given
        )
        _check_level(judged, intent)
        decision = _decided(around, judged, intent)
        _said(decision, judged)
        _taken_up.unseen(complaint=complaint.pk, member=member.pk, at=now())
    return decision


@changed_often(complaint=BigIntegerField(), member=BigIntegerField(), at=DateTimeField())
def _taken_up(complaint: Slot, member: Slot, at: Slot) -> Change:
    becomes = {"assignee": Coalesce("assignee", member), "last_at": at}
    return Complaint.objects.filter(pk=complaint), becomes


def undo(member: Member, decision_id: int) -> Decision:
    """Take one's own decision back before its letter left and its money moved.

    Raises:
        NotThere: it isn't theirs.
        Changed: it is too late.
    """
    with write():
        decision = _own_decision(member, decision_id)
        remedy = decision.remedy
        if remedy is None or remedy.state != State.GIVEN or not can_be_undone(remedy):
            raise Changed(
                "too-late",
                f"A decision can be undone for {UNDO_SECONDS} seconds; this one is on its way.",
                "It can still be taken back, with a why.",
            )
        take_back(remedy, remedy.counts, member, "Undone at once.")
        if decision.message is not None:
            take_reply_back(member, decision.message)
        if decision.level == Level.INFORM.word:
            tell_again(_uninformed(decision))
        record(
            "decision-undone", decision.complaint.subject, by=member, team=decision.team, decision=decision.pk
        )
    return decision


def withdraw(member: Member, approval: Approval, why: str = "") -> None:
    """Take back one's own question or proposal while it is open.

    Raises:
        NotThere: it isn't theirs.
        Changed: it has ended.
    """
    with write():
        if approval.asker_id != member.pk:
            raise NotThere("approval")
        end(approval, End.WITHDRAWN, by=member, why=why)
        free_what_is_held(approval, member, why or "Withdrawn.")


def can_be_undone(remedy: Remedy) -> bool:
    """Whether a remedy is still within the seconds in which it can be undone."""
    return remedy.settles_at is not None and now() < remedy.settles_at


def free_what_is_held(approval: Approval, by: Member | None, why: str) -> None:
    """What a proposal held isn't given; nothing where the question held nothing."""
    remedy = approval.decision.remedy
    if remedy is not None and remedy.state == State.HELD:
        release(remedy, by, why)


def money_left(complaint: Complaint, given: int | None = None) -> int | None:
    """What can still be given back in money: what was paid less what was given; None where nobody knows."""
    order = complaint.order
    if order is None or order.paid is None:
        return None
    return max(order.paid - (given_on(complaint.order_key) if given is None else given), 0)


def send_letter(decision: Decision, given: int, *, wait: bool) -> bool:
    """Send the letter of a decision with what was really given.

    Args:
        decision: whose letter.
        given: minor units.
        wait: leave the seconds in which it can be undone.

    Returns:
        False where it can't go: another amount was given than it speaks of, or its writer has left.
    """
    if not decision.letter:
        return True
    if not decision.member.memberships.filter(team=decision.team, until=None).exists():
        return False
    if given != decision.value and "{amount}" not in decision.letter:
        return False
    text = decision.letter.replace("{amount}", written(given, decision.currency))
    leaves_at = now() + timedelta(seconds=UNDO_SECONDS if wait else 0)
    decision.message = reply(decision.member, decision.complaint, text, leaves_at=leaves_at)
    decision.save(update_fields=["message"])
    return True


def _check_open(complaint: Complaint, decisions: Sequence[Decision], kind: str) -> None:
    if complaint.closed_at is not None:
        raise Refusal("closed", "This complaint is closed.", "Reopen it, with a word why, and decide then.")
    asked = (decision.approval for decision in decisions)
    waiting = next((each for each in asked if each and each.is_open and each.kind == kind), None)
    if waiting is not None:
        raise Refusal(
            "already-asked",
            f"There is an open question about a {kind} here already.",
            "Wait for the answer, or withdraw the question and decide anew.",
            approval=waiting.pk,
        )


def _check_value(around: Surroundings, intent: Intent, given: int) -> None:
    charter = around.in_force.compiled.charter
    if intent.kind not in charter.all_kinds:
        raise Refusal(
            "unknown-kind",
            f"The charter knows no remedy {intent.kind!r}.",
            "Choose one of its kinds.",
            field="kind",
        )
    if intent.kind in WORTH_NOTHING:
        if intent.value:
            raise Refusal(
                "apology-has-no-price", "An apology costs nothing.", "Leave the amount out.", field="value"
            )
        return
    if not 0 < intent.value <= AMOUNT_MINOR_UNITS:
        raise Refusal("no-amount", "The amount has to be above zero.", "Say how much.", field="value")
    left = money_left(around.complaint, given)
    if intent.kind in MONEY and left is not None and intent.value > left:
        currency = currency_of(around.complaint)
        raise Refusal(
            "more-than-paid",
            f"Only {written(left, currency)} of what was paid is left to give back.",
            "Give less, or give more as credit.",
            field="value",
            left=left,
        )


def _check_level(judged: Judged, intent: Intent) -> None:
    verdict = judged.authority.verdict
    if judged.level is Level.NEVER:
        names = " or ".join(member.name for member in judged.hand_to) or "the owner"
        raise NotAllowed(
            "never", verdict.why, f"Hand the complaint to {names}.", rules=[cap.id for cap in verdict.caps]
        )
    if intent.expects and intent.expects != judged.level.word:
        raise Changed(
            "level-changed",
            f"Something changed while you looked: now it is {judged.level.word}, not {intent.expects}.",
            "Look at the ladder again, and press once more if it is still right.",
            level=judged.level.word,
        )


def _decided(around: Surroundings, judged: Judged, intent: Intent) -> Decision:
    """Write down what was decided, with what is given or set aside."""
    complaint = around.complaint
    at, is_near = place_on_the_ladder(complaint, judged.request, judged.authority.verdict.ladder)
    decision = Decision(
        complaint=complaint,
        team=complaint.team,
        member=around.place.member,
        kind=intent.kind,
        value=intent.value,
        currency=currency_of(complaint),
        what=intent.what,
        level=judged.level.word,
        request=judged.request.as_record(),
        verdict=_as_judged(judged),
        charter=around.in_force.version,
        on_authority_of=judged.giver,
        delegation=judged.delegation,
        was_offered=at,
        key=intent.key,
        words=intent.words,
        letter=intent.letter,
        at=now(),
    )
    if is_near:
        decision.near_lines = near_lines_before(decision) + 1
    if judged.level >= Level.INFORM:
        decision.remedy = give(wish_of(decision, judged), _compiled(judged))
    elif judged.level is Level.PROPOSE:
        decision.remedy = hold(wish_of(decision, judged), _compiled(judged))
    insert(decision)
    record(
        "complaint-decided",
        complaint.subject,
        by=around.place.member,
        team=complaint.team,
        words=intent.words,
        decision=decision.pk,
        kind=intent.kind,
        value=intent.value,
        currency=decision.currency,
        level=decision.level,
        charter=around.in_force.version.hash,
        on_authority_of=judged.giver.word if judged.giver else None,
    )
    return decision


def _as_judged(judged: Judged) -> dict[str, object]:
    """The verdict's record; where authority was lent, with the giver's request that it answers."""
    verdict = judged.authority.verdict
    record = verdict.as_record()
    return record if judged.giver is None else record | {"of": verdict.request.as_record()}


def _said(decision: Decision, judged: Judged) -> None:
    """Write to the customer, tell whom the charter names, or ask."""
    if judged.level >= Level.INFORM:
        send_letter(decision, decision.value, wait=True)
        if judged.level is Level.INFORM:
            tell(judged.told, _informed(decision))
        return
    is_proposal = judged.level is Level.PROPOSE
    approval = ask(
        Form.PROPOSE if is_proposal else Form.ASK,
        team=decision.team,
        subject=decision.complaint.subject,
        asker=decision.member,
        request=judged.request,
        currency=decision.currency,
        charter=_surroundings(judged).in_force,
        wish=decision.words,
        people=judged.askable,
        objection_minutes=judged.objections if is_proposal else 0,
        clock_runs=is_proposal and _is_watched(judged),
    )
    decision.approval = approval
    _waits_for(decision=decision.pk, approval=approval.pk)
    first = [each.member for each in judged.askable if is_proposal or each.circle == 1]
    tell(first, asked(approval, decision.complaint.title))


@changed_often(decision=BigIntegerField(), approval=BigIntegerField())
def _waits_for(decision: Slot, approval: Slot) -> Change:
    return Decision.objects.filter(pk=decision), {"approval": approval}


def _is_watched(judged: Judged) -> bool:
    """Whether somebody who may object is on duty."""
    objecting = {each.member.word for each in judged.askable}
    return any(
        person.on_duty and person.member in objecting for person in _surroundings(judged).everybody.people
    )


def wish_of(decision: Decision, judged: Judged) -> Wish:
    """What is to be given, on the authority that was found."""
    giver = judged.giver
    person: Person | None = judged.authority.lent.delegation.giver if judged.authority.lent else None
    return Wish(
        team=decision.team,
        source=decision.complaint.subject,
        member=decision.member,
        kind=decision.kind,
        value=decision.value,
        currency=decision.currency,
        request=judged.request,
        what=decision.what,
        authority=giver,
        authority_person=person,
    )


def _informed(decision: Decision) -> Notice:
    amount = written(decision.value, decision.currency)
    return Notice(
        code="decision-told",
        subject=f"decision:{decision.pk}",
        title=f"{decision.member.name} gave {amount}: {decision.complaint.title}",
        body="You are told, and need do nothing.",
        address=f"/complaints/{decision.complaint.number}/",
    )


def _uninformed(decision: Decision) -> Notice:
    amount = written(decision.value, decision.currency)
    return Notice(
        code="decision-told",
        subject=f"decision:{decision.pk}",
        title=f"{decision.member.name} took {amount} back at once: {decision.complaint.title}",
        body="Nothing was given. You need do nothing.",
        address=f"/complaints/{decision.complaint.number}/",
    )


def _own_decision(member: Member, decision_id: int) -> Decision:
    decision = (
        Decision.objects.select_related("complaint__team", "remedy__team", "message", "team")
        .filter(pk=decision_id, member=member)
        .first()
    )
    if decision is None:
        raise NotThere("decision")
    return decision


def _surroundings(judged: Judged) -> Surroundings:
    if judged.surroundings is None:
        raise RuntimeError("a judgement without what it was made of")
    return judged.surroundings


def _compiled(judged: Judged) -> CompiledCharter:
    return _surroundings(judged).in_force.compiled
