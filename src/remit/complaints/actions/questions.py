"""What every answer begins with: the question as it stands, who may say yes, and whether a fact changed."""

from __future__ import annotations

from dataclasses import replace

from remit.approvals.actions import end, fingerprint
from remit.approvals.models import Approval
from remit.approvals.notices import ended
from remit.approvals.vocabulary import End
from remit.charters.facts import delegations_in, lent_among
from remit.charters.in_force import compiled_version
from remit.complaints.actions.deciding import free_what_is_held
from remit.complaints.facts import currency_of, request_of
from remit.complaints.models import Complaint, Decision
from remit.core.clock import today
from remit.core.errors import NotThere
from remit.core.writing import write
from remit.notices.actions import tell
from remit.people.facts import people_of
from remit.people.models import Member, Membership
from remit_engine.charter.approval import Approvers, who_may_say_yes
from remit_engine.charter.delegation import Delegation
from remit_engine.charter.document import Charter
from remit_engine.charter.request import Request


def decision_of(approval_id: int) -> Decision:
    """The decision that a question belongs to, with everything around it.

    Raises:
        NotThere: there is no such question.
    """
    decision = (
        Decision.objects.select_related(
            "approval__team",
            "approval__asker",
            "approval__charter__extends__extends",
            "complaint__team",
            "complaint__order",
            "complaint__about",
            "complaint__customer",
            "remedy__team",
            "member",
            "team",
        )
        .filter(approval_id=approval_id)
        .first()
    )
    if decision is None:
        raise NotThere("approval")
    return decision


def approval_of(decision: Decision) -> Approval:
    """The question that a decision became.

    Raises:
        NotThere: it became none.
    """
    if decision.approval is None:
        raise NotThere("approval")
    return decision.approval


def approvers_of(decision: Decision, amount: int) -> Approvers:
    """Who may say yes to the request exactly as it was asked, under the charter of that moment.

    Authority that was lent counts while it is: not after its last day, and from its first day on also for
    what was asked before.
    """
    approval = approval_of(decision)
    asked_for = replace(Request.from_record(approval.request), amount=amount)
    compiled = compiled_version(approval.charter)
    people = people_of(approval.team)
    rows = delegations_in(approval.team, today(approval.team.time_zone))
    lent = [_as_of(asked_for, value) for _, value in lent_among(rows, people, compiled.charter)]
    return who_may_say_yes(compiled, asked_for, people, lent)


def _as_of(asked_for: Request, lent: Delegation) -> Delegation:
    """Authority that is lent today, as if it had been on the day of the request already."""
    day = asked_for.day
    if day is None or lent.since <= day:
        return lent
    return replace(lent, since=day)


def as_now(decision: Decision, amount: int, charter: Charter) -> Request:
    """The request as it would be made now: the same person, today's facts."""
    membership = (
        Membership.objects.select_related("member", "role", "team")
        .filter(member=decision.member, team=decision.team)
        .order_by("-since")
        .first()
    )
    if membership is None:
        raise NotThere("approval")
    as_asked = Request.from_record(decision.request)
    return request_of(
        decision.complaint,
        membership,
        charter,
        kind=decision.kind,
        amount=amount,
        account_of=as_asked.account_of,
    )


def facts_changed(complaint: Complaint, by: Member | None, *, is_dated_anew: bool = False) -> None:
    """After an edit of a complaint: its open questions are void where they ask about something else now.

    Args:
        complaint: what was edited.
        by: who did.
        is_dated_anew: the day of its order was corrected, which a passing day alone doesn't look like.
    """
    with write():
        rows = Decision.objects.filter(complaint=complaint, approval__ended_at=None, approval__isnull=False)
        for pk in list(rows.values_list("approval_id", flat=True)):
            void_if_changed(decision_of(pk), by, is_dated_anew=is_dated_anew)


def void_if_changed(decision: Decision, by: Member | None = None, *, is_dated_anew: bool = False) -> bool:
    """End a question whose facts aren't those that were asked any more; both sides are told."""
    approval = approval_of(decision)
    if approval.ended_at is not None:
        return False
    asked_under = compiled_version(approval.charter).charter
    fresh = replace(as_now(decision, decision.value, asked_under), currency=currency_of(decision.complaint))
    judges_by_age = is_dated_anew and "order_age" in asked_under.all_facts
    if fingerprint(decision.complaint.subject, fresh) == approval.fingerprint and not judges_by_age:
        return False
    why = _what_changed(Request.from_record(approval.request), fresh, with_age=judges_by_age)
    end(approval, End.VOID, by=by, why=why)
    free_what_is_held(approval, by, why)
    tell_asker(decision)
    others = [
        each.member
        for each in approval.asked.select_related("member")
        if each.member_id != decision.member_id
    ]
    tell(others, ended(approval, decision.complaint.title, f"/approvals/{approval.pk}/"))
    return True


def tell_asker(decision: Decision, *, letter_waits: bool = False) -> None:
    """Tell the one who asked how it ended, and whether their letter has to be written anew."""
    approval = Approval.objects.select_related("ending__by", "asker").get(pk=approval_of(decision).pk)
    message = ended(approval, decision.complaint.title, f"/complaints/{decision.complaint.number}/")
    if letter_waits:
        words = (
            f"{message.body} Your letter speaks of another amount and was not sent: write it anew.".strip()
        )
        message = replace(message, body=words)
    tell([decision.member], message)


def _what_changed(before: Request, after: Request, *, with_age: bool) -> str:
    """Which facts changed, in a sentence; the age of the order only where somebody corrected its day."""
    names = sorted(before.facts.keys() | after.facts.keys())
    pairs = [
        (name.replace("_", " "), before.facts.get(name, "not known"), after.facts.get(name, "not known"))
        for name in names
        if with_age or name != "order_age"
    ]
    changed = [
        f"{name} is {now_it_is} in place of {was}" for name, was, now_it_is in pairs if was != now_it_is
    ]
    if before.order != after.order:
        changed.append("it is another order")
    if before.about != after.about:
        changed.append("it is about somebody else")
    return f"Since it was asked, {'; '.join(changed) or 'the request changed'}."
