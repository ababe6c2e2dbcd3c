"""Reading a mail that comes in: ugly ones, enormous ones, machines, and one through a real mail server."""

import hashlib
import tracemalloc
from base64 import b64encode
from datetime import UTC, datetime
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.core.errors import Refusal
from remit.inbox.reading.letter import MOST_BYTES, Letter, read_letter

USUAL = {
    "From": "Jo Miller <Jo@Example.com>",
    "To": "remit@keller.example",
    "Subject": "Re: Soup (C-2001)",
    "Message-ID": "<abc@example.com>",
    "Date": "Mon, 23 Nov 2026 11:00:00 +0000",
}


def read(text):
    return read_letter(BytesIO(text.encode() if isinstance(text, str) else text))


def mail(**headers):
    named = USUAL | {name.replace("_", "-"): value for name, value in headers.items()}
    return read("".join(f"{name}: {value}\r\n" for name, value in named.items()) + "\r\nHello\r\n")


def test_a_usual_answer():
    read_one = mail(In_Reply_To="<1@us>", References="<0@us>\r\n <1@us>", Return_Path="<jo@example.com>")
    assert read_one == Letter(
        key=hashlib.sha256(b"<abc@example.com>").hexdigest(),
        message_id="<abc@example.com>",
        sender="jo@example.com",
        quoted=("<1@us>", "<0@us>"),
        sender_name="Jo Miller",
        recipients=("remit@keller.example",),
        sent_at=datetime(2026, 11, 23, 11, tzinfo=UTC),
        subject="Re: Soup (C-2001)",
        text="Hello",
        new="Hello",
    )


def test_encoded_and_folded():
    read_one = mail(
        Subject="=?utf-8?q?Re:_Gr=C3=BC=C3=9Fe?=\r\n =?utf-8?b?IEMtMjAwMQ==?=",
        From="=?utf-8?q?J=C3=B6?= =?broken?x?? (a (comment)) <jo@example.com>, x@example.org",
    )
    assert read_one.subject == "Re: Grüße C-2001"
    assert read_one.sender == "jo@example.com"


ONE_IN_A_CIRCLE = b"\x1b$B-!\x1b(B"


def in_b(raw, label):
    return f"=?{label}?B?{b64encode(raw).decode()}?="


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        (in_b(b"\x1b$B-!%9!<%W\x1b(B A", "ISO-2022-JP"), "①スープ A"),
        ("=?iso-2022-jp?Q?=1B$B-!%9!<%W=1B(B_A?=", "①スープ A"),
        (in_b("①スープ".encode("cp932"), "Shift_JIS"), "①スープ"),
        (in_b("汤 镕".encode("gb18030"), "gb2312"), "汤 镕"),
        (in_b("スープ".encode("iso-2022-jp"), "ISO-2022-JP"), "スープ"),
        (f"Re: {in_b(ONE_IN_A_CIRCLE, 'ISO-2022-JP')} Soup", "Re: ① Soup"),
        (in_b(b"Soup", "nowhere-1"), "Soup"),
        ("=?iso-2022-jp?B?!?=", "=?iso-2022-jp?B?!?="),
    ],
)
def test_encoded_words_that_are_in_another_charset_than_they_say(subject, said):
    letter = mail(Subject=subject, From=f"{subject} <jo@example.com>")
    assert letter.subject == said
    assert letter.sender == "jo@example.com"
    if not {":", "!"} & set(said):
        assert letter.sender_name == said


def test_the_line_of_a_mailbox_before_it():
    assert read("From jo@example.com  Mon Nov 23 11:00:00 2026\nFrom: jo@example.com\n\nx").sender


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "Auto-Generated; owner=x"},
        {"Return_Path": "<>"},
        {"Content_Type": "multipart/report; report-type=delivery-status; boundary=x"},
        {"From": "MAILER-DAEMON@mail.example.com (Mail Delivery System)"},
        {"From": "Postmaster <postmaster@example.com>"},
        {"X_Autoreply": "yes"},
    ],
)
def test_machines(headers):
    assert mail(**headers).is_automatic
    assert not mail(**headers).may_be_answered


@pytest.mark.parametrize(
    "headers",
    [
        {"Precedence": "bulk"},
        {"Precedence": "List"},
        {"Precedence": "junk"},
        {"List_Id": "<guests.example.com>"},
        {"List_Unsubscribe": "<mailto:x@example.com>"},
        {"X_Auto_Response_Suppress": "All"},
        {"From": ""},
        {"From": "nobody at all"},
    ],
)
def test_never_answered_but_not_from_a_machine_for_sure(headers):
    assert not mail(**headers).may_be_answered
    assert not mail(**headers).is_automatic


