"""Money on its way through a provider: called for, and heard of. Each step is one write, and repeatable.

Nothing here calls out; see `remit.remedies.calling`. What the provider says is heard in any order and as
often as it likes: by the answer, by webhook, by the daily look. A remedy may be on several ways at once, one
for each payment that it goes back to: see `remit.remedies.actions.parts`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import F

from remit.core.clock import now
from remit.core.errors import Changed
from remit.core.writing import write
from remit.jobs.queue import later
from remit.ledger.actions import Line
from remit.ledger.vocabulary import OWED
from remit.notices.actions import settle as settle_notices
from remit.notices.actions import tell
from remit.people.models import Member
from remit.remedies.actions.moving import count, enter, event, go_on, in_part, settled
from remit.remedies.models import Connection, Payment, Remedy, Sending
from remit.remedies.notices import balance_is_short, came_back, waits_for_customer, who_hears
from remit.remedies.providers import BY_HAND, paid_account
from remit.remedies.providers.contract import (
    Broken,
    ProviderError,
    RefundState,
    RefundThere,
    RefundWish,
    WaitsFor,
)
from remit.remedies.vocabulary import BALANCE_SHORT, OPEN_SENDINGS, SendingState
from remit.trail.actions import record
from remit.upkeep.access import who_looks_after

LOOKED_AT_AGAIN_AFTER: Final = timedelta(hours=1)
"""When a refund that is pending is looked at again, should no webhook say more before."""

LOOKED_AT_SOON_AFTER: Final = timedelta(minutes=5)
"""When one is looked at that somebody wanted stopped, should the answer have been lost."""


@dataclass(frozen=True, slots=True)
class Call:
    """What a provider is to be asked.

    Attributes:
        sending: its number.
    """

    sending: int
    connection: Connection
    wish: RefundWish


def call_for(sending: int) -> Call | None:
    """What is to be asked for a part; None where there is nothing to ask any more.

    What comes back is committed: the provider may be called.
    """
    with write():
        row = _locked(sending)
        if row.state != SendingState.WAITS:
            return None
        Sending.objects.filter(pk=sending).update(called_at=now())
    return Call(sending, row.payment.connection, wish_of(row))


def wish_of(sending: Sending) -> RefundWish:
    """What the provider is asked for; the same at every try."""
    remedy = sending.remedy
    return RefundWish(
        key=sending.key,
        payment=sending.payment.reference,
        amount=sending.amount,
        currency=remedy.currency,
        round=sending.round,
        about=about_of(remedy),
    )


def about_of(remedy: Remedy) -> tuple[tuple[str, str], ...]:
    """What is kept beside a refund at the provider: of which remedy it is, and of which complaint."""
    return (("remit_remedy", str(remedy.pk)), ("remit_source", remedy.source))


def hear(sending: int, there: RefundThere) -> None:
    """Write down what the provider says of a refund; the same again, or something older, changes nothing."""
    with write():
        row = _locked(sending)
        if there.amount != row.amount or there.currency != row.remedy.currency:
            raise ValueError(f"{there.reference} is another refund than {row.key}")
        if not row.reference:
            Sending.objects.filter(pk=row.pk).update(reference=there.reference)
            Payment.objects.filter(pk=row.payment_id).update(refunded=F("refunded") + row.amount)
            row.reference = there.reference
        if there.state == RefundState.PENDING:
            _pends(row, there)
        elif there.state == RefundState.SUCCEEDED:
            _went_through(row)
        else:
            _came_back(row, there)


def refuse(sending: int, error: ProviderError) -> None:
    """The provider says no, for good: it is to be handed over by hand, and somebody is told."""
    with write():
        row = _locked(sending)
        if row.state == SendingState.WAITS:
            _end(row, SendingState.REFUSED, error.code, error.words)
            count(row.remedy, under_way=-row.amount)
            _by_hand(row, error.words)


def take_over_by_hand(sending: int, by: Member, why: str, *, called_at: datetime | None) -> None:
    """Somebody hands it over in another way, since the provider doesn't answer for it.

    The caller has looked at the provider that no refund of it is there; the key is never used again.

    Args:
        sending: its number.
        by: who does it.
        why: never empty.
        called_at: when the provider had been called last before the caller looked.

    Raises:
        Changed: it went on meanwhile, or was tried once more.
    """
    with write():
        row = _locked(sending)
        if row.state != SendingState.WAITS or row.called_at != called_at:
            raise Changed("went-on", "It went on meanwhile.", "Look at it again.")
        _end(row, SendingState.REFUSED, "by-hand", why)
        record(
            "remedy-taken-over",
            f"remedy:{row.remedy_id}",
            by=by,
            team=row.remedy.team,
            words=why,
            key=row.key,
            **in_part(row.remedy, row.amount),
        )
        count(row.remedy, under_way=-row.amount)
        Remedy.objects.filter(pk=row.remedy_id).update(provider=BY_HAND)
        go_on(row.remedy)


def want_stopped(sending: int, by: Member, why: str) -> Sending:
    """Write down that somebody wants a refund stopped that the provider has, and have it looked at soon.

    What comes back is committed: the provider may be asked.

    Args:
        sending: its number.
        by: who leads the team.
        why: never empty.

    Raises:
        Changed: it isn't on its way any more, or the provider hasn't got it yet.
    """
    with write():
        row = _locked(sending)
        if row.state != SendingState.PENDING:
            raise Changed("went-on", "It went on meanwhile.", "Look at it again.")
        later(
            "remit.remedies.jobs.look_at_sending",
            run_at=now() + LOOKED_AT_SOON_AFTER,
            unique_key=f"look-at-stopped-{sending}",
            sending=sending,
        )
        record(
            "stop-asked",
            f"remedy:{row.remedy_id}",
            by=by,
            team=row.remedy.team,
            words=why,
            key=row.key,
        )
        return row


def hinder(sending: int, error: ProviderError) -> None:
    """Write down what was in the way at this try."""
    with write():
        Sending.objects.filter(pk=sending, state__in=OPEN_SENDINGS).update(
            code=error.code[:80],
            words=error.words,
            round=F("round") + 1 if isinstance(error, Broken) else F("round"),
        )


def _locked(sending: int) -> Sending:
    rows = Sending.objects.select_related("remedy__team", "payment__connection")
    return rows.select_for_update(of=("self",)).get(pk=sending)


def _pends(sending: Sending, there: RefundThere) -> None:
    """It takes its time; where somebody has to do something before it goes on, they are told, once."""
    if sending.state == SendingState.WAITS:
        Sending.objects.filter(pk=sending.pk).update(state=SendingState.PENDING, code="", words="")
        sending.state, sending.code = SendingState.PENDING, ""
        later(
            "remit.remedies.jobs.look_at_sending",
            run_at=now() + LOOKED_AT_AGAIN_AFTER,
            unique_key=f"look-at-sending-{sending.pk}",
            sending=sending.pk,
        )
    code = there.waits_for or ""
    if sending.state != SendingState.PENDING or sending.code == code:
        return
    Sending.objects.filter(pk=sending.pk).update(code=code, words=there.words)
    _waits_no_longer(sending)
    if there.waits_for == WaitsFor.CUSTOMER:
        tell(who_hears(sending.remedy), waits_for_customer(sending.remedy, sending.amount, there.words))
    elif there.waits_for == WaitsFor.BALANCE:
        tell(who_looks_after(), balance_is_short(sending.payment.connection, there.words))


def _went_through(sending: Sending) -> None:
    if sending.state not in OPEN_SENDINGS:
        return
    remedy = sending.remedy
    _end(sending, SendingState.DONE)
    count(remedy, under_way=-sending.amount)
    account = paid_account(sending.payment.connection.provider)
    settled(remedy, account, sending.amount, None, sending.reference)
    go_on(remedy)


def _came_back(sending: Sending, there: RefundThere) -> None:
    """It failed, also after it had gone through: cards are closed, banks send money back days later."""
    code = there.reason or there.state
    if sending.state in {SendingState.CAME_BACK, SendingState.REFUSED}:
        return
    was_through = sending.state == SendingState.DONE
    words = f"The bank of the customer sent it back ({code})."
    if there.state == RefundState.CANCELLED:
        words = "It was stopped at the provider, so the money never left."
    _end(sending, SendingState.CAME_BACK, code, words)
    Payment.objects.filter(pk=sending.payment_id, refunded__gte=sending.amount).update(
        refunded=F("refunded") - sending.amount
    )
    remedy = sending.remedy
    if was_through:
        number = remedy.sendings.filter(state=SendingState.CAME_BACK).count()
        account = paid_account(sending.payment.connection.provider)
        enter(
            remedy,
            "come-back",
            [Line(OWED, -sending.amount), Line(account, sending.amount)],
            number=number,
            reference=sending.reference,
        )
        count(remedy, arrived=-sending.amount)
    else:
        count(remedy, under_way=-sending.amount)
    _by_hand(sending, words)


def _by_hand(sending: Sending, words: str) -> None:
    """From now on somebody has to do it: it stands on the list of what is to be handed over, with why."""
    go_on(sending.remedy)
    to_hand(sending.remedy, sending.amount, words)


def to_hand(remedy: Remedy, amount: int, words: str) -> None:
    """Somebody has to hand over minor units of a remedy, since the provider doesn't; they are told why."""
    Remedy.objects.filter(pk=remedy.pk).update(provider=BY_HAND)
    number = remedy.events.filter(what__startswith="came-back-").count() + 1
    event(remedy, f"came-back-{number}", None, amount=amount, why=words)
    part = in_part(remedy, amount)
    record("remedy-came-back", f"remedy:{remedy.pk}", by=None, team=remedy.team, words=words, **part)
    tell(who_hears(remedy), came_back(remedy, words))


def _end(sending: Sending, state: SendingState, code: str = "", words: str = "") -> None:
    Sending.objects.filter(pk=sending.pk).update(state=state, code=code[:80], words=words, ended_at=now())
    _waits_no_longer(sending)


def _waits_no_longer(sending: Sending) -> None:
    """That money has to be brought is news to nobody once no refund of the connection waits for it."""
    if sending.code != WaitsFor.BALANCE:
        return
    connection = sending.payment.connection_id
    still = Sending.objects.filter(
        payment__connection=connection, state=SendingState.PENDING, code=WaitsFor.BALANCE
    )
    if not still.exists():
        settle_notices(f"connection:{connection}", code=BALANCE_SHORT)
