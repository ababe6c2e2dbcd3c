"""Time passes, the queue does its work in it, and what stands in the books then."""

from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings
from django.db.models import Sum
from django.test import override_settings
from tests.providers.fake_stripe import Fault

from remit.core import clock
from remit.jobs.inline import run_due_jobs
from remit.ledger.models import Account
from remit.remedies.models import Remedy


def work(since, *, hours=0.0, seconds=21.0):
    """Work what is due at a moment."""
    with clock.at(since + timedelta(hours=hours, seconds=seconds)):
        run_due_jobs(is_forgiving=True)


def work_for(since, hours):
    """Let time pass, and the queue do its work in it."""
    for minute in range(0, int(hours * 60), 5):
        work(since, hours=minute / 60)


@contextmanager
def nobody_waits_for(fault, stripe):
    """An answer that is late is given up soon; any other is waited for, however slow the machine is."""
    seconds = 1.0 if fault is Fault.LATE else settings.PROVIDER_SECONDS
    with override_settings(PROVIDER_SECONDS=seconds):
        yield
    if fault is Fault.LATE:
        stripe.late.set()


def balances():
    rows = Account.objects.values("name").annotate(total=Sum("balance"))
    return {row["name"]: row["total"] for row in rows if row["total"]}


def only():
    return Remedy.objects.get()
