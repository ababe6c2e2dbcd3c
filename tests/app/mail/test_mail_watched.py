"""Mailboxes that are watched, with a real mail server: each mail once, whoever watches, whatever breaks."""

import imaplib
import threading
from threading import Event
from types import SimpleNamespace

import pytest
from django.db import OperationalError, connections
from tests.app.conftest import CHARTER, NOON
from tests.app.made_house import made_house
from tests.app.mail.conftest import ADDRESS, made_mailbox, mail
from tests.inbox.imap_server import Pymap

from remit.complaints.actions import mail_taken_in
from remit.complaints.actions.mail_taken_in import take_in
from remit.complaints.models import Message, ReceivedMail
from remit.complaints.notices import aside_subject
from remit.complaints.vocabulary import MessageForm
from remit.core import clock
from remit.core.sealing import seal
from remit.inbox.actions.watching import WATCHED_FOR, still_watched, take_to_watch
from remit.inbox.fetching.watching import Rhythm
from remit.inbox.models import Mailbox
from remit.inbox.watchers import Watchers, _fetch, fetch_once
from remit.notices.models import Notice

QUICK = Rhythm(hear=0.05, first_pause=0.05, longest_pause=0.2, look=0.1)
LONGEST = 30


@pytest.fixture
def server():
    running = Pymap().start()
    yield running
    running.kill()


@pytest.fixture
def house(transactional_db):
    """Rows that other threads see."""
    yield SimpleNamespace(**made_house(CHARTER, NOON))
    connections.close_all()


@pytest.fixture
def row(house, server):
    return made_mailbox(
        house,
        way="imap",
        address=ADDRESS,
        host="127.0.0.1",
        port=server.port,
        user=server.user,
        sealed_password=seal(server.password),
        security="plain",
    )


def until(holds):
    """Wait for something that threads bring about."""
    for _ in range(LONGEST * 20):
        if holds():
            return
        Event().wait(0.05)
    raise AssertionError("it didn't come about")


def words():
    texts = Message.objects.filter(form=MessageForm.FROM_CUSTOMER).values_list("text", flat=True)
    return sorted(texts)


def test_what_comes_is_taken_in_while_it_is_watched(row, server):
    with Watchers(take_in, rhythm=QUICK, look_after=0.1).watching():
        server.put(mail("One."))
        until(lambda: words() == ["One."])
        server.put(mail("Two.", 2))
        until(lambda: words() == ["One.", "Two."])
        until(lambda: Mailbox.objects.get().reached_at is not None)
    assert Mailbox.objects.get().watched_until is None
    assert list(server.flags().values()) == [True, True]


def test_two_workers_share_and_take_each_mail_once(row, server):
    server.put(*[mail(f"Number {number}", number, f"a{number}@example.com") for number in range(12)])
    first, second = (Watchers(take_in, rhythm=QUICK, look_after=0.05) for _ in range(2))
    with first.watching(), second.watching():
        until(lambda: ReceivedMail.objects.count() == 12)
        watchers = set(Mailbox.objects.values_list("watcher", flat=True))
        assert len(watchers) == 1
    assert ReceivedMail.objects.filter(kind="taken").count() == 12


def test_even_when_both_believe_that_they_watch_it(row, server):
    server.put(*[mail(f"Number {number}", number, f"a{number}@example.com") for number in range(8)])
    barrier = threading.Barrier(2)

    def fetch():
        barrier.wait()
        try:
            _fetch(Mailbox.objects.select_related("team").get(), take_in)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=fetch) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert ReceivedMail.objects.count() == 8
    assert len(words()) == 8


def test_the_server_ends_and_comes_back(row, server):
    with Watchers(take_in, rhythm=QUICK, look_after=0.1).watching():
        server.put(mail("One."))
        until(lambda: words() == ["One."])
        server.kill()
        until(lambda: Mailbox.objects.get().trouble != "")
        server.start()
        server.put(mail("Two.", 2))
        until(lambda: words() == ["One.", "Two."])
        until(lambda: Mailbox.objects.get().trouble == "")


