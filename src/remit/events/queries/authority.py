"""What may be decided on a big day beyond what may always be: what was lent, and rules of the charter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from remit.charters.in_force import InForce, charter_of
from remit.charters.models import Delegation
from remit.charters.queries.lent import said
from remit.charters.sentences import SaidRule, said_rule
from remit.core.clock import today
from remit.core.errors import Refusal
from remit.events.actions.authority import days_of
from remit.events.models import Event
from remit.people.models import Member


@dataclass(frozen=True, slots=True, kw_only=True)
class Lent:
    """The same part of somebody's authority, lent to some for the same days.

    Attributes:
        giver: whose it is.
        receivers: who has it.
        part: `Refunds, up to 100`.
        why: what it is for.
        since, until: first and last day.
        state: `running`, `to come`, `over` or `ended`.
    """

    giver: Member
    receivers: Sequence[Member]
    part: str
    why: str
    since: date
    until: date
    state: str

    @property
    def is_open(self) -> bool:
        """Whether it still lends something, now or later."""
        return self.state in {"running", "to come"}


def charter_for(event: Event) -> InForce | None:
    """The charter of the team of an event; None where there is none, and so nothing to lend."""
    try:
        return charter_of(event.team)
    except Refusal:
        return None


def lent_for(event: Event, in_force: InForce) -> list[Lent]:
    """What was lent for an event: what still holds first, those who got the same together.

    Args:
        event: with its team at hand.
        in_force: the charter of its team.
    """
    rows = Delegation.objects.filter(pk__in=event.lendings.values("delegation"))
    rows = rows.select_related("giver", "receiver").order_by("receiver__name", "pk")
    found: dict[tuple[object, ...], list[Member]] = {}
    for each in said(rows, in_force, today(event.team.time_zone), {}):
        row = each.row
        key = (row.giver, each.part, row.why, row.since, row.until, each.state)
        found.setdefault(key, []).append(row.receiver)
    lent = [
        Lent(giver=giver, receivers=people, part=part, why=why, since=since, until=until, state=state)  # type: ignore[arg-type]  # as put into the key
        for (giver, part, why, since, until, state), people in found.items()
    ]
    return sorted(lent, key=lambda each: not each.is_open)


def rules_on_the_day(event: Event, in_force: InForce) -> list[SaidRule]:
    """Rules of the charter that hold for a time alone, and on a day of the event.

    Args:
        event: with its team at hand; it has a day.
        in_force: the charter of its team.
    """
    first, last = days_of(event)
    charter = in_force.compiled.charter
    return [
        said_rule(charter, rule)
        for rule in charter.all_rules
        if rule.since is not None and rule.until is not None and rule.since <= last and rule.until >= first
    ]


def names_of(rules: Iterable[SaidRule], *, without: Iterable[SaidRule]) -> list[str]:
    """Ids of those rules that aren't among others."""
    others = {rule.id for rule in without}
    return [rule.id for rule in rules if rule.id not in others]
