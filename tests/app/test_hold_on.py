"""What is worth a look: held against others of the same weeks, shown to whom it concerns first."""

from datetime import timedelta

import numpy as np
import pytest
from lxml import html
from tests.app.made_complaints import made_complaint, wants
from tests.app.made_house import joined, made_member
from tests.app.page_checks import assert_clean

from remit.complaints.actions.deciding import decide
from remit.complaints.models import Complaint, Customer
from remit.core import clock
from remit.core.clock import now
from remit.findings.actions import Found
from remit.findings.looking_into import erase_findings_about, keep_worth_a_look
from remit.findings.models import Finding, LookedInto, Reply
from remit.findings.vocabulary import Signal
from remit.insight.hold_on import looking as hold_on_looking
from remit.insight.hold_on.looking import FEWEST_PEOPLE, Row, _rows, found_in, look_at_what_stands_out
from remit.insight.hold_on.words import sentence_of
from remit.insight.letgo.jobs import look_at_one_team
from remit.insight.letgo.looking import look_at_team
from remit.notices.models import Notice
from remit.people.models import Role
from remit.remedies.actions.taking_back import take_back

SIX = ("ana", "ben", "kim", "lea", "max", "noa")


@pytest.fixture
def six(house, noon):
    """Six members of one role."""
    for word in SIX[2:]:
        member = made_member(word, word.capitalize(), noon)
        joined(member, house.harbour, Role.objects.get(word="member"), noon)
        setattr(house, word, member)
    house.six = [getattr(house, word) for word in SIX]
    return house


def rows_of(house, rng, *, each=60, **more):
    """Decisions of a year: so many of each member, one in fifty reversed; `more` says what is otherwise."""
    rows = []
    for at, member in enumerate(house.six):
        for number in range(each):
            moment = now() - timedelta(days=364) * (1 - (number + 1) / each)
            row = {
                "number": at * 10_000 + number,
                "member": member.pk,
                "customer": at * 10_000 + number + 1,
                "at": moment,
                "alone": True,
                "gave": True,
                "near_line": False,
                "was_reversed": bool(rng.random() < 0.02),
            }
            rows.append(Row(**(row | more.get(member.word, lambda _number, _row: {})(number, row))))
    return sorted(rows, key=lambda row: row.at)


def signals(found):
    return {(each.reason, each.member.word if each.member else None) for each in found}


def test_nobody_stands_out_where_all_are_alike(six):
    rng = np.random.default_rng(51)
    assert signals(found_in(six.harbour, rows_of(six, rng))) == set()


def test_false_alarms_of_a_team_are_at_most_one_a_year(six):
    """All are alike; what rings within the last four weeks of a year is at most that part of the budget."""
    rng = np.random.default_rng(52)
    rung = sum(len(signals(found_in(six.harbour, rows_of(six, rng)))) for _ in range(60))
    assert rung / 60 <= 1.0


@pytest.mark.parametrize(("signal", "field"), [("reversed", "was_reversed"), ("near-line", "near_line")])
def test_what_became_more_frequent_lately_is_found(six, signal, field):
    rng = np.random.default_rng(53)
    often = rows_of(six, rng, ben=lambda number, _row: {field: number >= 52})
    found = list(found_in(six.harbour, often))
    assert signals(found) == {(signal, "ben")}
    assert found[0].evidence["happened"] >= 5
    assert found[0].evidence["others"] == 5
    assert set(found[0].behind) <= {row.number for row in often if row.member == six.ben.pk}


def test_reviews_that_say_different_are_a_stream_like_others(six, monkeypatch):
    rows = rows_of(six, np.random.default_rng(54), ana=lambda number, row: {"number": number + 900_000})
    numbers = [row.number for row in rows]
    said = {number: number >= 900_050 for number in numbers if number % 2 == 0 or number >= 900_000}
    monkeypatch.setattr(hold_on_looking, "said_differently_in", lambda _team: said)
    assert signals(found_in(six.harbour, rows)) == {("different", "ana")}


def test_fewer_than_five_of_a_role_are_never_compared(six):
    assert FEWEST_PEOPLE == 5
    rows = rows_of(six, np.random.default_rng(55), ben=lambda number, _row: {"was_reversed": number >= 50})
    few = {member.pk for member in six.six[:4]}
    assert signals(found_in(six.harbour, [row for row in rows if row.member in few])) == set()


def test_an_alarm_of_long_ago_is_no_news(six):
    rows = rows_of(
        six, np.random.default_rng(56), ben=lambda number, _row: {"was_reversed": 10 <= number < 18}
    )
    assert signals(found_in(six.harbour, rows)) == set()


