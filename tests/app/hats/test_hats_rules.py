"""Each rule speaks of the team that was made for it, and is silent about its twin and its neighbour."""

from datetime import timedelta

import pytest
from tests.app.hats.made_hats import (
    MADE,
    always_approved,
    answered_pulse,
    ended,
    kept_trial,
    late_now,
    nobody_to_ask,
    place_of_mia,
    pulse_fell,
)

from remit.core import clock
from remit.core.clock import now
from remit.findings import actions
from remit.findings.models import Finding
from remit.findings.vocabulary import HAT_OF, Kind
from remit.insight.hats.looking import look_at_hats
from remit.insight.hats.queries import hats_of
from remit.people.models import Duty
from remit.pulse.models import Figure


def kinds(team):
    """What asks for a hat in a team, by a look of now."""
    look_at_hats(team)
    return set(Finding.objects.filter(team=team, sort="hat", ended_at=None).values_list("reason", flat=True))


def test_every_kind_has_a_team_that_was_made_for_it_and_a_hat():
    assert set(MADE) == set(Kind) == set(HAT_OF)


@pytest.mark.parametrize("kind", MADE)
def test_a_rule_speaks_and_is_silent_about_the_twin(house, kind):
    MADE[kind](house, asks=True)
    assert kinds(house.harbour) == {kind}
    assert kinds(house.hill) == set()
    (line,) = hats_of(place_of_mia(house)).now
    assert line.worth > 0
    assert line.hat == HAT_OF[Kind(kind)]
    for name in ("Ana", "Ben", "Sam", "Mia", "Ola"):
        assert name not in line.said.title + line.said.evidence


@pytest.mark.parametrize("kind", MADE)
def test_the_twin_is_asked_for_nothing(house, kind):
    MADE[kind](house, asks=False)
    assert kind not in kinds(house.harbour)


@pytest.mark.parametrize("kind", ["pulse-fell", "tired"])
def test_a_pulse_that_was_answered_asks_no_more(house, kind):
    MADE[kind](house)
    answered_pulse(house)
    assert kinds(house.harbour) == set()


def test_strength_that_is_surely_low_is_enough(house):
    pulse_fell(house, asks=False, item="strength", low=24, high=26, sure_low=20, sure_high=29)
    assert kinds(house.harbour) == {"tired"}
    Figure.objects.update(sure_high=30)
    assert kinds(house.harbour) == set()


def test_what_was_left_on_its_own_page_is_not_asked_for(house):
    always_approved(house)
    actions.dismiss(place_of_mia(house), Finding.objects.get(sort="let-go").pk, "The menu changes in March.")
    assert kinds(house.harbour) == set()


def test_a_trial_that_was_kept_went_well(house):
    ended(house, 4, stars=5)
    kept_trial(house)
    assert "went-well" in kinds(house.harbour)


def test_a_plan_that_is_not_written_yet_is_no_absence(house):
    nobody_to_ask(house)
    Duty.objects.filter(
        membership__member=house.mia, starts_at__gt=now() + timedelta(days=11, hours=1)
    ).delete()
    assert kinds(house.harbour) == set()


def test_what_is_asked_for_no_more_ends_and_nothing_is_written_twice(house):
    late_now(house)
    look_at_hats(house.harbour)
    row = Finding.objects.get(sort="hat")
    with clock.at(now() + timedelta(minutes=5)):
        look_at_hats(house.harbour)
    assert Finding.objects.filter(sort="hat").values_list("pk", "changed_at", "ended_at").get() == (
        row.pk,
        row.changed_at,
        None,
    )
    house.harbour.complaints.update(closed_at=now())
    look_at_hats(house.harbour)
    row.refresh_from_db()
    assert row.ended_at == now()
    with clock.at(now() + timedelta(weeks=27)):
        look_at_hats(house.harbour)
    assert not Finding.objects.filter(pk=row.pk).exists()
