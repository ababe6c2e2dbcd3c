"""Rules of a charter that hang on an objective."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from remit.charters.sentences import rule_name
from remit.people.models import Member
from remit.purpose.access import rules_hung_for
from remit.purpose.hanging import MOST_SHOWN, Hanging
from remit.purpose.models import Objective


def rules_on(member: Member, objective: Objective) -> Iterator[Hanging]:
    """The rules that hang on an objective; the page of one that is in force no more says so."""
    for row in rules_hung_for(member, objective.team).filter(objective=objective)[: MOST_SHOWN + 1]:
        address = reverse("charters:rule", args=[objective.team.word, row.rule])
        yield Hanging(rule_name(row.rule), address)
