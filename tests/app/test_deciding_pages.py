"""The panel *make it right*, questions, and what is handed over, as pages: with and without htmx."""

import re

import pytest
from tests.app.conftest import CHARTER
from tests.app.made_complaints import made_complaint, wants
from tests.app.page_checks import assert_clean

from remit.approvals.models import Approval, Asked
from remit.charters.actions import publish
from remit.complaints.actions.deciding import decide
from remit.complaints.models import Decision, Order
from remit.core import clock
from remit.core.amount_field import amount_in
from remit.core.errors import Changed
from remit.people.models import Team
from remit.remedies.actions.handing_over import put_back, redeem, settle
from remit.remedies.actions.taking_back import take_back
from remit.remedies.models import Remedy, StoreCredit
from remit.remedies.reconciling import differences


@pytest.fixture
def late(house):
    return made_complaint(house, title="Cold dinner", category="late", paid=8600)


def panel(client, number, **chosen):
    answer = client.get(f"/complaints/{number}/make-it-right/", chosen, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return answer.content.decode()


def text(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize(
    ("chosen", "says"),
    [
        (
            {"kind": "refund", "value": "42"},
            ["You decide: no approval needed", "Refund 42.00 now", "300.00 of 300.00"],
        ),
        ({"kind": "refund", "value": "70"}, ["Sam Lindqvist is told", "Refund 70.00 now"]),
        (
            {"kind": "refund", "value": "85,50"},
            ["unless", "within 2 working hours", "Propose a refund of 85.50"],
        ),
        (
            {"kind": "adjustment", "value": "60"},
            ["Needs a yes: Sam Lindqvist", "Ask Sam for an adjustment of 60.00"],
        ),
        ({"kind": "apology"}, ["Apologise now"]),
        ({"kind": "refund"}, ["Say how much"]),
    ],
)
def test_the_verdict_says_what_the_button_will_do(house, late, signed_in, chosen, says):
    shown = text(panel(signed_in(house.ana), late.number, **chosen))
    for words in says:
        assert words in shown


def test_nearest_better_is_offered(house, late, signed_in):
    shown = text(panel(signed_in(house.ana), late.number, kind="adjustment", value="60"))
    assert "You may decide up to 50.00" in shown
    assert "Take 50" in shown


def test_a_missing_fact_that_would_help_is_said(house, signed_in):
    unknown = made_complaint(house, category="")
    shown = text(panel(signed_in(house.ana), unknown.number, kind="refund", value="70"))
    assert "Give the category, and you may decide, and somebody is told, up to 80.00" in shown


def test_an_amount_that_cant_be_given_has_no_button_and_says_why(house, late, signed_in):
    client = signed_in(house.ana)
    more = text(panel(client, late.number, kind="refund", value="86.01"))
    assert "Only 86.00 of what was paid is left to give back. More can be given as credit." in more
    none = text(panel(client, late.number, kind="refund", value="12.345"))
    assert "Write an amount like 42 or 42.50." in none
    for shown in (more, none):
        assert "See what I may do" in shown
        assert "Say how much" not in shown
    assert "86.01 credit" in text(panel(client, late.number, kind="credit", value="86.01"))


def test_nothing_is_no_amount_to_judge(house, late, signed_in):
    page = signed_in(house.ana).get(f"/complaints/{late.number}/make-it-right/?kind=refund&value=0")
    assert "Say how much" in page.content.decode()
    assert "You decide" not in page.content.decode()


@pytest.mark.parametrize(
    ("currency", "typed", "words"), [("JPY", "1,500", "1,500"), ("KWD", "1.234,567", "1,234.567")]
)
def test_amounts_have_the_decimals_of_their_currency(house, signed_in, currency, typed, words):
    Team.objects.filter(pk=house.harbour.pk).update(currency=currency)
    house.harbour.refresh_from_db()
    text_of_charter = CHARTER.replace("currency: EUR", f"currency: {currency}")
    publish(house.ola, house.harbour, text_of_charter, "We count in it.", seconded_by=house.mia)
    late = made_complaint(house, category="late", paid=5000000)
    Order.objects.update(currency=currency)
    paid = {"JPY": "5,000,000", "KWD": "5,000.000"}[currency]
    shown = text(panel(signed_in(house.ana), late.number, kind="adjustment", value=typed))
    assert f"{paid} paid" in text(signed_in(house.ana).get(f"/complaints/{late.number}/").content.decode())
    assert f"Ask Mia for an adjustment of {words}" in shown
    decide(house.ana, late.number, wants("adjustment", amount_in(typed, currency), words="A feast."))
    asked = text(signed_in(house.mia).get(f"/approvals/{Approval.objects.get().pk}/").content.decode())
    assert f"Yes, give {words}" in asked
    assert f"{paid} paid" in asked
    assert f"Less than {words}." in asked


def test_it_is_a_page_of_its_own_without_scripts(house, late, signed_in):
    answer = signed_in(house.ana).get(
        f"/complaints/{late.number}/make-it-right/", {"kind": "refund", "value": "42"}
    )
    assert_clean(answer)
    assert b"Refund 42.00 now" in answer.content


def test_without_scripts_an_amount_that_is_none_is_said_and_stays(house, late, signed_in):
    chosen = {"kind": "refund", "value": "many"}
    shown = assert_clean(signed_in(house.ana).get(f"/complaints/{late.number}/make-it-right/", chosen))
    assert "amount like 42" in text(shown)
    assert 'value="many"' in shown
    assert 'value="credit"' in shown


def test_pressing_it_gives_and_can_be_undone(house, late, signed_in):
    client = signed_in(house.ana)
    sent = {
        "kind": "refund",
        "value": "42",
        "key": "k1",
        "expects": "decide",
        "letter": "Dear {customer}, {amount}.",
    }
    assert client.post(f"/complaints/{late.number}/decisions/", sent).status_code == 302
    assert client.post(f"/complaints/{late.number}/decisions/", sent).status_code == 302
    decision = Decision.objects.get()
    assert decision.remedy.value == 4200
    assert client.post(f"/decisions/{decision.pk}/undo/").status_code == 302
    assert Remedy.objects.get().state == "taken-back"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"value": "many"}, "amount like 42"),
        ({"value": "0"}, "above zero"),
        ({"value": ""}, "Say how much"),
        ({"value": "9000"}, "86 of what was paid"),
        ({"kind": "cake"}, "no remedy"),
        ({"value": "70"}, "now it is inform, not decide"),
        ({"letter": "Dear {nobody}"}, "nobody"),
    ],
)
def test_what_cant_be_is_said_and_nothing_typed_is_lost(house, late, signed_in, wrong, says):
    sent = {
        "kind": "refund",
        "value": "42",
        "key": "k1",
        "expects": "decide",
        "letter": "Kept words.",
    } | wrong
    answer = signed_in(house.ana).post(f"/complaints/{late.number}/decisions/", sent)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert says in text(shown).replace("&#x27;", "'")
    assert sent["letter"] in shown
    assert not Decision.objects.exists()


