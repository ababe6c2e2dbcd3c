"""What a mail says of itself makes no line of a log, and does nothing to what shows it."""

import base64
import io
import logging
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.app.races.real import REMIT
from tests.app.running.test_log_injection import HOSTILE, INJECTED, seen
from tests.inbox.corpus import PDF, many, part
from tests.inbox.imap_server import Pymap

from remit.complaints.letter_words import words_of
from remit.inbox.fetching.account import Account, Fetched, Place, Security
from remit.inbox.fetching.imap import fetch_new
from remit.inbox.reading.letter import read_letter
from remit.watching.logs import JsonLines, TextLines

pytestmark = pytest.mark.alike


def encoded(words):
    """As RFC 2047 lets anything stand in a header."""
    return f"=?utf-8?b?{base64.b64encode(words.encode('utf-8', 'surrogatepass')).decode()}?="


def hostile_mail(words, number=0):
    """A mail that says the same everywhere: encoded, and as bytes where they may stand alone."""
    told, raw = encoded(words), " ".join(words.split()).encode("utf-8", "surrogatepass")
    headers = (
        f"From: {told} <jo@example.com>\r\nTo: {told} <remit@keller.example>\r\nSubject: {told}\r\n"
        f"Message-ID: <{number}@there>\r\nDate: {told}\r\nMIME-Version: 1.0\r\n"
    ).encode()
    headers += b"X-Mailer: " + raw + b"\r\nReply-To: " + raw + b" <jo@example.com>\r\n"
    file = part("application/pdf", PDF, "base64", Content_Disposition=f'attachment; filename="{told}"')
    return headers + many("mixed", part("text/plain; charset=utf-8", "Hello."), file)


def shown_of(letter):
    """All that is shown of a mail in one line: on pages, in notices, in subjects of answers."""
    words = words_of(letter)
    yield from (letter.subject, letter.sender, letter.sender_name, letter.reply_to, words.title)
    yield from (each.name for each in letter.attachments)
    yield from words.left_out


@given(st.text(st.characters(), min_size=1, max_size=200))
def test_whatever_a_mail_says_of_itself_is_one_line_in_which_all_is_seen(words):
    for each in shown_of(read_letter(hostile_mail(words))):
        assert seen(each) == set()
        assert "\n" not in each


@pytest.mark.slow  # a real server
def test_a_mail_that_cannot_be_taken_in_writes_one_line_and_nothing_of_its_own():
    server = Pymap().start()
    stream = io.StringIO()
    handlers = [logging.StreamHandler(stream) for _ in range(2)]
    for handler, form in zip(handlers, (JsonLines(), TextLines()), strict=True):
        handler.setFormatter(form)
        logging.getLogger("remit").addHandler(handler)

    def take(each, after):
        if not isinstance(each, Fetched):
            return
        raise RuntimeError(f"{each.letter.subject} {each.letter.sender_name}\n{INJECTED}")

    try:
        server.put(*(hostile_mail(words, number) for number, words in enumerate(HOSTILE)))
        account = Account(
            host="127.0.0.1",
            port=server.port,
            user=server.user,
            password=server.password,
            security=Security.PLAIN,
        )
        place = fetch_new(account, Place(), take)
    finally:
        server.kill()
        for handler in handlers:
            logging.getLogger("remit").removeHandler(handler)
    assert place.last_uid >= len(HOSTILE)
    written = stream.getvalue()
    assert written.count("a mail couldn't be taken in, and was set aside") == 2 * len(HOSTILE)
    assert INJECTED not in written
    assert seen(written) == set()


@pytest.mark.slow  # processes of their own
@pytest.mark.parametrize("form", ["json", "text"])
def test_a_mail_that_is_piped_in_writes_nothing_of_its_own(new_remit, form):
    remit = new_remit(REMIT_LOG=form)
    remit.python("from django.core.management import call_command\ncall_command('migrate', verbosity=0)")
    for number, words in enumerate(HOSTILE):
        done = subprocess.run(
            [REMIT, "mail", "receive"],
            input=hostile_mail(words, number),
            env=remit.environment,
            capture_output=True,
            timeout=120,
            check=False,
        )
        written = (done.stdout + done.stderr).decode()
        assert done.returncode == 0, written
        assert INJECTED not in written
        assert seen(written) == set()
