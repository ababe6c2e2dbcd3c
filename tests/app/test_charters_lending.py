"""Lending authority: only one's own, capped, seen by those whom it concerns, and over when it should be."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.app.made_complaints import made_complaint, wants
from tests.app.page_checks import assert_clean

from remit.approvals.vocabulary import End
from remit.charters import actions
from remit.charters.in_force import charter_of
from remit.charters.models import Delegation
from remit.charters.queries.board import Column, board_of
from remit.charters.queries.lent import capped, really_lent
from remit.complaints.actions.answering import Answer, answer
from remit.complaints.actions.deciding import decide
from remit.core import clock
from remit.core.errors import Changed, NotAllowed, NotThere, Refusal
from remit.notices.models import Notice
from remit.people.departures import tell_departure
from remit.people.models import Membership
from remit.trail.models import Entry
from remit_engine.charter.ladder import Ladder, Rung
from remit_engine.charter.levels import Level

TODAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 27)


def lent(house, giver="sam", receiver="ana", **more):
    more = {"until": FRIDAY, "why": "At the sea."} | more
    return actions.lend(getattr(house, giver), house.harbour, receiver=getattr(house, receiver), **more)


def test_it_is_lent_from_today_and_the_receiver_is_told(house):
    row = lent(
        house, kinds=["refund"], upto=30000, conditions={"category": ["late", "cold"]}, highest="inform"
    )
    assert (row.since, row.until, row.highest) == (TODAY, FRIDAY, "inform")
    notice = Notice.objects.get(code="authority-lent")
    assert (notice.member, notice.body) == (house.ana, "Why: At the sea.")
    entry = Entry.objects.get(act="authority-lent")
    assert (entry.data["to"], entry.data["upto"], entry.words.text) == ("ana", 30000, "At the sea.")


@pytest.mark.parametrize(
    ("wrong", "code", "field"),
    [
        ({"receiver": "sam"}, "to-oneself", "receiver"),
        ({"receiver": "eve"}, "receiver-elsewhere", "receiver"),
        ({"why": "  "}, "empty-why", "why"),
        ({"until": TODAY - timedelta(days=1)}, "ends-before-it-begins", "until"),
        ({"since": date(2026, 1, 1), "until": date(2026, 1, 2)}, "until-past", "until"),
        ({"until": date(2028, 1, 1)}, "until-too-far", "until"),
        ({"kinds": ["gold"]}, "unknown-part", "kinds"),
        ({"highest": "ask"}, "lends-nothing", "highest"),
        ({"highest": "never"}, "lends-nothing", "highest"),
        ({"upto": 0}, "lends-nothing", "upto"),
        ({"conditions": {"colour": "red"}}, "unknown-part", "category"),
        ({"conditions": {"category": ["purple"]}}, "unknown-part", "category"),
        ({"conditions": {"category": []}}, "unknown-part", "category"),
        ({"conditions": {"order_age": 3}}, "unknown-part", "order_age"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_words(house, wrong, code, field):
    with pytest.raises(Refusal) as refused:
        lent(house, **wrong)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert not Delegation.objects.exists()


def test_the_same_is_lent_once(house):
    lent(house)
    with pytest.raises(Refusal) as refused:
        lent(house)
    assert refused.value.code == "lent-already"


def test_nobody_lends_where_they_have_no_role(house):
    with pytest.raises(NotThere):
        actions.lend(house.eve, house.harbour, receiver=house.ana, until=FRIDAY, why="Try.")
    Membership.objects.filter(member=house.ola).delete()
    with pytest.raises(NotAllowed):
        lent(house, giver="ola")


@pytest.mark.parametrize("who", ["sam", "ana", "mia", "ola"])
def test_it_is_ended_by_its_giver_its_receiver_or_a_manager_and_once(house, who):
    row = lent(house)
    actions.end_lending(getattr(house, who), row)
    row.refresh_from_db()
    assert row.ended_by == getattr(house, who)
    assert Notice.objects.filter(code="lending-ended").count() == (0 if who == "ana" else 1)
    with pytest.raises(Changed):
        actions.end_lending(getattr(house, who), row)


@pytest.mark.parametrize("who", ["ben", "eve"])
def test_others_find_no_such_delegation(house, who):
    row = lent(house)
    with pytest.raises(NotThere):
        actions.end_lending(getattr(house, who), row)


@pytest.mark.parametrize("who", ["sam", "ana"])
def test_it_ends_when_either_of_them_leaves(house, who):
    row, other = lent(house), lent(house, giver="mia", receiver="ben")
    membership = Membership.objects.select_related("team", "member").get(member=getattr(house, who))
    tell_departure(membership, house.mia)
    row.refresh_from_db()
    other.refresh_from_db()
    assert (row.ended_by, other.ended_at) == (house.mia, None)


def test_whoever_stands_in_answers_what_was_asked_before_and_not_after_the_last_day(house):
    complaint = made_complaint(house, paid=99000)
    asked = [decide(house.ana, complaint.number, wants(kind, 60000)) for kind in ("credit", "adjustment")]
    with pytest.raises(NotAllowed):
        answer(house.sam, asked[0].approval_id, Answer(how=End.YES))
    with clock.at(clock.now() + timedelta(days=1)):
        lent(house, giver="mia", receiver="sam", until=TODAY + timedelta(days=1))
        given_now = answer(house.sam, asked[0].approval_id, Answer(how=End.YES))
        assert given_now.ending.on_authority_of == house.mia
    with clock.at(clock.now() + timedelta(days=2)), pytest.raises(NotAllowed):
        answer(house.sam, asked[1].approval_id, Answer(how=End.YES))


def membership(member):
    return Membership.objects.select_related("role", "team", "member").get(member=member)


def test_it_is_said_what_is_really_handed_over(house):
    row = lent(house, kinds=["refund", "credit"], upto=30000, highest="inform")
    said = really_lent(row, membership(house.sam), charter_of(house.harbour), TODAY)
    assert said == ("Refunds and credits: inform up to 300, ask above.",)
    mine = lent(
        house, giver="ana", receiver="ben", conditions={"category": ["late"]}, kinds=["refund", "comp"]
    )
    said = really_lent(mine, membership(house.ana), charter_of(house.harbour), TODAY)
    assert said == (
        "Refunds: decide up to 50, inform up to 80, propose up to 200, ask above.",
        "Comps: nothing.",
    )


RUNGS = st.lists(st.sampled_from(Level), min_size=1, max_size=5, unique=True).map(
    lambda levels: sorted(levels, reverse=True)
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(RUNGS, st.integers(1, 600), st.sampled_from([Level.PROPOSE, Level.INFORM, Level.DECIDE]), st.data())
def test_what_is_capped_is_the_lower_of_both_everywhere(levels, upto, highest, data):
    ends = sorted(data.draw(st.sets(st.integers(1, 500), min_size=len(levels) - 1, max_size=len(levels) - 1)))
    ladder = Ladder(
        0, tuple(Rung(level, end, (), ()) for level, end in zip(levels, [*ends, None], strict=True))
    )
    limit = data.draw(st.sampled_from([None, upto]))
    steps = capped(ladder, limit, highest)
    assert steps[-1][1] is None
    for amount in {0, upto, upto + 1, *ends, *(end + 1 for end in ends)}:
        given_level = min(ladder.level_at(amount), highest)
        if limit is not None and amount > limit:
            given_level = min(given_level, Level.ASK)
        reached = next(level for level, end in steps if end is None or amount <= end)
        assert reached == given_level


def test_the_pages_show_it_to_both_and_to_a_manager(house, signed_in):
    row = lent(house, kinds=["refund"])
    for who, heading in ((house.ana, "Lent to me"), (house.sam, "I lent"), (house.mia, "Others in the team")):
        page = assert_clean(signed_in(who).get("/delegations/"))
        assert heading in page
        assert "Sam Lindqvist</b> to <b>Ana Ruiz" in page
    assert "Sam Lindqvist" not in assert_clean(signed_in(house.ben).get("/delegations/"))
    assert "Sam Lindqvist" in assert_clean(signed_in(house.ana).get("/charter/harbour/"))
    assert signed_in(house.eve).post(f"/delegations/{row.pk}/end/").status_code == 404
    assert signed_in(house.ben).post(f"/delegations/{row.pk}/end/").status_code == 404
    assert signed_in(house.eve).get("/delegations/harbour/").status_code == 404
    assert signed_in(house.ana).post(f"/delegations/{row.pk}/end/").status_code == 302
    again = signed_in(house.ana).post(f"/delegations/{row.pk}/end/")
    assert (again.status_code, "ended already" in again.content.decode()) == (409, True)
    assert "Before (1)" in signed_in(house.ana).get("/delegations/").content.decode()


def test_the_form_lends_a_part(house, signed_in):
    typed = {
        "receiver": "ben",
        "until": "2026-11-27",
        "why": "At the dentist.",
        "upto": "40,50",
        "kinds": ["refund", "credit"],
        "only-category": ["late"],
        "highest": "inform",
    }
    page = assert_clean(signed_in(house.ana).get("/delegations/harbour/"))
    assert "Refunds, late or cold: decide up to 50, inform up to 80, propose up to 200, ask above." in page
    look = signed_in(house.ana).post("/delegations/harbour/", {"upto": "40", "act": "look"})
    assert look.status_code == 200
    assert "Refunds, late or cold: decide up to 40, ask above." in assert_clean(look)
    assert not Delegation.objects.exists()
    assert signed_in(house.ana).post("/delegations/harbour/", typed).status_code == 302
    row = Delegation.objects.get()
    assert (row.kinds, row.upto, row.conditions) == (["refund", "credit"], 4050, {"category": ["late"]})


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"upto": "much"}, "Write an amount like 42 or 42.50."),
        ({"receiver": "eve"}, "isn’t among the choices."),
        ({"until": "someday"}, "Write a day like"),
        ({"until": "2026-11-20"}, "ends before it begins"),
        ({"kinds": ["gold"]}, "“gold” isn’t among the choices"),
        ({"why": ""}, "required"),
    ],
)
def test_bad_input_keeps_what_was_typed(house, signed_in, wrong, said):
    typed = {"receiver": "ben", "until": "2026-11-27", "why": "A long reason.", "upto": "40"} | wrong
    response = signed_in(house.ana).post("/delegations/harbour/", typed)
    page = assert_clean(response)
    assert response.status_code == 422
    assert said in page
    assert typed["why"] in page
    assert f'value="{typed["upto"]}"' in page
    assert not Delegation.objects.exists()


def test_a_condition_that_no_row_meets_leaves_the_usual_one(house):
    board = board_of(
        charter_of(house.harbour).compiled,
        TODAY,
        "harbour",
        columns=(Column("member"),),
        kinds=("refund",),
        within=(),
    )
    assert [row.about for row in board.rows] == ["late or cold", "everything else"]
