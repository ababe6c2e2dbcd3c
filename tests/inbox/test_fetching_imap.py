"""New mail over IMAP, from a real server: what is new, what breaks, and what becomes of it."""

import imaplib
import ssl
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from tests.inbox.corpus import PNG, head, many, of_size, part, text
from tests.inbox.imap_server import Pymap

from remit.core.errors import Refusal
from remit.inbox.fetching.account import (
    Account,
    Afterwards,
    BrokeOff,
    Fetched,
    FolderGone,
    NotReached,
    Place,
    Security,
    Unreadable,
    WrongPassword,
)
from remit.inbox.fetching.imap import end_of_folder, fetch_new, opened, take_new
from remit.inbox.fetching.watching import Rhythm, watch
from remit.inbox.reading.letter import MOST_BYTES

pytestmark = pytest.mark.slow  # real servers


@pytest.fixture
def server():
    running = Pymap().start()
    yield running
    running.kill()


@pytest.fixture
def account(server):
    return Account(
        host="127.0.0.1",
        port=server.port,
        user=server.user,
        password=server.password,
        security=Security.PLAIN,
        patience=10,
    )


def mail(number, words="Hello."):
    return text(words, subject=f"Mail {number}", Message_ID=f"<{number}@there>")


class Taken:
    """What was taken in, and the places after it."""

    def __init__(self, *, fails_at=(), wakes_at=0):
        self.all, self.places, self.fails_at, self.wakes_at = [], [], fails_at, wakes_at
        self.enough = Event()

    def __call__(self, each, after):
        if isinstance(each, Fetched) and each.letter.subject in self.fails_at:
            raise KeyError(each.letter.subject)
        self.all.append(each)
        self.places.append(after)
        if len(self.all) == self.wakes_at:
            self.enough.set()

    @property
    def subjects(self):
        return [each.letter.subject if isinstance(each, Fetched) else each.words for each in self.all]


def test_what_is_new_is_taken_once_in_order_and_not_marked(server, account):
    server.put(mail(1), mail(2))
    taken = Taken()
    place = fetch_new(account, Place(), taken)
    assert taken.subjects == ["Mail 1", "Mail 2"]
    assert taken.places[-1] == place
    assert list(server.flags().values()) == [False, False]
    assert fetch_new(account, place, taken) == place
    server.put(mail(3))
    later = fetch_new(account, place, taken)
    assert taken.subjects == ["Mail 1", "Mail 2", "Mail 3"]
    assert later.last_uid > place.last_uid
    assert taken.all[2].raw == mail(3)


def test_from_now_on(server, account):
    server.put(mail(1))
    with opened(account) as mailbox:
        place = end_of_folder(mailbox, account)
    server.put(mail(2))
    taken = Taken()
    fetch_new(account, place, taken)
    assert taken.subjects == ["Mail 2"]


def test_marked_as_seen_only_once_it_was_taken_in(server, account):
    server.put(mail(1), mail(2))
    taken = Taken(fails_at={"Mail 1"})
    fetch_new(replace(account, afterwards=Afterwards.SEEN), Place(), taken)
    assert list(server.flags().values()) == [False, True]


def test_moved_into_a_folder_that_is_made(server, account):
    server.put(mail(1), mail(2))
    taken = Taken(fails_at={"Mail 2"})
    fetch_new(replace(account, afterwards=Afterwards.MOVED, moved_to="Done & größer"), Place(), taken)
    assert len(server.flags()) == 1
    assert len(server.flags('"Done &- gr&APYA3w-er"')) == 1


def test_what_others_marked_as_deleted_stays(server, account):
    server.put(mail(1), mail(2))
    client = server.client()
    client.select("INBOX")
    client.store("1", "+FLAGS", r"(\Deleted)")
    fetch_new(replace(account, afterwards=Afterwards.SEEN), Place(), Taken())
    assert len(server.flags()) == 2
    client.logout()


def test_one_that_fails_never_stops_the_rest(server, account):
    server.put(mail(1), b"\x00 no mail at all", mail(2), mail(3))
    taken = Taken(fails_at={"Mail 1"})
    fetch_new(account, Place(), taken)
    assert [type(each) for each in taken.all] == [Unreadable, Unreadable, Fetched, Fetched]
    assert taken.all[0].raw == mail(1)
    assert "stumbled over it (KeyError)" in taken.all[0].words
    assert taken.all[1].words.startswith("This is no mail")


