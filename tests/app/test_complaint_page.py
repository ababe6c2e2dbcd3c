"""The page of a complaint: what it shows, to whom, in how many queries."""

from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import linebreaks, urlize
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st
from tests.app.complaint_parts import fresh, opened, with_order

from remit.complaints.actions import closing, conversation, handling, rating
from remit.complaints.actions.customers import CustomerWords
from remit.complaints.actions.deciding import Intent, decide
from remit.complaints.actions.orders import OrderWords
from remit.complaints.models import Message, Tag
from remit.complaints.queries.alike import complaints_like
from remit.complaints.queries.page import SHOWN, conversation_of, seen_by
from remit.complaints.queries.timeline import timeline_of
from remit.complaints.templatetags.complaints import said
from remit.core import clock
from remit.core.errors import NotThere
from remit.core.templatetags.remit import kept_together


def page(complaint):
    return reverse("complaints:complaint", args=[complaint.number])


def filled_up(house, count):
    """A complaint with everything, and a conversation of some length."""
    complaint = with_order(house, category="late")
    for number in range(count):
        conversation.note(house.ana, complaint, f"Note {number}")
    for number in range(min(count, 3)):
        file = SimpleUploadedFile("bill.pdf", b"%PDF-1.4 x", "application/pdf")
        conversation.hear_customer(complaint, f"Said {number}", [file])
        Tag.objects.create(team=house.harbour, word=f"tag {number}").complaints.add(complaint)
    handling.be_here(house.ben, complaint)
    return complaint


@pytest.mark.parametrize("count", [0, 3, 60])
def test_the_conversation_costs_the_same_whatever_its_length(house, count):
    complaint = filled_up(house, count)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        seen = seen_by(house.ana, complaint.number)
        shown = conversation_of(seen.complaint)
    assert len(queries) == (3 if count else 2)
    assert len(shown.messages) <= SHOWN
    assert seen.here == ["Ben Okafor"]
    assert seen.tags == [f"tag {number}" for number in range(min(count, 3))]


def test_the_page_shows_what_is_known(house, signed_in):
    complaint = filled_up(house, 1)
    opened(house, "Another complaint of Jo.")
    body = signed_in(house.ana).get(page(complaint)).content.decode()
    for words in (
        "The soup was cold",
        complaint.said,
        "nobody has it yet",
        "Note 0",
        "bill.pdf",
        "1 other complaint",
        "118-1",
        "EUR\N{NO-BREAK SPACE}86.00 paid",
        "tag 0",
        "is looking at this too",
    ):
        assert words in body, words
    assert "<c-" not in body
    assert "style=" not in body


def test_another_team_and_nobody_see_nothing(house, signed_in, client):
    complaint = opened(house)
    for name in ("complaint", "alike", "timeline", "saved-replies"):
        address = reverse(f"complaints:{name}", args=[complaint.number])
        assert client.get(address).status_code == 302
        assert signed_in(house.eve).get(address).status_code == 404
        client.logout()
    with pytest.raises(NotThere):
        seen_by(house.eve, complaint.number)


def test_earlier_messages_are_a_click_away(house, signed_in):
    complaint = filled_up(house, 2 * SHOWN + 10)
    ana = signed_in(house.ana)
    seen, before = [], None
    while True:
        part = conversation_of(complaint, before=before)
        seen = [each.pk for each in part.messages] + seen
        before = part.before
        if before is None:
            break
        answer = ana.get(page(complaint), {"before": before})
        assert answer.status_code == 200
        assert b"Go to the latest" in answer.content
        part_only = ana.get(page(complaint), {"before": before}, headers={"HX-Request": "true"})
        assert b"<html" not in part_only.content
    assert seen == list(complaint.messages.order_by("at", "id").values_list("pk", flat=True))
    other = opened(house, "Another one")
    with pytest.raises(NotThere):
        conversation_of(other, before=seen[5])
    assert ana.get(page(complaint), {"before": "9" * 40}).status_code == 404


def test_what_can_be_done_depends_on_how_it_stands(house, signed_in):
    complaint = opened(house)
    ana = signed_in(house.ana)

    def doors():
        body = ana.get(page(complaint)).content.decode()
        names = ("take-up", "put-back", "hand-over", "close", "reopen")
        return {name for name in names if reverse(f"complaints:{name}", args=[complaint.number]) in body}

    assert doors() == {"take-up", "hand-over", "close"}
    handling.take_up(house.ana, complaint)
    assert doors() == {"put-back", "hand-over", "close"}
    closing.close_complaint(house.ana, complaint, "made-right", "")
    assert doors() == {"reopen"}
    rating.rate(complaint, 4, 3, "Quick!")
    assert "mostly made right" in ana.get(page(complaint)).content.decode()


def test_a_reply_that_still_waits_can_be_taken_back_on_the_page(house, signed_in, noon):
    complaint = opened(house)
    message = conversation.reply(house.ana, complaint, "We are sorry.")
    address = reverse("complaints:take-reply-back", args=[complaint.number, message.pk])
    ana = signed_in(house.ana)
    assert address in ana.get(page(complaint)).content.decode()
    with clock.at(noon + timedelta(seconds=21)):
        assert address not in ana.get(page(complaint)).content.decode()


