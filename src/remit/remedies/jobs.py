"""Work of the remedies that is done later."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Final

from django_tasks import task

from remit.core.clock import now
from remit.jobs.errors import TryLater
from remit.jobs.queue import later
from remit.jobs.schedule import every
from remit.remedies import calling, provider_news
from remit.remedies.actions.connections import forget_what_was_heard
from remit.remedies.actions.credit_ends import enter_ended
from remit.remedies.actions.handing_over import settle
from remit.remedies.models import Connection, Remedy
from remit.remedies.providers.contract import ProviderError
from remit.remedies.vocabulary import State

PENDING_LOOKED_AT_EVERY: Final = timedelta(hours=6)
_GIVEN_ONCE: Final = (
    "Once the provider answers again, try it again here: it is given once, whatever was done before. If the "
    "customer can't wait, somebody who leads the team does it by hand, under To hand over."
)
_ONLY_LOOKED: Final = (
    "Nothing is lost: once the provider answers again, try it again here, or leave it to the daily look at "
    "its own list."
)


@contextmanager
def _in_the_way(next_step: str) -> Iterator[None]:
    """What stands on the list that needs a person, should time not mend what is in the way at a provider."""
    try:
        yield
    except ProviderError as error:
        raise TryLater(f"{error.words} {next_step}") from error


@task()
def settle_by_itself(remedy: int) -> None:
    """Hand over what needs no hands: an apology, or a code; nothing when it was undone meanwhile."""
    row = Remedy.objects.select_related("team").get(pk=remedy)
    if row.state == State.GIVEN:
        settle(row, None)


@task()
def send(remedy: int) -> None:
    """Hand a refund to its provider; nothing when it was undone meanwhile."""
    source = Remedy.objects.values_list("source", flat=True).get(pk=remedy)
    with _in_the_way(f"It is a refund of {source.replace('complaint:', 'C-')}. {_GIVEN_ONCE}"):
        calling.send(remedy)


@task()
def look_at_sending(sending: int) -> None:
    """Ask how far a refund has come; again in some hours, until it is known."""
    with _in_the_way(_ONLY_LOOKED):
        is_known = calling.look_at(sending)
    if not is_known:
        later(
            look_at_sending,
            run_at=now() + PENDING_LOOKED_AT_EVERY,
            unique_key=f"look-at-sending-{sending}",
            sending=sending,
        )


@task()
def look_at_refund(connection: int, reference: str) -> None:
    """A webhook said that something happened to a refund."""
    with _in_the_way(_ONLY_LOOKED):
        provider_news.at_refund(connection, reference)


@task()
def look_at_payment(connection: int, reference: str) -> None:
    """A webhook said that something happened to a payment."""
    with _in_the_way(_ONLY_LOOKED):
        provider_news.at_payment(connection, reference)


@task()
def look_through(connection: int) -> None:
    """Compare what is in the books with the provider's own list."""
    with _in_the_way("Look again on the page of the connection, once the provider answers."):
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
