"""Links of customers that an answer quotes: none is kept, whatever packs it, and all else stays."""

import base64
import email
import email.policy

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from tests.app.complaint_parts import opened
from tests.inbox.corpus import PNG, SAMPLES, head, many, part

from remit.complaints.mail import customer_address
from remit.complaints.models import Message, ReceivedMail
from remit.complaints.quoted_links import without_links
from remit.inbox.reading.cut_out import cut_out
from remit.jobs.inline import run_due_jobs

LINK = "@LINK@"
PLAIN = f"Still cold. Grüße\r\n\r\n> Read everything and answer on your page:\r\n> {LINK}\r\n"
HTML = f'<p>Still cold.</p><blockquote>Your page: <a href="{LINK}">{LINK}</a></blockquote>'


def within(encoding):
    """A mail within a mail, packed as a whole where there is an encoding."""
    inner = head(subject="Our answer") + part("text/plain; charset=utf-8", PLAIN.replace("ü", "u"))
    return head() + many("mixed", part("text/plain", "See below."), part("message/rfc822", inner, encoding))


def packings(link):
    """Mails that quote a link, by how it is packed."""

    def made(text):
        return text.replace(LINK, link)

    elsewhere = "https://safe.example/?url=" + link.replace("/", "%2F").replace(":", "%3A") + "&data=05"
    both = many(
        "alternative",
        part("text/plain; charset=utf-8", made(PLAIN), "quoted-printable"),
        part("text/html; charset=utf-8", made(HTML), "base64"),
    )
    picture = part("image/png; name=a.png", PNG, "base64")
    return {
        "as it is": head() + part("text/plain; charset=utf-8", made(PLAIN)),
        "quoted-printable": head() + part("text/plain; charset=utf-8", made(PLAIN), "quoted-printable"),
        "base64": head() + part("text/plain; charset=utf-8", made(PLAIN), "base64"),
        "html": head() + part("text/html; charset=utf-8", made(HTML), "quoted-printable"),
        "looked at by a service": head() + part("text/html", made(HTML).replace(link, elsewhere), "base64"),
        "both, with a picture": head() + many("mixed", many_part(both), picture),
        "utf-16": head() + part("text/plain; charset=utf-16", made(PLAIN).encode("utf-16"), "base64"),
        "in the subject": head(subject=f"Re: {link}") + part("text/plain", "Hello."),
        "before the parts": head() + many("mixed", part("text/plain", "Hello.")).replace(
            b"\r\n\r\n", f"\r\n\r\n{link}\r\n".encode(), 1
        ),
        "passed on": within("").replace(LINK.encode(), link.encode()),
        "passed on, packed": packed_within(link),
        "as a file": head() + many("mixed", part("text/html; name=a.html", made(HTML), "base64",
            Content_Disposition="attachment; filename=a.html"), picture),
    }  # fmt: skip


def many_part(body):
    """A part of parts, within another one of another boundary."""
    return body.replace(b"b1", b"b2")


def packed_within(link):
    inner = head(subject="Ours") + part("text/plain", PLAIN.replace(LINK, link).replace("ü", "u"), "base64")
    return head() + many("mixed", part("text/plain", "See."), part("message/rfc822", inner, "base64"))


def everything_in(raw):
    """All bytes that a mail program would show of a mail, and it as it is."""
    yield raw
    for each in email.message_from_bytes(raw, policy=email.policy.compat32).walk():
        content = each.get_payload(decode=True) or b""
        yield content
        yield content.replace(b"\0", b"")
        if each.get_content_type() == "message/rfc822" and each["Content-Transfer-Encoding"] == "base64":
            # Nobody may pack a mail so (RFC 2046), and some do: its text is a mail again.
            yield from everything_in(base64.b64decode(each.get_payload(0).get_payload()))


@pytest.mark.parametrize("name", list(packings("https://remit.example/c/x/")))
def test_no_link_is_kept_nor_shown(house, box, signed_in, name):
    complaint = opened(house)
    token = complaint.token
    raw = packings(customer_address(complaint))[name]
    assert any(token.encode() in each for each in everything_in(raw))
    kept = box.comes(raw)
    served = b"".join(signed_in(house.ana).get(reverse("complaints:mail-whole", args=[kept.pk])))
    assert [each for each in everything_in(served) if token.encode() in each] == []
    assert any(b"(your-link)" in each for each in everything_in(served))
    assert not Message.objects.filter(text__contains=token).exists()
    assert not ReceivedMail.objects.filter(older__contains=token).exists()
    if "picture" in name:
        parts = email.message_from_bytes(served).walk()
        pictures = [each.get_payload(decode=True) for each in parts if each.get_filename() == "a.png"]
        assert pictures == [PNG]


@pytest.mark.parametrize("name", SAMPLES)
def test_a_mail_without_a_link_stays_as_it_came(name):
    assert without_links(SAMPLES[name].raw) == SAMPLES[name].raw


def test_what_only_looks_like_a_link_stays(house):
    complaint = opened(house)
    token = complaint.token
    other = token[:-1] + ("A" if token[-1] != "A" else "B")
    raw = head() + part("text/plain", f"/c/{other}/ and x{token} and {token}y and {token[:-2]}")
    assert without_links(raw) == raw


@given(st.binary(max_size=400), st.sampled_from(sorted(SAMPLES)))
def test_whatever_comes_nothing_else_is_changed(more, name):
    raw = SAMPLES[name].raw + more
    assert cut_out(raw, lambda text: text) == raw
    assert without_links(more) == more


def test_the_automatic_word_has_the_link_in_the_mail_alone(house, box, sending):
    complaint = opened(house)
    run_due_jobs()
    assert complaint.token in sending[-1].body
    assert not Message.objects.filter(text__contains=complaint.token).exists()
