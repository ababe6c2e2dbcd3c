"""Another mail address is another way in: it asks who it is, and the address of before is told."""

from datetime import timedelta

import pytest
from django.core import mail
from tests.app.made_house import signed_in_here

from remit.core import clock
from remit.inbox.models import Mailbox
from remit.jobs.inline import run_due_jobs
from remit.jobs.models import Job
from remit.people.models import Member
from remit.people.vocabulary import PROOF_MINUTES

pytestmark = pytest.mark.django_db
LATER = timedelta(minutes=PROOF_MINUTES + 1)
NEW = {"name": "Ana Ruiz", "email": "ana@elsewhere.example"}


@pytest.fixture
def with_mail(settings):
    settings.MAIL = "smtp://mail.example.org"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def address():
    return Member.objects.get(word="ana").email


def test_another_mail_asks_again_and_keeps_what_was_typed(house, client, noon, with_mail):
    signed_in_here(client, house.ana)
    with clock.at(noon + LATER):
        asked = client.post("/me/", NEW)
        assert asked.status_code == 403
        assert "Is it still you?" in asked.content.decode()
        assert 'name="email" value="ana@elsewhere.example"' in asked.content.decode()
        assert client.post("/me/", NEW | {"proof": "wrong"}).status_code == 403
        run_due_jobs()
        assert address() == "ana@example.org"
        assert mail.outbox == []
        assert client.post("/me/", NEW | {"proof": "long enough"}).status_code == 302
    assert address() == "ana@elsewhere.example"


def test_the_address_of_before_is_told_and_not_where_it_went(house, client, with_mail):
    signed_in_here(client, house.ana).post("/me/", NEW)
    (job,) = Job.objects.filter(task__endswith="send_mail_changed")
    assert "ana@example.org" not in str(job.arguments)
    run_due_jobs()
    (letter,) = mail.outbox
    assert letter.to == ["ana@example.org"]
    assert "another one from now on" in letter.body
    assert "elsewhere" not in letter.body


def test_a_name_asks_nobody_and_tells_nobody(house, client, noon, with_mail):
    signed_in_here(client, house.ana)
    with clock.at(noon + LATER):
        for typed in ("ana@example.org", " Ana@Example.org "):
            assert client.post("/me/", {"name": "Anna", "email": typed}).status_code == 302
    run_due_jobs()
    assert mail.outbox == []
    assert Member.objects.get(word="ana").name == "Anna"


def test_a_first_mail_asks_too(house, client, noon):
    """Whoever finds a phone lying about doesn't make themselves a way in that stays."""
    Member.objects.filter(word="ana").update(email=None, password="!")  # noqa: S106
    signed_in_here(client, Member.objects.get(word="ana"))
    with clock.at(noon + LATER):
        asked = client.post("/me/", NEW)
        assert asked.status_code == 403
        assert "come in again" in asked.content.decode()
    assert address() is None


@pytest.mark.parametrize("path", ["mail/", "mail/address/", "mail/off/"])
def test_the_mailbox_of_a_team_asks_too(house, client, noon, path):
    signed_in_here(client, house.ola)
    with clock.at(noon + LATER):
        asked = client.post(f"/teams/harbour/{path}", {"address": "guest@keller.example", "way": "pipe"})
    assert asked.status_code == 403
    assert "Is it still you?" in asked.content.decode()
    assert not Mailbox.objects.exists()


@pytest.mark.parametrize("path", ["new/", "1/keys/", "1/teams/", "1/off/"])
def test_the_accounts_at_providers_ask_too(house, client, noon, path):
    signed_in_here(client, house.ola)
    with clock.at(noon + LATER):
        asked = client.post(f"/money/{path}", {"key": "rk_test_0123456789"})
    assert asked.status_code == 403
    assert "Is it still you?" in asked.content.decode()
