"""From a notice to the channels beside the screen: each way is a job of its own, and holds up no other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import cache
from typing import Any, Final

from django.conf import settings
from django.db.models import BigIntegerField, Q, QuerySet

from remit.core.asked_often import Slot, asked_often
from remit.core.clock import now
from remit.core.errors import Refusal
from remit.core.writing import write
from remit.jobs.errors import NeedsPerson
from remit.jobs.queue import later
from remit.notices.mail import has_mail, message_id_of, send_mail
from remit.notices.models import Channels, Delivery, Notice, PushSubscription
from remit.notices.push.sending import PushAnswer, push
from remit.notices.vocabulary import MAIL, MONDAY_CODE, PUSH, Wish

GATHERED_FOR: Final = timedelta(hours=1)
MONDAY_GATHERED_FOR: Final = timedelta(minutes=5)
"""So long somebody's Monday mail waits for what their other teams ask for."""
URGENT: Final = 10
"""The priority of jobs that a customer waits for."""

_FOOT: Final = "You choose what Remit tells you by mail"


def is_anybody_reached(members: Sequence[int]) -> bool:
    """Whether there is a channel beside the screen at all: without one no job is needed."""
    return has_mail() or bool(_browsers_of(len(members))(**_by_slot(members)))


@cache
def _browsers_of(count: int) -> Callable[..., list[Any]]:
    """The question for a browser of so many members: `member_0`, `member_1` and so on."""

    def browsers(**members: Slot) -> QuerySet[Any, Any]:
        which = Q()
        for member in members.values():
            which |= Q(member=member)
        return PushSubscription.objects.filter(which).order_by().values_list("pk")[:1]

    return asked_often(**{name: BigIntegerField() for name in _by_slot(range(count))})(browsers)


def _by_slot(members: Sequence[int]) -> dict[str, int]:
    return {f"member_{number}": member for number, member in enumerate(members)}


def spread(numbers: Sequence[int]) -> None:
    """Put notices on their ways: one delivery for each browser, and one by mail, as everybody wishes."""
    with write():
        notices = Notice.objects.filter(pk__in=numbers, seen_at=None).select_related("member")
        wishes = {row.pk: row for row in Channels.objects.filter(pk__in=notices.values("member_id"))}
        for notice in notices.prefetch_related("member__push_subscriptions"):
            wish = wishes.get(notice.member_id) or Channels(pk=notice.member_id)
            if notice.member.left_at is None:
                _by_push(notice, wish)
                _by_mail(notice, wish)


def _by_push(notice: Notice, wish: Channels) -> None:
    if not _is_wished(wish, wish.push, notice):
        return
    for browser in notice.member.push_subscriptions.all():
        delivery, is_new = Delivery.objects.get_or_create(notice=notice, channel=f"{PUSH}:{browser.pk}")
        if is_new:
            later("remit.notices.jobs.push_notice", delivery=delivery.pk)


def _by_mail(notice: Notice, wish: Channels) -> None:
    if not (has_mail() and notice.member.email and _is_wished(wish, wish.mail, notice)):
        return
    delivery, is_new = Delivery.objects.get_or_create(notice=notice, channel=MAIL)
    if not is_new:
        return
    if notice.is_urgent:
        later("remit.notices.jobs.mail_notice", delivery=delivery.pk)
    elif notice.code == MONDAY_CODE:
        later(
            "remit.notices.jobs.mail_monday",
            run_at=now() + MONDAY_GATHERED_FOR,
            unique_key=f"monday-mail:{notice.member_id}",
            member=notice.member_id,
        )
    else:
        later(
            "remit.notices.jobs.mail_gathered",
            run_at=now() + GATHERED_FOR,
            unique_key=f"notices-mail:{notice.member_id}",
            member=notice.member_id,
        )


def _is_wished(channels: Channels, wish: str, notice: Notice) -> bool:
    if notice.code == MONDAY_CODE and not channels.monday:
        return False
    return wish == Wish.ALL or (wish == Wish.URGENT and notice.is_urgent)


