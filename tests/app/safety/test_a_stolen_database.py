"""Whoever has a copy of the database, but not the secret key, comes in nowhere with what stands there.

Everything that lets somebody in is made by its own door; then every column of every table is read, and none
of it stands there.
"""

import re
from pathlib import Path

import pyotp
import pytest
from django.apps import apps
from django.core import mail
from django.db.models import CharField, TextField
from django.test import Client
from django.urls import resolve
from tests.app.complaint_parts import opened
from tests.app.made_house import signed_in_here

from remit.complaints.models import Complaint
from remit.core.clock import now
from remit.inbox.actions.setting_up import MailboxWords, set_up
from remit.inbox.vocabulary import Way
from remit.jobs.inline import run_due_jobs
from remit.people.access import place_in
from remit.people.actions.counter import make_counter_device
from remit.people.actions.factors import add_app
from remit.people.actions.forgotten import ask_for_new_password
from remit.people.actions.joining import invite, make_link_at_the_command_line, make_personal_link
from remit.people.models import Role
from remit.people.sessions import SessionStore, kept_of
from remit.privacy.actions.handing_out import ask_export, make_export, token_of
from remit.remedies.actions.connections import Keys, connect
from remit.work.actions.calendar_links import make_calendar_link

ADDRESS = "https://remit.keller.example"
MAILBOX = "opens-the-mailbox-4711"
MAIL_SERVICE = "key-of-the-service-4711"
SEALED = {"key": "sk_test_opens_the_till", "secret": "whsec_of_its_hooks"}
ACCESS = Path(__file__).parents[1] / "access.txt"
OPEN_TO_STRANGERS = {
    "/sign-in/new-password/<slug:word>/<str:token>/": "mail 0",
    "/invitation/<str:secret>/": "invitation",
    "/link/<str:secret>/": "personal link",
    "/hooks/<str:secret>/": "secret of its hooks",  # the address stands there; each event is signed
    "/mail/post/<str:secret>/": "posted mail",
    "/c/<slug:token>/": "customer's link",
    "/c/<slug:token>/files/<int:attachment_id>/": "customer's link",
    "/calendar/<str:secret>.ics": "calendar",
    "/data/<str:token>/": "link to an export",
    "/data/<str:token>/file/": "link to an export",
    "/tell/<slug:team>/": "nothing: the form of a team, for everybody",
    "/tell/<slug:team>/<str:token>/": "nothing: the thanks for a form, signed and kept nowhere",
    "/counter/<int:number>/": "shared screen",
    "/demo/<slug:word>/": "nothing: it is there in a demo alone",
}
"""Every address with a changing part that doesn't send strangers to sign in, and by what it opens."""
SECRET = re.compile(r"sealed|secret|password|hook|(^|_)pin$|_hash$|^session_key$")
OF_SECRETS = {
    "trail.entry.words_hash": "a sum that proves the record",
    "trail.entry.previous_hash": "a sum that proves the record",
    "axes.accesslog.session_hash": "never written: AXES_DISABLE_ACCESS_LOG",
    "people.tries.who_hash": "of a name that was tried",
    "people.membership.pin": "four digits stand anywhere; test_secrets_at_rest.py types one",
    "people.signedin.session_key": "the same as of the session",
    "notices.pushsubscription.auth_secret": "seals what is sent to a browser; nobody comes in by it",
    "rollouts.plan.sealed_key": "draws who begins",
    "reviews.round.sealed_key": "draws what is looked at",
}
"""Columns that are called like a secret, and aren't filled here: why."""


def everything_kept():
    """Each row of each table, as text."""
    return "\n".join(
        repr(row)
        for model in apps.get_models(include_auto_created=True)
        for row in model._base_manager.values_list()
    )


def secret_parts(mails):
    """The secret parts of all links to this Remit in mails."""
    text = "\n".join(each.body for each in mails)
    for path in re.findall(re.escape(ADDRESS) + r"(/[^\s>\"]*)", text):
        yield from (value for name, value in resolve(path).kwargs.items() if name in {"token", "secret"})


def _fetched(house):
    """The password of a mailbox that is fetched from elsewhere."""
    words = MailboxWords(
        address="hill@harbour.example", way=Way.IMAP, host="imap.example", user="hill", password=MAILBOX
    )
    set_up(house.ola, place_in(house.ola, house.hill), words, None)
    return MAILBOX