@pytest.mark.parametrize(
    "headers", [{"Auto_Submitted": "no"}, {"Auto_Submitted": ""}, {"X_Auto_Response_Suppress": "None"}]
)
def test_what_a_person_wrote_may_be_answered(headers):
    assert mail(**headers).may_be_answered


@pytest.mark.parametrize(
    "text", ["", "\n\n", "Hello, I am a text.\n", b"\x89PNG\r\n\x1a\n\x00\x00", "A: b\n\n"]
)
def test_no_mail(text):
    with pytest.raises(Refusal, match="no mail"):
        read(text)


def test_without_a_message_id_the_same_mail_is_the_same():
    first, again, other = (
        read(f"Received: by {way}\nFrom: jo@example.com\nSubject: x\n\n{text}")
        for way, text in (("a", "Hello"), ("b", "Hello"), ("a", "Hello!"))
    )
    assert first.message_id == ""
    assert first.key == again.key != other.key


class Endless:
    """A mail of a size, made while it is read."""

    def __init__(self, size):
        self._begin, self._left, self.taken = b"From: jo@example.com\n\n", size, 0

    def read(self, size):
        piece = self._begin + b"x" * (min(size, self._left) - len(self._begin))
        self._begin, self._left = b"", self._left - len(piece)
        self.taken += len(piece)
        return piece


def test_of_a_mail_over_40_mb_only_the_head_is_kept():
    mail_of_100_mb = Endless(100 * 1024 * 1024)
    tracemalloc.start()
    try:
        read_one = read_letter(mail_of_100_mb)
        assert tracemalloc.get_traced_memory()[1] < 100_000_000
    finally:
        tracemalloc.stop()
    assert mail_of_100_mb.taken == 100 * 1024 * 1024
    assert read_one.sender == "jo@example.com"
    assert read_one.text == ""
    assert read_one.left_out == ("everything but its head: it is larger than 40 MB",)


def test_just_small_enough():
    read_one = read_letter(Endless(MOST_BYTES))
    assert read_one.sender == "jo@example.com"
    assert read_one.text.startswith("xxxx")


@pytest.mark.parametrize("name", ["Subject", "From", "References", "Message-ID", "In-Reply-To", "X-Long"])
@pytest.mark.parametrize("piece", ["(", "<a@b> ", "=?utf-8?q?=", '"', "x\n ", "\\", "a,", ":;"])
def test_an_enormous_header_takes_no_time_and_breaks_nothing(name, piece):
    read_one = read(f"Date: now\n{name}: {piece * 50_000}\n\n")
    assert len(read_one.subject) <= 4_000
    assert len(read_one.quoted) <= 10_000


NAMES = st.sampled_from(
    [*USUAL, "References", "In-Reply-To", "Return-Path", "Auto-Submitted", "Precedence", "Content-Type", "X"]
)
VALUES = st.one_of(
    st.text(max_size=80),
    st.binary(max_size=80).map(lambda raw: raw.decode("latin-1")),
    st.sampled_from(
        ["<a@b>", "=?utf-8?b?4oKs?=", '"', "a@b, c@d", "x:;", "(((", "=?x?q?=FF?=", "<>", "@", "\ud800"]
    ),
)


@given(st.lists(st.tuples(NAMES, st.lists(VALUES, min_size=1, max_size=3))), st.binary(max_size=200))
def test_ugly_mails_are_read_or_refused(headers, body):
    head = "".join(f"{name}: {chr(10).join(f' {each}' for each in values)}\n" for name, values in headers)
    _read_or_refused(head.encode("utf-8", "surrogatepass") + b"\n" + body)


@given(st.binary(max_size=600))
def test_any_bytes_are_read_or_refused(raw):
    _read_or_refused(raw)
    _read_or_refused(b"Subject: x\nFrom: " + raw)


def _read_or_refused(raw):
    try:
        read_one = read(raw)
    except Refusal:
        return
    for text in (read_one.subject, read_one.sender, read_one.message_id):
        text.encode()
        assert "\n" not in text
        assert "\x00" not in text
    assert len(read_one.key) == 64
    assert len(read_one.message_id) <= 250