NO, BAD = ("NO", [b"[SERVERBUG] Internal error occurred."]), imaplib.IMAP4.error("UID command error: BAD")


@pytest.fixture
def withheld(monkeypatch):
    """UIDs that the server, which is else as it is, doesn't hand over: `withheld[102] = NO`, or `BAD`.

    Exchange does so for ever, Dovecot with a damaged file; no server from a package can be told to.
    """
    really, uids = imaplib.IMAP4.uid, {}

    def uid(client, command, *arguments):
        answer = uids.get(int(arguments[0])) if command == "FETCH" and "BODY" in arguments[1] else None
        if isinstance(answer, Exception):
            raise answer
        return answer or really(client, command, *arguments)

    monkeypatch.setattr(imaplib.IMAP4, "uid", uid)
    return uids


@pytest.mark.parametrize("answer", [NO, BAD], ids=["no", "bad"])
@pytest.mark.parametrize("at", [0, 1, 2])
def test_one_that_the_server_does_not_hand_over_never_stops_the_rest(server, account, withheld, answer, at):
    server.put(mail(1), mail(2), mail(3))
    uid = sorted(server.flags())[at]
    withheld[uid] = answer
    taken = Taken()
    place = fetch_new(account, Place(), taken)
    kinds = [Fetched] * 3
    kinds[at] = Unreadable
    assert [type(each) for each in taken.all] == kinds
    assert "doesn't hand this mail over" in taken.all[at].words
    assert f"(UID {uid})" in taken.all[at].words
    assert fetch_new(account, place, taken) == place


def test_where_nothing_is_handed_over_nothing_is_given_up(server, account, withheld):
    """It is the server that is ill, and not a mail."""
    server.put(mail(1), mail(2))
    withheld |= dict.fromkeys(server.flags(), NO)
    taken = Taken()
    with pytest.raises(NotReached, match="SERVERBUG"):
        fetch_new(account, Place(), taken)
    assert taken.all == []
    withheld.clear()
    fetch_new(account, Place(), taken)
    assert taken.subjects == ["Mail 1", "Mail 2"]


CUT, AWAY = imaplib.IMAP4.abort("socket error: EOF"), ConnectionResetError("Connection reset by peer")


@pytest.fixture
def cut(withheld, monkeypatch):
    """UIDs at which the server ends the connection, for real: nothing is answered after it."""
    really = imaplib.IMAP4.uid

    def uid(client, command, *arguments):
        try:
            return really(client, command, *arguments)
        except (imaplib.IMAP4.abort, OSError):
            client.shutdown()
            raise

    monkeypatch.setattr(imaplib.IMAP4, "uid", uid)
    return withheld


def fetched(account, taken, place, times=10):
    """The place after all there is, in so many tries at most, or where it broke off at the last of them."""
    for _ in range(times):
        try:
            return fetch_new(account, place, taken)
        except BrokeOff as broke_off:
            last = taken.places[-1] if taken.places else place
            place = replace(last, stuck=broke_off.stuck)
    return place


@pytest.mark.parametrize("answer", [CUT, AWAY], ids=["cut", "away"])
@pytest.mark.parametrize("at", [{0}, {1}, {2}, {0, 1}, {1, 2}])
def test_those_at_which_the_server_breaks_off_each_time_never_stop_the_rest(server, account, cut, answer, at):
    server.put(mail(1), mail(2), mail(3), mail(4))
    uids = sorted(server.flags())
    cut |= {uids[each]: answer for each in at}
    taken = Taken()
    place = fetched(account, taken, Place(), times=20)
    assert [type(each) for each in taken.all] == [
        Unreadable if each in at else Fetched for each in range(4)
    ], "each once, in order"
    for each in at:
        assert "broke the connection off each time" in taken.all[each].words
        assert f"(UID {uids[each]})" in taken.all[each].words
    assert fetch_new(account, place, taken) == place


@pytest.mark.parametrize("times", [1, 4, 9])
def test_where_it_breaks_off_at_all_of_them_nothing_is_given_up(server, account, cut, times):
    """It is the server that is ill, and not a mail."""
    server.put(mail(1), mail(2))
    cut |= dict.fromkeys(server.flags(), CUT)
    taken = Taken()
    place = fetched(account, taken, Place(), times=times)
    assert (taken.all, place.stuck.times, place.stuck.is_it) == ([], times, False)
    cut.clear()
    fetch_new(account, place, taken)
    assert taken.subjects == ["Mail 1", "Mail 2"]


