"""No name, address, word, secret or token of anybody reaches the log: from pages, jobs, mail or providers.

Whatever stands in the tables, and whatever was sent, is looked for in every line that was written meanwhile.
"""

import io
import logging
import re
import socket
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from tests.app.every_address import addresses, furnished, path_of
from tests.app.made_complaints import made_complaint, wants
from tests.providers.fake_stripe import FakeStripe, Fault
from tests.providers.fake_stripe.server import KEY, SECRET

from remit.complaints.actions.deciding import decide
from remit.core import clock
from remit.core.clock import now
from remit.jobs import schedule, working
from remit.jobs.models import Job
from remit.notices.actions import Message, tell
from remit.people.models import Member
from remit.remedies import provider_news
from remit.remedies.actions.connections import Keys, connect
from remit.watching.logs import JsonLines, TextLines

pytestmark = pytest.mark.alike

KEPT_APART = {"Job", "Schedule", "SettingUp", "Worker", "Permission", "ContentType"}
TYPED = {
    "name": "Gisela Geheimrat",
    "email": "gisela@geheimrat.example",
    "text": "Meine Suppe war kalt, 4711!",
}
TOKEN = "tok-" + "z" * 40


@pytest.fixture(autouse=True)
def _one_connection(monkeypatch):
    """A worker looks after its connection between jobs; here that would end the transaction of the test."""
    monkeypatch.setattr(working, "close_old_connections", lambda: None)


@pytest.fixture
def log():
    """All that is logged, in both forms, down to what is usually left out."""
    streams = [io.StringIO(), io.StringIO()]
    root = logging.getLogger()
    before, handlers = root.level, []
    for stream, form in zip(streams, (JsonLines(), TextLines()), strict=True):
        handler = logging.StreamHandler(stream)
        handler.setFormatter(form)
        root.addHandler(handler)
        handlers.append(handler)
    root.setLevel(logging.DEBUG)
    yield lambda: "".join(stream.getvalue() for stream in streams)
    root.setLevel(before)
    for handler in handlers:
        root.removeHandler(handler)


def _words_of_people():
    """Everything in the tables that isn't a word of the program: texts, addresses, tokens, hashes."""
    fields = [
        (model, field.attname)
        for model in apps.get_models()
        if model.__name__ not in KEPT_APART
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField) and not field.choices
    ]
    for model, name in fields:
        for value in model._base_manager.values_list(name, flat=True):
            if value and (" " in value or "@" in value or len(value) >= 20):
                yield value


def _nothing_of(words, log):
    written = log()
    assert written.count("\n") > 5, "nothing was logged: this test would find nothing"
    assert sorted({word for word in words if word in written}) == []
    assert re.findall(r"[\w.+-]+@[\w-]+", written) == []
    return written


def _break(execute, sql, params, many, context):
    raise IntegrityError(f"DETAIL: Key (email)=({TYPED['email']}) already exists, row ({TYPED['name']})")


def _read(response):
    """To its end, which closes files that are sent."""
    return b"".join(response)


def test_pages(house, client, log, settings):
    words = furnished(house)
    client.raise_request_exception = False
    for who in ("nobody", "ana", "ola"):
        for name, pattern in addresses():
            path = path_of(name, pattern, words)
            if who != "nobody":
                client.force_login(getattr(house, who), backend="remit.people.signing_in.MailAndPassword")
            with transaction.atomic():
                asked = f"{path}?q={TYPED['name']}&token={TOKEN}"
                _read(client.get(asked, headers={"cookie": TOKEN, "referer": TOKEN}))
                _read(client.post(path, TYPED | {"secret": TOKEN, "password": TOKEN}))
                transaction.set_rollback(True)
    looked_for = [*_words_of_people(), *TYPED.values(), TOKEN]
    written = _nothing_of(looked_for, log)
    assert "people:sign-in" in written
    assert '"status": 404' in written
    assert not re.search(r"/(c|link|invitation|complaints|people)/", written)


