"""What somebody may decide by now that they could not a week ago, and what they have to read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from remit.charters.in_force import compiled_of
from remit.charters.models import Delegation
from remit.charters.queries.mine import MyChange, changes_of
from remit.core.asked_often import Slot
from remit.core.clock import today
from remit.people.access import asked_by_members
from remit.people.models import Member, Team
from remit.procedures.access import procedures_in
from remit.procedures.models import Procedure
from remit.procedures.queries.unread import understood
from remit.today.queries.here import Here, Mine
from remit.today.vocabulary import MOST_CHANGED
from remit_engine.errors import InputError


@dataclass(frozen=True, slots=True)
class NewStep:
    """Another step, within a week."""

    team: Team
    step: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NewCharter:
    """Another charter, within a week.

    Attributes:
        gains, losses: what it changes for somebody; both empty where it changes nothing for them.
        everywhere: the conditions that hold for every one of them, in words, or "".
        is_other: whether the two can't be compared: then all of it has to be read.
    """

    team: Team
    gains: Sequence[MyChange]
    losses: Sequence[MyChange]
    everywhere: str
    is_other: bool


@dataclass(frozen=True, slots=True)
class NewForMe:
    """What is another for somebody than a week ago; all empty where nothing is."""

    charters: Sequence[NewCharter]
    steps: Sequence[NewStep]
    lent: Sequence[Delegation]

    def __bool__(self) -> bool:
        return bool(self.charters or self.steps or self.lent)


def new_for_me(here: Here, *, with_steps: bool) -> NewForMe:
    """What somebody may do otherwise than a week ago: by charters, by steps, by what was lent to them.

    Args:
        here: who looks.
        with_steps: whether steps are said: they are somebody's own, and not for a shared screen.
    """
    steps = [
        NewStep(each.membership.team, each.membership.step, each.step_at)
        for each in here.mine
        if with_steps and each.step_at and each.step_before != each.membership.step
    ]
    return NewForMe(list(_charters(here)), steps, here.lent_to_me)


def _charters(here: Here) -> Iterator[NewCharter]:
    for each in here.mine:
        if each.charter and each.charter_before and each.charter != each.charter_before:
            yield _compared(each)


def _compared(mine: Mine) -> NewCharter:
    team = mine.membership.team
    before, after = compiled_of(mine.charter_before), compiled_of(mine.charter)
    try:
        changes, everywhere = changes_of(mine.membership, before, after, today(team.time_zone))
    except InputError:
        return NewCharter(team, (), (), "", is_other=True)
    gains = [each for each in changes if each.gains][:MOST_CHANGED]
    losses = [each for each in changes if not each.gains][:MOST_CHANGED]
    return NewCharter(team, gains, losses, everywhere, is_other=False)


def to_read(member: Member) -> list[Procedure]:
    """The procedures that somebody has to read, what changed last first; one more than is shown."""
    return _unread(member)


@asked_by_members()
def _unread(teams: QuerySet[Team], member: Slot) -> QuerySet[Procedure]:
    rows = procedures_in(teams).filter(retired_at=None).exclude(understood(member))
    return rows.order_by("-changed_at", "pk")[: MOST_CHANGED + 1]
