"""Erasing what was said about what was given: kind, amount, dates and the references of the books stay."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from remit.core.erasing import ERASED
from remit.core.writing import write
from remit.remedies.models import Elsewhere, Event, Payment, Remedy, Sending


def erase_remedies(sources: Iterable[str], order_keys: Iterable[str]) -> list[int]:
    """Erase the words of what was given for these complaints and on these orders.

    Args:
        sources: `complaint:2041`.
        order_keys: `order:17`.

    Returns:
        the numbers of these remedies.
    """
    with write():
        keys = list(order_keys)
        of_them = Remedy.objects.filter(Q(source__in=list(sources)) | Q(order_key__in=keys))
        numbers = list(of_them.values_list("pk", flat=True))
        Remedy.objects.filter(pk__in=numbers).exclude(what="").update(what="")
        Event.objects.filter(remedy__in=numbers).exclude(why="").update(why=ERASED)
        Sending.objects.filter(remedy__in=numbers).exclude(words="").update(words="")
        Elsewhere.objects.filter(order_key__in=keys).exclude(why="").update(why="")
        return numbers


def orders_in_the_books(order_keys: Iterable[str]) -> set[str]:
    """Which of these orders the books name: something was given on them, or their payment is known."""
    keys = list(order_keys)
    return {
        key
        for model in (Remedy, Payment, Elsewhere)
        for key in model._default_manager.filter(order_key__in=keys).values_list("order_key", flat=True)  # noqa: SLF001
    }