class TestQuestions:
    @pytest.fixture
    def asked(self, house):
        cake = made_complaint(house, title="Wrong cake", category="wrong item", paid=31200)
        return decide(house.ana, cake.number, wants("refund", 12000, words="They cut it anyway.")).approval

    def test_two_taps_on_a_phone(self, house, asked, signed_in):
        client = signed_in(house.sam)
        page = client.get(f"/approvals/{asked.pk}/")
        assert_clean(page)
        assert b"They cut it anyway." in page.content
        assert asked.asked.get(member=house.sam).seen_at == clock.now()
        assert client.post(f"/approvals/{asked.pk}/answer/", {"how": "yes"}).status_code == 302
        assert Remedy.objects.get().authority == house.sam

    def test_the_one_who_asks_sees_who_saw_it(self, house, asked, signed_in):
        signed_in(house.sam).get(f"/approvals/{asked.pk}/")
        page = signed_in(house.ana).get(f"/approvals/{asked.pk}/")
        assert_clean(page)
        assert b"saw it" in page.content
        assert b"Yes, give" not in page.content

    def test_a_no_without_a_why_is_shown_again(self, house, asked, signed_in):
        answer = signed_in(house.sam).post(f"/approvals/{asked.pk}/answer/", {"how": "no", "why": ""})
        assert answer.status_code == 422
        assert b"A no needs a why" in answer.content

    def test_another_amount_that_isnt_less_is_shown_again(self, house, asked, signed_in):
        client = signed_in(house.sam)
        answer = client.post(f"/approvals/{asked.pk}/answer/", {"how": "another-amount", "amount": "130"})
        assert answer.status_code == 422
        assert b"Another amount lies between" in answer.content
        assert b'value="130"' in answer.content

    def test_answered_meanwhile_it_says_by_whom(self, house, asked, signed_in):
        signed_in(house.sam).post(f"/approvals/{asked.pk}/answer/", {"how": "yes"})
        answer = signed_in(house.mia).post(f"/approvals/{asked.pk}/answer/", {"how": "yes"})
        assert answer.status_code == 422
        assert b"by Sam Lindqvist" in answer.content

    @pytest.mark.parametrize(("who", "sees"), [("ana", 200), ("ben", 404), ("sam", 200), ("eve", 404)])
    def test_who_sees_it(self, house, asked, signed_in, who, sees):
        assert signed_in(getattr(house, who)).get(f"/approvals/{asked.pk}/").status_code == sees

    def test_the_lists(self, house, asked, signed_in):
        for who, title in (
            ("sam", "Waiting for you"),
            ("ana", "You asked"),
            ("ben", "Nothing waits for you"),
        ):
            page = signed_in(getattr(house, who)).get("/approvals/")
            assert_clean(page)
            assert title in page.content.decode()

    def test_a_proposal_can_be_objected_to(self, house, signed_in):
        late = made_complaint(house, title="Two hours late", category="late", paid=31200)
        approval = decide(house.ana, late.number, wants("refund", 15000)).approval
        proposer = text(signed_in(house.ana).get(f"/complaints/{late.number}/").content.decode())
        assert "goes ahead unless somebody objects, Mon 23 Nov, 14:00" in proposer
        client = signed_in(house.sam)
        assert_clean(client.get(f"/approvals/{approval.pk}/"))
        assert client.post(f"/approvals/{approval.pk}/objection/", {"why": ""}).status_code == 422
        assert client.post(f"/approvals/{approval.pk}/objection/", {"why": "On time."}).status_code == 302
        assert Approval.objects.get(pk=approval.pk).ending.how == "objected"
        assert_clean(client.get(f"/approvals/{approval.pk}/"))

    def test_its_proposer_sees_that_the_clock_stands(self, house, signed_in):
        late = made_complaint(house, title="Two hours late", category="late", paid=31200)
        decide(house.ana, late.number, wants("refund", 15000))
        Approval.objects.update(goes_at=None)
        shown = text(signed_in(house.ana).get(f"/complaints/{late.number}/").content.decode())
        assert "but its clock stands: nobody who may object is on duty" in shown


