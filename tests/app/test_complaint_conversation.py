"""What is said: to the customer, among the team, by the customer; sent once, taken back in time."""

import smtplib
import ssl
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from tests.app.complaint_parts import fresh, opened, with_order

from remit.complaints import replies
from remit.complaints.actions import conversation
from remit.complaints.jobs import send_message
from remit.complaints.models import Message, SavedReply
from remit.complaints.vocabulary import MailState, MessageForm
from remit.core import clock
from remit.core.errors import Changed, NotAllowed, NotThere, Refusal
from remit.core.writing import write
from remit.jobs.inline import run_due_jobs
from remit.jobs.models import Job
from remit.notices.models import Notice
from remit.trail.models import Entry

LATER = timedelta(seconds=21)


@pytest.fixture(autouse=True)
def _mail_server(settings):
    settings.MAIL = "smtp://localhost:25"
    settings.ADDRESS = "https://remit.example.org"


@pytest.fixture
def complaint(house):
    made = opened(house)
    run_due_jobs()
    mail.outbox.clear()
    return made


def page(complaint):
    return reverse("complaints:complaint", args=[complaint.number])


def test_a_reply_waits_and_leaves_once(house, complaint, noon):
    message = conversation.reply(house.ana, complaint, "Dear {customer}, we are sorry.")
    assert message.text == "Dear Jo Miller, we are sorry."
    assert run_due_jobs() == 0
    assert mail.outbox == []
    with clock.at(noon + LATER):
        run_due_jobs()
        send_message.call(message_id=message.pk)
    [letter] = mail.outbox
    assert letter.to == ["jo@example.com"]
    assert complaint.said in letter.subject
    assert f"https://remit.example.org/c/{complaint.token}/" in letter.body
    assert letter.extra_headers["Auto-Submitted"] == "no"
    message.refresh_from_db()
    assert message.mail_state == MailState.SENT


def test_mails_of_a_complaint_are_one_thread(house, complaint, noon):
    acknowledged = Message.objects.get(complaint=complaint, form=MessageForm.AUTOMATIC)
    first = conversation.reply(house.ana, complaint, "One.")
    with clock.at(noon + LATER):
        run_due_jobs()
        conversation.reply(house.ana, complaint, "Two.")
    with clock.at(noon + 2 * LATER):
        run_due_jobs()
    one, two = mail.outbox
    first.refresh_from_db()
    assert one.extra_headers["In-Reply-To"] == acknowledged.message_id
    assert two.extra_headers["In-Reply-To"] == first.message_id == one.extra_headers["Message-ID"]
    assert two.extra_headers["References"].split() == [acknowledged.message_id, first.message_id]
    assert two.subject.startswith("Re: ")


def test_what_is_sent_by_itself_says_so(house):
    opened(house)
    run_due_jobs()
    assert mail.outbox[-1].extra_headers["Auto-Submitted"].startswith("auto-")


def test_a_reply_sets_the_deadlines_and_taking_it_back_restores_them(house, complaint):
    due = complaint.reply_due_at
    message = conversation.reply(house.ana, complaint, "We are sorry.")
    answered = fresh(complaint)
    assert (answered.reply_due_at, answered.first_replied_at) == (None, clock.now())
    conversation.take_reply_back(house.ana, message)
    again = fresh(complaint)
    assert (again.reply_due_at, again.first_replied_at) == (due, None)


def test_what_was_taken_back_never_leaves(house, complaint, noon):
    message = conversation.reply(house.ana, complaint, "We are sorry.")
    conversation.take_reply_back(house.ana, message)
    conversation.take_reply_back(house.ana, message)
    with clock.at(noon + LATER):
        run_due_jobs()
    assert mail.outbox == []
    assert Entry.objects.filter(act="reply-taken-back").count() == 1


def test_what_has_left_cannot_be_taken_back(house, complaint, noon):
    message = conversation.reply(house.ana, complaint, "We are sorry.")
    with clock.at(noon + LATER), pytest.raises(Changed):
        conversation.take_reply_back(house.ana, message)


def test_a_colleague_cannot_take_my_reply_back_and_a_lead_can(house, complaint):
    message = conversation.reply(house.ana, complaint, "We are sorry.")
    with pytest.raises(NotAllowed):
        conversation.take_reply_back(house.ben, message)
    conversation.take_reply_back(house.sam, message)