def test_a_wrong_password_stops_it_until_it_is_changed(house, row, server):
    Mailbox.objects.update(sealed_password=seal("wrong"))
    with Watchers(take_in, rhythm=QUICK, look_after=0.1).watching():
        until(lambda: Mailbox.objects.get().is_stopped)
        assert "doesn't let demouser in" in Mailbox.objects.get().trouble
        assert house.ola.notices.filter(code="mailbox-in-trouble").count() == 1
        Mailbox.objects.update(sealed_password=seal(server.password), is_stopped=False, trouble="")
        server.put(mail("One."))
        until(lambda: words() == ["One."])


def test_a_password_that_another_secret_key_sealed(row):
    Mailbox.objects.update(sealed_password=mail().decode())
    assert fetch_once(take_in) == 1
    assert "another secret key" in Mailbox.objects.get().trouble


def test_changed_while_it_is_watched_it_is_watched_anew(row, server):
    client = server.client()
    client.create("Other")
    client.logout()
    with Watchers(take_in, rhythm=QUICK, look_after=0.05).watching():
        server.put(mail("One."))
        until(lambda: words() == ["One."])
        Mailbox.objects.update(folder="Other", changes=row.changes + 1, watcher="", watched_until=None)
        server.put(mail("Two.", 2), folder="Other")
        until(lambda: words() == ["One.", "Two."])


def test_switched_off_nothing_more_is_taken_in(row, server):
    with Watchers(take_in, rhythm=QUICK, look_after=0.05).watching():
        until(lambda: Mailbox.objects.get().reached_at is not None)
        Mailbox.objects.update(off_at=NOON)
        server.put(mail("One."))
        until(lambda: Mailbox.objects.get().watcher == "" or not still_watched(row, "x"))
    assert words() == []


def test_the_database_is_away_for_a_moment(row, server, monkeypatch):
    """What can't be taken in now isn't unreadable: it comes again."""
    really, calls = mail_taken_in.take_in_letter, []

    def fails_twice(*arguments, **more):
        calls.append(1)
        if len(calls) < 3:
            raise OperationalError("the database is away")
        return really(*arguments, **more)

    monkeypatch.setattr(mail_taken_in, "take_in_letter", fails_twice)
    server.put(mail("One."))
    with Watchers(take_in, rhythm=QUICK, look_after=0.05).watching():
        until(lambda: words() == ["One."])
    assert ReceivedMail.objects.get().kind == "taken"


def test_one_that_cannot_be_taken_never_stops_the_rest(row, server):
    server.put(b"garbage\r\n", mail("Two.", 2))
    assert fetch_once(take_in) == 1
    assert {each.kind for each in ReceivedMail.objects.all()} == {"unreadable", "taken"}
    assert words() == ["Two."]


def test_a_watcher_that_fell_silent_loses_it(row):
    assert take_to_watch("one") == row
    assert take_to_watch("two") is None
    with clock.at(clock.now() + WATCHED_FOR * 2):
        assert take_to_watch("two") == row
    assert not still_watched(row, "one")
    assert still_watched(row, "two")


def test_one_at_which_the_server_breaks_off_is_counted_by_whoever_fetches_and_gone_round(
    row, house, server, monkeypatch
):
    """Each try is a process of its own, as from cron: what is counted stands in the books."""
    server.put(mail("One."), mail("Two.", 2), mail("Three.", 3))
    first, really = min(server.flags()), imaplib.IMAP4.uid

    def uid(client, command, *arguments):
        if command == "FETCH" and "BODY" in arguments[1] and int(arguments[0]) == first:
            client.shutdown()
        return really(client, command, *arguments)

    monkeypatch.setattr(imaplib.IMAP4, "uid", uid)
    for times in range(1, 6):
        assert fetch_once(take_in) == 1
        mailbox = Mailbox.objects.get()
        assert (mailbox.stuck_uid, mailbox.stuck_times, words()) == (first, times, [])
        assert f"(UID {first})" in mailbox.trouble
    fetch_once(take_in)
    assert words() == ["Three.", "Two."]
    assert Mailbox.objects.get().trouble == ""
    aside = ReceivedMail.objects.get(kind="unreadable")
    assert "broke the connection off each time" in aside.words
    assert Notice.objects.filter(subject=aside_subject(house.harbour), member=house.sam).exists()