class TestHandingOver:
    def test_it_is_ticked_off_once(self, house, late, signed_in, noon):
        remedy = decide(house.ana, late.number, wants("refund", 4200)).remedy
        client = signed_in(house.ben)
        assert b"Nothing to hand over" in client.get("/remedies/").content
        with clock.at(noon.replace(minute=1)):
            page = client.get("/remedies/")
            assert_clean(page)
            assert b"42.00" in page.content
            client.post(f"/remedies/{remedy.pk}/handed-over/", {"reference": "till 9"})
            client.post(f"/remedies/{remedy.pk}/handed-over/", {"reference": "till 9"})
        remedy.refresh_from_db()
        assert remedy.state == "settled"
        assert remedy.events.get(what="settled").reference == "till 9"

    def test_what_was_taken_back_in_part_isnt_handed_over(self, house, late, signed_in, noon):
        remedy = decide(house.ana, late.number, wants("refund", 4200)).remedy
        take_back(remedy, 1200, house.sam, "Counted twice.")
        with clock.at(noon.replace(minute=1)):
            page = signed_in(house.ben).get("/remedies/").content.decode()
        assert page.count("30.00") == 2
        assert "42.00" not in page

    def test_credit_is_taken_in_by_its_code_and_a_second_click_takes_nothing(self, house, late, signed_in):
        remedy = decide(house.ana, late.number, wants("credit", 4200)).remedy
        settle(remedy, None)
        code, client = StoreCredit.objects.get().code, signed_in(house.ben)
        assert_clean(client.get("/remedies/credit/"))
        assert "no credit with this code" in client.get("/remedies/credit/?code=ABCD").content.decode()
        seen = client.get("/remedies/credit/", {"code": code.lower().replace("-", " ")})
        assert_clean(seen)
        sent = {"code": code, "amount": "12", "left": "4200", "reference": "till 9"}
        assert client.post("/remedies/credit/", sent).status_code == 302
        again = client.post("/remedies/credit/", sent)
        assert again.status_code == 422
        assert "used since you looked" in again.content.decode()
        assert client.post("/remedies/credit/", sent | {"amount": "31", "left": "3000"}).status_code == 422
        assert StoreCredit.objects.get().left == 3000
        assert client.post("/remedies/credit/", sent | {"amount": "30", "left": "3000"}).status_code == 302
        assert "All of it was used" in client.get("/remedies/credit/", {"code": code}).content.decode()
        happened = client.get(f"/complaints/{late.number}/timeline/").content.decode()
        assert "Ben Okafor took in store credit: EUR\u00a012<" in happened
        assert "Ana Ruiz decided on EUR\u00a042 credit" in happened
        elsewhere = signed_in(house.eve).get("/remedies/credit/", {"code": code}).content.decode()
        assert "no credit with this code" in elsewhere

    def test_a_use_of_credit_is_put_back_once_by_a_lead(self, house, late, signed_in, client, noon):
        remedy = decide(house.ana, late.number, wants("credit", 4200)).remedy
        settle(remedy, None)
        credit = StoreCredit.objects.get()
        redeem(credit, 1200, house.ben, "till 9")
        redeem(credit, 500, house.ben, "till 9")
        path = f"/remedies/{remedy.pk}/uses/1/put-back/"
        assert signed_in(house.ben).post(path, {"why": "120 for 12."}).status_code == 403
        sam = signed_in(house.sam)
        assert_clean(sam.get(f"/remedies/credit/?code={credit.code}"))
        assert_clean(sam.get(path))
        assert sam.post(path, {"why": ""}).status_code == 422
        assert sam.post(path, {"why": "120 for 12."}).status_code == 302
        assert StoreCredit.objects.get().left == 3700
        assert sam.post(path, {"why": "Again."}).status_code == 404
        with pytest.raises(Changed):
            put_back(credit, 1, house.sam, "Again.")
        assert list(differences()) == []
        with clock.at(noon.replace(minute=1)):
            shown = client.get(f"/c/{late.token}/").content.decode()
        assert "EUR\u00a05.00 used" in shown
        assert "EUR\u00a012.00 used" not in shown
        assert "put back store credit" in sam.get(f"/complaints/{late.number}/timeline/").content.decode()

    def test_taking_back_needs_a_lead_and_a_why(self, house, late, signed_in):
        remedy = decide(house.ana, late.number, wants("refund", 4200)).remedy
        assert signed_in(house.ben).get(f"/remedies/{remedy.pk}/taken-back/").status_code == 403
        client = signed_in(house.sam)
        assert_clean(client.get(f"/remedies/{remedy.pk}/taken-back/"))
        sent = {"amount": "50", "why": "Paid twice."}
        assert client.post(f"/remedies/{remedy.pk}/taken-back/", sent).status_code == 422
        assert client.post(f"/remedies/{remedy.pk}/taken-back/", sent | {"amount": "12"}).status_code == 302
        assert Remedy.objects.get().taken_back == 1200

    def test_the_books(self, house, late, signed_in):
        decide(house.ana, late.number, wants("refund", 4200))
        page = signed_in(house.sam).get("/books/harbour/")
        assert_clean(page)
        assert "EUR\N{NO-BREAK SPACE}42.00" in page.content.decode()
        assert signed_in(house.ana).get("/books/harbour/").status_code == 403
        assert signed_in(house.eve).get("/books/harbour/").status_code == 404

    def test_the_books_sum_up_the_kinds_of_an_account(self, house, late, signed_in):
        decide(house.ana, late.number, wants("refund", 4200))
        decide(house.mia, late.number, wants("adjustment", 1100))
        page = signed_in(house.sam).get("/books/harbour/")
        accounts = {each.words: each for each in page.context["accounts"]}
        cost = accounts["Cost of making it right"]
        assert sorted(cost.kinds) == [("Adjustment", 1100), ("Refund", 4200)]
        assert cost.total == 5300
        assert "EUR\N{NO-BREAK SPACE}53.00" in page.content.decode()


@pytest.mark.parametrize(("many", "says"), [(0, None), (99, "99"), (100, "99+"), (130, "99+")])
def test_questions_that_wait_are_counted_to_a_hundred(house, signed_in, noon, many, says):
    asked = Approval.objects.bulk_create(
        Approval(
            team=house.harbour,
            subject=f"complaint:{number}",
            form="ask",
            asker=house.ana,
            kind="refund",
            amount=900,
            currency="EUR",
            request={},
            charter=house.version,
            asked_at=noon,
            expires_at=noon,
        )
        for number in range(many)
    )
    Asked.objects.bulk_create(Asked(approval=each, member=house.sam, at=noon) for each in asked)

    page = signed_in(house.sam).get("/complaints/").content.decode()

    counts = set(re.findall(r'<b class="count">([^<]*)<span class="unseen"> waiting for you', page))
    assert counts == ({says} if says else set())
