"""Telling customers by mail that their store credit ends soon, once before it does."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from remit.complaints.letters import letter_for
from remit.complaints.mail import goes_by_mail
from remit.complaints.models import Decision, Message
from remit.complaints.vocabulary import MailState, MessageForm
from remit.core.clock import now
from remit.core.writing import write
from remit.jobs.queue import later
from remit.notices.mail import has_mail
from remit.remedies.models import StoreCredit
from remit.trail.actions import record
from remit_engine.money import written

REMINDED_BEFORE: Final = timedelta(days=30)
"""So long before its last day the customer hears of it: time enough to come by once more."""
_AT_ONCE: Final = 500


def remind_of_credit() -> int:
    """Write to those whose credit ends soon; how many were written to.

    Each in a write of its own, which looks again at whether it is still so.
    """
    if not has_mail():
        return 0
    day = now().date()
    rows = Decision.objects.filter(
        remedy__store_credit__left__gt=0,
        remedy__store_credit__reminded_at=None,
        remedy__store_credit__last_day__range=(day - timedelta(days=1), day + REMINDED_BEFORE),
        complaint__customer__email__gt="",
    ).order_by("remedy__store_credit__last_day", "pk")
    return sum(_remind(number) for number in list(rows.values_list("pk", flat=True)[:_AT_ONCE]))


def _remind(number: int) -> bool:
    with write():
        decision = Decision.objects.select_related("complaint__team", "complaint__customer").get(pk=number)
        credit = StoreCredit.objects.select_related("remedy__team").get(remedy=decision.remedy)
        complaint, last_day = decision.complaint, credit.last_day
        if last_day is None or credit.has_ended or not credit.left or not goes_by_mail(complaint):
            return False
        if StoreCredit.objects.filter(pk=credit.pk, reminded_at=None).update(reminded_at=now()) != 1:
            return False
        message = Message.objects.create(
            complaint=complaint,
            form=MessageForm.AUTOMATIC,
            text=letter_for(
                "credit-ends",
                complaint,
                left=written(credit.left, credit.remedy.currency),
                until=last_day,
            ),
            at=now(),
            mail_state=MailState.WAITS,
        )
        later(
            "remit.complaints.jobs.send_message",
            unique_key=f"send-message:{message.pk}",
            message_id=message.pk,
        )
        record("credit-reminded", complaint.subject, by=None, team=complaint.team, message=message.pk)
        return True
