"""The settings of a mailbox: tried before they are kept, for owners alone, nothing secret shown again."""

import re
from datetime import timedelta

import pytest
from tests.app.mail.conftest import ADDRESS, made_mailbox, mail
from tests.app.page_checks import assert_clean
from tests.inbox.imap_server import Pymap

from remit.complaints.actions.mail_taken_in import take_in
from remit.complaints.models import Complaint
from remit.core import clock
from remit.inbox.actions.watching import look_after_mailboxes, note_reached, note_trouble
from remit.inbox.models import Mailbox
from remit.inbox.notices import examples
from remit.inbox.watchers import fetch_once
from remit.notices.models import Notice
from remit.trail.models import Entry

PAGE = "/teams/harbour/mail/"


@pytest.fixture(scope="module")
def server():
    running = Pymap().start()
    yield running
    running.kill()


@pytest.fixture
def typed(server):
    return {
        "address": ADDRESS.upper(),
        "way": "imap",
        "host": "127.0.0.1",
        "security": "plain",
        "port": str(server.port),
        "user": server.user,
        "password": server.password,
        "folder": "INBOX",
        "afterwards": "left",
        "signature": "Your kitchen",
        "most_an_hour": "50",
    }


def test_tried_then_kept_and_the_password_never_shown(house, signed_in, server, typed, sending):
    client = signed_in(house.ola)
    assert "With a mailbox" in assert_clean(client.get(PAGE))
    answer = client.post(PAGE, typed, follow=True)
    text = assert_clean(answer)
    assert f"It works. Mail to {ADDRESS} comes in" in text
    row = Mailbox.objects.get()
    assert (row.address, row.way, row.most_an_hour) == (ADDRESS, "imap", 50)
    for said in (text, str(Mailbox.objects.values_list()[0]), str(list(Entry.objects.values_list()))):
        assert server.password not in said


