"""Mails that customers send back: counted once, answered once a day at most, to the customer alone."""

from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection
from tests.app.complaint_parts import JO, fresh, opened
from tests.app.page_checks import assert_clean

from remit.complaints.actions.closing import close_complaint
from remit.complaints.actions.conversation import MOST_FROM_CUSTOMER_AN_HOUR, reply, take_reply_back
from remit.complaints.actions.handling import take_up
from remit.complaints.actions.linking import merge_into
from remit.complaints.actions.mail_unread import forget_mails, take_in_mail
from remit.complaints.mail import customer_address, mail_id_of, message_of
from remit.complaints.models import Message, ReceivedMail
from remit.complaints.queries.mail_counted import mails_counted
from remit.complaints.queries.timeline import timeline_of
from remit.complaints.vocabulary import MailState, MessageForm
from remit.complaints.working_hours import deadlines_from
from remit.core import clock
from remit.inbox.reading.letter import Letter
from remit.jobs.inline import run_due_jobs
from remit.notices.models import Notice
from remit.trail.models import Entry


@pytest.fixture
def sending(settings, mailoutbox):
    """Mail leaves Remit, into a list."""
    settings.MAIL = "smtp://mail.example.org"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.DEFAULT_FROM_EMAIL = "Remit <remit@keller.example>"
    settings.ADDRESS = "https://remit.keller.example"
    return mailoutbox


@pytest.fixture
def asked(house, sending, noon):
    """A complaint whose customer had an acknowledgement by mail."""
    complaint = opened(house)
    run_due_jobs()
    return fresh(complaint)


def last_id(complaint):
    """The Message-ID of the last mail to its customer."""
    return complaint.messages.exclude(message_id="").latest("pk").message_id


def mail(number=1, **said):
    return Letter(key=f"{number:064}", message_id=f"<{number}@there>", **{"sender": JO.email, **said})


def page_of(client, complaint):
    return assert_clean(client.get(f"/complaints/{complaint.number}/"))


def words_of(complaint):
    return complaint.messages.filter(form=MessageForm.AUTOMATIC, text__contains="nobody reads mail")


def test_an_answer_is_counted_told_due_and_answered_with_the_link(house, asked, sending, noon):
    take_up(house.ana, asked)
    reply(house.ana, fresh(asked), "We are on it.")
    run_due_jobs()
    later = noon + timedelta(hours=2)
    with clock.at(later):
        run_due_jobs()
        sending.clear()
        take_in_mail(mail(quoted=(last_id(asked),), sender="jo.private@example.net"))
        run_due_jobs()
    complaint = fresh(asked)
    assert complaint.mails_back == 1
    assert complaint.reply_due_at == deadlines_from(house.harbour, later).next_reply
    assert complaint.last_at == later
    assert house.ana.notices.filter(code="mail-came-back").count() == 1
    sentences = [step.sentence for step in timeline_of(complaint, house.ana)]
    assert "The customer answered by mail, which nobody reads yet" in sentences
    (word,) = (each for each in sending if each.to != [house.ana.email])
    assert word.to == [JO.email]
    assert word.body.count(customer_address(complaint)) == 1
    assert word.extra_headers["Auto-Submitted"] == "auto-replied"
    assert word.extra_headers["In-Reply-To"] == "<1@there>"
    assert word.extra_headers["References"].endswith(" <1@there>")
    assert word.subject.startswith("Re: ")


def test_the_same_mail_again_does_nothing(asked, sending):
    first = take_in_mail(mail(quoted=(last_id(asked),)))
    assert take_in_mail(mail(quoted=(last_id(asked),))).pk == first.pk
    assert fresh(asked).mails_back == 1
    assert words_of(asked).count() == 1
    assert Entry.objects.filter(act="mail-came-back").count() == 1


def test_one_word_in_a_day_and_counting_goes_on(asked, noon):
    for number in range(3):
        take_in_mail(mail(number, quoted=(last_id(asked),)))
    assert fresh(asked).mails_back == 3
    assert words_of(asked).count() == 1
    with clock.at(noon + timedelta(hours=24)):
        take_in_mail(mail(3, quoted=(last_id(asked),)))
    assert fresh(asked).mails_back == 4
    assert words_of(asked).count() == 2


@pytest.mark.parametrize("subject", ["AW: Soup ({})", "re: {}, and again {}", "{}"])
def test_found_by_the_number_in_the_subject(asked, subject):
    take_in_mail(mail(subject=subject.format(asked.said, asked.said.lower())))
    assert fresh(asked).mails_back == 1


@pytest.mark.parametrize(
    "said",
    [
        {"subject": "Soup (C-{})", "sender": "somebody@else.example"},
        {"subject": "C-{} or C-9999"},
        {"subject": "{}"},
        {"subject": "ABC-{}"},
        {"subject": "C-{}", "sender": ""},
        {"subject": "", "quoted": ("<message-1@remit.keller.example>",)},
        {"subject": "", "quoted": ("<message-999999999999999999.0123456789abcdef@remit.keller.example>",)},
        {"subject": "nothing"},
    ],
)
def test_what_is_about_nothing_known_is_counted_apart_and_silent(asked, sending, said):
    sending.clear()
    before = Message.objects.count()
    said = said | {"subject": said["subject"].format(asked.number)}
    assert take_in_mail(mail(**said)).kind == "unknown"
    assert fresh(asked).mails_back == 0
    assert Message.objects.count() == before
    assert not Entry.objects.filter(act="mail-came-back").exists()
    assert dict(mails_counted(30))["about nothing that is known here"] == 1


