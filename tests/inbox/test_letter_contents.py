"""Letters as mail programs write them: what they say, what of it is new, their files; and who wrote them."""

import pytest
from tests.inbox.corpus import (
    CALENDAR,
    FORWARDED,
    OURS,
    SAMPLES,
    bounce,
    forwarded_deep,
    head,
    many,
    of_many_files,
    of_size,
    part,
    text,
)

from remit.inbox.reading.automatic import Bounce, Writer
from remit.inbox.reading.invitations import Invitation
from remit.inbox.reading.letter import MOST_BYTES, read_letter


@pytest.mark.parametrize("name", SAMPLES)
def test_what_a_letter_says(name):
    sample = SAMPLES[name]
    letter = read_letter(sample.raw)
    assert {said: getattr(letter, said) for said in sample.says} == sample.says
    assert [
        (each.name, each.media_type, len(each.content), each.is_inline, each.is_ornament)
        for each in letter.attachments
    ] == list(sample.files)
    assert letter.left_out == ()
    assert letter.sender == "jo@example.com"
    assert letter.writer == Writer.PERSON


@pytest.mark.parametrize("name", [name for name, each in SAMPLES.items() if "older" not in each.says])
def test_what_is_quoted_is_kept_beside(name):
    letter = read_letter(SAMPLES[name].raw)
    assert (OURS in letter.older) == (OURS in letter.text)
    assert OURS not in letter.new


@pytest.mark.parametrize("name", SAMPLES)
def test_no_word_is_lost(name):
    letter = read_letter(SAMPLES[name].raw)
    assert set(f"{letter.new} {letter.older}".split()) == set(letter.text.split())


def test_an_invitation():
    assert read_letter(CALENDAR.raw).invitations == (
        Invitation(
            method="REQUEST",
            summary="Talk about, and taste of soup",
            starts="20261201T090000",
            where="Kitchen",
            organizer="jo@example.com",
        ),
    )


def test_a_mail_within():
    (within,) = read_letter(FORWARDED.raw).forwarded
    assert (within.sender, within.subject, within.text) == ("al@example.com", "Soup: cold", "Cold!")


def test_forwarded_fifty_times_every_word_is_there():
    letter = read_letter(forwarded_deep(29))
    assert [each.text for each in letter.forwarded] == [f"Level {each}." for each in range(28, 0, -1)] + [
        "The innermost."
    ]
    assert letter.left_out == ()
    deeper = read_letter(forwarded_deep(50))
    assert deeper.text == "Level 50."
    assert [each.text for each in deeper.forwarded][-1] == "The innermost."
    assert [each.name for each in deeper.attachments] == ["49.eml"]


def test_deeper_than_anybody_forwards():
    letter = read_letter(forwarded_deep(300))
    assert letter.text == "Level 300."
    assert letter.left_out == ("what lies more than 120 levels deep in it",)


def test_two_hundred_files():
    letter = read_letter(of_many_files(198))
    assert len(letter.attachments) == 198
    assert letter.left_out == ()
    more = read_letter(of_many_files(5_000))
    assert len(more.attachments) == 198
    assert more.left_out == ("the parts after the first 200",)


def test_forty_megabytes():
    raw = of_size(MOST_BYTES - 1_000_000)
    letter = read_letter(raw)
    assert letter.text == "Large."
    assert len(letter.attachments[0].content) == (MOST_BYTES - 1_000_000) * 73 // 100
    assert letter.left_out == ()


def test_only_the_head_was_fetched():
    letter = read_letter(head() + b"\r\n", is_only_head=True)
    assert letter.subject == "Re: Soup (C-2001)"
    assert letter.left_out == ("everything but its head: it is larger than 40 MB",)


def test_a_head_of_a_megabyte():
    letter = read_letter(head() + b"X-Long: y\r\n" * 100_000 + b"\r\nHello.")
    assert letter.text == "Hello."
    assert letter.left_out == ("headers after the first 256 kB",)


def test_a_text_of_three_megabytes_is_shown_as_far_as_it_can_be_and_there_as_a_file():
    letter = read_letter(text("word " * 600_000))
    assert letter.text.startswith("word word")
    assert len(letter.text) == 400_000
    assert [len(each.content) for each in letter.attachments] == [3_000_000]
    assert letter.left_out == (
        "the end of a text of 2 MB, which is there as a file",
        "the end of its text",
    )


