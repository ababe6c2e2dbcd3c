"""The pages around money that goes back by itself: connecting, finding the payment, what stands still."""

import re
from datetime import timedelta
from html import unescape

import pytest
from tests.app.made_complaints import made_complaint, wants
from tests.app.page_checks import assert_clean
from tests.providers.fake_stripe.server import KEY, SECRET

from remit.complaints.actions.deciding import decide
from remit.complaints.models import Decision
from remit.core import clock
from remit.jobs.inline import run_due_jobs
from remit.remedies.actions.giving import given_on
from remit.remedies.models import Connection, Elsewhere, Payment, Remedy, Sending
from remit.remedies.vocabulary import State


def text(page):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.content.decode())).split())


@pytest.fixture
def bare(house, stripe, settings, noon):
    """Nothing is connected yet."""
    settings.STRIPE_ADDRESS = stripe.address
    return made_complaint(house, category="late", paid=31200)


class TestConnecting:
    def sent(self, **more):
        return {"key": KEY, "secret": SECRET, "teams": ["harbour"]} | more

    def test_a_key_is_tried_and_never_shown_again(self, house, bare, signed_in):
        client = signed_in(house.ola)
        assert "No payment provider yet" in text(client.get("/money/"))
        assert_clean(client.get("/money/new/"))
        made = client.post("/money/new/", self.sent())
        connection = Connection.objects.get()
        assert made["Location"] == f"/money/{connection.pk}/"
        shown = client.get(made["Location"])
        assert_clean(shown)
        assert f"/hooks/{connection.hook}/" in shown.content.decode()
        assert "Harbour Street" in text(client.get("/money/"))
        for secret in (KEY, SECRET):
            assert secret not in shown.content.decode()
            assert secret not in str(Connection.objects.values_list()[0])
        assert not connection.is_live

    @pytest.mark.parametrize(
        ("more", "words"),
        [
            ({"key": "sk_test_wrong"}, "revoked or mistyped"),
            ({"key": "pk_test_browser"}, "is for browsers"),
            ({"key": ""}, "begins with sk_ or rk_"),
            ({"secret": "sk_test_1"}, "begin with whsec_"),
            ({"teams": []}, "Choose at least one team"),
            ({"teams": ["nowhere"]}, "There is no such team"),
        ],
    )
    def test_what_is_wrong_is_said_beside_it_and_nothing_is_kept(self, house, bare, signed_in, more, words):
        answer = signed_in(house.ola).post("/money/new/", self.sent(**more))
        assert answer.status_code == 422
        assert words in text(answer)
        assert_clean(answer)
        assert not Connection.objects.exists()

    def test_a_provider_that_is_down_says_so(self, house, bare, signed_in, stripe):
        stripe.stop()
        assert "can't be reached" in text(signed_in(house.ola).post("/money/new/", self.sent()))

    def test_only_owners(self, house, bare, signed_in):
        for member in (house.mia, house.ana):
            assert signed_in(member).post("/money/new/", self.sent()).status_code == 403
        assert not Connection.objects.exists()

    def test_a_team_gives_back_through_one_account(self, house, connected, signed_in):
        answer = signed_in(house.ola).post("/money/new/", self.sent(teams=["harbour", "hill"]))
        assert answer.status_code == 422
        assert Connection.objects.count() == 1

    def test_new_keys_looks_teams_and_off(self, house, connected, signed_in, stripe, noon):
        client, path = signed_in(house.ola), f"/money/{connected.connection.pk}/"
        stripe.state.refund({"payment_intent": connected.reference, "amount": "1200"})
        assert client.post(f"{path}look/").status_code == 302
        run_due_jobs()
        assert "1 refund, 1 of them made elsewhere" in text(client.get(path))
        assert client.post(f"{path}keys/", {"key": "sk_test_wrong"}).status_code == 422
        assert client.post(f"{path}keys/", {"key": KEY, "secret": ""}).status_code == 302
        assert client.post(f"{path}off/", {"why": ""}).status_code == 422
        assert client.post(f"{path}teams/", {"teams": ["harbour"]}).status_code == 302
        assert client.post(f"{path}off/", {"why": "We change banks."}).status_code == 302
        assert client.get(path).status_code == 410

    def test_trouble_stands_on_top(self, house, connected, signed_in):
        Connection.objects.update(trouble="The key was revoked.", trouble_at=clock.now())
        page = signed_in(house.ola).get(f"/money/{connected.connection.pk}/")
        assert_clean(page)
        assert "Nothing goes back through it since" in text(page)


