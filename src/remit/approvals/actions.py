"""Asking, widening, seeing and ending questions. What an answer gives is up to the desk."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db.models import Q

from remit.approvals.models import Approval, Asked, Ending
from remit.approvals.vocabulary import EXPIRES_AFTER_HOURS, WIDER_AFTER_MINUTES, End, Form
from remit.charters.in_force import InForce
from remit.charters.models import Delegation
from remit.core.clock import now
from remit.core.errors import Changed
from remit.core.writing import write
from remit.core.written_often import insert, insert_all
from remit.notices.actions import settle
from remit.people.models import Member, Team
from remit.trail.actions import record
from remit_engine.charter.request import Request

_BINDING: Final = ("kind", "amount", "currency", "order", "about", "account_of", "facts")
_AGING: Final = ("order_age",)
"""Facts that a passing day changes by itself: they don't void a question."""


@dataclass(frozen=True, slots=True)
class Askable:
    """Somebody who can be asked.

    Attributes:
        member: who.
        circle: 1 for the nearest, then wider.
        delegation: the authority that was lent to them, where they have none of their own.
        is_alone: an owner who answers because nobody else may.
    """

    member: Member
    circle: int = 1
    delegation: Delegation | None = None
    is_alone: bool = False


def fingerprint(subject: str, request: Request) -> str:
    """What a question is bound to: subject, order, kind, amount, currency, and declared facts.

    Returns:
        SHA-256, 64 hexadecimal digits; equal for requests that ask the same.
    """
    record_of = request.as_record()
    bound = {name: record_of.get(name) for name in _BINDING if name != "facts"}
    bound["facts"] = {name: value for name, value in sorted(request.facts.items()) if name not in _AGING}
    written = json.dumps({"subject": subject, **bound}, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


def ask(  # noqa: D417 (what their names say)
    form: Form,
    *,
    team: Team,
    subject: str,
    asker: Member,
    request: Request,
    currency: str,
    charter: InForce,
    wish: str,
    people: Sequence[Askable],
    objection_minutes: int = 0,
    clock_runs: bool = False,
) -> Approval:
    """Put a question.

    Args:
        form: whether it needs a yes, or goes ahead unless somebody objects.
        subject: what it is about: `complaint:2041`.
        request: exactly what is asked.
        wish: the words of the one who asks.
        people: who may answer; those of the first circle are asked now. A proposal goes to all of them.
        objection_minutes: working time in which objections may come.
        clock_runs: whether somebody who may object is on duty now.
    """
    with write():
        moment = now()
        is_proposal = form == Form.PROPOSE
        is_wider = not is_proposal and any(person.circle > 1 for person in people)
        approval = insert(
            Approval(
                team=team,
                subject=subject,
                form=form,
                asker=asker,
                kind=request.kind,
                amount=request.amount or 0,
                currency=currency,
                request=request.as_record(),
                fingerprint=fingerprint(subject, request),
                charter=charter.version,
                wish=wish,
                asked_at=moment,
                expires_at=moment + timedelta(hours=EXPIRES_AFTER_HOURS),
                objection_seconds_left=objection_minutes * 60,
                counted_at=moment if is_proposal else None,
                goes_at=moment + timedelta(minutes=objection_minutes) if clock_runs else None,
                wider_at=moment + timedelta(minutes=WIDER_AFTER_MINUTES) if is_wider else None,
            )
        )
        _ask_each(approval, [each for each in people if is_proposal or each.circle == 1])
        record(
            f"approval-{'proposed' if is_proposal else 'asked'}",
            f"approval:{approval.pk}",
            by=asker,
            team=team,
            words=wish,
            about=subject,
            kind=request.kind,
            amount=request.amount,
            currency=currency,
        )
    return approval


def ask_people(approval: Approval, people: Iterable[Askable]) -> list[Askable]:
    """Ask those who weren't asked yet, and say who they are."""
    known = set(approval.asked.values_list("member_id", flat=True))
    new = [each for each in people if each.member.pk not in known]
    _ask_each(approval, new)
    return new


def _ask_each(approval: Approval, people: Sequence[Askable]) -> None:
    insert_all(
        [
            Asked(
                approval=approval,
                member=each.member,
                circle=each.circle,
                delegation=each.delegation,
                is_alone=each.is_alone,
                at=now(),
            )
            for each in people
        ]
    )


def saw(approval: Approval, member: Member) -> None:
    """Somebody who was asked has it before their eyes; the one who asks sees that."""
    unseen = Q(approval=approval, member=member, seen_at=None)
    if Asked.objects.filter(unseen).exists():
        with write():
            Asked.objects.filter(unseen).update(seen_at=now())


def end(
    approval: Approval,
    how: End,
    *,
    by: Member | None,
    why: str = "",
    amount: int | None = None,
    on_authority_of: Member | None = None,
    is_alone: bool = False,
) -> Ending:
    """End a question, once.

    Raises:
        Changed: it ended already; says how.
    """
    with write():
        moment = now()
        if Approval.objects.filter(pk=approval.pk, ended_at=None).update(ended_at=moment) != 1:
            raise already_ended(approval)
        approval.ended_at = moment
        ending = Ending.objects.create(
            approval=approval,
            how=how,
            by=by,
            why=why,
            amount=amount,
            on_authority_of=on_authority_of,
            is_alone=is_alone,
            at=moment,
        )
        settle(f"approval:{approval.pk}")
        record(
            f"approval-{how}",
            f"approval:{approval.pk}",
            by=by,
            team=approval.team,
            words=why,
            amount=amount,
            on_authority_of=on_authority_of.word if on_authority_of else None,
            alone=is_alone,
        )
    return ending


def already_ended(approval: Approval) -> Changed:
    """The words for a question that ended before somebody's answer came."""
    ending = Ending.objects.select_related("by").filter(approval=approval).first()
    if ending is None:
        return Changed("already-ended", "This question is answered already.", "Look at it again.")
    who = f" by {ending.by.name}" if ending.by else ""
    return Changed(
        "already-ended",
        f"This question has its answer already: {End(ending.how).label}{who}.",
        "There is nothing left to do here.",
    )
