"""In the demo, where the truth is known: the change that works is found, the one that doesn't is not."""

from datetime import date, timedelta

import numpy as np
import pytest
from django.db import transaction
from tests.app.conftest import NOON
from tests.app.rollouts.test_answers import weeks_by_hand

from remit.core.clock import at
from remit.demo.making import Size, make_demo
from remit.demo.rolled import LIFT, ROOM, ROOM_NAMED
from remit.people.models import Member
from remit.rollouts.models import Change
from remit_engine.evidence.effect import Outcome, Rollout, effects_of
from remit_engine.evidence.sampling import commitment

pytestmark = pytest.mark.alike


@pytest.fixture(scope="module")
def made_once(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        with at(NOON):
            make_demo(end=NOON, size=Size(60, 800))
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(made_once, db, noon):
    return {change.named: change for change in Change.objects.all()}


def effects_of_page(change):
    return {each["outcome"]: each for each in change.answers.get().effects}


def test_the_built_in_effect_is_found_in_its_size(demo):
    change = demo[ROOM_NAMED]
    assert change.starts.count() == len(ROOM) + 1 == 10
    assert len({start.on for start in change.starts.all()}) >= 9
    found = effects_of_page(change)
    assert (found["rating"]["design"], found["rating"]["says"]) == ("comparison", "better")
    _, low, high, _ = found["rating"]["measured"]
    # What is built in, cut at five; and a little more, as who needn't ask makes guests wait less.
    assert low < LIFT < high
    assert found["again"]["says"] == "nothing beyond chance"


def test_the_placebo_drawn_by_lot_is_not_found(demo):
    change = demo["A greeting at the door"]
    found = effects_of_page(change)
    assert {each["design"] for each in found.values()} <= {"proof by lot", "can't be told", ""}
    assert not {each["says"] for each in found.values()} & {"better", "worse"}
    assert found["rating"]["primary"]
    assert commitment(bytes.fromhex(change.draw.key)) == change.plan.commitment
    assert change.plan.smallest > 0


def test_figures_are_those_of_the_engine_on_rows_counted_by_hand(demo):
    change = demo["A greeting at the door"]
    draw, kept = change.draw, change.answers.get()
    teams = [start.team for start in change.starts.select_related("team")]
    weeks = (draw.until - draw.first).days // 7 + 1
    values, counts, asked = weeks_by_hand(teams, draw.first, weeks)
    drawn = {pk: (date.fromisoformat(day) - draw.first) // timedelta(weeks=1) for pk, day in draw.order}
    by_word = sorted(teams, key=lambda team: team.word)
    rollout = Rollout(
        tuple(team.word for team in by_word), tuple(drawn[team.pk] for team in by_word), by_lot=True
    )
    outcome = Outcome("rating", values, counts, asked=asked, scale=(1.0, 5.0))
    (effect,) = effects_of([outcome], rollout, "rating")
    assert kept.effects[0]["measured"] == pytest.approx(
        [effect.measured.estimate, effect.measured.low, effect.measured.high, effect.measured.chance]
    )
    assert np.nansum(counts) > 200


def test_the_pages_say_so(demo, client):
    client.force_login(Member.objects.get(word="ola"), backend="remit.people.signing_in.MailAndPassword")
    page = client.get(f"/did-it-work/{demo[ROOM_NAMED].pk}/answer/").content.decode()
    first = page[page.index('id="first"') : page.index('id="of-')]
    assert "<b>Better</b>" in first
    assert "Teams that had started were" in first
    page = client.get(f"/did-it-work/{demo['A greeting at the door'].pk}/answer/").content.decode()
    first = page[page.index('id="first"') : page.index('id="of-')]
    assert "<b>Nothing beyond chance</b>" in first
    assert "<b>Better</b>" not in page
    assert "<b>Worse</b>" not in page