def test_from_now_on_or_what_is_there_too(house, signed_in, server, typed, sending):
    server.put(mail("Old."))
    client = signed_in(house.ola)
    client.post(PAGE, typed)
    server.put(mail("New.", 2))
    assert fetch_once(take_in) == 1
    assert [each.messages.order_by("id").first().text for each in Complaint.objects.all()] == ["New."]
    row = Mailbox.objects.get()
    assert row.account("x").since == row.begins_at.date() - timedelta(days=1)
    client.post(f"{PAGE}off/")
    client.post(PAGE, typed | {"takes_old": "on"})
    assert Mailbox.objects.get().account("x").since is None
    fetch_once(take_in)
    assert Complaint.objects.count() == 2


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"address": "nobody"}, "This is no address"),
        ({"host": ""}, "Write the name of the server"),
        ({"password": "wrong"}, "doesn&#x27;t let demouser in"),
        ({"folder": "Nowhere"}, "has no folder Nowhere"),
        ({"port": "1"}, "can&#x27;t be reached"),
        ({"host": "mail.example.org"}, "Without TLS the password"),
        ({"afterwards": "moved"}, "not into another folder"),
        ({"most_an_hour": "0"}, "1"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(house, signed_in, typed, wrong, words):
    answer = signed_in(house.ola).post(PAGE, typed | wrong)
    assert answer.status_code == 422
    text = assert_clean(answer)
    assert words in text
    assert "Your kitchen" in text
    assert not Mailbox.objects.exists()


def test_a_password_that_is_kept_stays_for_its_server_and_user_alone(house, signed_in, typed, sending):
    client = signed_in(house.ola)
    client.post(PAGE, typed)
    assert client.post(PAGE, typed | {"password": "", "signature": "Other"}).status_code == 302
    assert Mailbox.objects.get().signature == "Other"
    answer = client.post(PAGE, typed | {"password": "", "user": "somebody"})
    assert "type their password" in answer.content.decode()
    assert server_of(Mailbox.objects.get()) == ("127.0.0.1", "demouser")


def server_of(row):
    return row.host, row.user


def test_an_address_is_one_teams(house, signed_in, typed):
    made_mailbox(house, team=house.hill)
    answer = signed_in(house.ola).post(PAGE, typed)
    assert "is the address of Hill Road" in assert_clean(answer)


def test_an_address_to_post_to_is_shown_once_and_can_be_made_anew(house, signed_in, client):
    signed_in(house.ola)
    typed = {"address": ADDRESS, "way": "post", "most_an_hour": "9", "security": "tls", "afterwards": "left"}
    text = assert_clean(client.post(PAGE, typed))
    address = re.search(r"/mail/post/[\w-]{32}/", text)[0]
    assert address not in assert_clean(client.get(PAGE))
    assert client.post(address, mail(), content_type="message/rfc822").status_code == 200
    assert client.post(PAGE, typed | {"signature": "Hi"}).status_code == 302
    assert client.post(address, mail(number=2), content_type="message/rfc822").status_code == 200
    new = re.search(r"/mail/post/[\w-]{32}/", assert_clean(client.post(f"{PAGE}address/")))[0]
    assert client.post(address, mail(number=3), content_type="message/rfc822").status_code == 404
    assert client.post(new, mail(number=3), content_type="message/rfc822").status_code == 200
    assert Complaint.objects.count() == 3


def test_mailgun_needs_its_key(house, signed_in):
    typed = {
        "address": ADDRESS,
        "way": "mailgun",
        "most_an_hour": "9",
        "security": "tls",
        "afterwards": "left",
    }
    client = signed_in(house.ola)
    assert "signing key is needed" in assert_clean(client.post(PAGE, typed))
    assert "those are longer" in assert_clean(client.post(PAGE, typed | {"key": "short"}))
    text = assert_clean(client.post(PAGE, typed | {"key": "key-0123456789abcdef0123"}))
    assert "key-0123456789abcdef0123" not in text


def test_switched_off_forgets_the_password_and_set_up_again_goes_on(house, signed_in, typed, sending):
    client = signed_in(house.ola)
    client.post(PAGE, typed)
    for _ in range(2):
        assert client.post(f"{PAGE}off/").status_code == 302
    row = Mailbox.objects.get()
    assert row.off_at is not None
    assert row.sealed_password == ""
    assert "With a mailbox" in assert_clean(client.get(PAGE))
    assert client.post(PAGE, typed | {"password": ""}).status_code == 422
    assert client.post(PAGE, typed).status_code == 302
    assert Mailbox.objects.get().off_at is None


@pytest.mark.parametrize("who", ["mia", "sam", "ana"])
def test_only_owners(house, signed_in, typed, who):
    client = signed_in(getattr(house, who))
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, typed).status_code == 403
    assert client.post(f"{PAGE}off/").status_code == 403
    assert client.post(f"{PAGE}address/").status_code == 403


def test_trouble_is_told_when_it_stays_so_and_settled_when_it_ends(house, signed_in, noon):
    row = made_mailbox(house, way="imap")
    note_trouble(row, "It can't be reached.")
    assert look_after_mailboxes() == 0
    with clock.at(noon + timedelta(minutes=16)):
        note_trouble(row, "It still can't.")
        assert look_after_mailboxes() == 1
        assert look_after_mailboxes() == 0
        assert "It still can&#x27;t." in assert_clean(signed_in(house.ola).get(PAGE))
        note_reached(row)
    assert {each.member for each in Notice.objects.filter(code="mailbox-in-trouble")} == {
        house.mia,
        house.ola,
    }
    assert not Notice.objects.filter(code="mailbox-in-trouble", seen_at=None).exists()
    assert "isn&#x27;t fetched" not in assert_clean(signed_in(house.ola).get(PAGE))


def test_every_notice_can_be_read(house):
    for each in examples(made_mailbox(house, trouble="It can't be reached.")):
        assert each.title
        assert each.address.startswith("/")
