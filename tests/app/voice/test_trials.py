"""Trials: safe by owner, end, measure and limit; ended by their time; what came of them stays."""

from datetime import timedelta

import pytest
from tests.app.purpose.made_objectives import made_objective
from tests.app.voice.made_voice import made_idea, made_trial, trial_words

from remit.core import clock
from remit.core.clock import now, today
from remit.core.errors import Changed, NotAllowed, NotThere, Refusal
from remit.notices.models import Notice
from remit.people.access import place_in
from remit.people.actions.members import leave
from remit.purpose.hanging import Hanging, hung_on
from remit.purpose.models import Measurement
from remit.trail.models import Entry
from remit.voice.actions.answering import answer_idea
from remit.voice.actions.grouping import put_beside
from remit.voice.actions.ideas import support
from remit.voice.actions.trials import ask_what_came, begin_trial, say_what_came
from remit.voice.models import Idea, Trial
from remit.voice.queries.measured import moved_in
from remit.voice.vocabulary import Came, Outcome

pytestmark = pytest.mark.django_db
AFTER = timedelta(days=16)


def told(code):
    return set(Notice.objects.filter(code=code).values_list("member__word", flat=True))


def test_begun_by_a_lead_once_it_is_the_answer(house):
    idea = made_idea(house)
    with pytest.raises(NotAllowed):
        made_trial(house, idea, house.ben)
    first, again = (made_trial(house, idea, stamp="x") for _ in range(2))
    assert first == again
    idea.refresh_from_db()
    assert (idea.state, idea.answers.get().outcome) == ("trying", "try")
    assert (told("idea-answered"), told("trial-yours")) == ({"ana"}, {"ben"})
    with pytest.raises(Changed, match="being tried already"):
        made_trial(house, idea)
    with pytest.raises(Changed, match="It is being tried"):
        answer_idea(house.sam, idea.pk, outcome=Outcome.NO, why="No.", after=1)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"what": " "}, "what"), ({"why": ""}, "why"), ({"limit": ""}, "limit"),
        ({"measure": " "}, "measure"),
        ({"until": today("UTC") - timedelta(days=4000)}, "until"),
        ({"until": today("UTC") + timedelta(days=4000)}, "until"),
    ],
)  # fmt: skip
def test_none_without_what_makes_it_safe(house, wrong, field):
    with pytest.raises(Refusal) as refused:
        made_trial(house, **wrong)
    assert refused.value.field == field
    assert not Trial.objects.exists()
    with pytest.raises(NotThere):
        begin_trial(house.sam, made_idea(house).pk, trial_words(house, owner="eve"), stamp="y")


def test_it_ends_by_itself_and_asks_its_owner_once(house):
    trial = made_trial(house)
    assert ask_what_came() == 0
    with clock.at(now() + AFTER):
        assert (ask_what_came(), ask_what_came()) == (1, 0)
        trial.refresh_from_db()
        assert trial.waits
        assert told("trial-over") == {"ben"}
    assert Entry.objects.get(act="trial-over").member is None


def test_where_its_owner_left_those_who_lead_are_asked(house):
    made_trial(house)
    leave(place_in(house.mia, house.harbour), "ben")
    with clock.at(now() + AFTER):
        assert ask_what_came() == 1
    assert told("trial-over") == {"sam", "mia", "ola"}


@pytest.mark.parametrize(
    ("came", "state"), [(Came.KEPT, "taken-up"), (Came.NOT_KEPT, "tried"), (Came.STOPPED, "tried")]
)
def test_what_came_is_said_once_and_stays_and_all_are_told(house, came, state):
    idea, beside = made_idea(house), made_idea(house, house.sam, "Warm the plates for soup")
    put_beside(house.mia, beside.pk, idea.pk)
    support(house.mia, idea.pk)
    trial = made_trial(house, idea)
    with clock.at(now() + AFTER):
        ask_what_came()
        with pytest.raises(NotAllowed, match="Ben Okafor looks after"):
            say_what_came(house.ana, trial.pk, came=came, learned="It was warm.")
        with pytest.raises(Refusal, match="What do we know now"):
            say_what_came(house.ben, trial.pk, came=came, learned=" ")
        for _ in range(2):
            trial = say_what_came(house.ben, trial.pk, came=came, learned="Six of ten were warm.")
        with pytest.raises(Changed):
            say_what_came(house.sam, trial.pk, came=Came.KEPT, learned="No, it is.")
    assert (trial.came, trial.said_by) == (came, house.ben)
    assert set(Idea.objects.values_list("state", flat=True)) == {state}
    assert told("trial-ended") == {"ana", "sam", "mia"}
    thanked = "Thank you for trying" in Notice.objects.filter(code="trial-ended").first().body
    assert thanked is (came != Came.KEPT)
    assert not Notice.objects.filter(code="trial-over", seen_at=None).exists()
    again = made_trial(house, idea)
    assert again != trial


def test_before_its_end_it_can_only_be_stopped(house):
    trial = made_trial(house)
    with pytest.raises(Refusal, match="It still runs"):
        say_what_came(house.ben, trial.pk, came=Came.KEPT, learned="It is good.")
    assert say_what_came(house.sam, trial.pk, came=Came.STOPPED, learned="Too hot.").said_by == house.sam
    with clock.at(now() + AFTER):
        assert ask_what_came() == 0


def test_where_its_objective_stood_before_and_since(house):
    objective = made_objective(house)
    for days, value in ((-5, 7), (3, 5)):
        day = today(house.harbour.time_zone) + timedelta(days=days)
        Measurement.objects.create(objective=objective, day=day, value=value, by=house.sam, at=now())
    trial = made_trial(house, objective=objective, measure="")
    moved = moved_in(trial)
    assert (moved.before, moved.after) == (7, 5)
    hung = {each.kind: each.things for each in hung_on(house.ana, objective)}
    assert hung["Trials"] == (Hanging(trial.what, f"/trials/{trial.pk}/"),)
    assert "Trials" not in {each.kind for each in hung_on(house.eve, objective)}
    say_what_came(house.ben, trial.pk, came=Came.STOPPED, learned="Too hot.")
    assert "Trials" not in {each.kind for each in hung_on(house.ana, objective)}
    assert moved_in(made_trial(house)) is None
