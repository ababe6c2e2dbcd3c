"""Erasing what is personal in the desk's own rows. Numbers, kinds, amounts, dates and who decided stay.

Whether it may be done is looked at by whoever calls (`remit.privacy`); here it is only done, for good.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from django.core.files.storage import default_storage
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from remit.complaints.actions.unsent_files import erase_unsent
from remit.complaints.customer_links import new_link
from remit.complaints.models import (
    Attachment,
    Closure,
    Complaint,
    Customer,
    CustomerMerge,
    Decision,
    FormSent,
    HandOver,
    Import,
    Message,
    Order,
    Presence,
    Rating,
    ReceivedMail,
    SavedView,
    UnsentFile,
)
from remit.complaints.vocabulary import MailState
from remit.core.clock import now
from remit.core.erasing import ERASED, Traces
from remit.core.writing import write
from remit.people.models import Member

NOBODY: Final = "Former customer"
"""The name of a customer who was made nobody."""


def erase_complaints(complaints: Sequence[int]) -> list[str]:
    """Erase all that was said in complaints; the customer's way to their page leads nowhere any more.

    Args:
        complaints: their keys.

    Returns:
        the files that belong to nothing now: remove them when the write is through.
    """
    with write():
        files = erase_attachments(Attachment.objects.filter(message__complaint__in=complaints))
        files += erase_unsent(UnsentFile.objects.filter(complaint__in=complaints))
        files += _erase_mails(ReceivedMail.objects.filter(complaint__in=complaints))
        messages = Message.objects.filter(complaint__in=complaints)
        messages.filter(mail_state=MailState.WAITS).update(mail_state=MailState.TAKEN_BACK)
        messages.update(text=ERASED, message_id="")
        Decision.objects.filter(complaint__in=complaints).update(what="", words="", letter="")
        HandOver.objects.filter(complaint__in=complaints).update(why="")
        Closure.objects.filter(complaint__in=complaints).update(why="", reopened_why="")
        Rating.objects.filter(complaint__in=complaints).update(words="")
        FormSent.objects.filter(complaint__in=complaints).delete()
        Presence.objects.filter(complaint__in=complaints).delete()
        for key in complaints:
            Complaint.objects.filter(pk=key).update(title=ERASED, sought="", link=new_link(), erased_at=now())
        return files


def erase_attachments(attachments: Iterable[Attachment]) -> list[str]:
    """Take files away from what was said.

    Returns:
        their names on the disk.
    """
    with write():
        gone = list(attachments)
        Attachment.objects.filter(pk__in=[each.pk for each in gone]).delete()
        return [str(each.file.name) for each in gone if each.file]


def erase_mails_from(senders: Iterable[str]) -> list[str]:
    """Erase mails of somebody that belong to no complaint: set aside, or not understood.

    Args:
        senders: their mail addresses.

    Returns:
        files to remove when the write is through.
    """
    with write():
        named = ReceivedMail.objects.alias(by=Lower("sender")).filter(complaint=None)
        return _erase_mails(named.filter(by__in=[each.lower() for each in senders if each]))


def erase_letters(messages: Sequence[int]) -> list[str]:
    """Forget mails as they came, and by what their answers are found; what was said in them stays.

    Args:
        messages: keys of what was made of them, or went out by mail.

    Returns:
        files to remove when the write is through.
    """
    with write():
        Message.objects.filter(pk__in=messages).update(message_id="")
        mails = ReceivedMail.objects.filter(became__in=messages)
        files = [str(name) for name in mails.exclude(raw="").values_list("raw", flat=True)]
        mails.update(raw="", older="", message_id="")
        return files


def _erase_mails(mails: QuerySet[ReceivedMail]) -> list[str]:
    """That a mail came, and when, stays."""
    keys = list(mails.values_list("pk", flat=True))
    files = [str(name) for name in mails.exclude(raw="").values_list("raw", flat=True)]
    ReceivedMail.objects.filter(pk__in=keys).update(
        message_id="", sender="", sender_name="", subject="", older="", left_out=[], words="", raw=""
    )
    ReceivedMail.objects.filter(pk__in=keys, done_at=None).update(done_at=now())
    return files


def erase_customers(customers: Sequence[int]) -> None:
    """Make customers nobody: no name, no address, no note; that they were there stays."""
    with write():
        Customer.objects.filter(pk__in=customers).update(
            name=NOBODY, email="", phone="", note="", language="", since=None, erased_at=now()
        )
        merges = CustomerMerge.objects.filter(Q(kept__in=customers) | Q(gone__in=customers))
        merges.update(moved={})


def erase_orders(orders: Sequence[int], *, named_in_books: Iterable[str]) -> None:
    """Erase what orders say; the number stays where the books name it, for whoever has to find the receipt.

    Args:
        orders: their keys.
        named_in_books: keys as the books write them, `order:17`.
    """
    kept = set(named_in_books)
    with write():
        for order in Order.objects.filter(pk__in=orders):
            order.summary = ""
            if order.key not in kept:
                order.number = f"erased-{order.pk}"
            order.save(update_fields=["summary", "number"])


def erase_loose_text(traces: Traces) -> None:
    """Take somebody out of what isn't tied to them: views that look for them, reports of imports."""
    if not traces:
        return
    with write():
        SavedView.objects.filter(traces.in_any("title", "query")).delete()
        for each in Import.objects.exclude(ended_at=None):
            clean = {
                "name": traces.out_of(each.name),
                "failed": traces.out_of(each.failed),
                "reasons": [[line, traces.out_of(str(reason))] for line, reason in each.reasons],
            }
            if any(getattr(each, field) != value for field, value in clean.items()):
                Import.objects.filter(pk=each.pk).update(**clean)


def erase_views(member: Member) -> None:
    """Remove the views of the list that a member kept."""
    with write():
        SavedView.objects.filter(member=member).delete()


def delete_customers(customers: Sequence[int], complaints: Sequence[int], orders: Sequence[int]) -> None:
    """Delete rows that nothing in the books hangs on; erase them first, so that no copy of a text stays."""
    with write():
        Complaint.objects.filter(pk__in=complaints).update(merged_into=None)
        Complaint.objects.filter(pk__in=complaints).delete()
        Order.objects.filter(pk__in=orders).delete()
        Customer.objects.filter(pk__in=customers).update(merged_into=None)
        Customer.objects.filter(pk__in=customers).delete()


def remove_files(names: Iterable[str]) -> None:
    """Remove files from the disk; one that is gone already is no trouble."""
    for name in names:
        default_storage.delete(name)
