"""Rules of a charter that hang on an objective."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from remit.charters.in_force import charter_of
from remit.charters.sentences import rule_name
from remit.people.models import Member
from remit.purpose.access import rules_hung_for
from remit.purpose.hanging import MOST_SHOWN, Hanging
from remit.purpose.models import Objective


def rules_on(member: Member, objective: Objective) -> Iterator[Hanging]:
    """The rules of the charter in force that hang on an objective."""
    rows = list(rules_hung_for(member, objective.team).filter(objective=objective)[: MOST_SHOWN + 1])
    if not rows:
        return
    there = {rule.id for rule in charter_of(objective.team).compiled.charter.all_rules}
    for row in (each for each in rows if each.rule in there):
        address = reverse("charters:rule", args=[objective.team.word, row.rule])
        yield Hanging(rule_name(row.rule), address)
