"""Work of the remedies that is done later."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django_tasks import task

from remit.core.clock import now
from remit.jobs.queue import later
from remit.jobs.schedule import every
from remit.remedies import calling, provider_news
from remit.remedies.actions.connections import forget_what_was_heard
from remit.remedies.actions.credit_ends import enter_ended
from remit.remedies.actions.handing_over import settle
from remit.remedies.models import Connection, Remedy
from remit.remedies.vocabulary import State

PENDING_LOOKED_AT_EVERY: Final = timedelta(hours=6)


@task()
def settle_by_itself(remedy: int) -> None:
    """Hand over what needs no hands: an apology, or a code; nothing when it was undone meanwhile."""
    row = Remedy.objects.select_related("team").get(pk=remedy)
    if row.state == State.GIVEN:
        settle(row, None)


@task()
def send(remedy: int) -> None:
    """Hand a refund to its provider; nothing when it was undone meanwhile."""
    calling.send(remedy)


@task()
def look_at_sending(sending: int) -> None:
    """Ask how far a refund has come; again in some hours, until it is known."""
    if not calling.look_at(sending):
        later(
            look_at_sending,
            run_at=now() + PENDING_LOOKED_AT_EVERY,
            unique_key=f"look-at-sending-{sending}",
            sending=sending,
        )


@task()
def look_at_refund(connection: int, reference: str) -> None:
    """A webhook said that something happened to a refund."""
    provider_news.at_refund(connection, reference)


@task()
def look_at_payment(connection: int, reference: str) -> None:
    """A webhook said that something happened to a payment."""
    provider_news.at_payment(connection, reference)


@task()
def look_through(connection: int) -> None:
    """Compare what is in the books with the provider's own list."""
    provider_news.through(connection)


@every(days=1)
@task()
def look_through_all() -> None:
    """Compare every connection with its provider's own list."""
    for connection in Connection.objects.filter(off_at=None):
        later(look_through, unique_key=f"look-through-{connection.pk}", connection=connection.pk)


@every(hours=1)
@task()
def enter_ended_credit() -> None:
    """Enter what is left of store credit whose last day is over, wherever its team is."""
    enter_ended()


@every(days=1)
@task()
def forget_events() -> None:
    """Forget which events were heard, once nobody sends them again."""
    forget_what_was_heard()