def test_our_message_ids_cant_be_guessed(asked, settings):
    real = last_id(asked)
    sent = message_of(real)
    assert sent.complaint == asked
    assert message_of(real.replace(".", ".0", 1)) is None
    assert message_of(f"<message-{sent.pk}@remit.keller.example>") is None
    settings.SECRET_KEY = "another"  # noqa: S105 (none of anything)
    assert mail_id_of(sent.pk) != real
    assert message_of(real) == sent


def test_machines_are_counted_apart(asked, sending):
    take_in_mail(mail(1, quoted=(last_id(asked),), is_automatic=True, may_be_answered=False))
    take_in_mail(Letter(key="a" * 64, message_id=last_id(asked), sender=JO.email, quoted=(last_id(asked),)))
    take_in_mail(mail(2, quoted=(last_id(asked),), sender="remit@keller.example"))
    assert fresh(asked).mails_back == 0
    assert not words_of(asked).exists()
    assert {words: count for words, count in mails_counted(30) if count} == {"written by a machine": 3}


def test_over_a_list_it_is_counted_but_not_answered(asked):
    take_in_mail(mail(quoted=(last_id(asked),), may_be_answered=False))
    assert fresh(asked).mails_back == 1
    assert not words_of(asked).exists()


def test_the_word_says_so_where_nobody_can_get_one(asked, settings):
    settings.MAIL = ""
    take_in_mail(mail(quoted=(last_id(asked),)))
    assert fresh(asked).mails_back == 1
    assert not words_of(asked).exists()


def test_a_flood_is_counted_and_wakes_nobody(house, asked):
    for number in range(MOST_FROM_CUSTOMER_AN_HOUR + 5):
        take_in_mail(mail(number, quoted=(last_id(asked),)))
    assert fresh(asked).mails_back == MOST_FROM_CUSTOMER_AN_HOUR + 5
    assert Entry.objects.filter(act="mail-came-back").count() == MOST_FROM_CUSTOMER_AN_HOUR
    assert house.sam.notices.filter(code="mail-came-back").count() <= MOST_FROM_CUSTOMER_AN_HOUR


def test_a_closed_one_stays_closed_and_its_leads_hear(house, asked):
    close_complaint(house.sam, asked, "no-answer", "")
    take_in_mail(mail(quoted=(last_id(asked),)))
    complaint = fresh(asked)
    assert complaint.closed_at is not None
    assert complaint.reply_due_at is None
    assert complaint.mails_back == 1
    assert Notice.objects.filter(code="mail-came-back").exists()


def test_it_goes_where_the_merged_one_goes_on(house, asked):
    other = opened(house, "Cold, as I said.")
    merge_into(house.sam, asked, other)
    take_in_mail(mail(quoted=(last_id(asked),)))
    assert (fresh(asked).mails_back, fresh(other).mails_back) == (0, 1)


def test_a_reply_taken_back_leaves_the_mail_unanswered(house, asked, noon):
    """The mail isn't in the conversation, but the clock knows it."""
    reply(house.ana, asked, "We are on it.")
    with clock.at(noon + timedelta(hours=1)):
        take_in_mail(mail(quoted=(last_id(asked),)))
        due = fresh(asked).reply_due_at
    with clock.at(noon + timedelta(hours=2)):
        second = reply(house.ana, fresh(asked), "What do you mean?")
        assert fresh(asked).reply_due_at is None
        take_reply_back(house.ana, second)
    assert fresh(asked).reply_due_at == due


def test_the_page_says_it(house, asked, signed_in):
    client = signed_in(house.ana)
    assert "answered by mail" not in page_of(client, asked)
    take_in_mail(mail(1, quoted=(last_id(asked),)))
    assert "answered by mail; it was not read" in page_of(client, asked)
    take_in_mail(mail(2, quoted=(last_id(asked),)))
    assert "answered by mail 2 times; it was not read" in page_of(client, asked)


def test_answers_go_where_the_installation_says(house, sending, settings):
    settings.MAIL_REPLY_TO = "answers@keller.example"
    opened(house)
    run_due_jobs()
    (acknowledged,) = (each for each in sending if each.to == [JO.email])
    assert acknowledged.extra_headers["Reply-To"] == "answers@keller.example"


def test_old_mails_about_nothing_are_forgotten(asked, noon):
    take_in_mail(mail(1))
    take_in_mail(mail(2, quoted=(last_id(asked),)))
    with clock.at(noon + timedelta(days=90, seconds=1)):
        take_in_mail(mail(3))
        assert forget_mails() == 1
    assert sorted(ReceivedMail.objects.values_list("message_id", flat=True)) == ["<2@there>", "<3@there>"]


@pytest.mark.django_db(transaction=True)
def test_delivered_many_times_at_once_it_counts_once(house, sending):
    asked = opened(house)
    run_due_jobs()
    quoted = (last_id(asked),)
    moment, wrong = clock.now(), []

    def deliver(number):
        try:
            with clock.at(moment):
                take_in_mail(mail(number % 2, quoted=quoted))
        except BaseException as error:  # noqa: BLE001 (said below)
            wrong.append(error)
        finally:
            connection.close()

    threads = [Thread(target=deliver, args=(number,)) for number in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert wrong == []
    assert fresh(asked).mails_back == 2
    assert words_of(asked).count() == 1
    assert words_of(asked).get().mail_state == MailState.WAITS