def test_one_that_is_well_again_is_taken_in_though_the_next_one_isnt(server, account, cut):
    server.put(mail(1), mail(2), mail(3))
    first, second, _ = sorted(server.flags())
    cut[first] = CUT
    taken = Taken()
    place = fetched(account, taken, Place(), times=3)
    del cut[first]
    cut[second] = CUT
    fetched(account, taken, place)
    assert [type(each) for each in taken.all] == [Fetched, Unreadable, Fetched]


def test_what_can_not_even_be_noted_ends_it_and_comes_again(server, account):
    server.put(mail(1), mail(2))
    places = []

    def take(each, after):
        if after.last_uid > 101:
            raise KeyError("no database")
        places.append(after)

    with pytest.raises(KeyError):
        fetch_new(account, Place(), take)
    taken = Taken()
    fetch_new(account, places[-1], taken)
    assert taken.subjects == ["Mail 2"]


def test_of_a_mail_over_40_mb_only_the_head_comes(server, account):
    server.put(of_size(MOST_BYTES + 1_000_000), mail(2))
    taken = Taken()
    fetch_new(account, Place(), taken)
    large, small = taken.all
    assert len(large.raw) < 1_000
    assert large.letter.left_out == ("everything but its head: it is larger than 40 MB",)
    assert small.letter.left_out == ()


def test_files_come_whole(server, account):
    server.put(
        head() + many("mixed", part("text/plain", "See."), part("image/png; name=a.png", PNG, "base64"))
    )
    taken = Taken()
    fetch_new(account, Place(), taken)
    assert taken.all[0].letter.attachments[0].content == PNG


def test_another_uid_validity_makes_everything_new(server, account):
    server.put(mail(1))
    taken = Taken()
    place = fetch_new(account, Place(7, 5_000), taken)
    assert taken.subjects == ["Mail 1"]
    assert place.uid_validity != 7


def test_of_one_that_was_made_anew_what_was_left_out_stays_out(server, account):
    """Else customers of years ago would be told that their complaint has arrived."""
    client = server.client()
    long_ago = imaplib.Time2Internaldate(datetime.now(UTC) - timedelta(days=900))
    for number in (1, 2):
        assert client.append("INBOX", None, long_ago, mail(number))[0] == "OK"
    client.logout()
    account = replace(account, since=datetime.now(UTC).date() - timedelta(days=2))
    taken = Taken()
    place = fetch_new(account, Place(7, 5_000), taken)
    assert taken.all == []
    assert fetch_new(account, place, taken) == place
    server.put(mail(3))
    assert fetch_new(account, Place(7, 5_000), taken) == fetch_new(account, place, taken)
    assert taken.subjects == ["Mail 3", "Mail 3"]


def test_made_anew_while_it_was_open_it_is_read_from_its_beginning(server, account):
    """What the connection shows is still the folder of before, though its name means another one by now."""
    account = replace(account, folder="Complaints")
    client = server.client()
    client.create("Complaints")
    server.put(*[mail(number) for number in range(5)], folder="Complaints")
    taken = Taken()
    with opened(account) as mailbox:
        place = take_new(mailbox, account, Place(), taken)
        client.rename("Complaints", "Old")
        client.create("Complaints")
        server.put(mail("new"), folder="Complaints")
        after = take_new(mailbox, account, place, taken)
    client.logout()
    assert taken.subjects[5:] == ["Mail new"]
    assert after.uid_validity != place.uid_validity
    assert fetch_new(account, after, taken) == after


def test_a_wrong_password_has_an_error_of_its_own(account):
    with pytest.raises(WrongPassword) as refused:
        fetch_new(replace(account, password="secret-one"), Place(), Taken())  # noqa: S106
    assert refused.value.field == "password"
    assert "secret-one" not in str(refused.value)
    assert "secret-one" not in repr(replace(account, password="secret-one"))  # noqa: S106


def test_a_folder_that_is_not_there(account):
    with pytest.raises(FolderGone):
        fetch_new(replace(account, folder="Complaints"), Place(), Taken())


def test_a_server_that_is_not_there(server, account):
    server.kill()
    with pytest.raises(NotReached):
        fetch_new(account, Place(), Taken())


