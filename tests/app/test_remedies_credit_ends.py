"""Store credit that ends: only where an owner chose so and the law lets it, on a day that is known."""

import html
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.app.made_complaints import made_complaint, wants
from tests.app.page_checks import assert_clean
from tests.examples import examples

from remit.complaints.actions.deciding import decide
from remit.complaints.actions.reminding import remind_of_credit
from remit.complaints.models import Complaint, Customer, Message
from remit.complaints.queries.journal import journal_of
from remit.core import clock
from remit.core.errors import Changed, NotAllowed, Refusal
from remit.jobs.inline import run_due_jobs
from remit.ledger.models import Account, Transfer
from remit.remedies.actions.credit_ends import enter_ended, last_day_for, renew, set_term
from remit.remedies.actions.handing_over import put_back, redeem, settle
from remit.remedies.actions.taking_back import take_back
from remit.remedies.credit_law import COMMON_YEARS, ELSEWHERE, LAWS, last_day_of, least_years, need_lawful
from remit.remedies.jobs import enter_ended_credit
from remit.remedies.models import CreditTerm, StoreCredit
from remit.remedies.reconciling import differences

IN_BERLIN = timedelta(hours=1)
"""So far is a winter's night of the team before UTC."""


def years_on(moment, years, **more):
    return moment.replace(year=moment.year + years) + timedelta(**more)


def last_moment_of(day):
    """The last second of a day in Berlin, in winter."""
    return datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=UTC) - IN_BERLIN


def given_credit(house, value=4200, **more):
    remedy = decide(house.ana, made_complaint(house, **more).number, wants("credit", value)).remedy
    settle(remedy, None)
    return StoreCredit.objects.select_related("remedy__team").get(remedy=remedy)


