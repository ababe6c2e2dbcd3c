"""Rows of the charters as values of the engine."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import BigIntegerField, DateField, QuerySet

from remit.charters import models
from remit.core.asked_often import Slot, asked_often
from remit.people.models import Team
from remit_engine.charter.delegation import Delegation
from remit_engine.charter.document import Charter
from remit_engine.charter.facts import Condition, Conditions, Is, OneOf
from remit_engine.charter.levels import LEVELS_BY_WORD
from remit_engine.charter.request import Person


def conditions_of(written: dict[str, object], charter: Charter) -> Conditions:
    """Conditions on facts, as a delegation keeps them: words or yes and no by the name of the fact."""
    return tuple((name, _condition(value)) for name, value in written.items() if name in charter.all_facts)


def _condition(value: object) -> Condition:
    if isinstance(value, bool):
        return Is(value)
    return OneOf(tuple(map(str, value)) if isinstance(value, list | tuple) else (str(value),))


def delegations_in(team: Team, day: date) -> list[models.Delegation]:
    """Authority that is lent in a team on a day; not what was ended, or is of somebody who left."""
    return _lent(team=team.pk, day=day)


def delegations_ahead(team: Team, day: date) -> None:
    """Say in a write that this will be asked."""
    _lent.ahead(team=team.pk, day=day)


@asked_often(team=BigIntegerField(), day=DateField())
def _lent(team: Slot, day: Slot) -> QuerySet[models.Delegation]:
    return models.Delegation.objects.select_related("giver", "receiver").filter(
        team=team, since__lte=day, until__gte=day, ended_at=None, giver__left_at=None
    )


def delegation_of(row: models.Delegation, giver: Person, charter: Charter) -> Delegation:
    """A row as the engine knows it.

    Args:
        row: with its receiver at hand.
        giver: who lent it, as they are now.
        charter: in force.
    """
    return Delegation(
        giver=giver,
        to=row.receiver.word,
        why=row.why,
        since=row.since,
        until=row.until,
        kinds=tuple(row.kinds),
        upto=row.upto,
        when=conditions_of(row.conditions, charter),
        highest=LEVELS_BY_WORD[row.highest],
    )


def lent_among(
    rows: Iterable[models.Delegation], people: Iterable[Person], charter: Charter
) -> list[tuple[models.Delegation, Delegation]]:
    """Each row with the engine's delegation; rows whose giver isn't in the team any more are left out."""
    by_word = {person.member: person for person in people}
    return [
        (row, delegation_of(row, by_word[row.giver.word], charter))
        for row in rows
        if row.giver.word in by_word
    ]