def test_the_same_guest_again_and_again(six):
    rows = rows_of(
        six,
        np.random.default_rng(57),
        ben=lambda number, _row: {"customer": 5_000_000 if number % 10 == 9 else number + 77},
    )
    found = list(found_in(six.harbour, rows))
    assert signals(found) == {("pair", "ben")}
    assert (found[0].evidence["happened"], found[0].evidence["observed"]) == (6, 6)


def test_many_remedies_to_one_guest_are_about_the_guest(six):
    def regular(number, _row):
        return {"customer": 5_000_000} if number >= 58 else {}

    rows = rows_of(six, np.random.default_rng(58), **dict.fromkeys(SIX[:3], regular))
    found = [each for each in found_in(six.harbour, rows) if each.reason == Signal.VELOCITY]
    assert signals(found) == {("velocity", None)}
    assert found[0].evidence["happened"] == 6


def test_what_somebody_else_said_yes_to_counts_for_the_guest_alone(six):
    def asked(number, _row):
        return {"alone": False, "customer": 5_000_000, "near_line": True} if number >= 50 else {}

    found = list(found_in(six.harbour, rows_of(six, np.random.default_rng(61), ben=asked)))
    assert signals(found) == {("velocity", None)}


@pytest.mark.parametrize(
    ("hours", "second", "whom"),
    [
        (20, {"kind": "credit"}, "ben"),
        (20, {"complaint": 2, "kind": "refund"}, "ben"),
        (20, {"complaint": 2, "kind": "refund", "member": "kim"}, None),
        (20, {"complaint": 2, "alone": False}, None),
        (20, {"kind": "refund"}, "nothing"),
        (25, {"complaint": 2}, "nothing"),
    ],
)
def test_two_within_a_day_to_one_guest(six, hours, second, whom):
    first = {"number": 1, "member": six.ben.pk, "customer": 7, "alone": True, "gave": True}
    first |= {"near_line": False, "was_reversed": False, "complaint": 1, "kind": "credit"}
    begin = now() - timedelta(days=3)
    other = first | {"number": 2, "at": begin + timedelta(hours=hours), **second}
    other["member"] = getattr(six, second["member"]).pk if "member" in second else other["member"]
    found = list(found_in(six.harbour, [Row(**first, at=begin), Row(**other)]))
    if whom == "nothing":
        assert not found
        return
    assert signals(found) == {("in-a-day", whom)}
    assert found[0].evidence == {"since": begin.date().isoformat(), "happened": 2}
    assert found[0].behind == [1, 2]


def test_two_credits_in_a_day_are_found_among_real_decisions_and_shown_to_who_gave_them(house, signed_in):
    customer = Customer.objects.create(name="Guest", created_at=now())
    for _ in range(2):
        decide(house.ana, made_complaint(house, customer=customer).number, wants("credit", 1000))
    look_at_what_stands_out(house.harbour)
    finding = Finding.objects.get(sort="hold-on")
    assert (finding.reason, finding.member) == ("in-a-day", house.ana)
    page = assert_clean(signed_in(house.ana).get(f"/hold-on/{finding.pk}/"))
    said = sentence_of(finding, house.ana)
    assert said.startswith("2 remedies went to one guest within 24 hours, the first on ")
    assert ", all by you." in said
    assert html.fromstring(page).xpath("//h1/text()") == ["More than one remedy to one guest within a day"]
    assert signed_in(house.mia).get(f"/hold-on/{finding.pk}/").status_code == 404


def test_giving_more_than_the_share_of_the_same_weeks(six, noon):
    """Each has a complaint a week; lately Ben gives five times as often."""
    customer = Customer.objects.create(name="Guest", created_at=noon)
    made_complaint(six, customer=customer)
    for member in six.six:
        for week in range(52):
            complaint = made_complaint(six, customer=customer)
            Complaint.objects.filter(pk=complaint.pk).update(
                assignee=member, opened_at=noon - timedelta(weeks=week, hours=1)
            )
    usual = rows_of(six, np.random.default_rng(59), each=52)
    more = [
        Row(
            number=990_000 + n,
            member=six.ben.pk,
            customer=990_000 + n,
            at=noon - timedelta(hours=5 * n),
            alone=True,
            gave=True,
            near_line=False,
            was_reversed=False,
        )
        for n in range(60)
    ]
    found = list(found_in(six.harbour, sorted([*usual, *more], key=lambda row: row.at)))
    assert ("share", "ben") in signals(found)
    assert signals(found_in(six.harbour, usual)) == set()


