"""The rules that are in force, and what they would erase tonight."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from axes.models import AccessAttempt, AccessLog
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from remit.complaints.models import Attachment, Complaint, Customer, Message, Order, ReceivedMail
from remit.core.clock import now
from remit.people.models import Team
from remit.privacy.hindrances import UNSETTLED
from remit.privacy.models import Hold, Night, Retention
from remit.remedies.models import Remedy

_SMALL_HOURS: Final = range(2, 5)


def rules() -> Retention:
    """How long what is kept; where nobody chose, everything is kept for good."""
    return Retention.objects.first() or Retention()


def is_night() -> bool:
    """Whether it is between two and five where the first team works, and no night began lately."""
    team = Team.objects.order_by("pk").first()
    hour = now().astimezone(team.zone).hour if team else 0
    return (
        hour in _SMALL_HOURS and not Night.objects.filter(began_at__gt=now() - timedelta(hours=20)).exists()
    )


@dataclass(frozen=True, slots=True)
class Tonight:
    """What goes by age, were it night now.

    Attributes:
        complaints: lose their words, and with the last one their customer becomes nobody.
        files: are removed.
        letters: mails whose identifiers are forgotten.
        sign_ins: records of signing in.
    """

    complaints: int
    files: int
    letters: int
    sign_ins: int

    @property
    def is_anything(self) -> bool:
        """Whether anything goes at all."""
        return bool(self.complaints or self.files or self.letters or self.sign_ins)


def tonight(rule: Retention) -> Tonight:
    """What would go; counted, nothing else."""
    return Tonight(
        old_complaints(rule).count(),
        old_files(rule).count(),
        old_letters(rule).count(),
        sum(rows.count() for rows in old_sign_ins(rule)),
    )


def old_complaints(rule: Retention) -> QuerySet[Complaint]:
    """Closed long ago, not erased yet, not on hold, and nothing given for them is still on its way."""
    return _closed_before(_months_ago(rule.complaint_months)).filter(erased_at=None, merged_into=None)


def merged_away(complaints: list[Complaint]) -> QuerySet[Complaint]:
    """Complaints that go on in these, and go with them."""
    return Complaint.objects.filter(merged_into__in=[each.pk for each in complaints], erased_at=None)


def old_files(rule: Retention) -> QuerySet[Attachment]:
    """Files of complaints that were closed long ago."""
    closed = _closed_before(_months_ago(rule.attachment_months))
    return Attachment.objects.filter(message__complaint__in=closed.values("pk"))


def old_letters(rule: Retention) -> QuerySet[Message]:
    """What was said by mail in complaints closed long ago, where the mail as it came is still kept."""
    closed = _closed_before(_months_ago(rule.letter_months))
    as_it_came = ReceivedMail.objects.filter(became=OuterRef("pk")).exclude(raw="", older="", message_id="")
    of_mails = ~Q(message_id="") | Q(Exists(as_it_came))
    return Message.objects.filter(of_mails, complaint__in=closed.values("pk"))


def old_sign_ins(rule: Retention) -> tuple[QuerySet[AccessLog], QuerySet[AccessAttempt]]:
    """Records of signing in, and of wrong tries."""
    before = now() - timedelta(days=rule.sign_in_days) if rule.sign_in_days else None
    if before is None:
        return AccessLog.objects.none(), AccessAttempt.objects.none()
    return AccessLog.objects.filter(attempt_time__lt=before), AccessAttempt.objects.filter(
        attempt_time__lt=before
    )


def nobodies_left(customers: list[int], rule: Retention) -> QuerySet[Customer]:
    """Of these customers those who have no complaint with words and no younger order any more."""
    before = _months_ago(rule.complaint_months)
    return (
        Customer.objects.filter(pk__in=customers, erased_at=None)
        .exclude(Exists(Complaint.objects.filter(customer=OuterRef("pk"), erased_at=None)))
        .exclude(Exists(Order.objects.filter(customer=OuterRef("pk"), created_at__gte=before)))
        .exclude(
            Exists(
                Customer.objects.filter(
                    merged_into=OuterRef("pk"), complaints__erased_at=None, complaints__isnull=False
                )
            )
        )
    )


def _closed_before(moment: datetime | None) -> QuerySet[Complaint]:
    if moment is None:
        return Complaint.objects.none()
    subject = Concat(Value("complaint:"), Cast(OuterRef("number"), CharField()))
    return Complaint.objects.filter(closed_at__lt=moment).exclude(
        Q(Exists(Hold.objects.filter(complaint=OuterRef("pk"), ended_at=None)))
        | Q(Exists(Remedy.objects.filter(source=subject, state__in=UNSETTLED)))
    )


def _months_ago(months: int | None) -> datetime | None:
    """The same day of the month so many months before; the last one where there is no such day."""
    if not months:
        return None
    moment = now()
    year, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    day = min(moment.day, monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)
