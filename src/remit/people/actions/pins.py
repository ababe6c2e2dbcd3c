"""PINs: set by their member, guessed at a few times only."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

from django.contrib.auth.hashers import check_password, make_password
from django.db.models import F

from remit.core.clock import now
from remit.core.errors import NotThere, Refusal
from remit.core.writing import write
from remit.people.models import CounterDevice, Member, Membership, PinGuesses
from remit.people.vocabulary import PIN_GUESSES, PIN_LONGEST, PIN_SHORTEST, PIN_WAIT_MINUTES
from remit.trail.actions import record

_LONGEST_WAIT = timedelta(hours=1)


class Locked(Refusal):
    """Too many wrong guesses: somebody has to wait."""

    status = 429


def pin_hash(pin: str) -> str:
    """What is kept of a PIN; "" for none.

    Raises:
        Refusal: it isn't one, or one that everybody tries first.
    """
    pin = pin.strip()
    if not pin:
        return ""
    if not (pin.isascii() and pin.isdigit() and PIN_SHORTEST <= len(pin) <= PIN_LONGEST):
        raise Refusal(
            "pin-not-valid",
            f"A PIN is {PIN_SHORTEST} to {PIN_LONGEST} digits.",
            "Type digits only.",
            field="pin",
        )
    if _is_easy(pin):
        raise Refusal(
            "pin-easy",
            "Everybody tries this PIN first.",
            "Choose one that isn't a row or a repeat.",
            field="pin",
        )
    return make_password(pin)


def _is_easy(pin: str) -> bool:
    steps = {int(after) - int(before) for before, after in pairwise(pin)}
    return steps in ({0}, {1}, {-1})


def set_pin(member: Member, team_word: str, pin: str) -> None:
    """A member sets their PIN for the counter devices of a team; "" takes it away.

    Raises:
        NotThere: they aren't in it.
        Refusal: the PIN isn't one.
    """
    hashed = pin_hash(pin)
    with write():
        membership = (
            Membership.objects.select_related("team")
            .filter(member=member, team__word=team_word, until=None)
            .first()
        )
        if membership is None:
            raise NotThere("team")
        membership.pin = hashed
        membership.save(update_fields=["pin"])
        PinGuesses.objects.filter(membership=membership).delete()
        act = "pin-set" if hashed else "pin-removed"
        record(act, f"member:{member.word}", by=member, team=membership.team)


def check_pin(device: CounterDevice, membership: Membership, pin: str) -> None:
    """Make sure that a PIN is a member's, on a counter device.

    A guess is counted before it is looked at, so that many at once are as good as one after the other.

    Raises:
        Locked: there were too many wrong ones; it says until when.
        Refusal: it is wrong, or they have none.
    """
    if not membership.pin:
        raise Refusal(
            "pin-missing",
            f"{membership.member.first_name} has no PIN here yet.",
            "Sign in on your phone and set one on your page; a lead can make you a link.",
            field="pin",
        )
    _count(device, membership)
    if not check_password(pin.strip(), membership.pin):
        left = PIN_GUESSES - PinGuesses.objects.get(device=device, membership=membership).wrong % PIN_GUESSES
        then = "Look, and try again." if left < PIN_GUESSES else "You have to wait a moment now."
        raise Refusal("pin-wrong", "That isn't the PIN.", then, field="pin")
    with write():
        PinGuesses.objects.filter(device=device, membership=membership).delete()


def open_own_pages(device: CounterDevice, membership: Membership, pin: str) -> None:
    """Make sure of the PIN once more, before somebody's own pages open on a counter device; it is recorded.

    Raises:
        Locked, Refusal: as `check_pin`.
    """
    check_pin(device, membership, pin)
    member = membership.member
    with write():
        record("own-pages-opened", f"member:{member.word}", by=member, team=device.team, words=device.name)


def _count(device: CounterDevice, membership: Membership) -> None:
    with write():
        guesses, _ = PinGuesses.objects.get_or_create(
            device=device, membership=membership, defaults={"last_at": now()}
        )
        until = waits_until(guesses)
        if until is not None:
            there = until.astimezone(device.team.zone)
            raise Locked(
                "pin-locked",
                "Too many wrong PINs.",
                f"{membership.member.first_name} may try again at {there:%H:%M:%S}.",
                field="pin",
            )
        PinGuesses.objects.filter(pk=guesses.pk).update(wrong=F("wrong") + 1, last_at=now())
        if (guesses.wrong + 1) % PIN_GUESSES == 0:
            record(
                "pin-guessed-often",
                f"member:{membership.member.word}",
                by=None,
                team=device.team,
                device=device.pk,
                guesses=guesses.wrong + 1,
            )


def waits_until(guesses: PinGuesses) -> datetime | None:
    """Until when somebody has to wait; None for not at all."""
    rounds, rest = divmod(guesses.wrong, PIN_GUESSES)
    if rounds == 0 or rest:
        return None
    wait = min(timedelta(minutes=PIN_WAIT_MINUTES) * 2 ** min(rounds - 1, 10), _LONGEST_WAIT)
    until = guesses.last_at + wait
    return until if until > now() else None
