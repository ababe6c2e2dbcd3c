"""Nothing that lets somebody in stands readable in the database, a backup or the log.

Every secret that a browser or a mail saw on the way through Remit is looked for in every column of every
table, in what sessions hold, and in every line that was logged meanwhile.
"""

import base64
import io
import logging
import re
from datetime import timedelta

import pyotp
import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from tests.app.made_complaints import made_complaint
from tests.app.mail.conftest import comes, mail

from remit.complaints.actions.conversation import reply
from remit.complaints.models import ReceivedMail
from remit.core import clock
from remit.inbox.actions.setting_up import MailboxWords, set_up
from remit.inbox.models import Mailbox
from remit.inbox.vocabulary import Way
from remit.jobs.inline import run_due_jobs
from remit.people.access import place_in
from remit.people.actions.joining import make_link_at_the_command_line
from remit.people.actions.pins import set_pin
from remit.people.models import KnownBrowser, SignedIn
from remit.watching.logs import JsonLines, TextLines

pytestmark = pytest.mark.django_db
PASSWORD = "long enough"  # noqa: S105
HOOK_KEY = "key-0123456789abcdef0123"
IN_LINKS = re.compile(r"/(?:c|link|invitation|sign-in/new-password/[\w-]+|mail/post|data)/([^/\s\"<&?]{16,})")


@pytest.fixture
def sending(settings, mailoutbox):
    """Mail leaves Remit, into a list."""
    settings.MAIL = "smtp://mail.example.org"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.ADDRESS = "https://remit.example.org"
    settings.ALLOWED_HOSTS = ["testserver", "remit.example.org"]
    return mailoutbox


@pytest.fixture
def log():
    """All that is logged, in both forms, down to what is usually left out."""
    stream, root = io.StringIO(), logging.getLogger()
    before, handlers = root.level, []
    for form in (JsonLines(), TextLines()):
        handler = logging.StreamHandler(stream)
        handler.setFormatter(form)
        root.addHandler(handler)
        handlers.append(handler)
    root.setLevel(logging.DEBUG)
    yield stream.getvalue
    root.setLevel(before)
    for handler in handlers:
        root.removeHandler(handler)


def everything_kept():
    """All that stands in the database, as text; what sessions hold is unpacked."""
    pieces = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 (names of tables)
            for row in cursor.fetchall():
                pieces += [each.hex() if isinstance(each, bytes) else str(each) for each in row]
    pieces += [str(each.get_decoded()) for each in Session.objects.all()]
    return "\n".join(pieces)


class Seen:
    """The secrets that browsers and mails have seen, by what they are."""

    def __init__(self):
        self.secrets = {}

    def add(self, kind, secret):
        assert len(secret) >= 10, kind
        self.secrets.setdefault(kind, set()).add(secret)

    def page(self, kind, response):
        """Every secret in the links of a page."""
        found = IN_LINKS.findall(response.content.decode())
        assert found, (kind, response.status_code)
        for each in found:
            self.add(kind, each)

    def cookies(self, client):
        for name in ("sessionid", "remit_browser", "remit_counter"):
            if name in client.cookies and client.cookies[name].value:
                self.add(name, client.cookies[name].value)

    def mails(self, outbox):
        for letter in outbox:
            for each in IN_LINKS.findall(letter.body):
                self.add("mail", each)


def journey(house, sending, seen):
    """Everybody comes in by every door, and customers are written to."""
    _a_password_and_a_factor(house, seen)
    _links(house, seen)
    _a_shared_screen(house, seen)
    _a_mailbox(house, seen)
    _a_customer(house, sending, seen)
    asks = Client()
    asks.post("/sign-in/forgotten/", {"email": "ben@example.org"})
    run_due_jobs()
    seen.mails(sending)


def _a_password_and_a_factor(house, seen):
    client = Client()
    client.post("/sign-in/", {"username": "ana@example.org", "password": PASSWORD})
    seen.cookies(client)
    page = client.get("/me/safety/app/").content.decode()
    secret = re.search(r'app-key">(\w+)<', page)[1]
    seen.add("app", secret)
    code = pyotp.TOTP(secret).at(int(clock.now().timestamp()))
    shown = client.post("/me/safety/app/", {"code": code}).content.decode()
    for each in re.findall(r"<li>(\w{4}-\w{4}-\w{4})</li>", shown):
        seen.add("recovery", each)
        seen.add("recovery", each.replace("-", ""))
    client.get("/me/safety/app/")  # half of a second one
    seen.cookies(client)
    assert client.get("/me/").status_code == 200


def _links(house, seen):
    client = Client()
    client.post("/sign-in/", {"username": "mia@example.org", "password": PASSWORD})
    seen.page("invitation", client.post("/teams/harbour/people/invite/", {"name": "Kim", "role": "member"}))
    seen.page("link", client.post("/teams/harbour/people/ben/link/"))
    seen.add("command line", make_link_at_the_command_line(house.sam))
    for each in tuple(seen.secrets["invitation"]):
        newcomer = Client()
        newcomer.post(f"/invitation/{each}/", {"name": "Kim", "pin": "4826"})
        seen.cookies(newcomer)
    seen.cookies(client)


def _a_shared_screen(house, seen):
    set_pin(house.ana, "harbour", "4826")
    client = Client()
    client.post("/sign-in/", {"username": "mia@example.org", "password": PASSWORD})
    client.post("/teams/harbour/counter/", {"name": "Till", "locks_after_seconds": "120"})
    seen.cookies(client)
    number = house.ana.memberships.get().pk
    client.post(f"/counter/{number}/", {"pin": "4826"})
    seen.cookies(client)
    assert "remit_counter" in seen.secrets


def _a_mailbox(house, seen):
    words = MailboxWords(address="guest@keller.example", way=Way.MAILGUN, key=HOOK_KEY)
    _, secret = set_up(house.ola, place_in(house.ola, house.harbour), words, None)
    seen.add("hook", secret)
    seen.add("hook", HOOK_KEY)


def _a_customer(house, sending, seen):
    complaint = made_complaint(house)
    reply(house.ana, complaint, "Dear {customer}, we are sorry.")
    with clock.at(clock.now() + timedelta(minutes=10)):
        run_due_jobs()
    page = Client().get(f"/c/{complaint.token}/")
    assert page.status_code == 200
    seen.page("customer", page)
    seen.mails(sending)
    quoted = f"Thank you.\n\n> {sending[-1].body}".replace("\n", "\n> ")
    row = Mailbox.objects.get()
    comes(row, mail(quoted, In_Reply_To=sending[-1].extra_headers["Message-ID"], sender="guest@example.org"))
    assert ReceivedMail.objects.exists()


def test_no_secret_that_was_seen_is_kept(house, sending, log):
    seen = Seen()
    journey(house, sending, seen)
    cookies = {"sessionid", "remit_browser", "remit_counter"}
    assert cookies | {"app", "recovery", "invitation", "link", "customer", "mail", "hook"} < set(seen.secrets)
    assert len(seen.secrets["sessionid"]) >= 4
    kept = everything_kept()
    assert SignedIn.objects.count() >= 3
    assert KnownBrowser.objects.exists()
    for where, text in (("kept", kept), ("log", log())):
        found = {kind for kind, secrets in seen.secrets.items() for each in secrets if each in text}
        assert found == set(), where
        encoded = {
            kind
            for kind, secrets in seen.secrets.items()
            for each in secrets
            if base64.b64encode(each.encode()).decode().rstrip("=") in text
        }
        assert encoded == set(), where
    assert house.ana.word in kept  # it was looked at