def test_a_failed_delivery():
    letter = read_letter(bounce())
    assert letter.writer == Writer.BOUNCE
    assert letter.is_automatic
    assert letter.bounce == Bounce(
        address="jo@example.com",
        is_permanent=True,
        status="5.1.1",
        words="550 5.1.1 <jo@example.com>: User unknown",
        message_id="<ours@keller.example>",
    )
    assert letter.attachments == ()


@pytest.mark.parametrize(
    ("action", "status", "is_permanent", "is_late"),
    [("failed", "4.2.2", False, False), ("delayed", "4.4.7", False, True), ("delayed", "5.0.0", False, True)],
)
def test_not_for_good(action, status, is_permanent, is_late):
    found = read_letter(bounce(action, status)).bounce
    assert (found.is_permanent, found.is_late) == (is_permanent, is_late)


def test_a_delivery_that_went_well_is_no_failure():
    letter = read_letter(bounce("delivered", "2.0.0"))
    assert letter.bounce is None
    assert letter.writer == Writer.MACHINE


@pytest.mark.parametrize(
    ("words", "more", "found"),
    [
        (
            "Hi. This is the qmail-send program.\n<jo@example.com>:\n550 5.7.1 no such user\n",
            {},
            ("jo@example.com", True, "5.7.1", "550 5.7.1 no such user"),
        ),
        ("It failed.", {"X_Failed_Recipients": "jo@example.com"}, ("jo@example.com", True, "", "")),
        (
            "<jo@example.com>: 452 mailbox full",
            {},
            ("jo@example.com", False, "", "<jo@example.com>: 452 mailbox full"),
        ),
    ],
)
def test_failures_in_words_only(words, more, found):
    said = read_letter(text(words, sender="MAILER-DAEMON@mx.example.com", **more)).bounce
    assert (said.address, said.is_permanent, said.status, said.words) == found


@pytest.mark.parametrize(
    ("headers", "writer", "may_be_answered"),
    [
        ({"Auto_Submitted": "auto-replied", "subject": "Away"}, Writer.ABSENCE, False),
        ({"Auto_Submitted": "auto-generated", "subject": "Abwesenheitsnotiz: Suppe"}, Writer.ABSENCE, False),
        ({"X_Autoreply": "yes"}, Writer.ABSENCE, False),
        ({"Auto_Submitted": "auto-generated"}, Writer.MACHINE, False),
        ({"Auto_Submitted": "auto-generated", "subject": "Absence: Jo Miller"}, Writer.ABSENCE, False),
        ({"Auto_Submitted": "auto-generated", "subject": "Absence of towels"}, Writer.MACHINE, False),
        ({"Auto_Submitted": "auto-generated", "subject": "Our vacation was spoilt"}, Writer.MACHINE, False),
        (
            {"Auto_Submitted": "auto-generated", "subject": "Urlaub ruiniert: kein Zimmer"},
            Writer.MACHINE,
            False,
        ),
        ({"X_Loop": "a@example.com"}, Writer.PERSON, False),
        ({"X_Remit_Mail": "1"}, Writer.LOOP, False),
        ({"Feedback_Type": "abuse"}, Writer.SPAM_REPORT, False),
        ({"List_Id": "<a.example.com>"}, Writer.LIST, False),
        ({"Precedence": "bulk"}, Writer.LIST, False),
        ({"subject": "Out of office? You were"}, Writer.PERSON, True),
    ],
)
def test_who_wrote_it(headers, writer, may_be_answered):
    letter = read_letter(text("I am away until Monday. 550 5.1.1", **headers))
    assert letter.writer == writer
    assert letter.may_be_answered == may_be_answered
    assert letter.bounce is None


def test_a_receipt():
    raw = head(subject="Read: Soup") + many(
        "report",
        part("text/plain", "It was read."),
        part("message/disposition-notification", "Disposition: manual-action; displayed\r\n"),
        extra="; report-type=disposition-notification",
    )
    assert read_letter(raw).writer == Writer.RECEIPT


def test_addresses():
    letter = read_letter(
        text(
            "x",
            sender='"Miller, Jo" <Jo@Example.com>',
            Reply_To="Other <other@example.com>",
            Cc="a@example.com, group: b@example.com;",
            Delivered_To="remit@keller.example",
        )
    )
    assert letter.sender_name == "Miller, Jo"
    assert letter.reply_to == "other@example.com"
    assert letter.recipients == ("remit@keller.example", "a@example.com", "b@example.com")