def test_without_an_address_it_stands_on_the_page_alone(house):
    bare = opened(house, customer=None)
    message = conversation.reply(house.ana, bare, "We are sorry.")
    assert message.mail_state == MailState.NONE
    assert not Job.objects.filter(unique_key=f"send-message:{message.pk}").exists()
    conversation.take_reply_back(house.ana, message)


def test_a_second_click_says_nothing_twice(house, complaint):
    one = conversation.reply(house.ana, complaint, "We are sorry.")
    assert conversation.reply(house.ana, complaint, "We are sorry. ") == one
    conversation.hear_customer(complaint, "Thanks.")
    assert conversation.reply(house.ana, complaint, "We are sorry.") != one


@pytest.mark.parametrize(
    ("error", "state", "is_told"),
    [
        (smtplib.SMTPRecipientsRefused({"jo@example.com": (550, b"no such user")}), MailState.FAILED, True),
        (TimeoutError("timed out"), MailState.FAILED, True),
        (smtplib.SMTPServerDisconnected("lost"), MailState.FAILED, True),
        (ConnectionRefusedError("nobody there"), MailState.WAITS, False),
        (smtplib.SMTPDataError(451, b"try later"), MailState.WAITS, False),
    ],
)
def test_a_lost_answer_is_told_and_a_server_that_is_away_tried_again(  # noqa: PLR0917
    house, complaint, monkeypatch, error, state, is_told
):
    def refuse(self, messages):
        raise error

    message = conversation.reply(house.ana, complaint, "We are sorry.")
    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    with clock.at(clock.now() + LATER):
        run_due_jobs(is_forgiving=True)
    message.refresh_from_db()
    assert message.mail_state == state
    assert Notice.objects.filter(member=house.ana, code="reply-not-sent").exists() is is_told


