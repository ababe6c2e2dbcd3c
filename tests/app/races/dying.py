"""A process that decides and works what follows, killed at one of its steps; and the next one, which ends it.

A step is a statement to the database, a commit, a call to the provider, a mail: before and after each. The
processes are real ones (forks), the kill is SIGKILL; provider and mail server are threads beside.
"""

import json
import os
import secrets
import signal
import smtplib
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

import requests
from django.conf import settings
from django.core.mail.utils import DNS_NAME
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.urls import get_resolver
from tests.app.made_complaints import made_complaint
from tests.app.mail_server import mail_server
from tests.app.races.told import LETTER, Told
from tests.providers.fake_stripe import FakeStripe, Fault
from tests.providers.fake_stripe.server import KEY, SECRET

from remit.approvals.models import Approval
from remit.approvals.vocabulary import End
from remit.complaints.actions.answering import Answer, answer
from remit.complaints.actions.deciding import Intent, decide
from remit.complaints.models import Customer, Decision
from remit.core import clock
from remit.core.clock import now
from remit.core.errors import Changed
from remit.jobs.inline import run_due_jobs
from remit.jobs.queue import later
from remit.remedies import calling, provider_news
from remit.remedies.actions.connections import Keys, change_keys, connect
from remit.remedies.actions.handing_over import settle
from remit.remedies.models import Connection, Elsewhere, Remedy
from remit.remedies.reconciling import differences
from remit.remedies.vocabulary import State
from remit.trail.verifying import verify_trail
from remit.upkeep.actions import tell_of_work_that_stands_still

MOST_STEPS = 2_000
LOOKS_AT = 60
"""Minutes after which somebody looks for work that stands still."""
PAID, GIVEN = 31_200, 4_200
KEYS = Keys(account="Harbour Street", key=KEY, secret=SECRET, is_live=False)


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
        """Count statements, commits, calls and mails from now on."""
        connection.execute_wrappers.append(lambda execute, *rest: self.around(execute)(*rest))
        BaseDatabaseWrapper._commit = self.around(BaseDatabaseWrapper._commit)
        requests.Session.send = self.around(requests.Session.send)
        smtplib.SMTP.sendmail = self.around(smtplib.SMTP.sendmail)