def test_pages_that_break(house, client, log):
    complaint = made_complaint(house, category="late", paid=31200)
    client.force_login(house.ana, backend="remit.people.signing_in.MailAndPassword")
    client.raise_request_exception = False
    with connection.execute_wrapper(_break):
        page = client.get(f"/c/{complaint.token}/", headers={"x-request-id": "0123456789abcdef-4711"})
    assert page.status_code == 500
    assert page["X-Request-ID"] == "0123456789abcdef-4711"
    assert "0123456789abcdef-4711" in page.content.decode()
    written = _nothing_of([*_words_of_people(), *TYPED.values()], log)
    assert '"error": "django.db.utils.IntegrityError"' in written
    assert written.count("0123456789abcdef-4711") >= 4
    assert re.search(r'"trace": \[.*"remit/people/\w+.py:\d+ \w+"', written)  # the place stands there


def test_passwords_that_are_wrong(house, client, log):
    for _ in range(7):
        client.post("/sign-in/", {"username": house.ana.email or "ana@example.org", "password": TOKEN})
    client.get("/", headers={"host": TYPED["email"]})
    _nothing_of([*_words_of_people(), TOKEN, TYPED["email"], "ana@example.org"], log)


class _Refusing:
    """A mail server that repeats whatever it was told, and refuses it."""

    answer = "450 4.2.0 <{}> is greylisted, " + TYPED["name"]

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 (the server calls it so)
        return self.answer.format(address)


def _worked_off(hours=6):
    """The loop of a worker, for some hours of trying."""
    schedule.set_up()
    pulse = working._Pulse("somewhere-1")
    begins = now()
    for minutes in range(0, hours * 60, 20):
        with clock.at(begins + timedelta(minutes=minutes)):
            while working._one_job(pulse):
                pass


@pytest.mark.parametrize("answer", [_Refusing.answer, "550 5.1.1 no <{}> here, " + TYPED["name"], ""])
def test_mails_that_do_not_leave(house, log, settings, answer):
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port = asked.getsockname()[1]
    Member.objects.filter(pk=house.ana.pk).update(email=TYPED["email"], name=TYPED["name"])
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.MAIL = f"smtp://gisela:{TOKEN}@127.0.0.1:{port}" if not answer else f"smtp://127.0.0.1:{port}"
    handler = _Refusing()
    handler.answer = answer
    server = Controller(handler, hostname="127.0.0.1", port=port) if answer else None
    if server is not None:
        server.start()
    try:
        message = Message(
            code="approval-asked",
            subject="approval:1",
            title=TYPED["text"],
            body=TYPED["name"],
            address=f"/c/{TOKEN}/",
            is_urgent=True,
        )
        tell([Member.objects.get(pk=house.ana.pk)], message)
        _worked_off()
    finally:
        if server is not None:
            server.stop()
    assert Job.objects.filter(task="remit.notices.jobs.mail_notice").exclude(needs_person_at=None).exists()
    written = _nothing_of([*_words_of_people(), *TYPED.values(), TOKEN], log)
    assert "A job failed." in written
    assert "remit.notices.jobs.mail_notice" in written
    assert '"attempt": ' in written


@pytest.mark.parametrize("fault", [Fault.NONSENSE, Fault.BROKEN_BEFORE, Fault.CUT_AFTER])
def test_providers_that_fail(house, log, settings, fault):
    with FakeStripe() as stripe:
        settings.STRIPE_ADDRESS = stripe.address
        keys = Keys(account="Harbour Street", key=KEY, secret=SECRET, is_live=False)
        made = connect(house.ola, "stripe", keys, [house.harbour])
        complaint = made_complaint(house, category="late", paid=31200)
        payment = stripe.state.pay(31200, order=complaint.order.number, at=now().timestamp())
        provider_news.link(made, house.harbour, complaint.order_key, payment, house.ana)
        decide(house.mia, complaint.number, wants("refund", 4200))
        stripe.fails(*[fault] * 40)
        _worked_off()
        _nothing_of([*_words_of_people(), KEY, SECRET, payment], log)


def test_a_job_that_breaks_tells_its_kind_and_place_alone(house, log):
    Job.objects.create(
        task="remit.complaints.jobs.send_message",
        arguments={"message_id": 0},
        run_at=now(),
        created_at=now(),
    )
    with connection.execute_wrapper(_only_messages):
        _worked_off(hours=1)
    written = _nothing_of([*_words_of_people(), *TYPED.values()], log)
    assert "IntegrityError" in written
    assert '"job": ' in written


def _only_messages(execute, sql, params, many, context):
    if "complaints_message" in sql:
        _break(execute, sql, params, many, context)
    return execute(sql, params, many, context)
