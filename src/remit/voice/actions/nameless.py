"""What comes without a name: nothing that is written with it says who, or at which minute."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time

from remit.core import clock
from remit.core.clock import now, today
from remit.people.models import Team


@contextmanager
def said_at(team: Team, *, is_nameless: bool) -> Iterator[datetime]:
    """The moment at which something was said, for all that is written within.

    Without a name it is the beginning of the day on the wall clock of the team: held against who was there at
    that minute, the minute would be a name.
    """
    if not is_nameless:
        yield now()
        return
    moment = datetime.combine(today(team.time_zone), time.min, team.zone)
    with clock.at(moment):
        yield moment
