"""Whatever comes as a mail: it is read or refused, the same way each time, and within its limits."""

# ruff: noqa: E501 (lists of pieces)

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.examples import examples
from tests.inbox.corpus import SAMPLES, bounce, forwarded_deep, head, many, part, text

from remit.core.errors import Refusal
from remit.inbox.reading.answers import lines_of, split
from remit.inbox.reading.html import plain_of
from remit.inbox.reading.letter import read_letter
from remit.inbox.reading.names import LONGEST_NAME, clean_name

pytestmark = pytest.mark.slow  # a megabyte of everything

WHOLE = [each.raw for each in SAMPLES.values()] + [bounce(), forwarded_deep(3)]
TOKENS = [
    b"\r\n", b"\n\n", b"--b1", b"--b1--", b"=", b"=?utf-8?q?", b"?=", b";", b'"', b"<div class=gmail_quote>", b"</div>",
    b"<blockquote type=cite>", b"\x00", b"\xff\xfe", b"\xe2\x80\xae", b"> ", b"Content-Type: multipart/mixed; boundary=b1\r\n",
    b"Content-Type: message/rfc822\r\n\r\n", b"Content-Transfer-Encoding: base64\r\n", b"charset=utf-16", b"filename*0*=",
]  # fmt: skip


@st.composite
def mutated(draw):
    """A mail with some of it taken out, doubled, or put in."""
    raw = draw(st.sampled_from(WHOLE))
    for _ in range(draw(st.integers(1, 6))):
        at, until = sorted(draw(st.tuples(*[st.integers(0, len(raw))] * 2)))
        put = draw(st.one_of(st.sampled_from(TOKENS), st.binary(max_size=12), st.just(raw[at : at + 200])))
        raw = raw[:at] + put + raw[until if draw(st.booleans()) else at :]
    return raw


@settings(max_examples=examples(1_000))
@given(mutated())
def test_any_mail_with_faults(raw):
    read_or_refused(raw)


@settings(max_examples=examples(500))
@given(st.binary(max_size=800))
def test_any_bytes(raw):
    read_or_refused(raw)
    read_or_refused(head() + raw)
    read_or_refused(head() + b"Content-Type: text/html\r\n\r\n" + raw)
    read_or_refused(head() + b"Content-Type: multipart/mixed; boundary=b1\r\n\r\n--b1\r\n" + raw)


def read_or_refused(raw):
    try:
        letter = read_letter(raw)
    except Refusal:
        return
    assert letter == read_letter(raw)
    for said in (letter.text, letter.new, letter.older, letter.subject, letter.sender, letter.sender_name):
        said.encode()
        assert "\x00" not in said
    assert set(f"{letter.new} {letter.older}".split()) == set(letter.text.split())
    for file in letter.attachments:
        assert_harmless(file.name)


def assert_harmless(name):
    assert 0 < len(name) <= LONGEST_NAME
    assert not set(name) & set('/\\\u202e\u202d\u2066\u200f\x00\n:"<>|')
    assert not name.startswith(".")


@given(st.text(min_size=1, max_size=300))
def test_any_name(said):
    name = clean_name(said)
    assert name == clean_name(name)
    if name:
        assert_harmless(name)


LINES = st.sampled_from(
    ["> quoted", "Mine.", "", "On Mon, 23 Nov 2026 Keller wrote:", "-----Original Message-----", "-- ", "From: a",
     "Sent: 1", "To: b", "Sent from my iPhone", "> > twice", "Am 23.11.26 um 10:00 schrieb Keller:"]
)  # fmt: skip


@given(st.lists(LINES, max_size=14))
def test_what_is_cut_is_kept_beside(lines):
    whole = "\n".join(lines)
    found = split(lines_of(whole))
    assert sorted(f"{found.new}\n{found.older}".split()) == sorted(whole.split())
    if any("Mine." in each for each in lines) and not any(
        each[:3] in {"On ", "---", "Am ", "Fro"} for each in lines
    ):
        assert "Mine." in found.new


MEGABYTE = 1_000_000
PIECES = [
    ">", "> ", "On ", "On 1 wrote", "wrote:", ":", " ", "\t", "\n", "\n\n", "-", "_", "-- \n", "\nFrom: a\nSent: b\n",
    "From:", "a@", "@", "<", "<a", "<div>", "<div class=gmail_quote>", "<blockquote type=cite>", "</div>", "&", "&amp",
    "<!--", "<![", "</", "<b>x", "<table>", "<td>", "<ul><li>", "<a href=x>", "<img src=cid:x>", "<pre>\n", "=", "=\n", "=?",
    "5.", "5.5.", "550", "\\", '"', "(", "x", "Am 1 ", "schrieb\n", "On 1\n", "Original Message ", "\u00a0", ";", "Sent from ",
    "From: a\n", "Disclaimer mail", "CAUTION:", "On 1, a wrote:\n", "<p style=border:none;",
]  # fmt: skip


@pytest.mark.parametrize("piece", PIECES)
def test_a_megabyte_of_the_same_is_read_like_any_other(piece):
    """Not timed: what grows with the square of its length would not end within the time of the whole run."""
    words = piece * (MEGABYTE // len(piece))
    assert read_letter(text(words)).sender == "jo@example.com"
    assert read_letter(text(words, "text/html")).sender == "jo@example.com"
    assert read_letter(text(f"{words}@", sender="MAILER-DAEMON@example.com")).is_automatic
    short = piece * (7_000 // len(piece))
    assert read_letter(text(f"Hello\n{short}\n")).sender == "jo@example.com"
    raw = head() + many(
        "report", part("message/delivery-status", words), part("text/calendar", words), boundary=" b1x"
    )
    assert read_letter(raw).sender == "jo@example.com"


def test_elements_as_deep_as_they_like():
    plain = plain_of("<div><blockquote>" * 20_000 + "Hello" + "</blockquote></div>" * 20_000)
    assert plain.lines[-1].text.endswith("Hello")
