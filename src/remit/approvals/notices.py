"""What is told about questions and their answers. Whoever asks says what it is about, in words."""

from __future__ import annotations

from remit.approvals.models import Approval
from remit.approvals.vocabulary import End, Form
from remit.notices.actions import Message
from remit_engine.money import written


def asked(approval: Approval, about: str) -> Message:
    """To those whose answer is wanted, or who may object."""
    amount = written(approval.amount, approval.currency)
    if approval.form == Form.PROPOSE:
        title = f"{approval.asker.name} proposes {amount}: {about}"
        body = "It goes ahead unless somebody objects in time."
    else:
        title = f"{approval.asker.name} asks for {amount}: {about}"
        body = approval.wish or "The customer is waiting."
    return Message(
        code="approval-asked",
        subject=f"approval:{approval.pk}",
        title=title,
        body=body,
        address=f"/approvals/{approval.pk}/",
        is_urgent=approval.form == Form.ASK,
    )


def ended(approval: Approval, about: str, address: str) -> Message:
    """To the one who asked: what became of it."""
    ending = approval.ending
    amount = written(approval.amount, approval.currency)
    who = ending.by.name if ending.by else ""
    given = written(ending.amount, approval.currency) if ending.amount is not None else ""
    titles = {
        End.YES: f"{who} said yes: {amount} is given",
        End.YES_FROM_NOW_ON: f"{who} said yes, and from now on: {amount} is given",
        End.ANOTHER_AMOUNT: f"{who} gave {given} in place of {amount}",
        End.NO: f"{who} said no to {amount}",
        End.OBJECTED: f"{who} objected to {amount}",
        End.WENT_AHEAD: f"Nobody objected: {amount} is given",
        End.VOID: f"The question about {amount} is void: a fact changed",
        End.EXPIRED: f"Nobody answered about {amount} in time",
        End.WITHDRAWN: f"The question about {amount} was withdrawn",
    }
    return Message(
        code="approval-ended",
        subject=f"approval-ended:{approval.pk}",
        title=f"{titles[End(ending.how)]} · {about}",
        body=ending.why,
        address=address,
        is_urgent=ending.how != End.WITHDRAWN,
    )
