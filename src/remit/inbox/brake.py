"""The brake on floods: no more than so many mails to customers leave a team within an hour.

Whatever goes wrong (a loop that nobody thought of, an import with a mistake, a stolen password), customers
and mail servers see no more of it than that, and somebody hears of it at once.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F

from remit.core.clock import now
from remit.core.writing import write
from remit.inbox.models import Mailbox, Outflow
from remit.inbox.notices import mails_held_back
from remit.inbox.vocabulary import USUAL_MOST_AN_HOUR
from remit.notices.actions import tell
from remit.people.models import Team
from remit.people.queries import leads_of
from remit.upkeep.access import who_looks_after


def held_back_until(team: Team) -> datetime | None:
    """Count one mail that is to leave a team; inside a write of the caller.

    Returns:
        None when it may leave now; else the moment from which it may be tried again. The leads of the team
        and its owners are told, once an hour.
    """
    with write():
        hour = now().replace(minute=0, second=0, microsecond=0)
        flow, _ = Outflow.objects.get_or_create(team=team, defaults={"hour": hour})
        this = Outflow.objects.filter(pk=flow.pk)
        if this.exclude(hour=hour).update(hour=hour, count=1):
            return None
        if this.filter(count__lt=most_an_hour(team)).update(count=F("count") + 1):
            return None
        if this.exclude(told_hour=hour).update(told_hour=hour):
            tell([*leads_of(team), *who_looks_after()], mails_held_back(team, most_an_hour(team)))
        return hour + timedelta(hours=1)


def most_an_hour(team: Team) -> int:
    """Mails to customers that may leave a team within an hour."""
    chosen = Mailbox.objects.filter(team=team, off_at=None).values_list("most_an_hour", flat=True).first()
    return USUAL_MOST_AN_HOUR if chosen is None else chosen
