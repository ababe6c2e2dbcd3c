"""Two who draw at the same moment: one order, and both see it."""

import pytest
from tests.app.acts_at_once import at_once
from tests.app.rollouts.made_rollouts import made_teams, planned, words_of

from remit.rollouts.actions.planning import change_plan, draw
from remit.rollouts.models import Draw, Start
from remit.trail.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)


def test_drawn_by_two_at_once_it_is_one_order(house):
    change = planned(house.ola, made_teams(house, 6))
    seen = []
    acts = [lambda: seen.append(draw(house.ola, change.pk, revision=1).key)] * 3
    assert at_once(*acts) == ["done"] * 3
    assert len(set(seen)) == 1
    made = Draw.objects.get()
    assert {tuple(each) for each in made.order} == {
        (start.team_id, str(start.on)) for start in Start.objects.all()
    }
    assert Entry.objects.filter(act="rollout-drawn").count() == 1


def test_drawn_while_it_is_changed_one_of_both_is_refused(house):
    teams = made_teams(house, 6)
    change = planned(house.ola, teams)
    ended = at_once(
        lambda: draw(house.ola, change.pk, revision=1),
        lambda: change_plan(house.ola, change.pk, words_of(teams, primary="cost"), revision=1),
    )
    assert ended in (["done", "drawn"], ["done", "plan-changed"])
    made = Draw.objects.first()
    assert made is None or made.primary == "rating"
