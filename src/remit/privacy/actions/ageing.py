"""What goes by age: the rules, and the night that follows them in small writes, which can be stopped."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from time import monotonic
from typing import Final

from django.db.models import F
from django.urls import reverse

from remit.approvals.erasing import erase_approvals
from remit.complaints.actions.erasing import (
    erase_attachments,
    erase_complaints,
    erase_customers,
    erase_letters,
    erase_orders,
    remove_files,
)
from remit.complaints.models import Complaint, Customer
from remit.core.clock import now
from remit.core.erasing import ERASED, WAITS_HOURS, Traces
from remit.core.writing import write
from remit.events.erasing import keep_helpers_for
from remit.jobs.queue import later
from remit.notices.actions import Message as Told
from remit.notices.actions import erase_notices, tell
from remit.people.access import need_owner
from remit.people.models import Member
from remit.practice.erasing import erase_cases
from remit.privacy.models import Hold, Night, Retention
from remit.privacy.queries.rules import (
    merged_away,
    nobodies_left,
    old_complaints,
    old_files,
    old_letters,
    old_sign_ins,
    rules,
    tonight,
)
from remit.privacy.reach import reach_of_complaints
from remit.remedies.actions.erasing import erase_remedies, orders_in_the_books
from remit.reviews.erasing import erase_reviews
from remit.trail.actions import erase_all_words, record

_AT_ONCE: Final = 25
"""Complaints in one write: nobody waits for longer than a moment."""
_ROWS_AT_ONCE: Final = 500
"""Files, mails, records of signing in, in one write."""
_SECONDS_A_JOB: Final = 20.0
"""After that the job puts itself off, so that others of the queue come to their turn."""


def change_retention(owner: Member, values: Mapping[str, int | None]) -> Retention:
    """Choose how long what is kept; it is followed from the first night that is some hours away.

    Args:
        owner: who chooses.
        values: of the fields of `Retention`, and `helper_days` for the names of helpers at big days.

    Raises:
        NotAllowed: they aren't an owner.
    """
    need_owner(owner, "choose how long what is kept")
    with write():
        rule = rules()
        fields = {name: value for name, value in values.items() if name != "helper_days"}
        changed = sorted(name for name, value in fields.items() if getattr(rule, name) != value)
        for name in changed:
            setattr(rule, name, values[name])
        helpers = values.get("helper_days")
        if helpers is not None and keep_helpers_for(helpers):
            changed.append("helper_days")
        if not changed:
            return rule
        rule.changed_by, rule.changed_at = owner, now()
        rule.save()
        record("retention-changed", "retention:1", by=owner, rules={name: values[name] for name in changed})
        return rule


def begin_night() -> Night | None:
    """Begin what goes by age; None where nothing does, or a rule was changed only just now."""
    rule = rules()
    if rule.changed_at is None or now() - rule.changed_at < timedelta(hours=WAITS_HOURS):
        return None
    with write():
        going = Night.objects.filter(ended_at=None).first()
        if going is None and tonight(rule).is_anything:
            going = Night.objects.create(began_at=now())
        if going is not None:
            later("remit.privacy.jobs.go_on", unique_key=f"night:{going.pk}", night=going.pk)
        return going


def stop_night(owner: Member) -> bool:
    """Stop what is going; what is erased by then stays erased.

    Raises:
        NotAllowed: they aren't an owner.
    """
    need_owner(owner, "stop it")
    with write():
        stopped = Night.objects.filter(ended_at=None, stopped_at=None).update(
            stopped_at=now(), stopped_by=owner
        )
        if stopped:
            record("night-stopped", "retention:1", by=owner)
        return bool(stopped)


def go_on(night_id: int) -> None:
    """Erase some at a time, until nothing is left, somebody says stop, or others wait for the worker."""
    until = monotonic() + _SECONDS_A_JOB
    for step in (_some_complaints, _some_files, _some_letters, _some_sign_ins):
        while step(night_id):
            if monotonic() > until:
                with write():
                    later("remit.privacy.jobs.go_on", unique_key=f"night:{night_id}", night=night_id)
                return
    _end(night_id)


def _going(night_id: int) -> bool:
    return Night.objects.filter(pk=night_id, ended_at=None, stopped_at=None).exists()


def _some_complaints(night_id: int) -> int:
    with write():
        rule = rules()
        if not _going(night_id):
            return 0
        some = list(
            old_complaints(rule).select_related("team", "order").order_by("closed_at", "pk")[:_AT_ONCE]
        )
        if not some:
            return 0
        some += list(merged_away(some).select_related("team", "order"))
        files = _erase(some)
        left = nobodies_left([each.customer_id for each in some if each.customer_id], rule)
        nobodies = list(left.values_list("pk", flat=True))
        _erase_nobodies(nobodies)
        _count(night_id, complaints=len(some), customers=len(nobodies))
    remove_files(files)
    return len(some)


def _erase(complaints: list[Complaint]) -> list[str]:
    """Erase the words of these complaints and of what hangs on them."""
    reach = reach_of_complaints(complaints)
    keys, nobody = [each.pk for each in complaints], Traces()
    named = orders_in_the_books(reach.order_keys)
    subjects, addresses = reach.subjects, reach.addresses
    erase_remedies(reach.sources, ())
    erase_approvals(reach.sources)
    erase_reviews(keys)
    files = erase_complaints(keys)
    erase_orders([each.pk for each in reach.orders], named_in_books=named)
    Hold.objects.filter(complaint__in=keys).update(why=ERASED)
    erase_cases(keys)
    erase_all_words(subjects, nobody)
    erase_notices(subjects, addresses, nobody)
    for each in complaints:
        record("complaint-erased", each.subject, by=None, team=each.team)
    return files


def _erase_nobodies(customers: list[int]) -> None:
    merged = Customer.objects.filter(merged_into__in=customers).values_list("pk", flat=True)
    every = [*customers, *merged]
    erase_customers(every)
    erase_all_words((f"customer:{key}" for key in every), Traces())


def _some_files(night_id: int) -> int:
    with write():
        if not _going(night_id):
            return 0
        names = erase_attachments(old_files(rules()).order_by("pk")[:_ROWS_AT_ONCE])
        _count(night_id, files=len(names))
    remove_files(names)
    return len(names)


def _some_letters(night_id: int) -> int:
    with write():
        if not _going(night_id):
            return 0
        some = list(old_letters(rules()).order_by("pk").values_list("pk", flat=True)[:_ROWS_AT_ONCE])
        files = erase_letters(some)
        _count(night_id, letters=len(some))
    remove_files(files)
    return len(some)


def _some_sign_ins(night_id: int) -> int:
    with write():
        if not _going(night_id):
            return 0
        gone = 0
        for rows in old_sign_ins(rules()):
            keys = list(rows.order_by("pk").values_list("pk", flat=True)[:_ROWS_AT_ONCE])
            gone += rows.model._default_manager.filter(pk__in=keys).delete()[0]  # noqa: SLF001
        _count(night_id, sign_ins=gone)
        return gone


def _count(night_id: int, **more: int) -> None:
    Night.objects.filter(pk=night_id).update(**{name: F(name) + count for name, count in more.items()})


def _end(night_id: int) -> None:
    """It is over: the record says so, and the owners are told."""
    with write():
        if not Night.objects.filter(pk=night_id, ended_at=None).update(ended_at=now()):
            return
        night = Night.objects.get(pk=night_id)
        counts = {
            name: getattr(night, name) for name in ("complaints", "customers", "files", "letters", "sign_ins")
        }
        record("night-ended", "retention:1", by=None, **counts)
        later("remit.privacy.jobs.wipe", unique_key="privacy-wipe")
        tell(
            Member.objects.filter(is_owner=True, left_at=None),
            Told(
                code="night-ended",
                subject="retention:1",
                title=f"By age: {night.complaints} complaints erased, {night.files} files removed"[:200],
                body="As your rules say. Amounts, kinds and dates stay.",
                address=reverse("privacy:age"),
            ),
        )
