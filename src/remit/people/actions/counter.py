"""Counter devices: a screen that a team shares."""

from __future__ import annotations

from dataclasses import dataclass

from remit.core.clock import now
from remit.core.errors import NotThere, Refusal
from remit.core.writing import write
from remit.people.access import Place, need_rank
from remit.people.models import CounterDevice
from remit.people.naming import tidy_name
from remit.people.secrets import hash_of, new_secret
from remit.people.signing_in import end_sessions_of
from remit.people.vocabulary import LOCKS_AFTER, Rank
from remit.trail.actions import record


@dataclass(frozen=True, slots=True)
class NewDevice:
    """A counter device that was just made, with the secret for its browser, told this once."""

    device: CounterDevice
    secret: str


def make_counter_device(place: Place, name: str, locks_after_seconds: int) -> NewDevice:
    """Make a browser the counter device of a team.

    Raises:
        NotAllowed: by somebody below a manager.
        Refusal: the time after which it locks isn't one that is offered.
    """
    need_rank(place, Rank.MANAGER, "set up a counter device")
    if locks_after_seconds not in dict(LOCKS_AFTER):
        raise Refusal(
            "lock-not-offered",
            "A counter device can't lock after that time.",
            "Choose one of the times offered.",
            field="locks_after_seconds",
        )
    secret = new_secret()
    with write():
        device = CounterDevice.objects.create(
            team=place.team,
            name=tidy_name(name) or "Counter",
            secret_hash=hash_of(secret),
            made_by=place.member,
            made_at=now(),
            locks_after_seconds=locks_after_seconds,
        )
        record(
            "counter-made",
            f"counter:{device.pk}",
            by=place.member,
            team=place.team,
            words=device.name,
            locks_after_seconds=locks_after_seconds,
        )
    return NewDevice(device, secret)


def end_counter_device(place: Place, number: int) -> None:
    """End a counter device from afar, and every turn on it; nothing happens where it ended already.

    Raises:
        NotAllowed: by somebody below a manager.
        NotThere: the team has none of that number.
    """
    need_rank(place, Rank.MANAGER, "end a counter device")
    with write():
        device = CounterDevice.objects.filter(team=place.team, pk=number).first()
        if device is None:
            raise NotThere("counter device")
        if device.ended_at is not None:
            return
        device.ended_at = now()
        device.save(update_fields=["ended_at"])
        end_sessions_of(device)
        record("counter-ended", f"counter:{device.pk}", by=place.member, team=place.team)


def device_of(secret: str) -> CounterDevice | None:
    """The counter device of a secret, as long as it wasn't ended."""
    return (
        CounterDevice.objects.select_related("team")
        .filter(secret_hash=hash_of(secret), ended_at=None, team__closed_at=None)
        .first()
    )
