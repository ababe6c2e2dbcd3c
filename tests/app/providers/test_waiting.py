"""Refunds that somebody has to do something for, and those that nobody does anything for any more."""

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest
from tests.app.made_complaints import wants
from tests.app.page_checks import assert_clean
from tests.app.providers.time_passing import balances, only, work, work_for
from tests.providers.fake_stripe.server import KEY

from remit.complaints.actions.deciding import decide
from remit.complaints.queries import remedies as remedies_pages
from remit.core import clock
from remit.core.errors import Refusal
from remit.jobs.actions import leave
from remit.jobs.inline import run_due_jobs
from remit.jobs.models import Job
from remit.notices.models import Notice
from remit.remedies import calling, provider_news
from remit.remedies.actions import connections
from remit.remedies.models import Connection, Payment, Sending
from remit.remedies.provider_pages import queries as provider_queries
from remit.remedies.reconciling import differences
from remit.remedies.vocabulary import SendingState, State


def text(page):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.content.decode())).split())


def refund(house, connected, value=4200):
    return decide(house.ana, connected.late.number, wants("refund", value)).remedy


def told(code):
    return {notice.member: notice for notice in Notice.objects.filter(code=code)}


class TestForTheCustomer:
    @pytest.fixture
    def waiting(self, house, connected, stripe, noon):
        """Stripe asks the customer where the money goes, until the 7th of December."""
        stripe.state.new_refunds_are = "requires_action"
        stripe.state.more = {
            "next_action": {"type": "display_details", "display_details": {"expires_at": 1_796_601_600}}
        }
        refund(house, connected)
        work(noon)
        return Sending.objects.get()

    def test_who_gave_it_and_the_leads_are_told_once(self, house, waiting, connected, noon):
        assert (waiting.state, waiting.code) == (SendingState.PENDING, "customer")
        found = told("refund-waits")
        assert set(found) == {house.ana, house.sam}
        assert found[house.ana].title == "EUR 42 of a refund waits for the customer"
        assert "at the latest on 07 Dec 2026" in found[house.ana].body
        work_for(noon, 8)
        provider_news.through(connected.connection.pk)
        assert Notice.objects.filter(code="refund-waits").count() == 2
        assert list(differences()) == []

    def test_the_pages_say_it_and_a_lead_may_stop_it(self, house, waiting, signed_in, noon):
        with clock.at(noon + timedelta(minutes=2)):
            page = signed_in(house.sam).get("/remedies/")
            assert_clean(page)
            assert "It waits for the customer: Stripe asked them by mail" in text(page)
            assert "arrives within some days" not in text(page)
            assert f"/remedies/{waiting.remedy_id}/stop/" in page.content.decode()
            assert "It waits for the customer" in text(
                signed_in(house.ben).get(f"/remedies/{waiting.remedy_id}/")
            )

    def test_once_they_answered_nothing_is_in_the_way(self, waiting, stripe, noon):
        stripe.state.become(waiting.reference, "pending")
        work(noon, hours=1.1)
        waiting.refresh_from_db()
        assert (waiting.state, waiting.code, waiting.words) == (SendingState.PENDING, "", "")
        stripe.state.become(waiting.reference, "succeeded")
        work(noon, hours=8)
        assert only().state == State.SETTLED
        assert balances() == {"cost": 4200, "paid-by-provider": -4200}


def test_for_money_at_the_provider_the_owners_are_told(house, connected, stripe, noon, signed_in):
    stripe.state.new_refunds_are, stripe.state.more = "pending", {"pending_reason": "insufficient_funds"}
    refund(house, connected)
    work(noon)
    found = told("balance-short")
    assert house.ola in found
    assert house.ana not in found
    assert "Top it up there" in found[house.ola].body
    page = signed_in(house.ola).get(f"/money/{connected.connection.pk}/")
    assert_clean(page)
    assert "The balance at Stripe doesn't cover it" in text(page)


def test_that_money_is_missing_is_news_until_no_refund_waits_for_it(house, connected, stripe, noon):
    stripe.state.new_refunds_are, stripe.state.more = "pending", {"pending_reason": "insufficient_funds"}
    refund(house, connected, 1200)
    refund(house, connected, 900)
    work(noon)
    one, other = Sending.objects.order_by("pk")
    stripe.state.become(one.reference, "succeeded")
    work(noon, hours=1.1)
    assert told("balance-short")[house.ola].seen_at is None
    stripe.state.become(other.reference, "succeeded")
    work(noon, hours=8)
    assert told("balance-short")[house.ola].seen_at is not None


class TestLeft:
    @pytest.fixture
    def left(self, house, connected, stripe, noon):
        """The provider was down for long, and somebody left the job that needed a person."""
        refund(house, connected)
        stripe.stop()
        work_for(noon, 6)
        leave(Job.objects.exclude(needs_person_at=None).get().pk)
        stripe.start()

    def test_what_nobody_tries_any_more_is_told_by_the_daily_look(self, house, connected, left, noon):
        with clock.at(noon + timedelta(days=2)):
            provider_news.through(connected.connection.pk)
            (words,) = connected.connection.looks.get().differences
            assert words.startswith("EUR 42 of C-2001 was to be handed to the provider")
            assert house.ola in told("refunds-differ")
            calling.take_over(Sending.objects.get().pk, house.sam, "The customer waits.")
            provider_news.through(connected.connection.pk)
        assert connected.connection.looks.latest("pk").differences == []

    def test_what_is_still_tried_is_not(self, house, connected, stripe, noon):
        refund(house, connected)
        stripe.stop()
        work_for(noon, 6)
        stripe.start()
        with clock.at(noon + timedelta(days=2)):
            provider_news.through(connected.connection.pk)
        assert connected.connection.looks.get().differences == []


