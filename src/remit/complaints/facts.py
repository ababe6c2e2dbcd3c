"""A complaint as the engine knows it: the request of a member who wants to give something."""

from __future__ import annotations

from typing import Final

from remit.complaints.models import Complaint
from remit.complaints.vocabulary import Severity
from remit.core.clock import today
from remit.people.models import Membership
from remit.remedies.actions.giving import given_on
from remit_engine.charter.document import Charter
from remit_engine.charter.facts import ChoiceFact, Fact, FlagFact
from remit_engine.charter.request import Request, Value

FACTS_OF_A_COMPLAINT: Final = ("category", "severity", "channel", "order_age", "paid")
"""Facts that the desk knows by itself, where a charter declares them; others are asked on the page."""


def request_of(
    complaint: Complaint,
    membership: Membership,
    charter: Charter,
    *,
    kind: str,
    amount: int | None = None,
    account_of: str | None = None,
    given: int | None = None,
) -> Request:
    """What the engine judges, without what is used of allowances.

    Args:
        complaint: with its team, order and the member it is about at hand.
        membership: of the one who wants to give, with member, role and team at hand.
        charter: in force; only facts that it declares are given.
        kind: of remedy.
        amount: its value in minor units; None for the ladder alone.
        account_of: word of the member to whose account it goes, if to one.
        given: on the order before, in minor units; looked up where it is None.
    """
    team = complaint.team
    return Request(
        kind=kind,
        role=membership.role.word,
        member=membership.member.word,
        team=team.word,
        step=membership.step,
        amount=amount,
        given=given_on(complaint.order_key) if given is None else given,
        currency=currency_of(complaint),
        about=complaint.about.word if complaint.about else None,
        account_of=account_of,
        day=today(team.time_zone),
        customer=complaint.customer_key or None,
        order=complaint.order_key,
        facts=known_facts(complaint, charter),
    )


def currency_of(complaint: Complaint) -> str:
    """In which currency something is given: that of the order, or else of the team."""
    return complaint.order.currency if complaint.order else complaint.team.currency


def known_facts(complaint: Complaint, charter: Charter) -> dict[str, Value | None]:
    """The declared facts that are known about a complaint, by name."""
    order = complaint.order
    placed = order.placed_on if order else None
    paid = order.paid if order and order.currency == charter.currency else None
    known: dict[str, object] = dict(complaint.facts) | {
        "category": complaint.category or None,
        "severity": Severity(complaint.severity).label,
        "channel": complaint.channel,
        "order_age": max((today(complaint.team.time_zone) - placed).days, 0) if placed else None,
        "paid": paid,
    }
    return {
        name: value
        for name, fact in charter.all_facts.items()
        if (value := _typed(fact, known.get(name))) is not None
    }


def _typed(fact: Fact, value: object) -> Value | None:
    """A value of the type that the charter declares; another type is as if it weren't known."""
    if isinstance(fact, ChoiceFact):
        return value if isinstance(value, str) and value else None
    if isinstance(fact, FlagFact):
        return value if isinstance(value, bool) else None
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