@pytest.fixture
def made(house, settings, mailoutbox, tmp_path):
    """What lets somebody in, by what it is."""
    settings.MAIL, settings.ADDRESS = "smtp://mail.example.org", ADDRESS
    settings.MEDIA_ROOT, settings.DATA = tmp_path / "uploads", tmp_path
    at_harbour, key = place_in(house.mia, house.harbour), pyotp.random_base32()
    complaint = opened(house)
    export = ask_export(house.ola, complaint.customer_id, with_notes=False)
    make_export(export.pk)
    codes = add_app(house.ana, key, pyotp.TOTP(key).at(now()))
    service = MailboxWords(address="service@harbour.example", way=Way.MAILGUN, key=MAIL_SERVICE)
    posted = set_up(house.ola, place_in(house.ola, house.harbour), service, None)[1]
    keys = Keys(account="Harbour Street", is_live=False, **SEALED)
    connect(house.ola, "stripe", keys, [house.harbour])
    browser = Client()
    browser.post("/sign-in/", {"username": "sam@example.org", "password": "long enough"})
    ask_for_new_password("ben@example.org", ADDRESS)
    run_due_jobs()
    return {
        "session": signed_in_here(Client(), house.sam).cookies["sessionid"].value,
        "known browser": browser.cookies["remit_browser"].value,
        "customer's link": complaint.token,
        "invitation": invite(at_harbour, Role.objects.get(word="member"), name="Kim")[1],
        "personal link": make_personal_link(at_harbour, house.ben.memberships.get()),
        "shared screen": make_counter_device(at_harbour, "Till", 120).secret,
        "link to an export": token_of(export),
        "app for codes": key,
        "recovery code": codes[0],
        "calendar": make_calendar_link(house.ana, "Phone", has_checklists=True, stamp="s" * 20)[1],
        "link of the command line": make_link_at_the_command_line(house.sam),
        "password of a mailbox": _fetched(house),
        "posted mail": posted,
        "key of a mail service": MAIL_SERVICE,
        "key of a provider": SEALED["key"],
        "secret of its hooks": SEALED["secret"],
        **{f"mail {number}": part for number, part in enumerate(secret_parts(mail.outbox))},
    }


def open_to_strangers():
    """Every address with a changing part that doesn't send a stranger to sign in."""
    for line in ACCESS.read_text("utf-8").splitlines():
        pattern, *answers = (part.strip() for part in line.split("|"))
        if "<" in pattern and {each.split()[0] for each in answers} - {"302", "405"}:
            yield pattern


def test_every_address_that_opens_by_itself_is_one_of_these(made):
    """A new one is found by what it answers to strangers: make what opens it, or say why there is nothing."""
    assert set(open_to_strangers()) == OPEN_TO_STRANGERS.keys()
    by = {each for each in OPEN_TO_STRANGERS.values() if not each.startswith("nothing: ")}
    assert by <= made.keys()


def test_every_column_that_is_called_like_a_secret_is_filled_here(made):
    """So that a new one is noticed: make what it is kept of, or say why nobody comes in by it."""
    called, empty = set(), set()
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if SECRET.search(field.name) and isinstance(field, CharField | TextField):
                name = f"{model._meta.label_lower}.{field.name}"
                called.add(name)
                if not model._base_manager.exclude(**{field.name: ""}).exists():
                    empty.add(name)
    assert empty - OF_SECRETS.keys() == set()
    assert OF_SECRETS.keys() <= called, "these are gone"


def test_nothing_that_lets_in_stands_in_the_database(made):
    kept = everything_kept()
    assert sum(what.startswith("mail ") for what in made) >= 2, (
        "the mails had no links: nothing was looked at"
    )
    assert kept_of(made["session"]) in kept, "the session isn't there at all"
    assert [what for what, secret in made.items() if secret in kept] == []


def test_what_is_kept_of_a_session_opens_nothing(made, client):
    client.cookies["sessionid"] = kept_of(made["session"])
    assert client.get("/me/").status_code == 302
    client.cookies["sessionid"] = made["session"]
    assert client.get("/me/").status_code == 200


def test_a_session_ends_by_its_key(made):
    store = SessionStore(made["session"])
    assert store.exists(made["session"])
    assert not store.exists(kept_of(made["session"]))
    store.delete()
    assert not store.exists(made["session"])
    assert SessionStore(made["session"]).load() == {}


def test_what_is_kept_of_a_customers_link_opens_nothing(made, client, settings):
    complaint, token = Complaint.objects.get(), made["customer's link"]
    assert client.get(f"/c/{token}/").status_code == 200
    for guess in (complaint.link, f"{complaint.link}{'A' * 22}", token[:-1], token[1:], f"{token}A"):
        assert client.get(f"/c/{guess}/").status_code == 404
    settings.SECRET_KEY = "x" * 60
    assert client.get(f"/c/{token}/").status_code == 404
    assert client.get(f"/c/{complaint.token}/").status_code == 200
