"""The parts in which a remedy goes back: one for each payment, all committed before any is asked for."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from remit.core.clock import now
from remit.core.errors import Changed, Refusal
from remit.core.writing import write
from remit.jobs.queue import later
from remit.people.models import Member
from remit.remedies.actions.moving import count, event, go_on, need_seen
from remit.remedies.actions.sending import to_hand
from remit.remedies.models import Remedy, Sending
from remit.remedies.payments import Part, parts_for
from remit.remedies.providers import BY_HAND
from remit.remedies.vocabulary import OPEN_SENDINGS, SendingState, State
from remit.trail.actions import record

NO_PAYMENT: Final = "The payments of this order haven't as much left that can be given back."


def begin(remedy: int) -> list[int]:
    """Begin or go on with a remedy's way through its provider: the parts that are to be asked for.

    What comes back is committed, with the key of each part.
    """
    with write():
        row = _locked(remedy)
        if row.state == State.GIVEN and row.provider != BY_HAND and row.owing:
            parts = _parts(row)
            if parts:
                _begun(row, parts)
            else:
                to_hand(row, row.owing, NO_PAYMENT)
        waiting = Sending.objects.filter(remedy=row, state=SendingState.WAITS).order_by("pk")
        return list(waiting.values_list("pk", flat=True))


def begin_again(remedy: int, by: Member, why: str, *, seen: int | None = None) -> None:
    """Spread anew what of a remedy didn't get through, over what the payments have left by now.

    The caller has looked at the provider that nothing is there of the parts that were given up.

    Args:
        remedy: its number.
        by: who leads the team.
        why: never empty.
        seen: how much was left to give when they looked, in minor units; None where nobody looked.

    Raises:
        Changed: nothing of it is to be handed over any more, or it never was with a provider.
        Refusal: the payments haven't as much left.
    """
    with write():
        row = need_rest(remedy)
        need_seen(row, seen)
        parts = _parts(row)
        if not parts:
            raise Refusal("no-payment", NO_PAYMENT, "Give the rest another way.")
        record(
            "rest-sent-again",
            f"remedy:{remedy}",
            by=by,
            team=row.team,
            words=why,
            amount=row.owing,
            currency=row.currency,
        )
        Remedy.objects.filter(pk=remedy).update(provider=parts[0].payment.connection.provider)
        _begun(row, parts)
        send_later(row)


def need_rest(remedy: int) -> Remedy:
    """A remedy of which a provider couldn't give all, locked; to be asked for inside a write.

    Raises:
        Changed: nothing of it is to be handed over any more, or it never was with a provider.
    """
    row = _locked(remedy)
    if row.state != State.GIVEN or row.provider != BY_HAND or not row.sendings.exists():
        raise Changed("no-rest", "Nothing of it is left to give by now.", "Look at the list again.")
    return row


def send_later(remedy: Remedy, *, at: datetime | None = None) -> None:
    """Have a remedy handed to its provider."""
    later(
        "remit.remedies.jobs.send",
        run_at=at or now(),
        unique_key=f"send-remedy-{remedy.pk}",
        remedy=remedy.pk,
    )


def _parts(remedy: Remedy) -> Sequence[Part]:
    """What goes back to which payment; not to one where a part of it is under way."""
    busy = remedy.sendings.filter(state__in=OPEN_SENDINGS).values_list("payment_id", flat=True)
    return parts_for(remedy.team, remedy.order_key, remedy.owing, remedy.currency, but=list(busy))


def _begun(remedy: Remedy, parts: Sequence[Part]) -> None:
    first = remedy.sendings.count() + 1
    for number, part in enumerate(parts, first):
        Sending.objects.create(
            remedy=remedy,
            payment=part.payment,
            key=f"remit-{remedy.pk}-{number}-{secrets.token_hex(8)}",
            amount=part.amount,
            state=SendingState.WAITS,
            made_at=now(),
        )
        event(remedy, f"sent-{number}", None, amount=part.amount, reference=part.payment.reference)
    count(remedy, under_way=sum(part.amount for part in parts))
    go_on(remedy)


def _locked(remedy: int) -> Remedy:
    return Remedy.objects.select_related("team").select_for_update(of=("self",)).get(pk=remedy)
