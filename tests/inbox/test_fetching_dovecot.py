"""New mail from Dovecot: what most mailboxes are, over TLS as they are, with all that happens to a folder."""

from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

import pytest
from tests.inbox.corpus import of_size, text
from tests.inbox.dovecot_server import Dovecot, why_not

from remit.inbox.fetching.account import (
    Account,
    Afterwards,
    Fetched,
    FolderGone,
    NotReached,
    Place,
    Security,
    WrongPassword,
)
from remit.inbox.fetching.imap import fetch_new
from remit.inbox.fetching.watching import Rhythm, watch
from remit.inbox.reading.letter import MOST_BYTES

pytestmark = [pytest.mark.slow, pytest.mark.skipif(bool(why_not()), reason=why_not() or "it is here")]

LONGEST = 30
RHYTHM = Rhythm(idle=600, look=600, hear=0.05, first_pause=0.05, longest_pause=0.1)
"""Long looks: what is heard in time was heard by IDLE, or by joining again."""


@pytest.fixture
def server():
    # Not pytest's own folder: nobody but its owner may look into that, and Dovecot has users of its own.
    with TemporaryDirectory(prefix="remit-dovecot-") as folder:
        running = Dovecot(Path(folder))
        try:
            yield running.start()
        finally:
            running.stop()


@pytest.fixture
def trusted(server, monkeypatch):
    """The authority is named as a machine names it: to all of OpenSSL."""
    monkeypatch.setenv("SSL_CERT_FILE", str(server.authority))


@pytest.fixture
def account(server):
    return Account(
        host="localhost",
        port=server.tls_port,
        user=server.user,
        password=server.password,
        security=Security.TLS,
        patience=20,
    )


def mail(number):
    return text("Hello.", subject=f"Mail {number}", Message_ID=f"<{number}@there>")


class Taken(list):
    """The subjects of what was taken in."""

    def __call__(self, each, after):
        assert isinstance(each, Fetched)
        self.append(each.letter.subject)


@contextmanager
def watched(account, taken, *, reached=lambda: None, ended=None, rhythm=RHYTHM):
    """Watch in a thread beside; `ended` gets what ended it."""
    stop, troubles = Event(), []

    def run():
        try:
            watch(
                account,
                Place(),
                taken,
                stop=stop,
                rhythm=rhythm,
                on_reached=reached,
                on_trouble=troubles.append,
            )
        except FolderGone as gone:
            ended.append(gone)

    thread = Thread(target=run)
    thread.start()
    try:
        yield troubles
    finally:
        stop.set()
        thread.join(LONGEST)
        assert not thread.is_alive()


def until(holds):
    for _ in range(LONGEST * 20):
        if holds():
            return
        Event().wait(0.05)
    raise AssertionError("it didn't come about")


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_an_unknown_authority_is_refused_before_any_password_and_a_named_one_is_not(
    server, account, security, monkeypatch
):
    port = server.tls_port if security == Security.TLS else server.starttls_port
    account = replace(account, security=security, port=port)
    server.put(mail(1))
    taken = Taken()
    with pytest.raises(NotReached, match="certificate of localhost doesn't hold"):
        fetch_new(account, Place(), taken)
    assert taken == []
    monkeypatch.setenv("SSL_CERT_FILE", str(server.authority))
    fetch_new(account, Place(), taken)
    assert taken == ["Mail 1"]
    with pytest.raises(NotReached, match=r"certificate of 127\.0\.0\.1 doesn't hold"):
        fetch_new(replace(account, host="127.0.0.1"), Place(), taken)


@pytest.mark.usefixtures("trusted")
def test_a_wrong_password_and_one_that_holds_umlauts(account):
    for wrong in ("wrong", "größer", 'with "quotes" and \\'):
        with pytest.raises(WrongPassword):
            fetch_new(replace(account, password=wrong), Place(), Taken())


@pytest.mark.usefixtures("trusted")
def test_each_is_heard_of_by_idle_and_marked(server, account):
    taken = Taken()
    reached = Event()
    with watched(replace(account, afterwards=Afterwards.SEEN), taken, reached=reached.set) as troubles:
        assert reached.wait(LONGEST)
        for number in range(3):
            server.put(mail(number))
            until(lambda: len(taken) == number + 1)  # noqa: B023 (it is called before the next turn)
        until(lambda: list(server.flags().values()) == [True] * 3)
    assert taken == ["Mail 0", "Mail 1", "Mail 2"]
    assert troubles == []


