"""Connecting teams with a provider, and what is heard of it."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db.models import F, Q

from remit.core.clock import now
from remit.core.errors import Changed, Refusal
from remit.core.sealing import seal
from remit.core.writing import write
from remit.jobs.actions import try_again
from remit.jobs.models import Job
from remit.jobs.queue import later
from remit.notices.actions import settle as settle_notices
from remit.notices.actions import tell
from remit.people.access import need_owner
from remit.people.models import Member, Team
from remit.remedies.models import ConnectedTeam, Connection, Heard, Sending
from remit.remedies.notices import connection_in_trouble
from remit.remedies.providers.contract import SignedEvent
from remit.remedies.vocabulary import OPEN_SENDINGS
from remit.trail.actions import record
from remit.upkeep.access import who_looks_after
from remit.upkeep.actions import settle_when_none_is_left

EVENTS_ARE_KEPT: Final = timedelta(days=60)
"""Providers send an event again for some days; after that it isn't the same one any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """What opens an account at a provider, tried before.

    Attributes:
        account: its name, as the provider says it.
        reference: by which the provider knows it from all others; "" where nobody asked.
        key: of the API.
        secret: that webhooks are signed with; "" while there is none.
        is_live: whether it moves real money.
    """

    account: str
    key: str
    secret: str
    is_live: bool
    reference: str = ""


def connect(owner: Member, provider: str, keys: Keys, teams: Sequence[Team]) -> Connection:
    """Give money back through a provider from now on; the same sent twice is one connection.

    Raises:
        NotAllowed: they are no owner.
        Refusal: a team gives back through another connection.
    """
    need_owner(owner, "connect a payment provider")
    with write():
        again = _connected_like_it(owner, provider, keys, teams)
        if again is not None:
            return again
        connection = Connection.objects.create(
            provider=provider,
            account=keys.account,
            reference=keys.reference,
            sealed_key=seal(keys.key),
            sealed_secret=seal(keys.secret),
            ends_with=keys.key[-4:],
            is_live=keys.is_live,
            hook=secrets.token_urlsafe(32),
            made_by=owner,
            made_at=now(),
            looked_until=now(),
        )
        _connect_teams(connection, teams)
        record(
            "provider-connected",
            f"connection:{connection.pk}",
            by=owner,
            provider=provider,
            is_live=keys.is_live,
            teams=[team.word for team in teams],
        )
    return connection


def change_teams(
    owner: Member, connection: Connection, teams: Sequence[Team], *, seen: int | None = None
) -> None:
    """Say anew which teams give back through it.

    Raises:
        NotAllowed: they are no owner.
        Changed: another owner changed the connection since they looked.
        Refusal: a team gives back through another connection.
    """
    need_owner(owner, "connect a payment provider")
    with write():
        _take_turn(connection, seen)
        ConnectedTeam.objects.filter(connection=connection).exclude(team__in=teams).delete()
        have = set(ConnectedTeam.objects.filter(connection=connection).values_list("team_id", flat=True))
        _connect_teams(connection, [team for team in teams if team.pk not in have])
        record(
            "provider-teams-changed",
            f"connection:{connection.pk}",
            by=owner,
            teams=[team.word for team in teams],
        )


def change_keys(owner: Member, connection: Connection, keys: Keys, *, seen: int | None = None) -> None:
    """Put new keys in, and go on with everything that stood still for the old ones.

    Raises:
        NotAllowed: they are no owner.
        Changed: another owner changed the connection since they looked.
        Refusal: they open another account, where nothing is known of what is on its way here.
    """
    need_owner(owner, "connect a payment provider")
    with write():
        _take_turn(connection, seen)
        if not _opens_the_same(keys, connection):
            mode = "real money" if keys.is_live else "test mode"
            raise Refusal(
                "another-account",
                f"This key opens another account: {keys.account} ({keys.reference or mode}, {mode}).",
                f"Put in a key of {connection.account}, or make a connection of its own for the other one.",
                field="key",
            )
        rows = Connection.objects.filter(pk=connection.pk)
        rows.update(
            account=keys.account,
            reference=keys.reference or connection.reference,
            sealed_key=seal(keys.key),
            sealed_secret=seal(keys.secret),
            ends_with=keys.key[-4:],
            trouble="",
            trouble_at=None,
        )
        record("provider-keys-changed", f"connection:{connection.pk}", by=owner)
        settle_notices(f"connection:{connection.pk}")
        _go_on(connection)


def switch_off(owner: Member, connection: Connection, why: str, *, seen: int | None = None) -> None:
    """Give back by hand from now on.

    Raises:
        NotAllowed: they are no owner.
        Changed: another owner changed the connection since they looked.
        Refusal: something is on its way through it.
    """
    need_owner(owner, "switch off a payment provider")
    with write():
        _take_turn(connection, seen)
        under_way = Sending.objects.filter(payment__connection=connection, state__in=OPEN_SENDINGS).count()
        if under_way:
            raise Refusal(
                "still-on-its-way",
                f"{under_way} refunds are still on their way through it.",
                "Wait until they are through. Those that stand still are under Needs a person.",
            )
        ConnectedTeam.objects.filter(connection=connection).delete()
        Connection.objects.filter(pk=connection.pk, off_at=None).update(
            off_at=now(),
            sealed_key="",
            sealed_secret="",  # nosec B106  # emptied, not given
        )
        record("provider-switched-off", f"connection:{connection.pk}", by=owner, words=why)


def note_trouble(connection: Connection, words: str) -> None:
    """A provider lets nothing through: whoever looks after Remit is told, once."""
    with write():
        fresh = Connection.objects.filter(pk=connection.pk, trouble="")
        if fresh.update(trouble=words, trouble_at=now()):
            tell(who_looks_after(), connection_in_trouble(connection, words))


def hear_event(connection: Connection, heard: SignedEvent) -> bool:
    """An event came by webhook: what it is about is looked at, once; whether it was new."""
    with write():
        _, is_new = Heard.objects.get_or_create(
            connection=connection, key=heard.key[:120], defaults={"at": now()}
        )
        if is_new and heard.refund:
            _look_later("refund", connection, heard.refund)
        if is_new and heard.payment:
            _look_later("payment", connection, heard.payment)
    return is_new


def forget_what_was_heard() -> int:
    """Forget old events; how many."""
    with write():
        return Heard.objects.filter(at__lt=now() - EVENTS_ARE_KEPT).delete()[0]


def _opens_the_same(keys: Keys, connection: Connection) -> bool:
    """Whether keys open the account of a connection. By its reference: several may have the same name."""
    if keys.is_live != connection.is_live:
        return False
    if keys.reference and connection.reference:
        return keys.reference == connection.reference
    return keys.account == connection.account


def _take_turn(connection: Connection, seen: int | None) -> None:
    """Change a connection as it was looked at; inside a write of the caller.

    Args:
        connection: which.
        seen: its `changes` when they looked; None where nobody looked.
    """
    rows = Connection.objects.filter(pk=connection.pk, off_at=None)
    if seen is not None:
        rows = rows.filter(changes=seen)
    if rows.update(changes=F("changes") + 1) != 1:
        raise Changed(
            "connection-changed",
            "Somebody else changed this connection since you looked.",
            "Look at it as it is now, and send yours again if it is still right.",
        )


def _connected_like_it(owner: Member, provider: str, keys: Keys, teams: Sequence[Team]) -> Connection | None:
    """The connection that the same owner made of the same: a form that was sent twice."""
    rows = Connection.objects.filter(
        provider=provider,
        account=keys.account,
        reference=keys.reference,
        is_live=keys.is_live,
        ends_with=keys.key[-4:],
        made_by=owner,
        off_at=None,
    )
    wanted = {team.pk for team in teams}
    return next((row for row in rows if set(row.teams.values_list("team_id", flat=True)) == wanted), None)


def _look_later(what: str, connection: Connection, reference: str) -> None:
    later(
        f"remit.remedies.jobs.look_at_{what}",
        unique_key=f"look-at-{what}-{connection.pk}-{reference}"[:120],
        connection=connection.pk,
        reference=reference,
    )


def _connect_teams(connection: Connection, teams: Sequence[Team]) -> None:
    for team in teams:
        other = ConnectedTeam.objects.select_related("connection").filter(team=team).first()
        if other is not None:
            raise Refusal(
                "connected-elsewhere",
                f"{team.name} gives back through {other.connection.account}.",
                "Take it out there first.",
                field="teams",
            )
        ConnectedTeam.objects.create(team=team, connection=connection)


def _go_on(connection: Connection) -> None:
    """Have what stood still tried again: sendings, and refunds that were to be looked at."""
    waiting = Sending.objects.filter(payment__connection=connection, state__in=OPEN_SENDINGS)
    keys = [
        key
        for sending, remedy in waiting.values_list("pk", "remedy_id")
        for key in (f"send-remedy-{remedy}", f"look-at-sending-{sending}")
    ]
    of_it = Q(unique_key__in=keys) | Q(unique_key=f"look-through-{connection.pk}")
    for what in ("refund", "payment"):
        of_it |= Q(unique_key__startswith=f"look-at-{what}-{connection.pk}-")
    stuck = Job.objects.filter(of_it, finished_at=None).exclude(needs_person_at=None)
    for number in stuck.values_list("pk", flat=True):
        try_again(number)
    settle_when_none_is_left()