def deliver_by_push(number: int) -> None:
    """Send one notice to one browser, if it is still needed."""
    delivery = _waiting(number)
    if delivery is None:
        return
    browser = PushSubscription.objects.filter(pk=delivery.channel.partition(":")[2]).first()
    if browser is None:
        return
    try:
        answer = push(delivery.notice, browser)
    except NeedsPerson as error:
        _failed(delivery, error.words)
        raise
    except Refusal as error:
        _forget(browser, delivery, error.wrong)
        return
    if answer is PushAnswer.GONE:
        _forget(browser, delivery, "This browser takes no notices any more.")
    else:
        _sent([delivery])


def deliver_by_mail(number: int) -> None:
    """Send one notice by mail, if it is still needed."""
    delivery = _waiting(number)
    if delivery is not None:
        _mail([delivery])


def deliver_gathered(member: int) -> None:
    """Send what somebody hasn't seen of the last hour in one mail."""
    waiting = _to_gather(member).exclude(notice__code=MONDAY_CODE).order_by("notice__created_at", "pk")
    if waiting:
        _mail(list(waiting))


def deliver_monday(member: int) -> None:
    """Send somebody which hats their teams ask for: one mail, with a part for each team."""
    waiting = _to_gather(member).filter(notice__code=MONDAY_CODE).order_by("notice__title", "pk")
    if waiting:
        _mail(list(waiting), of_many="Which hat this week: {count} of your teams ask for one")


def _to_gather(member: int) -> QuerySet[Delivery]:
    waiting = Delivery.objects.filter(channel=MAIL, sent_at=None, notice__is_urgent=False)
    return waiting.filter(notice__member=member, notice__seen_at=None).select_related("notice__member")


def _mail(deliveries: Sequence[Delivery], *, of_many: str = "{count} notices from Remit") -> None:
    member = deliveries[0].notice.member
    if not member.email or member.left_at is not None:
        return
    notices = [delivery.notice for delivery in deliveries]
    subject = notices[0].title if len(notices) == 1 else of_many.format(count=len(notices))
    try:
        send_mail(member.email, subject, _text(notices), message_id=_message_id_of(deliveries))
    except NeedsPerson as error:
        for delivery in deliveries:
            _failed(delivery, error.words)
        raise
    _sent(deliveries)


def _message_id_of(deliveries: Sequence[Delivery]) -> str:
    """The same at every try. Who died between the mail server's word and their own sends it once more."""
    about = (f"{each.pk} {each.notice.created_at.isoformat()}" for each in deliveries)
    return message_id_of(f"deliveries {', '.join(about)}")


def _text(notices: Sequence[Notice]) -> str:
    parts = []
    for notice in notices:
        lines = [notice.title, notice.body]
        if settings.ADDRESS:
            lines.append(f"{settings.ADDRESS}/notices/{notice.pk}/open/")
        parts.append("\n".join(line for line in lines if line))
    where = f"{settings.ADDRESS}/notices/channels/" if settings.ADDRESS else "on the page of your notices"
    return "\n\n".join(parts) + f"\n\n-- \n{_FOOT}: {where}\n"


def _waiting(number: int) -> Delivery | None:
    """A delivery that still has to be made; None when its notice was seen, replaced, or sent."""
    return (
        Delivery.objects.filter(pk=number, sent_at=None, notice__seen_at=None, notice__member__left_at=None)
        .select_related("notice__member")
        .first()
    )


def _forget(browser: PushSubscription, delivery: Delivery, words: str) -> None:
    with write():
        PushSubscription.objects.filter(pk=browser.pk).delete()
        _failed(delivery, words)


def _sent(deliveries: Sequence[Delivery]) -> None:
    with write():
        Delivery.objects.filter(pk__in=[each.pk for each in deliveries]).update(sent_at=now(), failed="")


def _failed(delivery: Delivery, words: str) -> None:
    with write():
        Delivery.objects.filter(pk=delivery.pk).update(failed=words[:300])