@pytest.mark.usefixtures("trusted")
def test_moved_into_a_folder_of_any_name(server, account):
    server.put(mail(1), mail(2))
    taken = Taken()
    moving = replace(account, afterwards=Afterwards.MOVED, moved_to="Erledigt & größer/2026")
    fetch_new(moving, Place(), taken)
    assert taken == ["Mail 1", "Mail 2"]
    assert server.flags() == {}
    assert len(server.flags('"Erledigt &- gr&APYA3w-er/2026"')) == 2


@pytest.mark.usefixtures("trusted")
def test_the_server_goes_away_within_idle_and_comes_back(server, account):
    taken = Taken()
    reached = Event()
    with watched(account, taken, reached=reached.set) as troubles:
        assert reached.wait(LONGEST)
        server.put(mail(1))
        until(lambda: taken == ["Mail 1"])
        server.stop()
        until(lambda: len(troubles) > 1)
        server.start()
        server.put(mail(2))
        until(lambda: len(taken) == 2)
    assert taken == ["Mail 1", "Mail 2"]


@pytest.mark.usefixtures("trusted")
def test_a_folder_that_is_renamed_while_it_is_watched_is_said(server, account):
    server.does("create", "Complaints")
    taken, ended = Taken(), []
    reached = Event()
    with watched(replace(account, folder="Complaints"), taken, reached=reached.set, ended=ended):
        assert reached.wait(LONGEST)
        server.does("rename", "Complaints", "Old")
        server.put(mail(1), folder="Old")
        until(lambda: ended)
    assert "has no folder Complaints" in str(ended[0])


@pytest.mark.usefixtures("trusted")
def test_a_folder_that_the_server_cannot_open_just_now_is_not_gone(server, account):
    server.put(mail(1))
    in_the_way = server.folder / "mail" / "dovecot-uidlist"
    in_the_way.unlink()
    in_the_way.mkdir()
    for index in (server.folder / "mail").glob("dovecot.index*"):
        index.unlink()
    with pytest.raises(NotReached, match="SERVERBUG"):
        fetch_new(account, Place(), Taken())
    in_the_way.rmdir()
    taken = Taken()
    fetch_new(account, Place(), taken)
    assert taken == ["Mail 1"]


@pytest.mark.usefixtures("trusted")
def test_a_folder_that_is_made_anew_under_the_same_name_is_read_from_its_beginning(server, account):
    """UIDs of before say nothing about the new one. Dovecot says nothing of it within IDLE: at its end."""
    server.does("create", "Complaints")
    server.put(*[mail(number) for number in range(5)], folder="Complaints")
    taken = Taken()
    with watched(replace(account, folder="Complaints"), taken, rhythm=replace(RHYTHM, idle=0.5)):
        until(lambda: len(taken) == 5)
        server.does("rename", "Complaints", "Old")
        server.does("create", "Complaints")
        server.put(mail("new"), folder="Complaints")
        until(lambda: "Mail new" in taken)
    assert taken == [*(f"Mail {number}" for number in range(5)), "Mail new"]


@pytest.mark.usefixtures("trusted")
def test_another_uid_validity_in_the_same_folder(server, account):
    server.put(mail(1))
    place = fetch_new(account, Place(), Taken())
    server.stop()
    server.forgets()
    server.start()
    taken = Taken()
    after = fetch_new(account, place, taken)
    assert taken == ["Mail 1"]
    assert after.uid_validity != place.uid_validity


@pytest.mark.usefixtures("trusted")
def test_two_thousand_at_once_each_once_and_in_order(server, account):
    server.lies(*[mail(number) for number in range(2_000)])
    taken = Taken()
    place = fetch_new(replace(account, afterwards=Afterwards.SEEN), Place(), taken)
    assert taken == [f"Mail {number}" for number in range(2_000)]
    assert fetch_new(account, place, taken) == place
    assert len(taken) == 2_000
    assert all(server.flags().values())


@pytest.mark.usefixtures("trusted")
def test_a_mail_of_40_mb_comes_whole_and_of_a_larger_one_the_head(server, account):
    server.lies(of_size(MOST_BYTES - 1_000_000), of_size(MOST_BYTES + 1_000_000), mail(3))
    sizes, left_out = [], []

    def take(each, after):
        sizes.append(len(each.raw))
        left_out.append(each.letter.left_out)

    fetch_new(account, Place(), take)
    assert sizes[0] >= MOST_BYTES - 1_100_000
    assert sizes[1] < 1_000
    assert "larger than 40 MB" in left_out[1][0]
    assert left_out[2] == ()