def test_killed_in_the_middle_what_was_taken_in_stays_so(server, account):
    server.put(mail(1), mail(2), mail(3))
    taken = Taken()

    def take(each, after):
        taken(each, after)
        if len(taken.all) == 2:
            server.kill()

    with pytest.raises(NotReached):
        fetch_new(account, Place(), take)
    assert taken.subjects == ["Mail 1", "Mail 2"]
    server.start()
    server.put(mail(4))
    assert fetch_new(account, taken.places[-1], taken).uid_validity != taken.places[1].uid_validity
    assert taken.subjects[-1] == "Mail 4"


def test_no_password_over_a_line_that_others_can_read():
    with pytest.raises(Refusal, match="read on its way"):
        Account(host="mail.example.com", user="a", password="b", security=Security.PLAIN)  # noqa: S106


def test_tls_to_a_server_without_is_no_mistake_of_ours(account):
    for security in (Security.TLS, Security.STARTTLS):
        with pytest.raises(NotReached):
            fetch_new(replace(account, security=security), Place(), Taken())


@pytest.fixture
def certificate(tmp_path):
    """A certificate for `localhost` that nobody but its maker trusts, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    encoded = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    file = tmp_path / "certificate.pem"
    file.write_bytes(key.private_bytes(*encoded) + made.public_bytes(serialization.Encoding.PEM))
    return file


def test_starttls_only_with_a_certificate_that_holds(certificate):
    server = Pymap("--cert", str(certificate), "--key", str(certificate)).start()
    try:
        account = Account(
            host="localhost",
            port=server.port,
            user=server.user,
            password=server.password,
            security=Security.STARTTLS,
            patience=10,
        )
        server.put(mail(1))
        taken = Taken()
        with pytest.raises(NotReached, match="certificate"):
            fetch_new(account, Place(), taken)
        assert taken.all == []
        fetch_new(account, Place(), taken, context=ssl.create_default_context(cafile=certificate))
        assert taken.subjects == ["Mail 1"]
        with pytest.raises(NotReached, match="certificate"):
            fetch_new(
                replace(account, host="127.0.0.1"),
                Place(),
                taken,
                context=ssl.create_default_context(cafile=certificate),
            )
    finally:
        server.kill()


@pytest.mark.parametrize("has_idle", [True, False])
def test_watching_hears_of_new_mail_and_joins_again(server, account, monkeypatch, has_idle):
    if not has_idle:
        asked = imaplib.IMAP4.capability
        # The one thing that this server always can: taken out of its answer.
        monkeypatch.setattr(
            imaplib.IMAP4,
            "capability",
            lambda client: (answer := asked(client)) and (answer[0], [answer[1][-1].replace(b" IDLE", b"")]),
        )
    stop, joined = Event(), Event()
    first, second = Taken(wakes_at=1), Taken(wakes_at=1)
    takers = [first, second]
    rhythm = Rhythm(idle=3, look=0.05, hear=0.05, first_pause=0.05, longest_pause=0.1)

    def take(each, after):
        takers[0](each, after)

    def run():
        watch(
            account,
            Place(),
            take,
            stop=stop,
            rhythm=rhythm,
            on_trouble=lambda _: joined.set(),
        )

    watching = Thread(target=run)
    watching.start()
    try:
        server.put(mail(1))
        assert first.enough.wait(20)
        takers.pop(0)
        server.kill()
        assert joined.wait(20)
        server.start()
        server.put(mail(2))
        assert second.enough.wait(20)
    finally:
        stop.set()
        watching.join(20)
    assert not watching.is_alive()
    assert (first.subjects, second.subjects) == (["Mail 1"], ["Mail 2"])


def test_what_comes_while_another_is_marked_is_taken_in_at_once(server, account):
    """The server tells of it there, and not once more within IDLE, held for ten minutes here."""
    stop, taken = Event(), Taken(wakes_at=2)

    def take(each, after):
        if not taken.all:
            server.put(mail(2))
        taken(each, after)

    server.put(mail(1))
    seen = replace(account, afterwards=Afterwards.SEEN)
    rhythm = Rhythm(idle=600, look=600, hear=0.05)
    watching = Thread(target=lambda: watch(seen, Place(), take, stop=stop, rhythm=rhythm))
    watching.start()
    try:
        assert taken.enough.wait(20)
    finally:
        stop.set()
        watching.join(20)
    assert taken.subjects == ["Mail 1", "Mail 2"]
