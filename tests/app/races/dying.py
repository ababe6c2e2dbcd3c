"""A process that decides and works what follows, killed at one of its steps; and the next one, which ends it.

A step is a statement to the database, a commit, a call to the provider: before and after each. The processes
are real ones (forks), the kill is SIGKILL, the provider answers over HTTP from a thread of the first process.
"""

import json
import os
import secrets
import signal
from contextlib import suppress
from datetime import timedelta

import requests
from django.conf import settings
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from tests.app.made_complaints import made_complaint
from tests.providers.fake_stripe import FakeStripe, Fault
from tests.providers.fake_stripe.server import KEY, SECRET

from remit.complaints.actions.deciding import Intent, decide
from remit.complaints.models import Decision
from remit.core import clock
from remit.core.clock import now
from remit.jobs.inline import run_due_jobs
from remit.remedies import provider_news
from remit.remedies.actions.connections import Keys, connect
from remit.remedies.actions.handing_over import settle
from remit.remedies.models import Connection, Elsewhere, Remedy
from remit.remedies.reconciling import differences
from remit.remedies.vocabulary import State
from remit.trail.verifying import verify_trail

MOST_STEPS = 2_000
PAID, GIVEN = 31_200, 4_200


class Steps:
    """Counts what a process does, and kills it when it is about to do the last one it may.

    Args:
        allowed: how many steps it lives; None for ever.
    """

    def __init__(self, allowed):
        self.left = allowed

    def one(self):
        """One step more, or the end."""
        if self.left is not None:
            if self.left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            self.left -= 1

    def around(self, function):
        """The same function; a step before it, and one after."""

        def counted(*arguments, **more):
            self.one()
            answer = function(*arguments, **more)
            self.one()
            return answer

        return counted

    def watch(self):
        """Count statements, commits and calls from now on."""
        connection.execute_wrappers.append(lambda execute, *rest: self.around(execute)(*rest))
        BaseDatabaseWrapper._commit = self.around(BaseDatabaseWrapper._commit)
        requests.Session.send = self.around(requests.Session.send)


def live(house, complaint, key, *, begins, steps=None):
    """In a process of its own: decide, and work what follows for some hours. Whether it came to its end."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        with suppress(BaseException):
            Steps(steps).watch()
            with clock.at(begins):
                decide(house.mia, complaint.number, Intent(kind="refund", value=GIVEN, key=key))
            for minutes in (1, 3, 8, 20, 60, 150, 400):
                with clock.at(begins + timedelta(minutes=minutes)):
                    run_due_jobs(is_forgiving=True)
            os._exit(0)
        os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "it ended by an error of its own"
    return not os.WIFSIGNALED(status)


def lives(house, *, faults, stride=1, first=1, fails_there=False, payments=(PAID,)):
    """Kill at the first step, the second, and so on, until a life ends by itself; the next one ends each.

    Args:
        house: as it was made; the charter lets Mia decide.
        faults: names of those that meet the calls of each life.
        stride: every how many steps; first: at which to begin.
        fails_there: whether every refund fails at the provider in the end.
        payments: minor units of each payment of the order; one smaller than what is given makes parts of it.

    Returns:
        how many were killed, and what was wrong.
    """
    killed, wrong = 0, []
    with FakeStripe() as stripe:
        settings.STRIPE_ADDRESS = stripe.address
        stripe.late.set()
        keys = Keys(account="Harbour Street", key=KEY, secret=SECRET, is_live=False)
        if not Connection.objects.exists():
            connect(house.ola, "stripe", keys, [house.harbour])
        for allowed in range(first, MOST_STEPS, stride):
            order = f"{'-'.join(faults)}-{allowed}"
            complaint = made_complaint(house, title=order, category="late", paid=sum(payments))
            for amount in payments:
                paid = stripe.state.pay(amount, order=order)
                provider_news.link(Connection.objects.get(), house.harbour, complaint.order_key, paid, None)
            key, begins = secrets.token_hex(8), now()
            stripe.fails(*[Fault[name] for name in faults])
            ended = live(house, complaint, key, begins=begins, steps=allowed)
            killed += not ended
            stripe.forget_faults()
            live(house, complaint, key, begins=begins + timedelta(hours=12))
            wrong += [f"{order}: {each}" for each in _wrong(stripe, house, complaint, payments, fails_there)]
            if ended or wrong:
                break
    wrong += [str(each) for each in differences()]
    broken = verify_trail().broken
    return {"killed": killed, "wrong": wrong + ([str(broken)] if broken else [])}


def _wrong(stripe, house, complaint, payments, fails_there):
    """What isn't as it should be once all is through, in words."""
    made = [row for row in stripe.made() if row["metadata"]["remit_source"] == complaint.subject]
    decisions = list(Decision.objects.filter(complaint=complaint).select_related("remedy"))
    parts = 1 if max(payments) >= GIVEN else len(payments)
    if len(decisions) != 1 or len(made) != parts or sum(row["amount"] for row in made) != GIVEN:
        yield f"{len(decisions)} decisions, refunds {json.dumps(made)}"
        return
    remedy = decisions[0].remedy
    if remedy.state != State.SETTLED:
        yield f"it is {remedy.state}: {list(remedy.sendings.values('state', 'words'))}"
    if fails_there:
        for row in made:
            stripe.state.become(row["id"], "failed", "expired_or_canceled_card")
            provider_news.at_refund(Connection.objects.get().pk, row["id"])
        settle(Remedy.objects.get(pk=remedy.pk), house.ben, "by hand")
    if Elsewhere.objects.exists():
        yield "it was taken for one made elsewhere"
