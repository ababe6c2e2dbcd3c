"""A complaint as it was at the moment of a decision: what was known and said then, and nothing of later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Exists, OuterRef

from remit.charters.in_force import compiled_version
from remit.charters.queries.asking import said_value
from remit.charters.queries.hung import rules_that_made
from remit.charters.sentences import rule_name
from remit.complaints.models import Attachment, Complaint, Decision, Message
from remit.complaints.queries.page import with_their_files
from remit.complaints.sentences import decided, kind_label, needs_amount
from remit.complaints.vocabulary import MailState
from remit.trail.models import Entry
from remit_engine.charter.compiled import CompiledCharter
from remit_engine.charter.document import Charter
from remit_engine.charter.ladder import Ladder
from remit_engine.charter.request import Request
from remit_engine.charter.sentences import capital, readable

MOST_SHOWN: Final = 100
"""Messages; a complaint with more of them isn't read in two minutes."""


@dataclass(frozen=True, slots=True)
class AsItWas:
    """What somebody had before them when they decided.

    Attributes:
        title: of the complaint; "" where it was changed since, as that may say how it went on.
        facts: what was known: names and values in words.
        paid: what was paid for the order, in minor units; None where nobody knows, or the facts say it.
        given: what had been given on the order before, in minor units.
        messages: what was said up to then, notes of the team included, oldest first.
        earlier: how many more there were before these.
        kind: of remedy, in words.
        sentence: what was decided, in words that stand after a name.
        ladder: of the one who decided, by the charter of then; None where no amount is judged.
        at: the amount judged, as marked on it.
        whys: the rules that made the level, and why each is there.
        letter: to the customer, as it went, or as it was written where it didn't; "" where there was none.
        giver: whose authority it was, where it was lent.
    """

    title: str
    facts: Sequence[tuple[str, str]]
    paid: int | None
    given: int
    messages: Sequence[Message]
    earlier: int
    kind: str
    sentence: str
    ladder: Ladder | None
    at: int | None
    whys: Sequence[tuple[str, str]]
    letter: str
    giver: str


def as_it_was(decision: Decision) -> AsItWas:
    """What was known at the moment of a decision, in three queries beside the charter of then.

    Args:
        decision: with its complaint, charter, message and team at hand.
    """
    compiled = compiled_version(decision.charter)
    request = Request.from_record(decision.request)
    judged = Request.from_record(decision.verdict["of"]) if "of" in decision.verdict else request
    messages = _said_until(decision)
    giver, order = decision.on_authority_of, decision.complaint.order
    return AsItWas(
        title=_title_of_then(decision),
        facts=_facts_in_words(request, compiled.charter),
        paid=order.paid if order and "paid" not in request.facts else None,
        given=request.given,
        messages=messages[-MOST_SHOWN:],
        earlier=max(len(messages) - MOST_SHOWN, 0),
        kind=kind_label(decision.kind),
        sentence=decided(decision.kind, decision.value, decision.currency, decision.level),
        ladder=compiled.ladder(judged) if needs_amount(decision.kind) else None,
        at=judged.judged,
        whys=_whys(decision.verdict, compiled),
        letter=decision.message.text if decision.message else decision.letter,
        giver=giver.name if giver else "",
    )


def _said_until(decision: Decision) -> Sequence[Message]:
    """What was said before, without the letter that went with the decision."""
    rows = (
        Message.objects.filter(complaint=decision.complaint, at__lte=decision.at)
        .exclude(pk=decision.message_id or 0)
        .exclude(mail_state=MailState.TAKEN_BACK)
        .select_related("author", "to_member")
        .annotate(has_files=Exists(Attachment.objects.filter(message=OuterRef("pk"))))
        .order_by("at", "id")
    )
    messages: list[Message] = [*rows]
    with_their_files(messages)
    return messages


def _title_of_then(decision: Decision) -> str:
    complaint: Complaint = decision.complaint
    changed = Entry.objects.filter(
        subject=complaint.subject, act="complaint-changed", at__gt=decision.at
    ).values_list("data", flat=True)
    return "" if any("title" in data.get("fields", ()) for data in changed) else complaint.title


def _facts_in_words(request: Request, charter: Charter) -> list[tuple[str, str]]:
    known = charter.all_facts
    return [
        (capital(readable(name)), said_value(known[name], value, charter.currency))
        for name, value in request.facts.items()
        if name in known and value is not None
    ]


def _whys(verdict: dict[str, Any], compiled: CompiledCharter) -> list[tuple[str, str]]:
    """The rules that made the level, and why each was there."""
    rules = {rule.id: rule.why for rule in compiled.charter.all_rules}
    return [(rule_name(name), rules[name]) for name in rules_that_made(verdict) if name in rules]