class TestThePayment:
    def test_it_is_found_by_order_mail_or_name_and_linked(self, house, connected, signed_in, stripe, noon):
        cake = made_complaint(house, title="Wrong cake", category="late", paid=5000)
        paid = stripe.state.pay(5000, order=cake.order.number, mail="guest@example.org", at=noon.timestamp())
        client, path = signed_in(house.ana), f"/complaints/{cake.number}/payment/"
        assert_clean(client.get(path))
        for by in (cake.order.number, "guest@example.org", paid):
            found = client.get(path, {"by": by})
            assert paid in found.content.decode()
            assert_clean(found)
        assert "Nothing is found" in text(client.get(path, {"by": "no such order"}))
        dollars = stripe.state.pay(4000, "usd", order=cake.order.number)
        stripe.state.dispute(dollars)
        both = text(client.get(path, {"by": cake.order.number}))
        assert paid in both
        assert f"{dollars} · nothing can be given back of it · another currency than the order" in both
        assert client.post(f"{path}link/", {"payment": paid}).status_code == 302
        assert Payment.objects.get(reference=paid).linked_by == house.ana
        assert paid in client.get(path).content.decode()
        assert decide(house.ana, cake.number, wants("refund", 1000)).remedy.provider == "stripe"

    def test_what_is_another_orders_or_nowhere_is_refused_in_words(self, house, connected, signed_in):
        cake = made_complaint(house, title="Wrong cake", category="late", paid=5000)
        client, path = signed_in(house.ana), f"/complaints/{cake.number}/payment/link/"
        assert "another order" in text(client.post(path, {"payment": connected.reference}, follow=True))
        assert "begin with ch_" in text(client.post(path, {"payment": "../refunds"}, follow=True))
        assert "doesn't know this payment" in text(client.post(path, {"payment": "pi_none0000"}, follow=True))
        assert Payment.objects.count() == 1

    def test_a_provider_that_is_down_says_so_and_keeps_what_was_typed(
        self, house, connected, signed_in, stripe
    ):
        stripe.stop()
        answer = signed_in(house.ana).get(
            f"/complaints/{connected.late.number}/payment/", {"by": "guest@example.org"}
        )
        assert "can't be reached" in text(answer)
        assert 'value="guest@example.org"' in answer.content.decode()

    def test_without_a_provider_only_what_was_given_elsewhere(self, house, bare, signed_in):
        page = signed_in(house.ana).get(f"/complaints/{bare.number}/payment/")
        assert "gives back by hand" in text(page)
        assert_clean(page)

    def test_given_elsewhere_is_written_down_once_and_struck_by_a_lead(self, house, connected, signed_in):
        path = f"/complaints/{connected.late.number}/payment/"
        client = signed_in(house.ben)
        said = {"amount": "12", "reference": "till 4", "why": "In cash, before it was written down."}
        wrong = client.post(f"{path}elsewhere/", said | {"amount": "999"})
        assert wrong.status_code == 422
        assert "Only EUR 312" in text(wrong)
        assert client.post(f"{path}elsewhere/", said).status_code == 302
        assert given_on(connected.late.order_key) == 1200
        assert "In cash, before" in text(client.get(path))
        happened = text(client.get(f"/complaints/{connected.late.number}/timeline/"))
        assert "Ben Okafor noted what was given back elsewhere: EUR 12" in happened
        row = Elsewhere.objects.get()
        assert client.post(f"{path}elsewhere/{row.pk}/strike/", {"why": "No."}).status_code == 403
        sam = signed_in(house.sam)
        assert sam.post(f"{path}elsewhere/{row.pk}/strike/", {"why": ""}).status_code == 422
        assert sam.post(f"{path}elsewhere/{row.pk}/strike/", {"why": "Another order."}).status_code == 302
        assert given_on(connected.late.order_key) == 0

    def test_nothing_of_another_complaint_is_struck(self, house, connected, signed_in):
        cake = made_complaint(house, title="Wrong cake", category="late", paid=5000)
        signed_in(house.sam).post(
            f"/complaints/{cake.number}/payment/elsewhere/", {"amount": "12", "why": "In cash."}
        )
        path = f"/complaints/{connected.late.number}/payment/elsewhere/{Elsewhere.objects.get().pk}/strike/"
        assert signed_in(house.sam).post(path, {"why": "No."}).status_code == 404


