"""Weeks are opened with a commitment, and drawn by a key that anybody can check afterwards."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.app.made_complaints import made_complaint, wants
from tests.app.reviews.drawn_weeks import after, decided, drawn, opened_week

from remit.complaints.actions.deciding import decide, undo
from remit.complaints.actions.waiting import count_down
from remit.core import clock
from remit.core.clock import now
from remit.jobs.models import Job
from remit.people.access import place_in
from remit.people.models import Duty
from remit.reviews.actions.looking import set_budget
from remit.reviews.actions.weekly import draw_round, open_round, open_rounds, rounds_to_draw
from remit.reviews.models import Lot, Round
from remit.reviews.settings import Budget
from remit.reviews.weeks import start_of, week_of
from remit.trail.models import Entry
from remit_engine.evidence import sampling


def test_a_week_is_opened_once_and_its_key_is_told_by_its_mark_alone(house):
    row = opened_week(house)
    assert opened_week(house) is None
    assert (row.key, row.drawn_at) == ("", None)
    assert len(row.commitment) == 64
    assert row.commitment not in row.sealed_key
    entry = Entry.objects.get(act="review-round-opened")
    assert entry.data["commitment"] == row.commitment


def test_the_first_week_begins_when_it_is_opened_and_later_ones_on_monday(house):
    first = opened_week(house)
    assert first.starts_at == now()
    week = first.week + timedelta(days=7)
    with clock.at(start_of(house.harbour, week) - timedelta(hours=20)):
        open_rounds()
    second = Round.objects.get(team=house.harbour, week=week)
    assert second.starts_at == first.ends_at
    assert second.opened_at < second.starts_at


def test_a_week_is_opened_while_time_passes(house):
    with clock.at(None):  # the clock of the machine, which goes on between two looks at it
        row = opened_week(house)
    assert row.opened_at == row.starts_at


def test_a_commitment_after_the_first_decision_is_refused_by_the_table(house):
    row = opened_week(house)
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.create(
            team=house.harbour, week=row.week + timedelta(days=70), starts_at=now() - timedelta(hours=1),
            ends_at=now() + timedelta(hours=1), each=1, budget=1, formula="x", commitment="0" * 64,
            opened_at=now(),
        )  # fmt: skip


def test_everybody_can_draw_again_with_the_key_that_was_told(house):
    row = opened_week(house)
    for member, count in ((house.ana, 6), (house.ben, 3), (house.sam, 1)):
        for number in range(count):
            decided(house, member, 500 + 300 * number)
    row = drawn(row, asked=False)
    key = bytes.fromhex(row.key)
    assert sampling.commitment(key) == row.commitment
    lots = list(Lot.objects.select_related("member").order_by("pk"))
    again = sampling.draw(
        [sampling.Decided(f"decision:{each.decision_id}", each.member.word, each.stake) for each in lots],
        key,
        each=row.each,
        budget=row.budget,
    )
    assert [(each.chance_fair, each.chance_risk, each.chance) for each in lots] == [
        (each.fair, each.risk, each.chance) for each in again
    ]
    assert [(each.drawn_fair, each.drawn_risk, each.place) for each in lots] == [
        (each.is_fair, each.is_risk, each.place) for each in again
    ]
    assert len(lots) == 10
    assert sum(each.drawn_fair for each in lots) == 5
    assert sum(each.drawn_risk for each in lots) == row.budget


def test_the_stake_is_the_amount_times_what_was_told_before(house):
    row = opened_week(house)
    decision = decided(house, house.ana, 4200)
    drawn(row)
    assert row.expected == {"": 50_000}
    assert decision.lot.stake == 210


def test_what_needed_a_yes_and_what_was_undone_have_no_lot(house):
    row = opened_week(house)
    decided(house, house.ana, 30000)
    undo(house.ana, decided(house, house.ana).pk)
    kept = decided(house, house.ana)
    drawn(row)
    assert list(Lot.objects.values_list("decision", flat=True)) == [kept.pk]


def test_a_proposal_belongs_to_the_week_in_which_it_went_ahead(house):
    row = opened_week(house)
    late = row.ends_at - timedelta(hours=1)
    Duty.objects.create(membership=house.sam.memberships.get(), starts_at=late)
    with clock.at(row.ends_at - timedelta(minutes=30)):
        decision = decide(house.ana, made_complaint(house).number, wants("refund", 15000))
        open_round(house.harbour, row.week + timedelta(days=7))
    assert decision.level == "propose"
    drawn(row)
    assert not Lot.objects.exists()
    for minutes in range(1, 180):
        with clock.at(row.ends_at + timedelta(minutes=minutes)):
            count_down(decision.approval_id)
    later = drawn(Round.objects.get(week=row.week + timedelta(days=7)))
    assert Lot.objects.get().round == later


def test_a_week_is_drawn_after_its_end_and_once(house):
    row = opened_week(house)
    decided(house, house.ana)
    with clock.at(row.ends_at):
        assert rounds_to_draw() == []
        assert draw_round(row.pk) is None
    drawn(row, asked=False)
    with after(row, days=1):
        assert draw_round(row.pk) is None
        assert rounds_to_draw() == []
    assert Lot.objects.count() == 1
    assert Job.objects.filter(task="remit.reviews.jobs.ask_reviewers").count() == 1


def test_what_was_drawn_is_never_changed(house):
    row = opened_week(house)
    decided(house, house.ana)
    drawn(row)
    for rows, change in (
        (Lot.objects, {"chance": 0.1}),
        (Lot.objects, {"drawn_fair": False}),
        (Round.objects, {"key": "0" * 64}),
        (Round.objects, {"commitment": "0" * 64}),
        (Round.objects, {"budget": 1}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.all().update(**change)


def test_without_the_secret_key_nothing_is_drawn_and_it_is_said(house, settings):
    row = opened_week(house)
    decided(house, house.ana)
    settings.SECRET_KEY = "another one"  # noqa: S105 (of a test)
    drawn(row)
    assert row.is_lost
    assert not Lot.objects.exists()
    assert Entry.objects.filter(act="review-round-lost").exists()


def test_another_budget_holds_from_the_next_week_on(house):
    row = opened_week(house)
    place = place_in(house.mia, house.harbour)
    set_budget(place, Budget(each=5, risk=0))
    row.refresh_from_db()
    assert (row.each, row.budget) == (2, 4)
    following = open_round(house.harbour, row.week + timedelta(days=7))
    assert (following.each, following.budget) == (5, 0)
    set_budget(place, Budget(is_on=False))
    assert open_round(house.harbour, row.week + timedelta(days=14)) is None


def test_weeks_follow_the_wall_clock_of_the_team(house):
    house.harbour.time_zone = "Pacific/Auckland"
    house.harbour.save()
    week = week_of(house.harbour, now())
    assert start_of(house.harbour, week).isoformat() == f"{week}T00:00:00+13:00"