@pytest.mark.parametrize(
    "error",
    [
        TimeoutError("timed out"),
        OSError(113, "No route to host"),
        ssl.SSLError("wrong version number"),
        smtplib.SMTPServerDisconnected("Connection unexpectedly closed"),
        smtplib.SMTPAuthenticationError(535, b"5.7.8 wrong password"),
        smtplib.SMTPConnectError(421, b"too busy"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_what_could_not_even_be_begun_waits_and_leaves_once(house, complaint, monkeypatch, noon, error):
    """No mail was named yet, so none has left: a server that is away for a while loses nothing."""

    def refuse(self):
        raise error

    message = conversation.reply(house.ana, complaint, "We are sorry.")
    with monkeypatch.context() as away, clock.at(noon + LATER):
        away.setattr("django.core.mail.backends.locmem.EmailBackend.open", refuse)
        run_due_jobs(is_forgiving=True)
    message.refresh_from_db()
    assert message.mail_state == MailState.WAITS
    assert mail.outbox == []
    assert not Notice.objects.filter(code="reply-not-sent").exists()
    with clock.at(noon + timedelta(minutes=5)):
        run_due_jobs()
    message.refresh_from_db()
    assert message.mail_state == MailState.SENT
    assert [each.to for each in mail.outbox].count(["jo@example.com"]) == 1


def test_a_wrong_password_needs_a_person_in_the_end_and_says_what_to_do(house, complaint, monkeypatch, noon):
    def refuse(self):
        raise smtplib.SMTPAuthenticationError(535, b"5.7.8 wrong password")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.open", refuse)
    message = conversation.reply(house.ana, complaint, "We are sorry.")
    for minutes in range(1, 240, 4):
        with clock.at(noon + timedelta(minutes=minutes)):
            run_due_jobs(is_forgiving=True)
    job = Job.objects.get(unique_key=f"send-message:{message.pk}")
    assert job.needs_person_at is not None
    assert "5.7.8 wrong password (535). Mend REMIT_MAIL, then try again." in job.last_error
    assert "Error" not in job.last_error


def test_a_mail_whose_sending_was_interrupted_is_not_sent_again(house, complaint, noon):
    message = conversation.reply(house.ana, complaint, "We are sorry.")
    Message.objects.filter(pk=message.pk).update(mail_state=MailState.SENDING)
    with clock.at(noon + LATER):
        run_due_jobs()
    message.refresh_from_db()
    assert message.mail_state == MailState.FAILED
    assert [each for each in mail.outbox if each.to == ["jo@example.com"]] == []
    assert Notice.objects.filter(member=house.ana, code="reply-not-sent").exists()


@pytest.mark.parametrize("text", ["Dear {customr}", "About {order}", "{ me } and {nobody}"])
def test_an_unknown_or_empty_variable_stops_the_sending(house, complaint, text):
    with pytest.raises(Refusal) as refused:
        conversation.reply(house.ana, complaint, text)
    assert refused.value.code in {"unknown-variable", "empty-variable"}
    assert not complaint.messages.filter(form=MessageForm.TO_CUSTOMER).exists()


def test_variables_are_filled(house):
    complaint = with_order(house)
    text = " ".join(f"{{{name}}}" for name in replies.VARIABLES)
    message = conversation.reply(house.ana, complaint, text)
    assert message.text == f"Jo Miller {complaint.said} 118-1 Harbour Street Ana"


def test_a_note_is_for_the_team_and_goes_nowhere(house, complaint, noon):
    made = conversation.note(house.ana, complaint, "The kitchen lost the ticket. {nobody}")
    with clock.at(noon + LATER):
        run_due_jobs()
    assert made.is_internal
    assert mail.outbox == []
    assert fresh(complaint).first_replied_at is None
    assert "{nobody}" in made.text


def test_what_would_you_do(house, complaint):
    question = conversation.ask_colleague(house.ana, complaint, house.ben, "Would you give more?")
    assert Notice.objects.get(member=house.ben, code="advice-asked").address == page(complaint)
    advice = conversation.advise(house.ben, complaint, question, "The whole dinner.")
    assert (advice.form, advice.to_member) == (MessageForm.ADVICE, house.ana)
    assert Notice.objects.filter(member=house.ana, code="advice-given").exists()
    assert fresh(complaint).assignee is None


def test_nobody_outside_the_team_is_asked_and_nobody_asks_themselves(house, complaint):
    with pytest.raises(NotThere):
        conversation.ask_colleague(house.ana, complaint, house.eve, "What would you do?")
    with pytest.raises(Refusal):
        conversation.ask_colleague(house.ana, complaint, house.ana, "What would I do?")


def test_the_customer_writes_and_it_is_our_turn(house, complaint):
    conversation.reply(house.ana, complaint, "We are sorry.")
    message = conversation.hear_customer(complaint, "It was cold again.")
    again = fresh(complaint)
    assert again.reply_due_at == clock.now() + timedelta(minutes=house.harbour.next_reply_minutes)
    assert Notice.objects.filter(member=house.sam, code="customer-wrote").count() == 1
    assert conversation.hear_customer(complaint, "It was cold again.") == message


def test_more_than_anybody_writes_in_an_hour_is_refused(house, complaint):
    for number in range(conversation.MOST_FROM_CUSTOMER_AN_HOUR - 1):
        conversation.hear_customer(complaint, f"Message {number}")
    with pytest.raises(Refusal, match="a lot"):
        conversation.hear_customer(complaint, "One more")


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 20_001, "\x00"])
def test_nothing_and_too_much_are_refused(house, complaint, text):
    for act in (conversation.reply, conversation.note):
        with pytest.raises(Refusal):
            act(house.ana, complaint, text)


def test_another_team_sees_nothing_and_writes_nothing(house, complaint, signed_in):
    eve = signed_in(house.eve)
    question = conversation.ask_colleague(house.ana, complaint, house.ben, "What would you do?")
    paths = [
        ("reply", []),
        ("note", []),
        ("ask-colleague", []),
        ("advise", [question.pk]),
        ("take-reply-back", [question.pk]),
    ]
    for name, more in paths:
        address = reverse(f"complaints:{name}", args=[complaint.number, *more])
        assert eve.post(address, {"reply-text": "Hello"}).status_code == 404
    with pytest.raises(NotThere):
        conversation.reply(house.eve, complaint, "Hello")


def test_a_reply_by_the_page(house, complaint, signed_in):
    address = reverse("complaints:reply", args=[complaint.number])
    answer = signed_in(house.ana).post(address, {"reply-text": "We are sorry."})
    message = complaint.messages.get(form=MessageForm.TO_CUSTOMER)
    assert answer.status_code == 302
    assert answer.url == f"{page(complaint)}#message-{message.pk}"


def test_a_note_field_never_becomes_a_reply(house, complaint, signed_in):
    ana = signed_in(house.ana)
    answer = ana.post(reverse("complaints:reply", args=[complaint.number]), {"note-text": "Only for us"})
    assert answer.status_code == 422
    assert not complaint.messages.filter(form=MessageForm.TO_CUSTOMER).exists()
    ana.post(reverse("complaints:note", args=[complaint.number]), {"note-text": "Only for us"})
    assert complaint.messages.get(author=house.ana).form == MessageForm.NOTE


def test_bad_input_keeps_what_was_typed(house, complaint, signed_in):
    ana = signed_in(house.ana)
    answer = ana.post(
        reverse("complaints:reply", args=[complaint.number]), {"reply-text": "Dear {nobody}, <b>sorry</b>"}
    )
    assert answer.status_code == 422
    body = answer.content.decode()
    assert "Dear {nobody}, &lt;b&gt;sorry&lt;/b&gt;" in body
    assert "Nobody knows what {nobody} stands for." in body


def test_taken_back_by_the_page_the_text_stands_in_the_form_again(house, complaint, signed_in):
    message = conversation.reply(house.ana, complaint, "A text that I want back.")
    answer = signed_in(house.ana).post(
        reverse("complaints:take-reply-back", args=[complaint.number, message.pk]), follow=True
    )
    assert answer.context["reply"]["text"].value() == "A text that I want back."


def test_somebody_elses_draft_isnt_shown(house, complaint, signed_in):
    message = conversation.reply(house.ana, complaint, "Private until sent.")
    conversation.take_reply_back(house.ana, message)
    answer = signed_in(house.ben).get(f"{page(complaint)}?again={message.pk}")
    assert not answer.context["reply"]["text"].value()


def test_saved_replies_are_filled_and_used(house, complaint, signed_in):
    saved = SavedReply.objects.create(
        team=house.harbour, title="Late", text="Dear {customer}, about {order}: sorry."
    )
    SavedReply.objects.create(team=house.hill, title="Of another team", text="Hello")
    ana = signed_in(house.ana)
    listed = ana.get(reverse("complaints:saved-replies", args=[complaint.number])).content.decode()
    assert "Dear Jo Miller, about {order}: sorry." in listed
    assert "Of another team" not in listed
    used = ana.get(f"{page(complaint)}?saved={saved.pk}")
    assert used.context["reply"]["text"].value() == "Dear Jo Miller, about {order}: sorry."


def test_advice_and_question_by_the_page(house, complaint, signed_in):
    ana = signed_in(house.ana)
    address = reverse("complaints:ask-colleague", args=[complaint.number])
    assert ana.get(address).status_code == 200
    assert ana.post(address, {"colleague": "eve", "text": "Hm?"}).status_code == 422
    assert ana.post(address, {"colleague": "ben", "text": "Would you give more?"}).status_code == 302
    question = complaint.messages.get(form=MessageForm.QUESTION)
    ben = signed_in(house.ben)
    assert b"advice-text" in ben.get(page(complaint)).content
    answer = reverse("complaints:advise", args=[complaint.number, question.pk])
    assert ben.post(answer, {"advice-text": " "}).status_code == 422
    assert ben.post(answer, {"advice-text": "Yes."}).status_code == 302
    assert complaint.messages.filter(form=MessageForm.ADVICE).count() == 1


def test_a_reply_that_fails_halfway_leaves_nothing(house, complaint, monkeypatch):
    def broken(*_args, **_more):
        raise RuntimeError("the trail is full")

    monkeypatch.setattr("remit.complaints.actions.conversation.record", broken)
    with pytest.raises(RuntimeError), write():
        conversation.reply(house.ana, complaint, "We are sorry.")
    assert not complaint.messages.filter(form=MessageForm.TO_CUSTOMER).exists()
    assert fresh(complaint).first_replied_at is None