class _Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        'https://example.com/"onmouseover="alert(1)',
        "javascript:alert(1) and data:text/html,<b>x",
        "mail me at a@b.example <img src=x onerror=y>",
        '"><svg/onload=alert(1)> www.example.com',
        "x" * 5000 + "<b>" + " y" * 500,
    ],
)
def test_what_is_written_is_text_and_never_markup(text):
    parser = _Tags()
    parser.feed(said(text))
    for tag, attributes in parser.tags:
        assert tag in {"p", "br", "a", "details", "summary"}
        assert set(attributes) <= {"dir", "href", "rel", "class"}
        if tag == "a":
            assert attributes["href"].startswith(("http://", "https://", "mailto:"))
    if "example.com" in text:
        assert "noreferrer" in said(text)


ADDRESSES = (
    "www.example.com",
    "a@b.example",
    "https://example.com/x?y=1",
    "(example.org)",
    "ftp://x.example",
)
NEARLY = (
    "http:",
    "EUR 42.50",
    "3.5",
    "<b>",
    "&",
    "e.g.",
    "late.Cold",
    "ok...",
    "'",
    "\n\n",
    "\n",
    "mailto:a",
)
WORDS = st.sampled_from(ADDRESSES + NEARLY) | st.text(max_size=6)


@given(st.lists(WORDS, max_size=8).map(" ".join))
def test_a_text_without_an_address_says_the_same_as_if_each_word_were_looked_at(text):
    linked = urlize(kept_together(text), nofollow=True, autoescape=True)
    bare = said(text).replace(' dir="auto"', "").replace(" noopener noreferrer", "")
    assert bare == linebreaks(SafeString(linked), autoescape=False)


def test_long_texts_are_folded_without_losing_a_word():
    text = " ".join(f"word{number}" for number in range(1000))
    folded = said(text)
    assert "Show all" in folded
    assert all(f"word{number}" in folded for number in range(1000))


def test_every_text_has_its_own_direction():
    assert said("مرحبا\n\nHello").count('dir="auto"') == 2


def history(house, values, category="late"):
    for number, value in enumerate(values):
        complaint = opened(
            house,
            f"Late {number}",
            by=house.ben,
            category=category,
            customer=CustomerWords(name=f"Guest {number}", email=f"g{number}@example.com"),
            order=OrderWords(number=f"h-{category}-{number}", paid=10_000),
        )
        if value:
            decide(house.ben, complaint.number, Intent(kind="refund", value=value, key=f"{category}{number}"))
        closing.close_complaint(house.ben, complaint, "made-right", "")
        rating.rate(complaint, 5 if value else 2, None, "")


def test_what_was_given_in_complaints_like_this_one(house, django_assert_num_queries):
    history(house, [1000, 2000, 3000, 4000, 5000, 0])
    history(house, [100], category="cold")
    complaint = with_order(house, category="late")
    with django_assert_num_queries(1):
        alike = complaints_like(complaint)
    assert (alike.count, alike.given, alike.rated, alike.ratings) == (6, 5, 5, 5)
    [usual] = alike.kinds
    assert (usual.words, usual.count, usual.middle, usual.low, usual.high) == ("Refund", 5, 3000, 2000, 4000)


def test_too_few_say_nothing_and_old_ones_and_other_teams_dont_count(house, noon, signed_in):
    with clock.at(noon - timedelta(days=366)):
        opened(house, "Long ago", category="late")
    for _ in range(6):
        opened(house, "Theirs", team=house.hill, category="late", customer=None)
    history(house, [1000, 2000])
    complaint = with_order(house, category="late")
    alike = complaints_like(complaint)
    assert (alike.count, alike.has_enough, alike.kinds, alike.rated) == (2, False, [], None)
    body = signed_in(house.ana).get(reverse("complaints:alike", args=[complaint.number])).content.decode()
    assert "too few" in body
    assert complaints_like(opened(house, "No category")) is None


def test_no_member_is_named_in_what_was_usual(house, signed_in):
    history(house, [1000, 2000, 3000, 4000, 5000])
    complaint = with_order(house, category="late")
    part = signed_in(house.ana).get(
        reverse("complaints:alike", args=[complaint.number]), headers={"HX-Request": "true"}
    )
    body = part.content.decode()
    assert "usually EUR\N{NO-BREAK SPACE}30.00" in body
    assert "Ben" not in body
    assert "<html" not in body


def test_the_timeline_says_who_did_what(house, signed_in):
    complaint = opened(house)
    handling.take_up(house.ana, complaint)
    handling.hand_over(house.ana, complaint, house.ben, "You know the kitchen.")
    conversation.note(house.ben, complaint, "A secret of the kitchen")
    closing.ask_for_another_look(complaint, "Please look again")
    steps = timeline_of(complaint, house.ana)
    sentences = [step.sentence for step in steps]
    assert sentences[0] == "The customer asked for another look"
    assert "Ana Ruiz took it up" in sentences
    assert next(step for step in steps if "handed" in step.sentence).words == "You know the kitchen."
    assert all("secret" not in step.words for step in steps)
    body = signed_in(house.ana).get(reverse("complaints:timeline", args=[complaint.number])).content.decode()
    assert "Ana Ruiz took it up" in body


def test_deleted_words_and_merged_ones_still_make_a_page(house, signed_in):
    complaint = opened(house, customer=None)
    Message.objects.filter(complaint=complaint).delete()
    answer = signed_in(house.ana).get(page(fresh(complaint)))
    assert answer.status_code == 200
    assert b"Nothing was said yet" in answer.content


def test_the_whole_page_takes_few_queries(house, signed_in):
    few, many = opened(house), filled_up(house, 60)
    ana = signed_in(house.ana)
    ana.get(page(many))
    counts = []
    for complaint in (few, many):
        with CaptureQueriesContext(connection) as queries:
            assert ana.get(page(complaint)).status_code == 200
        counts.append(len(queries))
    own = 4
    assert counts[1] <= counts[0] + own