class TestNews:
    def test_of_a_refund_that_isnt_there_is_no_work_for_anybody(self, connected, stripe):
        connections._look_later("refund", connected.connection, "re_fake999999")
        run_due_jobs()
        assert not Job.objects.exclude(needs_person_at=None).exists()

    def test_with_a_revoked_key_stands_still_is_told_and_goes_on(self, house, connected, stripe, noon):
        made = stripe.state.refund({"payment_intent": connected.reference, "amount": "1200"})
        revoked = connections.Keys(account="Harbour Street", key="sk_test_revoked", secret="", is_live=False)
        connections.change_keys(house.ola, connected.connection, revoked)
        connections._look_later("refund", connected.connection, made["id"])
        run_due_jobs(is_forgiving=True)
        assert "Put in a new one" in Connection.objects.get().trouble
        assert house.ola in told("connection-in-trouble")
        good = connections.Keys(account="Harbour Street", key=KEY, secret="", is_live=False)
        connections.change_keys(house.ola, Connection.objects.get(), good)
        run_due_jobs()
        assert Payment.objects.get().refunded == 1200
        assert balances() == {"cost": 1200, "paid-by-provider": -1200}

    def test_of_a_key_that_isnt_in_these_books_the_payment_is_looked_at(self, connected, stripe):
        asked = {"payment_intent": connected.reference, "amount": "500", "metadata": {"remit": "remit-9-1-x"}}
        stripe.state.refund(asked)
        provider_news.through(connected.connection.pk)
        assert Payment.objects.get().refunded == 500


class TestMany:
    @pytest.fixture(autouse=True)
    def _slow(self, stripe):
        stripe.state.new_refunds_are = "pending"

    def test_of_ten_thousand_differences_a_page_says_how_many(self, house, connected, stripe, signed_in):
        for number in range(250):
            asked = {
                "payment_intent": connected.reference,
                "amount": "1",
                "metadata": {"remit": f"remit-{number}"},
            }
            stripe.state.refund(asked)
        provider_news.through(connected.connection.pk)
        found = connected.connection.looks.get().differences
        assert len(found) == 101
        assert found[-1] == "And 150 more."
        page = signed_in(house.ola).get(f"/money/{connected.connection.pk}/")
        assert_clean(page)
        assert "And 150 more." in text(page)

    def test_what_was_known_yesterday_asks_nothing_of_the_provider(self, house, connected, stripe, noon):
        for _ in range(3):
            stripe.state.refund({"payment_intent": connected.reference, "amount": "100"})
        provider_news.through(connected.connection.pk)
        before = len(stripe.calls)
        provider_news.through(connected.connection.pk)
        assert [call[1] for call in stripe.calls[before:]] == ["/v1/refunds", "/v1/disputes"]
        assert connected.connection.looks.latest("pk").noted == 3

    def test_more_on_their_way_than_a_page_holds_stand_on_the_next(
        self, house, connected, signed_in, monkeypatch
    ):
        noon = clock.now()
        for value in (100, 200, 300):
            refund(house, connected, value)
        work(noon)
        assert Sending.objects.filter(state=SendingState.PENDING).count() == 3
        monkeypatch.setattr(remedies_pages, "A_PAGE", 2)
        monkeypatch.setattr(provider_queries, "_MOST", 2)
        client = signed_in(house.sam)
        first = client.get("/remedies/")
        assert_clean(first)
        more = re.search(r"\?under=\d+", first.content.decode())[0]
        second = client.get(f"/remedies/{more}")
        assert_clean(second)
        assert ("EUR 1.00" in text(first), "EUR 3.00" in text(first)) == (True, False)
        assert ("EUR 1.00" in text(second), "EUR 3.00" in text(second)) == (False, True)
        assert "More on their way" not in text(second)
        page = signed_in(house.ola).get(f"/money/{connected.connection.pk}/")
        assert "more are on their way" in text(page)


def test_a_key_of_another_account_of_the_same_name_is_refused(house, connected):
    """What is under way in the first would be looked for in the second, and be handed over by hand again."""
    first = connections.Keys(account="Harbour Street", reference="acct_1", key=KEY, secret="", is_live=False)
    connections.change_keys(house.ola, connected.connection, first)
    row = Connection.objects.get()
    other = replace(first, reference="acct_2", key="sk_test_of_the_other")
    with pytest.raises(Refusal, match=r"another account: Harbour Street \(acct_2, test mode\)"):
        connections.change_keys(house.ola, row, other)
    renamed = replace(first, account="Harbour Kitchen")
    connections.change_keys(house.ola, row, renamed)
    row.refresh_from_db()
    assert (row.account, row.reference) == ("Harbour Kitchen", "acct_1")