def text(answer):
    """What stands on a page, as it is read: without marks, and with usual spaces."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def balances():
    return {row.name: row.balance for row in Account.objects.filter(kind="credit") if row.balance}


@pytest.fixture
def ending(house, noon):
    """A credit of 42.00 that was given under five years by Irish law."""
    set_term(house.ola, [house.harbour], "IE", 5)
    return given_credit(house)


class TestTheLaw:
    def test_each_has_a_source_and_a_term_that_can_be_chosen(self):
        for place, law in LAWS.items():
            assert law.source
            assert law.name in law.sentence
            if law.years is not None:
                need_lawful(place, law.years)

    @pytest.mark.parametrize("place", LAWS)
    def test_below_the_least_it_is_refused_with_the_law(self, place):
        law = LAWS[place]
        with pytest.raises(Refusal) as refused:
            need_lawful(place, (law.years or 100) - 1)
        assert refused.value.code == "against-the-law"
        assert law.source in str(refused.value)

    def test_what_is_not_known_is_said_and_takes_the_longest_common_term(self):
        assert COMMON_YEARS == 5
        need_lawful(ELSEWHERE, 5)
        with pytest.raises(Refusal, match="doesn't know the law"):
            need_lawful(ELSEWHERE, 4)

    @pytest.mark.parametrize(
        ("place", "years", "issued", "last"),
        [
            ("DE", 3, date(2026, 1, 1), date(2029, 12, 31)),
            ("DE", 3, date(2026, 12, 31), date(2029, 12, 31)),
            ("IE", 5, date(2026, 11, 23), date(2031, 11, 23)),
            ("AU", 3, date(2028, 2, 29), date(2031, 3, 1)),
            ("AU", 4, date(2028, 2, 29), date(2032, 2, 29)),
            ("NZ", 3, date(2027, 2, 28), date(2030, 2, 28)),
            ("IE", 1, date(2026, 11, 23), date(2031, 11, 23)),
            ("US-CA", 5, date(2026, 11, 23), None),
        ],
        ids=["year end", "on its last day", "from issue", "leap day", "leap day again", "before a leap day",
             "chosen under an older table", "forbidden since"],
    )  # fmt: skip
    def test_the_last_day(self, place, years, issued, last):
        assert last_day_of(place, years, issued) == last

    @settings(max_examples=examples(500))
    @given(
        place=st.sampled_from([ELSEWHERE, *LAWS]),
        years=st.integers(1, 99),
        issued=st.dates(date(2024, 1, 1), date(2099, 12, 31)),
    )
    def test_no_credit_is_valid_for_less_than_the_law_asks(self, place, years, issued):
        last, least = last_day_of(place, years, issued), least_years(place)
        if least is None:
            assert last is None
            return
        assert (last.year - issued.year) >= max(least, years)
        assert (last.month, last.day) >= (issued.month, issued.day)


class TestChoosing:
    def test_it_never_ends_until_an_owner_chooses_and_then_only_what_is_given_after(self, house, noon):
        before = given_credit(house)
        assert before.last_day is None
        set_term(house.ola, [house.harbour], "IE", 6)
        assert given_credit(house).last_day == date(2032, 11, 23)
        before.refresh_from_db()
        assert before.last_day is None
        set_term(house.ola, [house.harbour], ELSEWHERE, None)
        assert last_day_for(house.harbour) is None
        with clock.at(years_on(noon, 50)):
            assert enter_ended() == 1
        before.refresh_from_db()
        assert before.left == 4200

    def test_the_day_of_issue_is_that_of_the_place(self, house, noon):
        set_term(house.ola, [house.harbour, house.hill], "IE", 5)
        house.hill.time_zone = "America/Los_Angeles"
        house.hill.save()
        with clock.at(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)):
            assert last_day_for(house.harbour) == date(2032, 1, 1)
            assert last_day_for(house.hill) == date(2031, 12, 31)

    def test_only_owners_choose_and_nothing_unlawful_is_kept(self, house, signed_in, noon):
        with pytest.raises(NotAllowed):
            set_term(house.mia, [house.harbour], "IE", 5)
        sent = {"years": "2", "place": "IE", "is_looked_up": "on", "teams": ["harbour"]}
        assert signed_in(house.mia).post("/money/credit/", sent).status_code == 403
        client = signed_in(house.ola)
        page = client.get("/money/credit/")
        assert_clean(page)
        assert "never ends" in text(page)
        for wrong, words in [
            ({}, "Consumer Protection (Gift Vouchers) Act 2019"),
            ({"place": "CA"}, "may not end at all"),
            ({"place": ""}, "Remit doesn't know the law of this place"),
            ({"place": "ZZ"}, "Choose one of the list"),
            ({"years": "0"}, "too little: 1 at least"),
            ({"years": "5", "is_looked_up": ""}, "Look it up first"),
            ({"teams": []}, "Choose at least one team"),
        ]:
            answer = client.post("/money/credit/", sent | wrong)
            assert answer.status_code == 422
            assert words in text(answer)
            assert_clean(answer)
        assert not CreditTerm.objects.exists()
        assert client.post("/money/credit/", sent | {"years": "5"}).status_code == 302
        assert "5 years from issue" in text(client.get("/money/credit/"))
        assert client.post("/money/credit/", {"years": "", "teams": ["harbour"]}).status_code == 302
        assert not CreditTerm.objects.exists()


class TestTheEnd:
    def test_it_is_taken_in_until_the_last_second_and_not_after(self, house, ending):
        last = last_moment_of(ending.last_day)
        with clock.at(last):
            assert enter_ended() == 0
            redeem(ending, 1200, house.ben)
        with clock.at(last + timedelta(seconds=1)), pytest.raises(Refusal, match="23 Nov 2031"):
            redeem(ending, 1200, house.ben)
        ending.refresh_from_db()
        assert ending.left == 3000

    def test_the_rest_is_entered_once_and_the_books_are_right(self, house, ending):
        redeem(ending, 1200, house.ben)
        with clock.at(last_moment_of(ending.last_day) + timedelta(seconds=1)):
            assert (enter_ended(), enter_ended()) == (1, 0)
        ending.refresh_from_db()
        assert ending.left == 0
        assert balances() == {"cost": 4200, "redeemed": -1200, "ended": -3000}
        assert list(differences()) == []
        rows = [row for row in journal_of(house.harbour) if row[3] == "end"]
        assert [(row[5], row[8], row[9]) for row in rows] == [
            ("Store credit not yet used", "30.00", ""),
            ("Store credit that ended unused", "", "30.00"),
        ]

    def test_what_was_used_up_does_not_end(self, house, ending, client):
        redeem(ending, 4200, house.ben)
        with clock.at(last_moment_of(ending.last_day) + timedelta(days=1)):
            assert enter_ended() == 0
            shown = text(client.get(f"/c/{house_page(ending)}/"))
        assert "All of it was used" in shown
        assert "has ended" not in shown

    def test_the_worker_enters_it_by_itself(self, house, ending):
        with clock.at(last_moment_of(ending.last_day) + timedelta(hours=2)):
            enter_ended_credit.enqueue()
            run_due_jobs()
        ending.refresh_from_db()
        assert ending.left == 0

    def test_a_use_put_back_after_the_end_ends_as_well(self, house, ending):
        redeem(ending, 1200, house.ben)
        with clock.at(last_moment_of(ending.last_day) + timedelta(days=1)):
            enter_ended()
            put_back(ending, 1, house.sam, "Another guest's.")
            assert list(differences()) == []
            assert enter_ended() == 1
        assert balances() == {"cost": 4200, "ended": -4200}
        assert list(differences()) == []

    def test_what_has_ended_is_not_taken_back(self, house, ending):
        with clock.at(last_moment_of(ending.last_day) + timedelta(days=1)):
            enter_ended()
            with pytest.raises(Refusal, match="has ended"):
                take_back(ending.remedy, 4200, house.sam, "A mistake.")
        assert list(differences()) == []


class TestRenewing:
    @pytest.fixture
    def ended(self, house, ending):
        """The moment after the end of it."""
        return last_moment_of(ending.last_day) + timedelta(hours=3)

    @pytest.mark.parametrize("is_entered", [True, False], ids=["entered", "not entered yet"])
    def test_a_lead_renews_it_as_if_it_were_given_today(self, house, ending, ended, is_entered):
        redeem(ending, 1200, house.ben)
        with clock.at(ended):
            if is_entered:
                enter_ended()
            again = renew(ending, house.sam, "They were ill.")
            assert (again.left, again.last_day) == (3000, date(2036, 11, 24))
            redeem(again, 3000, house.ben)
            with pytest.raises(Changed):
                renew(again, house.sam, "Once more.")
        assert balances() == {"cost": 4200, "redeemed": -4200}
        assert list(differences()) == []

    def test_it_may_end_and_be_renewed_again(self, house, ending, ended):
        with clock.at(ended):
            again = renew(ending, house.sam, "They were ill.")
        with clock.at(last_moment_of(again.last_day) + timedelta(days=1)):
            assert enter_ended() == 1
            set_term(house.ola, [house.harbour], ELSEWHERE, None)
            assert renew(again, house.sam, "Ill again.").last_day is None
        assert Transfer.objects.filter(what="renew").count() == 2
        assert list(differences()) == []

    def test_nothing_is_renewed_where_nothing_was_left(self, house, ending, ended):
        redeem(ending, 4200, house.ben)
        with clock.at(ended), pytest.raises(Refusal, match="Nothing of it was left"):
            renew(ending, house.sam, "They ask.")

    def test_on_the_pages(self, house, ending, ended, signed_in, client):
        path, page = f"/remedies/{ending.remedy_id}/renewal/", f"/remedies/credit/?code={ending.code}"
        assert "23 Nov 2031" in text(signed_in(house.ben).get(page))
        with clock.at(ending.remedy.made_at + timedelta(minutes=1)):
            assert "until 23 Nov 2031" in text(client.get(f"/c/{house_page(ending)}/"))
        assert signed_in(house.sam).get(path).status_code == 302
        with clock.at(ended):
            for member in (house.ben, house.sam):
                shown = signed_in(member).get(page)
                assert_clean(shown)
                assert "This credit has ended" in text(shown)
                assert (path in shown.content.decode()) is (member == house.sam)
            at_the_customer = client.get(f"/c/{house_page(ending)}/")
            assert "You had a credit of EUR 42 with us" in text(at_the_customer)
            assert "what was left of it has ended" in text(at_the_customer)
            assert signed_in(house.ben).post(path, {"why": "They ask."}).status_code == 403
            sam = signed_in(house.sam)
            assert_clean(sam.get(path))
            assert sam.post(path, {"why": ""}).status_code == 422
            assert sam.post(path, {"why": "They were ill."}).status_code == 302
            assert sam.post(path, {"why": "They were ill."}).status_code == 422
            assert "is left of it" in text(sam.get(page))
            complaint = ending.remedy.source.removeprefix("complaint:")
            happened = text(sam.get(f"/complaints/{complaint}/timeline/"))
            assert "Sam Lindqvist renewed store credit that had ended" in happened
            assert "entered that store credit ended unused" in happened


class TestTheReminder:
    @pytest.fixture
    def by_mail(self, settings):
        settings.MAIL = "smtp://mail.example.org"

    def reminders(self):
        return Message.objects.filter(text__contains="still unused")

    def test_once_within_thirty_days_of_the_end(self, house, ending, by_mail, mailoutbox):
        redeem(ending, 1200, house.ben)
        last = last_moment_of(ending.last_day)
        with clock.at(last - timedelta(days=32)):
            assert remind_of_credit() == 0
        with clock.at(last - timedelta(days=20)):
            assert (remind_of_credit(), remind_of_credit()) == (1, 0)
            run_due_jobs()
        (message,) = self.reminders()
        assert "EUR 30 of your credit" in message.text
        assert "until 23 November 2031" in message.text
        assert ending.code not in message.text

    def test_again_after_it_was_renewed(self, house, ending, by_mail):
        with clock.at(last_moment_of(ending.last_day) - timedelta(days=3)):
            remind_of_credit()
        with clock.at(last_moment_of(ending.last_day) + timedelta(days=3)):
            again = renew(ending, house.sam, "They were ill.")
        with clock.at(last_moment_of(again.last_day) - timedelta(days=3)):
            assert remind_of_credit() == 1
        assert self.reminders().count() == 2

    @pytest.mark.parametrize("why", ["used", "ended", "no address", "no mail", "never ends"])
    def test_nobody_is_told_where_there_is_nothing_to_tell(self, house, ending, by_mail, settings, why):
        moment = last_moment_of(ending.last_day) - timedelta(days=3)
        if why == "used":
            redeem(ending, 4200, house.ben)
        elif why == "ended":
            moment += timedelta(days=3, seconds=1)
        elif why == "no address":
            Customer.objects.update(email="")
        elif why == "no mail":
            settings.MAIL = ""
        else:
            StoreCredit.objects.update(last_day=None)
        with clock.at(moment):
            assert remind_of_credit() == 0
        assert not self.reminders().exists()


def house_page(credit):
    """The part of the address of the customer's page that nobody guesses."""
    return Complaint.objects.get(number=credit.remedy.source.removeprefix("complaint:")).token