def test_rows_say_what_was_taken_back_by_another(house):
    def given(value, hours):
        with clock.at(now() - timedelta(hours=hours)):
            complaint = made_complaint(house, category="late", paid=90_000)
            return decide(house.ana, complaint.number, wants("refund", value))

    own, other, kept = given(1000, 4), given(1100, 3), given(1200, 2)
    take_back(own.remedy, 1000, house.ana, "A slip.")
    take_back(other.remedy, 1100, house.mia, "It was another guest.")
    rows = {row.number: row for row in _rows(house.harbour, now() - timedelta(days=365))}
    assert [rows[each.pk].was_reversed for each in (own, other, kept)] == [False, True, False]
    assert all(row.gave and row.customer for row in rows.values())


@pytest.fixture
def worth(six):
    """Something about Ben."""
    complaint = made_complaint(six, category="billing", paid=90_000)
    decision = decide(six.ben, complaint.number, wants("refund", 4000))
    evidence = {
        "since": "2026-11-02",
        "happened": 7,
        "observed": 24,
        "others_happened": 9,
        "others_observed": 300,
        "others": 5,
    }
    found = Found(
        f"reversed:{six.ben.pk}", "worth a look", "reversed", evidence, behind=[decision.pk], member=six.ben
    )
    keep_worth_a_look(six.harbour, [found])
    six.found, six.finding = found, Finding.objects.get()
    six.path = f"/hold-on/{six.finding.pk}/"
    return six


def test_whom_it_concerns_sees_it_first(worth, signed_in):
    text = assert_clean(signed_in(worth.ben).get(worth.path))
    assert "You see this first" in text
    assert "it is 7 of 24; of the 5 others of the same role together it is 3.0 %" in text
    assert "worth a look, and nothing more" in text
    assert "about you" in assert_clean(signed_in(worth.ben).get("/let-go/"))
    assert [notice.member for notice in Notice.objects.filter(subject=f"finding:{worth.finding.pk}")] == [
        worth.ben
    ]
    for who in (worth.mia, worth.ola, worth.ana, worth.sam, worth.eve):
        assert signed_in(who).get(worth.path).status_code == 404


def test_after_three_days_who_manages_sees_it_and_no_colleague_ever(worth, signed_in):
    with clock.at(now() + timedelta(days=3)):
        keep_worth_a_look(worth.harbour, [worth.found])
        keep_worth_a_look(worth.harbour, [worth.found])
        told = Notice.objects.filter(code="worth-a-look").values_list("member__word", flat=True)
        assert sorted(told) == ["mia", "ola"]
        text = assert_clean(signed_in(worth.mia).get(worth.path))
        assert "More of Ben Okafor&#x27;s decisions" in text
        for who in (worth.ana, worth.sam, worth.eve):
            assert signed_in(who).get(worth.path).status_code == 404
    assert Finding.objects.count() == 1


def test_an_answer_stands_beside_it_and_opens_it_for_who_manages(worth, signed_in):
    client = signed_in(worth.ben)
    assert client.post(worth.path, {"act": "say", "words": " "}).status_code == 422
    for _ in range(2):
        client.post(worth.path, {"act": "say", "words": "The till charged twice that week."})
    assert Reply.objects.count() == 1
    assert Notice.objects.filter(code="worth-a-look", member=worth.mia).count() == 1
    text = assert_clean(signed_in(worth.mia).get(worth.path))
    assert "The till charged twice that week." in text


def test_looked_into_it_ends_and_begins_anew(worth, signed_in):
    signed_in(worth.ben).post(worth.path, {"act": "say", "words": "The till charged twice."})
    assert signed_in(worth.ben).post(worth.path, {"act": "close", "why": "Nothing."}).status_code == 403
    client = signed_in(worth.mia)
    assert client.post(worth.path, {"act": "close", "why": ""}).status_code == 422
    client.post(worth.path, {"act": "close", "why": "It was the till."})
    assert LookedInto.objects.get().by == worth.mia
    assert "It was the till." in assert_clean(signed_in(worth.ben).get(worth.path))
    assert client.post(worth.path, {"act": "close", "why": "Again."}).status_code == 422
    with clock.at(now() + timedelta(hours=1)):
        rows = rows_of(
            worth, np.random.default_rng(60), ben=lambda number, _row: {"was_reversed": number >= 52}
        )
        before = [row for row in rows if row.at <= LookedInto.objects.get().at]
        assert signals(found_in(worth.harbour, before)) == set()


