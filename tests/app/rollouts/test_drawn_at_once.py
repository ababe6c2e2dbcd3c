"""Two who draw at the same moment: one order, and both see it; killed on the way, one or none."""

import pytest
from tests.app.acts_at_once import at_once
from tests.app.races.each_statement import killed_at_each
from tests.app.rollouts.made_rollouts import made_teams, planned, words_of

from remit.core.clock import now
from remit.notices.models import Notice
from remit.rollouts.actions.planning import change_plan, draw
from remit.rollouts.models import Draw, Plan, Start
from remit.trail.models import Entry
from remit_engine.evidence.sampling import commitment

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


def test_killed_anywhere_an_order_is_drawn_told_and_its_key_shown_or_nothing_of_it(house):
    change = planned(house.ola, made_teams(house, 6))

    def drawing():
        draw(house.ola, change.pk, revision=1)

    def there():
        return (
            Draw.objects.count(),
            Start.objects.filter(change=change).exclude(on=None).count(),
            Plan.objects.get(change=change).sealed_key == "",
            Entry.objects.filter(act="rollout-drawn").count(),
            Notice.objects.filter(code="rollout-drawn").values("subject").distinct().count(),
        )

    nothing, whole = (0, 0, False, 0, 0), (1, 6, True, 1, 6)
    seen = []

    def wrong():
        seen.append(there())
        if seen[-1] not in (nothing, whole):
            yield str(seen[-1])

    came = killed_at_each(now(), drawing, wrong)
    assert came["wrong"] == []
    assert came["killed"] > 15
    assert (seen[0], seen[-1]) == (nothing, whole)
    made = Draw.objects.get()
    assert commitment(bytes.fromhex(made.key)) == made.commitment == Plan.objects.get().commitment
    drawing()
    assert there() == whole
