"""What is handed out about somebody, as data for programs and as a page for them.

Only what is theirs: members stand in it as *we*, and what the team wrote among themselves is left out unless
an owner has read it: it may be about somebody else (article 15, paragraph 4, of the GDPR).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.template.loader import render_to_string

from remit.complaints.models import Complaint, Customer, Message, Order
from remit.complaints.vocabulary import MADE_RIGHT_WORDS, MessageForm
from remit.core.clock import now
from remit.people.models import Organisation
from remit.privacy.reach import Reach
from remit.remedies.models import Payment, Remedy
from remit.remedies.vocabulary import KIND_WORDS
from remit_engine.money import written

_WHO: Final = {
    MessageForm.FROM_CUSTOMER: "you",
    MessageForm.TO_CUSTOMER: "we",
    MessageForm.AUTOMATIC: "we, by itself",
    MessageForm.NOTE: "our team, among themselves",
    MessageForm.QUESTION: "our team, among themselves",
    MessageForm.ADVICE: "our team, among themselves",
}
_TEAM: Final = (MessageForm.NOTE, MessageForm.QUESTION, MessageForm.ADVICE)


def about_them(reach: Reach) -> dict[str, Any]:
    """What is known about them, without their complaints, which come one after the other."""
    organisation = Organisation.objects.first()
    payments = Payment.objects.filter(order_key__in=reach.order_keys).order_by("paid_at")
    return {
        "from": organisation.name if organisation else "",
        "made_at": now().isoformat(timespec="seconds"),
        "you": _customer(reach.customer),
        "other_records": [_customer(each) for each in reach.customers[1:]],
        "orders": [_order(each) for each in reach.orders],
        "payments": [
            {
                "reference": each.reference,
                "paid": written(each.amount, each.currency),
                "given_back": written(each.refunded, each.currency),
                "at": each.paid_at.isoformat(),
            }
            for each in payments
        ],
        "complaints": [],
    }


def one_complaint(
    complaint: Complaint, reach: Reach, files: Mapping[int, str], *, with_notes: bool
) -> dict[str, Any]:
    """All that is theirs of one complaint.

    Args:
        complaint: of the reach.
        reach: whose remedies are at hand.
        files: where each file stands, by the key of its attachment.
        with_notes: whether the team's notes are in it.
    """
    messages = complaint.messages.prefetch_related("attachments").order_by("at", "id")
    shown = [each for each in messages if with_notes or each.form not in _TEAM]
    return {
        "number": complaint.said,
        "place": complaint.team.name,
        "title": complaint.title,
        "category": complaint.category,
        "how_it_came": complaint.get_channel_display(),
        "language": complaint.language,
        "wish": complaint.sought,
        "what_is_known": complaint.facts,
        "order": complaint.order.number if complaint.order else "",
        "opened_at": complaint.opened_at.isoformat(),
        "closed_at": complaint.closed_at.isoformat() if complaint.closed_at else None,
        "closings": [
            {"at": each.at.isoformat(), "reason": each.get_reason_display(), "why": each.why}
            for each in complaint.closures.all()
        ],
        "said": [_message(each, files) for each in shown],
        "notes_left_out": len(messages) - len(shown),
        "given": [_remedy(each) for each in reach.remedies if each.source == complaint.subject],
        "you_rated_it": [
            {"at": each.at.isoformat(), "said": MADE_RIGHT_WORDS[each.made_right], "words": each.words}
            for each in complaint.ratings.all()
        ],
    }


def as_json(data: Mapping[str, Any]) -> str:
    """For programs: UTF-8, two spaces deep."""
    return json.dumps(data, ensure_ascii=False, indent=2)


def as_page(data: Mapping[str, Any]) -> tuple[str, str]:
    """For people: the page, and its style sheet."""
    style = Path(settings.PACKAGE) / "static" / "css" / "handed-out.css"
    return render_to_string("privacy/handed_out/index.html", {"data": data}), style.read_text(
        encoding="utf-8"
    )


def _customer(customer: Customer) -> dict[str, Any]:
    return {
        "name": customer.name,
        "mail": customer.email,
        "phone": customer.phone,
        "language": customer.language,
        "note_about_you": customer.note,
        "customer_since": customer.since.isoformat() if customer.since else None,
        "written_down_at": customer.created_at.isoformat(),
    }


def _order(order: Order) -> dict[str, Any]:
    return {
        "number": order.number,
        "placed_on": order.placed_on.isoformat() if order.placed_on else None,
        "paid": written(order.paid, order.currency) if order.paid is not None else None,
        "what": order.summary,
    }


def _message(message: Message, files: Mapping[int, str]) -> dict[str, Any]:
    return {
        "at": message.at.isoformat(),
        "by": _WHO[MessageForm(message.form)],
        "text": message.text,
        "files": [files[each.pk] for each in message.attachments.all() if each.pk in files],
    }


def _remedy(remedy: Remedy) -> dict[str, Any]:
    return {
        "kind": KIND_WORDS.get(remedy.kind, remedy.kind),
        "worth": written(remedy.value, remedy.currency),
        "what": remedy.what,
        "state": remedy.get_state_display(),
        "at": remedy.made_at.isoformat(),
    }
