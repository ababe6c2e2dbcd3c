"""What becomes of a mail to a team: a complaint, a word in one, or something that is set aside; each once."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.files.storage import default_storage
from tests.app.complaint_parts import fresh, opened
from tests.app.mail.conftest import ADDRESS, comes, made_mailbox, mail
from tests.inbox import corpus

from remit.complaints.actions import mail_taken_in
from remit.complaints.actions.closing import close_complaint
from remit.complaints.actions.conversation import reply
from remit.complaints.actions.left_files import remove_left_files
from remit.complaints.actions.linking import merge_into
from remit.complaints.actions.mail_piped import take_in_piped
from remit.complaints.actions.mail_set_aside import make_complaint_of
from remit.complaints.actions.mail_taken_in import MOST_WORDS_A_DAY, keep_unreadable
from remit.complaints.actions.mail_unread import forget_mails
from remit.complaints.letter_words import MOST_FILES
from remit.complaints.models import Complaint, Customer, Message, ReceivedMail
from remit.complaints.queries.timeline import timeline_of
from remit.complaints.vocabulary import Channel, MailState, MessageForm
from remit.core import clock
from remit.inbox.reading.letter import read_letter
from remit.jobs.inline import run_due_jobs
from remit.notices.models import Notice


@pytest.fixture
def said(box):
    """A complaint that came by mail, and what was sent to its customer."""
    box.comes(mail())
    run_due_jobs()
    complaint = Complaint.objects.get()
    return SimpleNamespace(complaint=complaint, word=box.sent()[-1])


def words_in(complaint):
    return [
        each.text for each in complaint.messages.filter(form=MessageForm.FROM_CUSTOMER).order_by("at", "id")
    ]


def answered(box, complaint, member, text="We look into it."):
    """The mail by which a member answers."""
    reply(member, fresh(complaint), text)
    with clock.at(clock.now() + timedelta(minutes=1)):
        run_due_jobs()
    return box.sent()[-1]


class TestANewOne:
    def test_becomes_a_complaint_and_is_acknowledged_in_its_thread(self, house, box, said):
        complaint = said.complaint
        assert (complaint.title, complaint.channel) == ("Cold soup", Channel.MAIL)
        assert complaint.team == house.harbour
        assert (complaint.customer.name, complaint.customer.email) == ("Jo Miller", "jo@example.com")
        assert words_in(complaint) == ["The soup was cold."]
        word = said.word
        assert word.to == ["jo@example.com"]
        assert word.from_email == f"Harbour Street <{ADDRESS}>"
        assert word.subject == f"Re: Cold soup ({complaint.said})"
        assert word.extra_headers["In-Reply-To"] == word.extra_headers["References"] == "<1@there.example>"
        assert word.extra_headers["Auto-Submitted"] == "auto-replied"
        assert "Reply-To" not in word.extra_headers

    def test_is_taken_in_once(self, box, said):
        box.comes(mail())
        run_due_jobs()
        assert Complaint.objects.count() == 1
        assert len(box.sent()) == 1
        assert ReceivedMail.objects.count() == 1

    def test_is_kept_whole(self, box):
        intro = "On Mon, Nov 23, 2026 at 10:00 AM Keller <remit@keller.example> wrote:"
        raw = mail(f"Hello,\n\nit was cold.\n\n{intro}\n> Enjoy your meal\n> Yours")
        kept = box.comes(raw)
        with kept.raw.open("rb") as whole:
            assert whole.read() == raw
        assert kept.size == len(raw)
        assert words_in(kept.complaint) == ["Hello,\n\nit was cold."]
        assert "> Enjoy your meal" in kept.older

    @pytest.mark.parametrize(
        ("subject", "title"),
        [
            ("Re: AW: Fwd: Cold soup", "Cold soup"),
            ("Antw: RE[2]: Cold soup (C-2001)", "Cold soup"),
            ("", "The soup was cold"),
            ("Re:", "The soup was cold"),
            ("x" * 400, "x" * 160),
        ],
    )
    def test_the_subject_is_its_title(self, box, subject, title):
        box.comes(mail(Subject=subject))
        assert Complaint.objects.get().title == title

    def test_who_is_known_is_not_made_again(self, house, box):
        earlier = opened(house)
        box.comes(mail(sender="JO@example.com"))
        assert Complaint.objects.latest("pk").customer == earlier.customer
        assert Customer.objects.count() == 1

    def test_where_an_answer_is_wanted(self, box):
        box.comes(mail(sender="Shop <forms@shop.example>", Reply_To="guest@example.net"))
        assert Complaint.objects.get().customer.email == "guest@example.net"

    def test_a_colleague_who_passes_it_on_is_no_customer_and_nothing_is_theirs(self, house, box):
        box.comes(
            mail("See below.\n\n-----Original Message-----\nFrom: Jo\nIt was cold.", sender=house.ana.email)
        )
        run_due_jobs()
        complaint = Complaint.objects.get()
        assert complaint.customer is None
        assert complaint.opened_by is None
        assert "It was cold." in words_in(complaint)[0]
        assert box.sent() == []

    def test_pictures_and_papers_come_along_and_the_rest_is_named(self, box):
        files = [
            corpus.part(
                "image/png", corpus.PNG, "base64", Content_Disposition='attachment; filename="a.png"'
            ),
            corpus.part(
                "application/zip", b"PK\3\4", "base64", Content_Disposition='attachment; filename="b.zip"'
            ),
        ]
        raw = corpus.head("Cold soup") + corpus.many("mixed", corpus.part("text/plain", "See."), *files)
        kept = box.comes(raw)
        assert [each.name for each in kept.became.attachments.all()] == ["a.png"]
        assert kept.left_out == ["the file b.zip (only pictures and PDF are shown)"]

    def test_what_outlook_packed_is_named_with_a_reason_and_kept_in_the_whole_mail(self, box):
        kept = box.comes(corpus.TNEF.raw)
        assert kept.became.text == "Rich."
        (why,) = kept.left_out
        assert why.startswith("the file winmail.dat (Outlook packed")
        with default_storage.open(kept.raw.name) as whole:
            assert whole.read() == corpus.TNEF.raw

    def test_a_picture_within_the_text_is_a_picture(self, box):
        kept = box.comes(mail(f"Look:\n{corpus.packed(corpus.PNG)}So cold."))
        assert kept.became.text.split() == ["Look:", "So", "cold."]
        assert [each.name for each in kept.became.attachments.all()] == ["soup.png"]

    def test_of_two_hundred_files_twenty_are_shown(self, box):
        kept = box.comes(corpus.of_many_files(200))
        assert kept.became.attachments.count() <= MOST_FILES
        assert kept.left_out

    def test_forty_megabytes(self, box):
        kept = box.comes(corpus.of_size(42 * 1024 * 1024))
        assert any("larger than 40 MB" in each for each in kept.left_out)
        assert kept.complaint is not None

    def test_no_words(self, box):
        assert words_in(box.comes(mail("")).complaint) == ["No words."]

    def test_a_book(self, box):
        kept = box.comes(mail("word " * 20_000))
        assert kept.left_out == ["the end of its text"]
        assert len(words_in(kept.complaint)[0]) < 20_000

    def test_machines_and_lists_hear_nothing(self, box):
        for number, more in enumerate(
            ({"Precedence": "bulk"}, {"X_Auto_Response_Suppress": "All"}, {"List_Id": "<x.example>"}), 10
        ):
            box.comes(mail(number=number, sender=f"a{number}@example.com", **more))
        run_due_jobs()
        assert box.sent() == []

    def test_what_a_program_passed_on_is_a_complaint_and_gets_no_word(self, box):
        kept = box.comes(mail(X_Loop="jo@example.com"))
        run_due_jobs()
        assert kept.kind == "taken"
        assert box.sent() == []

    def test_a_group_that_the_team_reads_is_no_list(self, box):
        more = {
            "List_Id": "<service.harbour.example>",
            "List_Post": f"<mailto:{ADDRESS}>",
            "Precedence": "list",
        }
        kept = box.comes(mail(**more))
        assert kept.kind == "taken"
        assert (
            kept.complaint.messages.filter(form=MessageForm.AUTOMATIC, mail_state=MailState.WAITS).count()
            == 0
        )


class TestAnAnswer:
    def test_by_our_message_id(self, house, box, said):
        kept = box.comes(
            mail("Thanks.", 2, "jo.private@example.net", In_Reply_To=said.word.extra_headers["Message-ID"])
        )
        assert kept.complaint == said.complaint
        assert words_in(said.complaint) == ["The soup was cold.", "Thanks."]
        assert kept.sender == "jo.private@example.net"

    def test_by_the_mails_of_others(self, box, said):
        box.comes(mail("And late.", 2, "friend@example.net", References="<0@x.example> <1@there.example>"))
        assert words_in(said.complaint) == ["The soup was cold.", "And late."]

    def test_by_the_number_from_its_customer_alone(self, box, said):
        subject = f"About {said.complaint.said}"
        box.comes(mail("And late.", 2, Subject=subject))
        box.comes(mail("Give me money.", 3, "mallory@example.net", Subject=subject))
        assert words_in(said.complaint) == ["The soup was cold.", "And late."]
        assert Complaint.objects.count() == 2

    def test_it_is_our_turn_and_told(self, house, box, said):
        answered(box, said.complaint, house.ana)
        assert fresh(said.complaint).reply_due_at is None
        box.comes(mail("Hm.", 2, In_Reply_To=said.word.extra_headers["Message-ID"]))
        assert fresh(said.complaint).reply_due_at is not None
        assert Notice.objects.filter(code="customer-wrote").exists()

    def test_ours_goes_on_in_the_thread(self, house, box, said):
        box.comes(mail("And late.", 2, In_Reply_To=said.word.extra_headers["Message-ID"]))
        ours = answered(box, said.complaint, house.ana)
        assert ours.extra_headers["In-Reply-To"] == "<2@there.example>"
        references = ours.extra_headers["References"].split()
        assert references[0] == "<1@there.example>"
        assert references[-1] == "<2@there.example>"
        assert ours.extra_headers["Auto-Submitted"] == "no"
        assert ours.from_email == f"Harbour Street <{ADDRESS}>"

    def test_of_a_merged_one_goes_where_it_goes_on(self, house, box, said):
        other = opened(house, "Another one.")
        merge_into(house.ana, said.complaint, other)
        box.comes(mail("Hm.", 2, In_Reply_To=said.word.extra_headers["Message-ID"]))
        assert "Hm." in words_in(other)

    def test_of_a_closed_one_stays_with_it(self, house, box, said):
        close_complaint(house.ana, fresh(said.complaint), "made-right", "")
        box.comes(mail("Thanks.", 2, In_Reply_To=said.word.extra_headers["Message-ID"]))
        assert words_in(said.complaint)[-1] == "Thanks."
        assert fresh(said.complaint).closed_at is not None

    def test_an_absence_stands_in_the_timeline_and_wakes_nobody(self, house, box, said):
        Notice.objects.all().delete()
        kept = box.comes(
            mail(
                "I am away until Monday.",
                2,
                In_Reply_To=said.word.extra_headers["Message-ID"],
                Auto_Submitted="auto-replied",
            )
        )
        run_due_jobs()
        assert kept.kind == "automatic"
        assert words_in(said.complaint) == ["The soup was cold."]
        steps = timeline_of(said.complaint, house.ana)
        assert ("The customer has a machine that answered our mail", "I am away until Monday.") in [
            (step.sentence, step.words) for step in steps
        ]
        assert not Notice.objects.exists()
        assert len(box.sent()) == 1

    def test_a_bounce_tells_who_wrote_it_once(self, house, box, said):
        ours = answered(box, said.complaint, house.ana)
        raw = corpus.bounce().raw if hasattr(corpus.bounce(), "raw") else corpus.bounce()
        number = ours.extra_headers["Message-ID"].encode()
        old = read_letter(raw).bounce.message_id.encode()
        raw = raw.replace(old, number) if old else raw + number
        assert read_letter(raw).bounce.message_id == number.decode()
        kept = box.comes(raw)
        box.comes(raw.replace(b"Message-ID: <", b"Message-ID: <again"))
        assert kept.kind == "bounce"
        message = Message.objects.get(message_id=number.decode())
        assert message.mail_state == MailState.FAILED
        told = Notice.objects.filter(code="reply-not-sent", member=house.ana)
        assert told.count() == 1
        assert "came back" in told.get().body

    @pytest.mark.parametrize("is_in_text", [True, False], ids=["in its text", "in what it answers"])
    def test_a_bounce_that_gives_nothing_back_but_words_is_told(self, house, box, said, is_in_text):
        ours = answered(box, said.complaint, house.ana).extra_headers["Message-ID"]
        words = "Hi. This is the qmail-send program.\n<jo@example.com>:\n550 5.1.1 no such user\n"
        if is_in_text:
            words += f"--- Below this line is a copy of the message.\nMessage-ID: {ours}\nSubject: x\n"
        more = {} if is_in_text else {"References": f"<0@x.example> {ours}"}
        kept = box.comes(mail(words, 7, "MAILER-DAEMON@mx.example.com", **more))
        assert kept.kind == "bounce"
        assert Message.objects.get(message_id=ours).mail_state == MailState.FAILED
        assert "no such user" in Notice.objects.get(code="reply-not-sent", member=house.ana).body

    def test_what_a_help_desk_sent_for_a_person_is_looked_at_whole(self, house, box, said):
        """Its programs say that a machine wrote it, of the words of its people, too."""
        words = "We are still waiting. " * 100
        answers = {"In_Reply_To": said.word.extra_headers["Message-ID"], "Auto_Submitted": "auto-generated"}
        kept = box.comes(mail(words, 2, **answers))
        run_due_jobs()
        assert (kept.kind, kept.complaint, kept.done_at) == ("machine", said.complaint, None)
        assert Notice.objects.filter(code="mail-set-aside", member=house.sam).count() == 1
        assert make_complaint_of(house.ana, kept.pk) == said.complaint
        assert words_in(said.complaint)[-1] == words.strip()
        assert len(box.sent()) == 1


class TestSetAside:
    @pytest.mark.parametrize(
        ("more", "kind"),
        [
            ({"Auto_Submitted": "auto-generated"}, "machine"),
            ({"List_Id": "<news.shop.example>"}, "list"),
            ({"sender": f"Team <{ADDRESS}>"}, "own"),
            ({"sender": "Remit <remit@keller.example>"}, "own"),
        ],
    )
    def test_what_may_be_none(self, house, box, more, kind):
        kept = box.comes(mail(**more))
        assert (kept.kind, kept.complaint) == (kind, None)
        assert Complaint.objects.count() == 0
        assert Notice.objects.filter(code="mail-set-aside", member=house.sam).count() == 1

    def test_our_own_that_went_round_is_nothing_to_look_at(self, box, said):
        word = said.word
        kept = box.comes(word.message().as_bytes())
        assert kept.kind == "automatic"
        assert Complaint.objects.count() == 1

    def test_that_of_another_remit_is_anybodys(self, box):
        assert box.comes(mail(X_Remit_Mail="0" * 32)).kind == "taken"

    def test_too_many_from_one(self, house, box, noon):
        for number in range(25):
            box.comes(mail(f"Number {number}", number))
        assert Complaint.objects.count() == 20
        assert ReceivedMail.objects.filter(kind="flood").count() == 5
        with clock.at(noon + timedelta(hours=1, minutes=1)):
            box.comes(mail("Later", 99))
        assert Complaint.objects.count() == 21

    def test_too_many_at_once(self, box, monkeypatch):
        monkeypatch.setattr(mail_taken_in, "MOST_NEW_AN_HOUR", 3)
        for number in range(5):
            box.comes(mail(f"Number {number}", number, f"a{number}@example.com"))
        assert Complaint.objects.count() == 3

    def test_those_that_never_came_are_kept_each_with_its_why(self, house, box, signed_in):
        kept = [keep_unreadable(box.row, b"", f"It isn't handed over (UID {uid}).") for uid in (7, 8, 7)]
        assert kept[0] == kept[2] != kept[1]
        assert [each.raw.name for each in kept] == ["", "", ""]
        page = signed_in(house.ana).get("/mail/").content.decode()
        assert "(UID 7)" in page
        assert "The whole mail" not in page

    def test_what_cannot_be_read_is_kept(self, house, box):
        kept = keep_unreadable(box.row, b"\0\1garbage", "This is no mail.")
        again = keep_unreadable(box.row, b"\0\1garbage", "This is no mail.")
        assert kept == again
        assert kept.words == "This is no mail."
        with kept.raw.open("rb") as whole:
            assert whole.read() == b"\0\1garbage"


def test_two_machines_that_do_not_know_of_each_other_end(box):
    """Each of our automatic words is answered by a program that says of itself nothing."""
    box.comes(mail(number=1, sender="bot@example.com"))
    answered_up_to, number = 0, 1
    for _ in range(40):
        run_due_jobs()
        for word in box.sent()[answered_up_to:]:
            number += 1
            box.comes(mail(f"We got: {word.subject}", number, "bot@example.com"))
        if answered_up_to == len(box.sent()):
            break
        answered_up_to = len(box.sent())
    else:
        raise AssertionError("they still write to each other")
    assert len(box.sent()) <= MOST_WORDS_A_DAY + 1


def test_a_mail_for_two_teams_comes_to_both(house, box):
    other = made_mailbox(house, team=house.hill, address="hill@harbour.example")
    raw = mail(to=f"{ADDRESS}, hill@harbour.example")
    box.comes(raw)
    comes(other, raw)
    assert {each.team for each in Complaint.objects.all()} == {house.harbour}
    # The same Message-ID: it is the same mail, and goes on in one place.
    assert ReceivedMail.objects.count() == 2


class TestPiped:
    def test_to_the_team_whose_address_it_names(self, house, box):
        raw = mail(to="someone@example.org", Delivered_To=ADDRESS)
        assert take_in_piped(read_letter(raw), raw).mailbox == box.row

    def test_an_answer_to_remit_goes_where_the_team_reads(self, house, box, said):
        raw = mail("Hm.", 2, to="remit@keller.example", In_Reply_To=said.word.extra_headers["Message-ID"])
        assert take_in_piped(read_letter(raw), raw).complaint == said.complaint
        assert words_in(said.complaint)[-1] == "Hm."

    def test_without_a_mailbox_it_is_counted(self, house, sending, noon):
        raw = mail(to="remit@keller.example")
        kept = take_in_piped(read_letter(raw), raw)
        assert (kept.mailbox, kept.kind, kept.raw.name) == (None, "unknown", "")


def test_old_ones_about_nothing_go_with_their_files_and_those_to_look_at_stay(box, noon):
    gone = box.comes(mail(number=1, Auto_Submitted="auto-replied"))
    stays = box.comes(mail(number=2, Auto_Submitted="auto-generated"))
    theirs = box.comes(mail(number=3))
    names = [each.raw.name for each in (gone, stays, theirs)]
    with clock.at(noon + timedelta(days=91)):
        assert forget_mails() == 1
    with clock.at(noon + timedelta(days=4000)):
        remove_left_files()
    assert [default_storage.exists(name) for name in names] == [False, True, True]


def test_a_write_that_fails_leaves_no_file_and_no_row(box, monkeypatch):
    def fails(*_, **__):
        raise RuntimeError

    monkeypatch.setattr(mail_taken_in, "_sort", fails)
    before = set(_files())
    with pytest.raises(RuntimeError):
        box.comes(mail())
    assert set(_files()) == before
    assert not ReceivedMail.objects.exists()


def _files():
    if not default_storage.exists("mails"):
        return []
    return [
        f"{year}/{month}/{name}"
        for year in default_storage.listdir("mails")[0]
        for month in default_storage.listdir(f"mails/{year}")[0]
        for name in default_storage.listdir(f"mails/{year}/{month}")[1]
    ]
