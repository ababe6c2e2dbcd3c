"""What time does to open questions: they go wider, expire, or go ahead."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from remit.approvals.actions import Askable, ask_people, end
from remit.approvals.models import Approval
from remit.approvals.notices import asked
from remit.approvals.vocabulary import WIDER_AFTER_MINUTES, End, Form
from remit.complaints.actions.deciding import send_letter
from remit.complaints.actions.questions import approval_of, approvers_of, decision_of, tell_asker
from remit.complaints.models import Decision
from remit.core.clock import now
from remit.core.writing import write
from remit.notices.actions import tell
from remit.people.facts import people_of
from remit.people.models import Member
from remit.remedies.actions.giving import give_held


def open_approvals(moment: datetime) -> list[tuple[int, str]]:
    """Numbers and forms of the open questions to which time has something to do at a moment."""
    rows = Approval.objects.filter(ended_at=None)
    asks = rows.filter(Q(wider_at__lte=moment) | Q(expires_at__lte=moment), form=Form.ASK)
    return list((asks | rows.filter(form=Form.PROPOSE)).values_list("pk", "form"))


def count_down(approval_id: int) -> None:
    """Let the clock of a proposal run while somebody who may object is on duty; at its end it goes ahead."""
    with write():
        decision = decision_of(approval_id)
        approval = approval_of(decision)
        if approval.ended_at is not None or approval.form != Form.PROPOSE:
            return
        moment = now()
        on_duty = {person.member for person in people_of(approval.team) if person.on_duty}
        watching = [each for each in approval.asked.select_related("member") if each.member.word in on_duty]
        passed = int((moment - (approval.counted_at or moment)).total_seconds()) if watching else 0
        left = max(approval.objection_seconds_left - passed, 0)
        goes_at = moment + timedelta(seconds=left) if watching else None
        Approval.objects.filter(pk=approval.pk).update(
            objection_seconds_left=left, counted_at=moment, goes_at=goes_at
        )
        if left == 0:
            _go_ahead(decision)


def move_on(approval_id: int) -> None:
    """What time does to a question that needs a yes: it goes to a wider circle, and at last it expires."""
    with write():
        decision = decision_of(approval_id)
        approval = approval_of(decision)
        if approval.ended_at is not None or approval.form != Form.ASK:
            return
        if now() >= approval.expires_at:
            end(approval, End.EXPIRED, by=None)
            tell_asker(decision)
        elif approval.wider_at is not None and now() >= approval.wider_at:
            _ask_wider(decision)


def _go_ahead(decision: Decision) -> None:
    approval = approval_of(decision)
    if decision.remedy is None:
        raise RuntimeError(f"the proposal {approval.pk} holds nothing")
    end(approval, End.WENT_AHEAD, by=None)
    give_held(decision.remedy)
    sent = send_letter(decision, decision.value, wait=False)
    tell_asker(decision, letter_waits=not sent)


def _ask_wider(decision: Decision) -> None:
    approval = approval_of(decision)
    circle = approval.circle + 1
    circles = approvers_of(decision, approval.amount).circles
    members = {each.word: each for each in Member.objects.filter(memberships__team=approval.team).distinct()}
    wider = [
        Askable(members[each.person.member], number)
        for number, people in enumerate(circles[:circle], start=1)
        for each in people
        if each.person.member in members and each.person.member != decision.member.word
    ]
    new = ask_people(approval, wider)
    again = now() + timedelta(minutes=WIDER_AFTER_MINUTES) if circle < len(circles) else None
    Approval.objects.filter(pk=approval.pk).update(circle=circle, wider_at=again)
    tell([each.member for each in new], asked(approval, decision.complaint.title))
