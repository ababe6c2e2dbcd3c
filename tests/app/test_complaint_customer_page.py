"""What the customer sees: their side of it, and never what is for the team."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from tests.app.complaint_parts import fresh, opened, with_order

from remit.complaints.actions import closing, conversation, linking
from remit.complaints.actions.deciding import Intent, decide, undo
from remit.complaints.models import Attachment, Message, Rating, RatingSetting
from remit.complaints.queries.customer_page import seen_by_customer, view_of_customer
from remit.complaints.vocabulary import Channel, MailState, MessageForm
from remit.core import clock
from remit.jobs.inline import run_due_jobs
from remit.remedies.actions.handing_over import redeem

LATER = timedelta(seconds=21)


def page(complaint):
    return reverse("complaints:customer-page", args=[complaint.token])


def body(client, complaint):
    return client.get(page(complaint)).content.decode()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(MessageForm.values),
            st.sampled_from(MailState.values),
            st.sampled_from([None, -30, 0, 30]),
        ),
        max_size=12,
    )
)
def test_of_all_that_can_be_said_the_customer_sees_their_side_alone(house, client, made):
    complaint = opened(house)
    complaint.messages.all().delete()
    expected = set()
    for number, (form, state, leaves) in enumerate(made):
        leaves_at = None if leaves is None else clock.now() + timedelta(seconds=leaves)
        Message.objects.create(
            complaint=complaint,
            form=form,
            author=house.ana,
            text=f"word-{number}-end",
            at=clock.now(),
            mail_state=state,
            leaves_at=leaves_at,
        )
        is_theirs = form in {"from-customer", "to-customer", "automatic"}
        if is_theirs and state != "taken-back" and (leaves is None or leaves <= 0):
            expected.add(f"word-{number}-end")
    shown = body(client, complaint)
    assert {f"word-{number}-end" for number in range(len(made)) if f"word-{number}-end" in shown} == expected
    assert {each.text for each in seen_by_customer(complaint)} == expected


def test_nobody_signs_in_and_no_cookie_is_set(house, client):
    answer = client.get(page(opened(house)))
    assert answer.status_code == 200
    assert not answer.cookies
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]
    assert "<c-" not in answer.content.decode()
    assert "style=" not in answer.content.decode()


@pytest.mark.parametrize("token", ["x", "0", "a" * 32, "..", "%00"])
def test_a_guessed_address_leads_nowhere(house, client, token):
    opened(house)
    assert client.get(f"/c/{token}/").status_code == 404


def test_tokens_are_long_and_never_the_same(house):
    tokens = {opened(house, f"Number {number}").token for number in range(5)}
    assert len(tokens) == 5
    assert all(len(token) >= 32 for token in tokens)


def test_nothing_of_the_team_is_on_it(house, client):
    complaint = with_order(house, category="late")
    conversation.note(house.ana, complaint, "secret-note")
    question = conversation.ask_colleague(house.ana, complaint, house.ben, "secret-question")
    conversation.advise(house.ben, complaint, question, "secret-advice")
    decide(
        house.ana, complaint.number, Intent(kind="refund", value=15_000 // 2, key="k", words="secret-words")
    )
    shown = body(client, complaint)
    assert "secret" not in shown
    assert "Ruiz" not in shown
    assert "Okafor" not in shown


def test_the_state_in_plain_words(house, client, noon):
    complaint = opened(house)
    assert "somebody looks at it" in body(client, complaint)
    conversation.reply(house.ana, complaint, "We are sorry.")
    with clock.at(noon + LATER):
        assert "We have answered" in body(client, complaint)
    conversation.hear_customer(complaint, "It was cold.")
    assert "We have your message" in body(client, complaint)
    with clock.at(noon + timedelta(days=2)):
        assert "later than we promised" in body(client, complaint)
    closing.close_complaint(house.ana, complaint, "not-ours", "A word for the team.")
    shown = body(client, complaint)
    assert "We could not mend this ourselves" in shown
    assert "A word for the team." not in shown
    closing.ask_for_another_look(complaint, "Look again.")
    assert "We look at it again" in body(client, complaint)


def test_what_was_given_is_shown_with_its_reason_once_it_cannot_be_undone(house, client, noon):
    complaint = with_order(house, category="late")
    decision = decide(house.ana, complaint.number, Intent(kind="refund", value=4200, key="k"))
    assert view_of_customer(complaint).given == []
    with clock.at(noon + LATER):
        shown = body(client, complaint)
        assert "We give you EUR\N{NO-BREAK SPACE}42 back." in shown
        assert "We can settle this right now." in shown
    undo(house.ana, decision.pk)
    with clock.at(noon + LATER):
        assert view_of_customer(complaint).given == []


@pytest.mark.parametrize("value", [15_000, 50_000])
def test_what_is_only_asked_or_proposed_is_not_given(house, noon, value):
    complaint = with_order(house, paid=90_000, category="late")
    decide(house.ana, complaint.number, Intent(kind="refund", value=value, key="k"))
    with clock.at(noon + LATER):
        assert view_of_customer(complaint).given == []


def test_a_credit_shows_its_code(house, client, noon):
    complaint = with_order(house, category="late")
    decision = decide(house.ana, complaint.number, Intent(kind="credit", value=1500, key="k"))
    with clock.at(noon + LATER):
        run_due_jobs()
        assert decision.remedy.store_credit.code in body(client, complaint)


def test_a_credit_says_what_was_used_of_it(house, client, noon):
    complaint = with_order(house, category="late")
    decision = decide(house.ana, complaint.number, Intent(kind="credit", value=1500, key="k"))
    with clock.at(noon + LATER):
        run_due_jobs()
        redeem(decision.remedy.store_credit, 600, house.ben)
        shown = body(client, complaint)
        assert "EUR\u00a09.00 of it are left" in shown
        assert "EUR\u00a06.00 used" in shown
        redeem(decision.remedy.store_credit, 900, house.ben)
        shown = body(client, complaint)
        assert "All of it was used." in shown
        assert "Say or show this code" not in shown


def picture():
    out = io.BytesIO()
    Image.new("RGB", (20, 10), "red").save(out, "JPEG")
    return SimpleUploadedFile("soup.jpg", out.getvalue(), "image/jpeg")


def test_the_customer_adds_a_message_with_a_picture(house, client):
    complaint = opened(house)
    answer = client.post(
        page(complaint), {"act": "message", "say-text": "Here it is.", "say-attached": [picture()]}
    )
    assert answer.status_code == 302
    thanks = client.get(answer.url).content.decode()
    assert "it has arrived" in thanks
    file = Attachment.objects.get()
    address = reverse("complaints:customer-file", args=[complaint.token, file.pk])
    assert address in thanks
    shown = client.get(address)
    assert b"".join(shown).startswith(b"\xff\xd8\xff")
    assert shown["Content-Type"] == "image/jpeg"
    assert "sandbox" in shown["Content-Security-Policy"]
    assert (
        client.get(reverse("complaints:customer-file", args=[opened(house).token, file.pk])).status_code
        == 404
    )


def test_a_file_of_a_note_is_not_there_for_the_customer(house, client):
    complaint = opened(house)
    message = conversation.note(house.ana, complaint, "Only us")
    file = Attachment.objects.create(
        message=message, file="x.pdf", name="x.pdf", media_type="application/pdf", size=1
    )
    address = reverse("complaints:customer-file", args=[complaint.token, file.pk])
    assert client.get(address).status_code == 404


def test_bad_input_keeps_what_was_typed(house, client):
    complaint = opened(house)
    bad = SimpleUploadedFile("x.exe", b"MZ not a picture", "image/jpeg")
    answer = client.post(
        page(complaint), {"act": "message", "say-text": "I typed this", "say-attached": [bad]}
    )
    assert answer.status_code == 422
    assert "I typed this" in answer.content.decode()
    assert client.post(page(complaint), {"say-text": " "}).status_code == 422
    assert client.post(page(complaint), {"act": "rating"}).status_code == 422
    assert client.post(page(complaint), {"act": "nonsense", "say-text": ""}).status_code == 422


def test_after_closing_another_look_opens_it_again(house, client):
    complaint = opened(house)
    closing.close_complaint(house.ana, complaint, "made-right", "")
    assert "Ask for another look" in body(client, complaint)
    client.post(page(complaint), {"act": "message", "say-text": "Thank you all the same."})
    assert fresh(complaint).closed_at is not None
    client.post(page(complaint), {"act": "another-look", "say-text": "It isn't right."})
    client.post(page(complaint), {"act": "another-look", "say-text": "It isn't right."})
    assert fresh(complaint).closed_at is None
    assert complaint.messages.filter(text="It isn't right.").count() == 1


def test_rating_again_for_each_closure(house, client):
    complaint = opened(house)
    assert "How did it go?" not in body(client, complaint)
    said = {"act": "rating", "rating-made_right": "4", "rating-quickness": "3", "rating-words": "Fine"}
    assert client.post(page(complaint), said).status_code == 422
    for _ in range(2):
        closing.close_complaint(house.ana, complaint, "made-right", "")
        assert "How did it go?" in body(client, complaint)
        assert client.post(page(complaint), said).status_code == 302
        assert client.post(page(complaint), said | {"rating-made_right": "1"}).status_code == 302
        assert "You said: mostly made right" in body(client, complaint)
        closing.reopen_complaint(house.ana, complaint, "Again.")
    assert list(Rating.objects.values_list("made_right", flat=True)) == [4, 4]


def test_a_team_that_does_not_ask_shows_no_questions(house, client):
    complaint = opened(house)
    RatingSetting.objects.create(team=house.harbour, asks=False)
    closing.close_complaint(house.ana, complaint, "made-right", "")
    assert "How did it go?" not in body(client, complaint)


def test_a_merged_one_leads_to_where_it_goes_on(house, client):
    complaint, kept = opened(house, "Once", channel=Channel.PHONE), opened(house, "Twice")
    linking.merge_into(house.ana, complaint, kept)
    shown = body(client, complaint)
    assert page(kept) in shown
    assert "say-text" not in shown
    assert client.post(page(complaint), {"say-text": "Hello?"}).status_code == 422


def test_without_customer_and_order_it_is_a_page_too(house, client):
    complaint = opened(house, customer=None)
    assert "It" in body(client, complaint)
    conversation.reply(house.ana, complaint, "We are sorry.")
    assert client.get(page(complaint)).status_code == 200