def test_nobody_closes_what_concerns_themselves(worth, signed_in):
    Finding.objects.update(member=worth.mia)
    answer = signed_in(worth.mia).post(worth.path, {"act": "close", "why": "All is well."})
    assert answer.status_code == 422
    assert Finding.objects.get().ended_at is None


def _guests(*happened):
    """One guest for each figure, to whom so many remedies were given."""
    return [
        Found(f"velocity:{at}", "worth a look", "velocity", {"since": "2026-11-02", "happened": times})
        for at, times in enumerate(happened, 1)
    ]


def test_of_thousands_of_one_sort_fifty_stand_open_and_the_next_follow(worth, signed_in):
    """More than anybody looks into; what happened most often comes first, and no other sort is held up."""
    guests = _guests(*range(5, 3005))
    keep_worth_a_look(worth.harbour, guests)
    keep_worth_a_look(worth.harbour, guests)
    rows = Finding.objects.filter(reason="velocity", ended_at=None)
    assert sorted(row.evidence["happened"] for row in rows) == list(range(2955, 3005))
    club = rows[0]
    signed_in(worth.mia).post(f"/hold-on/{club.pk}/", {"act": "close", "why": "A club with a card."})
    keep_worth_a_look(worth.harbour, [found for found in guests if found.key != club.key])
    assert sorted(row.evidence["happened"] for row in rows.all()) == sorted(
        {2954, *range(2955, 3005)} - {club.evidence["happened"]}
    )
    assert Finding.objects.filter(reason="reversed", ended_at=None).exists()
    look_at_team(worth.harbour)
    page = signed_in(worth.mia).get("/let-go/", follow=True)
    assert "when they were looked into, the next follow" in assert_clean(page)


def test_who_manages_is_told_of_many_with_as_few_questions_as_of_one(worth, django_assert_max_num_queries):
    keep_worth_a_look(worth.harbour, _guests(*[5] * 50))
    with django_assert_max_num_queries(12):
        keep_worth_a_look(worth.harbour, _guests(*[5] * 50))
    assert Notice.objects.filter(code="worth-a-look", member=worth.mia).count() == 50


def test_it_is_erased_with_whom_it_concerns(worth):
    Reply.objects.create(finding=worth.finding, by=worth.ben, words="I was there.", at=now())
    erase_findings_about(worth.ben)
    assert not Finding.objects.filter(member=worth.ben).exists()
    assert not Reply.objects.exists()


def test_every_night_and_twice_is_once(six):
    made_complaint(six)
    for _ in range(2):
        look_at_one_team.call(team_id=six.harbour.pk)
        look_at_what_stands_out(six.harbour)
    assert not Finding.objects.filter(sort="hold-on").exists()


CHOICE = "/let-go/harbour/settings/people/"


def test_an_owner_says_that_it_is_theirs_alone(worth, signed_in):
    client = signed_in(worth.ola)
    assert client.post(CHOICE, {"shown_to": "alone", "why": ""}).status_code == 422
    client.post(CHOICE, {"shown_to": "alone", "why": "Agreed with the works council."})
    assert "them alone" in assert_clean(client.get("/let-go/harbour/settings/"))
    signed_in(worth.ben).post(worth.path, {"act": "say", "words": "The till charged twice."})
    with clock.at(now() + timedelta(days=4)):
        keep_worth_a_look(worth.harbour, [worth.found])
        for who in (worth.mia, worth.ola):
            assert signed_in(who).get(worth.path).status_code == 404
        assert signed_in(worth.ben).get(worth.path).status_code == 200
    assert not Notice.objects.filter(code="worth-a-look").exists()


def test_an_owner_says_that_it_is_not_looked_at(worth, signed_in):
    signed_in(worth.ola).post(CHOICE, {"shown_to": "off", "why": "Agreed with the works council."})
    assert not Finding.objects.exists()
    about_a_guest = Found("velocity:1", "worth a look", "velocity", {"since": "2026-11-02", "happened": 5})
    keep_worth_a_look(worth.harbour, [worth.found, about_a_guest])
    assert [each.member for each in Finding.objects.all()] == [None]


@pytest.mark.parametrize("who", ["ana", "sam", "mia"])
def test_nobody_else_chooses_it(worth, signed_in, who):
    answer = signed_in(getattr(worth, who)).post(CHOICE, {"shown_to": "off", "why": "Less to see."})
    assert answer.status_code == 403
    assert Finding.objects.exists()
