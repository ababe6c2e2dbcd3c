"""Whoever has a copy of the database, but not the secret key, comes in nowhere with what stands there.

Everything that lets somebody in is made by its own door; then every column of every table is read, and none
of it stands there.
"""

import re

import pyotp
import pytest
from django.apps import apps
from django.core import mail
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
from remit.people.actions.joining import invite, make_personal_link
from remit.people.models import Role
from remit.people.sessions import SessionStore, kept_of
from remit.privacy.actions.handing_out import ask_export, make_export, token_of
from remit.remedies.actions.connections import Keys, connect

ADDRESS = "https://remit.keller.example"
SEALED = {"key": "sk_test_opens_the_till", "secret": "whsec_of_its_hooks"}


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
    mailbox = MailboxWords(address="service@harbour.example", way=Way.POST)
    keys = Keys(account="Harbour Street", is_live=False, **SEALED)
    connect(house.ola, "stripe", keys, [house.harbour])
    ask_for_new_password("ben@example.org", ADDRESS)
    run_due_jobs()
    return {
        "session": signed_in_here(Client(), house.sam).cookies["sessionid"].value,
        "customer's link": complaint.token,
        "invitation": invite(at_harbour, Role.objects.get(word="member"), name="Kim")[1],
        "personal link": make_personal_link(at_harbour, house.ben.memberships.get()),
        "shared screen": make_counter_device(at_harbour, "Till", 120).secret,
        "link to an export": token_of(export),
        "app for codes": key,
        "recovery code": codes[0],
        "posted mail": set_up(house.ola, place_in(house.ola, house.harbour), mailbox, None)[1],
        "key of a provider": SEALED["key"],
        "secret of its hooks": SEALED["secret"],
        **{f"mail {number}": part for number, part in enumerate(secret_parts(mail.outbox))},
    }


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
