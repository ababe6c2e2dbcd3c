"""Telling somebody something, and what they do with it."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Protocol

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from django.db.models import CharField, Q, QuerySet

from remit.core.asked_often import Slot, asked_often
from remit.core.clock import now
from remit.core.erasing import Traces
from remit.core.errors import NotThere, Refusal
from remit.core.writing import write
from remit.core.written_often import insert_all
from remit.jobs.queue import later
from remit.notices.delivering import is_anybody_reached
from remit.notices.models import Channels, Notice, PushSubscription
from remit.notices.push.endpoint import read_endpoint
from remit.notices.vocabulary import CHANNELS_CHOSEN, PUSH_OFF, PUSH_ON, TEST_CODE
from remit.trail.actions import record

MOST_BROWSERS: Final = 10
"""One member's; the one that was switched on longest ago makes room."""

_SECRET_BYTES: Final = 16


class Recipient(Protocol):
    """Who is told: a member."""

    pk: int


class Reader(Recipient, Protocol):
    """Who reads their notices: a member."""

    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What is told, the same for all who are told it.

    Attributes:
        code: what it is: `approval-asked`.
        subject: what it is about: `approval:12`.
        title, body: as it is read.
        address: where it leads, a path.
        is_urgent: a customer waits for it: it goes out by push at once.
    """

    code: str
    subject: str
    title: str
    body: str = ""
    address: str
    is_urgent: bool = False


def tell(members: Iterable[Recipient], message: Message) -> None:
    """Tell members something; it is written with its cause, and sent when the write is through.

    Each is told once. What they haven't seen yet and says the same about the same gives way to it.
    """
    told = tuple({member.pk: None for member in members})
    if not told:
        return
    with write():
        waiting = _unseen(subject=message.subject, code=message.code)
        if outdated := [row.pk for row in waiting if row.member_id in told]:
            Notice.objects.filter(pk__in=outdated).delete()
        moment = now()
        notices = [
            Notice(
                member_id=member,
                code=message.code,
                subject=message.subject,
                title=message.title,
                body=message.body,
                address=message.address,
                is_urgent=message.is_urgent,
                created_at=moment,
            )
            for member in told
        ]
        insert_all(notices)
        if is_anybody_reached(told):
            later("remit.notices.jobs.send_out", notices=[notice.pk for notice in notices])


@asked_often(subject=CharField(), code=CharField())
def _unseen(subject: Slot, code: Slot) -> QuerySet[Notice]:
    return Notice.objects.filter(subject=subject, code=code, seen_at=None)


def tell_again(message: Message) -> None:
    """Tell whoever was told the same before that it is otherwise now."""
    before = Notice.objects.filter(subject=message.subject, code=message.code).select_related("member")
    tell([notice.member for notice in before], message)


def settle(subject: str, code: str = "") -> None:
    """What was told about something is outdated: it waits for nobody any more.

    Args:
        subject: `approval:12`.
        code: of what is outdated; "" for all that was told about it.
    """
    with write():
        outdated = Notice.objects.filter(subject=subject, seen_at=None)
        if code:
            outdated = outdated.filter(code=code)
        outdated.update(seen_at=now())


def erase_notices(subjects: Iterable[str], addresses: Iterable[str], traces: Traces) -> int:
    """Remove what was told about these subjects, seen or not, and what names somebody.

    Args:
        subjects: `complaint:2041`.
        addresses: what leads there goes as well, whatever it is about.
        traces: by what somebody is found in other notices.

    Returns:
        how many.
    """
    with write():
        named = Notice.objects.filter(
            Q(subject__in=list(subjects))
            | Q(address__in=list(addresses))
            | traces.in_any("title", "body", "address")
        )
        numbers = list(named.values_list("pk", flat=True))
        Notice.objects.filter(pk__in=numbers).delete()
        return len(numbers)


def erase_reader(member: Reader) -> None:
    """Remove all that somebody was told, and every way to reach them."""
    with write():
        for rows in (Notice.objects, Channels.objects, PushSubscription.objects):
            rows.filter(member_id=member.pk).delete()


def see(member: Reader, number: int) -> Notice:
    """Somebody opens a notice of theirs; opened again, it stays as it is.

    Raises:
        NotThere: there is none of theirs.
    """
    with write():
        notice = Notice.objects.filter(member_id=member.pk, pk=number).first()
        if notice is None:
            raise NotThere("notice")
        if notice.seen_at is None:
            notice.seen_at = now()
            notice.save(update_fields=("seen_at",))
        return notice


def see_all(member: Reader, *, upto: int) -> int:
    """Somebody has seen all their notices up to the newest that the page showed; later ones stay.

    Returns:
        how many.
    """
    with write():
        unseen = Notice.objects.filter(member_id=member.pk, pk__lte=upto, seen_at=None)
        return unseen.update(seen_at=now())


def choose_channels(member: Reader, *, push: str, mail: str, monday: bool = True) -> None:
    """Somebody chooses what they want to be told beside the screen."""
    with write():
        Channels.objects.update_or_create(
            member_id=member.pk, defaults={"push": push, "mail": mail, "monday": monday}
        )
        said = "yes" if monday else "no"
        record(CHANNELS_CHOSEN, f"member:{member.word}", by=member, push=push, mail=mail, monday=said)


def switch_on_push(member: Reader, *, endpoint: str, public_key: str, auth_secret: str) -> PushSubscription:
    """Let Remit reach a browser; a browser belongs to whoever switched it on last.

    Raises:
        Refusal: its push service isn't one that Remit may send to, or its keys can't be used.
    """
    read_endpoint(endpoint)
    _need_keys(public_key, auth_secret)
    with write():
        before = PushSubscription.objects.filter(endpoint=endpoint, member_id=member.pk).exists()
        browser, _ = PushSubscription.objects.update_or_create(
            endpoint=endpoint,
            defaults={
                "member_id": member.pk,
                "public_key": public_key,
                "auth_secret": auth_secret,
                "made_at": now(),
            },
        )
        newest = PushSubscription.objects.filter(member_id=member.pk).order_by("-made_at", "-pk")
        kept = list(newest.values_list("pk", flat=True)[:MOST_BROWSERS])
        PushSubscription.objects.filter(member_id=member.pk).exclude(pk__in=kept).delete()
        if not before:
            record(PUSH_ON, f"member:{member.word}", by=member)
        return browser


def switch_off_push(member: Reader, *, endpoint: str = "", browser: int | None = None) -> bool:
    """Reach a browser of somebody no more; asked twice, nothing more happens.

    Which one is said by its address or by its number.
    """
    with write():
        mine = PushSubscription.objects.filter(member_id=member.pk)
        gone = mine.filter(pk=browser) if browser is not None else mine.filter(endpoint=endpoint)
        is_gone = bool(gone.delete()[0])
        if is_gone:
            record(PUSH_OFF, f"member:{member.word}", by=member)
        return is_gone


def try_out(member: Reader) -> None:
    """Tell somebody that being told works."""
    tell(
        [member],
        Message(
            code=TEST_CODE,
            subject=f"member:{member.word}",
            title="This is how a notice looks",
            body="You asked for it. Nothing else needs to be done.",
            address="/notices/channels/",
            is_urgent=True,
        ),
    )


def _need_keys(public_key: str, auth_secret: str) -> None:
    """Refuse keys that no message could be encrypted with."""
    try:
        EllipticCurvePublicKey.from_encoded_point(SECP256R1(), _decoded(public_key))
        is_usable = len(_decoded(auth_secret)) == _SECRET_BYTES
    except ValueError:
        is_usable = False
    if not is_usable:
        raise Refusal(
            "bad-push-keys",
            "This browser gave keys that can't be used.",
            "Switch notices off in its settings, and on again here.",
        )


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
