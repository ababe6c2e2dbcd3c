"""Answers: a yes gives at once, a no and an objection say why."""

from __future__ import annotations

from dataclasses import dataclass, replace

from remit.approvals.actions import already_ended, end
from remit.approvals.models import Approval, Asked
from remit.approvals.vocabulary import End, Form
from remit.charters.in_force import charter_of
from remit.charters.models import Draft
from remit.charters.notices import draft_opened
from remit.complaints.actions.deciding import MONEY, free_what_is_held, money_left, send_letter
from remit.complaints.actions.questions import (
    approval_of,
    approvers_of,
    as_now,
    decision_of,
    tell_asker,
    void_if_changed,
)
from remit.complaints.drafting import with_from_now_on
from remit.complaints.models import Decision
from remit.core.clock import now
from remit.core.errors import Changed, NotAllowed, NotThere, Refusal
from remit.core.writing import write
from remit.notices.actions import tell
from remit.people.access import Place, place_in
from remit.people.facts import people_of
from remit.people.models import Member, Team
from remit.people.vocabulary import Rank
from remit.remedies.actions.giving import Wish, give, given_on
from remit.remedies.allowances import used
from remit.trail.actions import record
from remit_engine.charter.approval import Approver, Approvers
from remit_engine.charter.levels import Level
from remit_engine.charter.request import Person, Request
from remit_engine.money import written


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What somebody answers to a question.

    Attributes:
        how: yes, yes-from-now-on, another-amount or no.
        amount: minor units, for another amount: not above what was asked.
        why: needed for a no, and for an owner who answers alone.
    """

    how: End
    amount: int | None = None
    why: str = ""


def answer(member: Member, approval_id: int, given_answer: Answer) -> Approval:
    """Answer a question that needs a yes; a yes gives at once.

    Raises:
        NotThere: there is no such question for them.
        NotAllowed: they may not say yes to this: not their own, not beyond their own grants.
        Changed: it was answered, or a fact changed; it is void then, and both sides see why.
        Refusal: an amount or a why is missing, or less is left on the order.
    """
    with write():
        decision = decision_of(approval_id)
        approval = approval_of(decision)
        place = _place(member, decision)
        if approval.form != Form.ASK:
            raise Refusal("not-asked", "This goes ahead by itself.", "Object to it, or let it go ahead.")
        if approval.ended_at is not None:
            raise already_ended(approval)
        if now() >= approval.expires_at:
            raise Changed("expired", "This question has expired.", "Whoever asked can ask again.")
        voided = void_if_changed(decision)
        if not voided:
            _answered(place, decision, given_answer)
    if voided:
        raise Changed(
            "void",
            "A fact of the complaint was changed after this was asked, so the question is void.",
            "Whoever asked sees why, and can ask again.",
        )
    approval.refresh_from_db()
    return approval


def object_to(member: Member, approval_id: int, why: str) -> Approval:
    """Stop a proposal, with a why; what it held is free again.

    Raises:
        NotThere: there is no such proposal for them.
        NotAllowed: they may not say yes to it, so they may not object either.
        Changed: it went ahead or ended already.
        Refusal: there is no why.
    """
    with write():
        decision = decision_of(approval_id)
        approval = approval_of(decision)
        place = _place(member, decision)
        if approval.form != Form.PROPOSE:
            raise Refusal("not-proposed", "This needs an answer, not an objection.", "Say yes or no.")
        if not why.strip():
            raise Refusal(
                "no-why", "An objection needs a why.", "Say in a sentence what to look at.", field="why"
            )
        if approval.ended_at is not None:
            raise already_ended(approval)
        _as_approver(place, decision, approval.amount)
        end(approval, End.OBJECTED, by=member, why=why.strip())
        free_what_is_held(approval, member, why.strip())
        tell_asker(decision)
    approval.refresh_from_db()
    return approval


def _answered(place: Place, decision: Decision, given_answer: Answer) -> None:
    approval, why = approval_of(decision), given_answer.why.strip()
    amount = _amount_of(approval, given_answer)
    approver, alone = _as_approver(place, decision, amount)
    if alone and not why:
        raise Refusal(
            "alone-needs-why", "You answer alone, so the books need a why.", "Say why.", field="why"
        )
    giver = _giver(approver, place)
    if given_answer.how == End.NO:
        if not why:
            raise Refusal(
                "no-why", "A no needs a why.", "Say in a sentence what stands against it.", field="why"
            )
        end(approval, End.NO, by=place.member, why=why, on_authority_of=giver, is_alone=alone)
        tell_asker(decision)
        return
    _give_on_answer(place, decision, amount, approver, giver)
    end(
        approval,
        given_answer.how,
        by=place.member,
        why=why,
        amount=amount if given_answer.how == End.ANOTHER_AMOUNT else None,
        on_authority_of=giver,
        is_alone=alone,
    )
    if given_answer.how == End.YES_FROM_NOW_ON:
        _open_draft(place, decision, why)
    sent = send_letter(decision, amount, wait=False)
    tell_asker(decision, letter_waits=not sent)


def _amount_of(approval: Approval, given_answer: Answer) -> int:
    if given_answer.how != End.ANOTHER_AMOUNT:
        return approval.amount
    amount = given_answer.amount
    if amount is None or not 0 < amount < approval.amount:
        raise Refusal(
            "not-another-amount",
            f"Another amount lies between zero and the {written(approval.amount, approval.currency)} asked.",
            "Give a smaller one, or say yes.",
            field="amount",
        )
    return amount


def _as_approver(place: Place, decision: Decision, amount: int) -> tuple[Approver, bool]:
    """The one who answers as somebody who may, and whether they answer alone.

    Raises:
        NotAllowed: they may not.
    """
    approvers = approvers_of(decision, amount)
    word = place.member.word
    found = next((each for each in approvers.everybody if each.person.member == word), None)
    if found is not None:
        return found, False
    asked_alone = Asked.objects.filter(
        approval=decision.approval, member=place.member, is_alone=True
    ).exists()
    if place.member.is_owner and (asked_alone or not _others(approvers, decision)):
        return Approver(_person(word, place.team)), True
    if approval_of(decision).asker_id == place.member.pk:
        raise NotAllowed(
            "own-question", "Nobody answers their own question.", "Wait for the answer, or withdraw it."
        )
    raise NotAllowed(
        "beyond-grants",
        "Your own grants don't reach this, so you can't say yes to it.",
        "Leave it to somebody whose grants do.",
    )


def _others(approvers: Approvers, decision: Decision) -> list[Approver]:
    return [each for each in approvers.everybody if each.person.member != decision.member.word]


def _person(word: str, team: Team) -> Person:
    found = next((person for person in people_of(team) if person.member == word), None)
    if found is None:
        raise NotThere("approval")
    return found


def _giver(approver: Approver, place: Place) -> Member | None:
    if approver.delegation is None:
        return None
    return Member.objects.get(word=approver.delegation.giver.member) if place else None


def _give_on_answer(
    place: Place, decision: Decision, amount: int, approver: Approver, giver: Member | None
) -> None:
    """Give what was asked, after a look at what may stand in the way since: guardrails and the money left."""
    complaint, team = decision.complaint, decision.team
    in_force = charter_of(team)
    given = given_on(complaint.order_key)
    as_asked = Request.from_record(approval_of(decision).request)
    request = replace(as_asked, amount=amount, given=given)
    fresh = replace(as_now(decision, amount, in_force.compiled.charter), given=given)
    verdict = in_force.compiled.verdict(replace(fresh, used=used(team, in_force.compiled, fresh)))
    if verdict.level is Level.NEVER:
        raise NotAllowed("never", verdict.why, "Say no, with this why.")
    left = money_left(complaint, given)
    if decision.kind in MONEY and left is not None and amount > left:
        raise Refusal(
            "more-than-paid",
            f"Only {written(left, decision.currency)} of what was paid is left to give back.",
            "Give another amount.",
            field="amount",
        )
    person = approver.delegation.giver if approver.delegation else approver.person
    wish = Wish(
        team=team,
        source=complaint.subject,
        member=decision.member,
        kind=decision.kind,
        value=amount,
        currency=decision.currency,
        request=replace(request, used={}),
        what=decision.what,
        authority=giver or place.member,
        authority_person=person,
    )
    decision.remedy = give(wish, in_force.compiled)
    decision.save(update_fields=["remedy"])


def _open_draft(place: Place, decision: Decision, why: str) -> None:
    in_force = charter_of(decision.team)
    draft = Draft.objects.create(
        team=decision.team,
        text=with_from_now_on(in_force, decision, why),
        why=why,
        reason=f"approval:{decision.approval_id}",
        made_by=place.member,
        made_at=now(),
    )
    record(
        "draft-opened",
        f"draft:{draft.pk}",
        by=place.member,
        team=decision.team,
        approval=decision.approval_id,
    )
    managers = Member.objects.filter(
        memberships__team=decision.team, memberships__until=None, memberships__role__rank__gte=Rank.MANAGER
    ).distinct()
    tell(managers, draft_opened(draft))


def _place(member: Member, decision: Decision) -> Place:
    """Where somebody answers from; what they may not see isn't there."""
    approval = approval_of(decision)
    place = place_in(member, decision.team)
    was_asked = approval.asked.filter(member=member).exists()
    if not (place.is_lead or was_asked or approval.asker_id == member.pk):
        raise NotThere("approval")
    return place