def live(does, *, begins, steps=None):
    """In a process of its own: do something, and work what follows for hours. Whether it came to its end."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        with suppress(BaseException):
            Steps(steps).watch()
            with clock.at(begins):
                does()
            for minutes in (1, 3, 8, 20, 60, 150, 400):
                with clock.at(begins + timedelta(minutes=minutes)):
                    run_due_jobs(is_forgiving=True)
                    if minutes == LOOKS_AT:
                        tell_of_work_that_stands_still()
            os._exit(0)
        os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "it ended by an error of its own"
    return not os.WIFSIGNALED(status)


@dataclass
class Way:
    """How something is given, each part of it killed at a step and ended by the next process.

    Attributes:
        payments: minor units of each payment of the order; one smaller than what is given makes parts of it.
        asks: whether Ana asks and Mia says yes; else Mia decides herself.
        then: `ticked-off` or `tried-again`: every refund fails at the provider in the end, and somebody does
            that; `revoked`: the provider lets nobody in, until the keys are put in anew.
    """

    house: object
    stripe: FakeStripe
    mails: object
    payments: list
    asks: bool
    then: str
    complaint: object = None
    told: Told = None
    begins: object = None
    killed: int = 0
    key: str = ""
    decision: Decision = field(default=None)

    @property
    def parts(self):
        """How many refunds it takes."""
        return 1 if max(self.payments) >= GIVEN else len(self.payments)

    def begin(self, name):
        """A complaint, whose order is paid."""
        customer = Customer.objects.create(
            name="Jo", email=f"{secrets.token_hex(8)}@example.com", created_at=now()
        )
        self.complaint = made_complaint(
            self.house, title=name, category="late", paid=sum(self.payments), customer=customer
        )
        for amount in self.payments:
            paid = self.stripe.state.pay(amount, order=name)
            provider_news.link(
                Connection.objects.get(), self.house.harbour, self.complaint.order_key, paid, None
            )
        self.key, self.begins = secrets.token_hex(8), now()
        self.told = Told(self.complaint, self.mails)

    def part(self, does, steps):
        """A part of the way: killed at a step, and done once more; whether the first time came to its end."""
        ended = live(does, begins=self.begins, steps=steps)
        self.begins += timedelta(hours=12)
        if not ended:
            self.killed += 1
            self.told.note_where_it_broke_off()
            live(does, begins=self.begins)
            self.begins += timedelta(hours=12)
        return ended

    def go(self, steps):
        """All of it, each part killed at this step; whether none of them was long enough."""
        self.stripe.is_revoked = self.then == "revoked"
        ended = [self.part(self._ask if self.asks else self._decide, steps)]
        self.stripe.forget_faults()
        self.decision = Decision.objects.filter(complaint=self.complaint).select_related("remedy").last()
        if self.then == "revoked":
            self.told.of_revoked_keys(self.decision)
            self.stripe.is_revoked = False
            ended.append(self.part(self._put_keys_in, steps))
        elif self.then:
            ended.append(self.part(self._come_back(), steps))
            if self.then == "tried-again":
                ended.append(self.part(self._try_again, steps))
            else:
                settle(Remedy.objects.get(pk=self.decision.remedy_id), self.house.ben, "by hand")
        return all(ended)

    def _intent(self):
        return Intent(kind="refund", value=GIVEN, key=self.key, letter=LETTER)

    def _decide(self):
        decide(self.house.mia, self.complaint.number, self._intent())

    def _ask(self):
        approval = decide(self.house.ana, self.complaint.number, self._intent()).approval_id
        run_due_jobs(is_forgiving=True)
        if Approval.objects.get(pk=approval).ended_at is None:
            answer(self.house.mia, approval, Answer(how=End.YES))

    def _come_back(self):
        """Every refund fails at the provider, which says so once."""
        for row in self.stripe.made():
            if row["metadata"]["remit_source"] == self.complaint.subject:
                self.stripe.state.become(row["id"], "failed", "expired_or_canceled_card")
                number = Connection.objects.get().pk
                later("remit.remedies.jobs.look_at_refund", connection=number, reference=row["id"])
        return lambda: None

    def _try_again(self):
        with suppress(Changed):  # what was done before the kill isn't there to be done any more
            calling.try_again(self.decision.remedy_id, self.house.mia, "The card is new.")

    def _put_keys_in(self):
        change_keys(self.house.ola, Connection.objects.get(), KEYS)


def lives(house, ways):
    """Each way in its turn, as `_killed_on` says.

    Args:
        house: as it was made; the charter lets Mia decide, and has Ana ask.
        ways: arguments of `_killed_on` by name.

    Returns:
        how many were killed on each, and what was wrong.
    """
    killed, wrong = [], []
    with FakeStripe() as stripe, mail_server(settings) as mails:
        settings.STRIPE_ADDRESS = stripe.address
        stripe.late.set()
        str(DNS_NAME), get_resolver().reverse_dict  # found once, here: each life would wait for it anew
        connect(house.ola, "stripe", KEYS, [house.harbour])
        for number, how in enumerate(ways, start=1):
            times, found = _killed_on(house, stripe, mails, f"{number}.", **how)
            killed.append(times)
            wrong += found
    wrong += [str(each) for each in differences()]
    broken = verify_trail().broken
    return {"killed": killed, "wrong": wrong + ([str(broken)] if broken else [])}


def _killed_on(
    house, stripe, mails, name, *, faults=(), stride=1, first=1, payments=(PAID,), asks=False, then=""
):
    """Kill at the first step, the second, and so on, until a life ends by itself; the next one ends each.

    Args:
        house, stripe, mails: where.
        name: of this way.
        faults: names of those that meet the calls of each life.
        stride: every how many steps; first: at which to begin.
        payments, asks, then: see `Way`.

    Returns:
        how many were killed, and what was wrong.
    """
    killed, wrong = 0, []
    for allowed in range(first, MOST_STEPS, stride):
        way = Way(house, stripe, mails, payments, asks, then)
        way.begin(f"{' '.join([name, *faults, 'killed'])} at {allowed}.")
        stripe.fails(*[Fault[fault] for fault in faults])
        ended = way.go(allowed)
        killed += way.killed
        wrong += [f"{way.complaint.title} {each}" for each in [*_wrong(way), *way.told.wrong(way)]]
        if ended or wrong:
            break
    return killed, wrong


def _wrong(way):
    """What isn't with the money as it should be once all is through, in words."""
    made = [row for row in way.stripe.made() if row["metadata"]["remit_source"] == way.complaint.subject]
    decisions = Decision.objects.filter(complaint=way.complaint).count()
    expected = 0 if way.then == "ticked-off" else GIVEN
    if decisions != 1 or sum(row["amount"] for row in made) != expected:
        yield f"{decisions} decisions, refunds {json.dumps(made)}"
    if expected and len(made) != way.parts:
        yield f"{len(made)} refunds in place of {way.parts}"
    remedy = Remedy.objects.get(pk=way.decision.remedy_id)
    if remedy.state != State.SETTLED:
        yield f"it is {remedy.state}: {list(remedy.sendings.values('state', 'words'))}"
    if Elsewhere.objects.exists():
        yield "it was taken for one made elsewhere"