class TestWhatStandsStill:
    @pytest.fixture
    def stuck(self, house, connected, stripe, noon):
        decide(house.ana, connected.late.number, wants("refund", 4200))
        stripe.stop()
        with clock.at(noon + timedelta(seconds=21)):
            run_due_jobs(is_forgiving=True)
        return Remedy.objects.get()

    def test_it_stands_on_the_list_and_a_lead_takes_it_over(self, house, stuck, signed_in, stripe, noon):
        with clock.at(noon + timedelta(hours=1)):
            for member in (house.ana, house.sam):
                page = signed_in(member).get("/remedies/")
                assert_clean(page)
                assert "can't be reached" in text(page)
                assert ("Do it by hand" in text(page)) is (member == house.sam)
            client, path = signed_in(house.sam), f"/remedies/{stuck.pk}/take-over/"
            assert_clean(client.get(path))
            assert client.post(path, {"why": ""}).status_code == 422
            unknown = client.post(path, {"why": "The customer waits."})
            assert "Nobody knows yet whether it was given" in text(unknown)
            assert "The customer waits." in unknown.content.decode()
            stripe.start()
            assert client.post(path, {"why": "The customer waits."}).status_code == 302
            assert client.get(path).status_code == 302
            assert (
                client.post(f"/remedies/{stuck.pk}/handed-over/", {"reference": "till 4"}).status_code == 302
            )
        assert Remedy.objects.get().state == State.SETTLED
        assert Sending.objects.get().code == "by-hand"

    def test_what_came_back_says_why_on_the_list(self, house, connected, signed_in, stripe, noon):
        stripe.state.refund({"payment_intent": connected.reference, "amount": "31200"})
        decide(house.ana, connected.late.number, wants("refund", 4200))
        with clock.at(noon + timedelta(seconds=21)):
            run_due_jobs(is_forgiving=True)
            page = signed_in(house.ben).get("/remedies/")
        assert "given back already" in text(page)
        assert_clean(page)

    def test_the_customer_and_the_complaint_say_that_it_is_on_its_way(
        self, house, stuck, signed_in, client, noon
    ):
        complaint = Decision.objects.select_related("complaint").get(remedy=stuck).complaint
        with clock.at(noon + timedelta(hours=1)):
            assert "on its way" in text(client.get(f"/c/{complaint.token}/"))
            assert "on its way through the provider" in text(
                signed_in(house.ana).get(f"/complaints/{complaint.number}/")
            )


class TestHooks:
    def test_what_is_not_signed_or_not_known_changes_nothing(self, connected, client):
        path = f"/hooks/{connected.connection.hook}/"
        for signature in ("", "t=1,v1=00"):
            answer = client.post(
                path, b"{}", content_type="application/json", headers={"Stripe-Signature": signature}
            )
            assert answer.status_code == 400
        assert client.post("/hooks/nobody/", b"{}", content_type="application/json").status_code == 404
        assert not connected.connection.heard.exists()
