"""The only way to notices: one's own."""

from __future__ import annotations

from typing import Protocol

from django.db.models import QuerySet

from remit.core.asked_often import Slot
from remit.notices.models import Notice, PushSubscription


class Reader(Protocol):
    """Who reads: a member."""

    pk: int


def notices_for(member: Reader) -> QuerySet[Notice]:
    """What somebody was told, the newest first."""
    return notices_of(member.pk)


def notices_of(member: int | Slot) -> QuerySet[Notice]:
    """The same, by the key of the member."""
    return Notice.objects.filter(member_id=member).order_by("-created_at", "-pk")


def browsers_for(member: Reader) -> QuerySet[PushSubscription]:
    """The browsers in which somebody is told, the newest first."""
    return PushSubscription.objects.filter(member_id=member.pk).order_by("-made_at", "-pk")
