"""Steps twice and at the same moment, in threads of their own: given once, proposed once, asked for once."""

from datetime import date

import pytest
from tests.app.acts_at_once import at_once
from tests.app.growth.reviewed import membership_of, reviewed, with_steps

from remit.growth.actions import proposing, steps, wishes
from remit.growth.actions.figures import choose
from remit.growth.models import Proposal, StepChange, Wish
from remit.notices.models import Notice
from remit.people.access import place_in
from remit.trail.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)
UNTIL = date(2026, 12, 23)


@pytest.fixture
def grown(house):
    with_steps(house)
    return house


def test_the_same_sent_twice_gives_once_and_tells_once(grown):
    place = place_in(grown.mia, grown.harbour)
    assert (
        at_once(*[lambda: steps.give(place, "ana", "first", why="Trust.", until=UNTIL)] * 3) == ["done"] * 3
    )
    assert StepChange.objects.count() == 1
    assert Notice.objects.filter(code="step-changed").count() == 1


def test_given_on_evidence_a_second_click_gives_it_once(grown):
    reviewed(grown, "ana", "s" * 34)
    proposing.show(grown.ana, proposing.look(membership_of(grown, "ana").pk))
    place = place_in(grown.mia, grown.harbour)
    assert at_once(*[lambda: steps.give(place, "ana", "first", why="Her reviews.")] * 3) == ["done"] * 3
    assert StepChange.objects.get().ground == "evidence"
    assert Entry.objects.filter(act="step-given").count() == 1


def test_two_workers_propose_once(grown):
    reviewed(grown, "ana", "s" * 34)
    number = membership_of(grown, "ana").pk
    at_once(*[lambda: proposing.look(number)] * 3)
    assert Proposal.objects.count() == 1


def test_a_wish_sent_twice_is_one(grown):
    place = place_in(grown.ana, grown.harbour)
    assert at_once(*[lambda: wishes.ask_for(place, "Sundays.")] * 2) == ["done", "done"]
    assert at_once(lambda: wishes.ask_for(place, "Mondays, too.")) == ["asked-already"]
    assert Wish.objects.count() == 1


def test_given_and_answered_not_yet_at_once_one_of_them_holds(grown):
    wish = wishes.ask_for(place_in(grown.ana, grown.harbour), "Sundays.")
    mia, ola = (place_in(each, grown.harbour) for each in (grown.mia, grown.ola))
    ended = at_once(
        lambda: wishes.answer(mia, wish, is_given=True, why="Yes.", until=UNTIL),
        lambda: wishes.answer(ola, wish, is_given=False, why="After the audit."),
    )
    assert ended == ["done", "wish-answered"]
    wish.refresh_from_db()
    assert (membership_of(grown, "ana").step == "first") == (wish.answer == "given")


def talked_about(grown):
    """A proposal of a talk about Ana's step, with one talk noted."""
    place = place_in(grown.mia, grown.harbour)
    steps.give(place, "ana", "first", why="Trust.", until=UNTIL)
    reviewed(grown, "ana", "d" * 12)
    proposal = proposing.look(membership_of(grown, "ana").pk)
    proposing.show(grown.ana, proposal)
    proposing.note_talk(grown.mia, proposal, "A new menu.")
    return proposal


ACTS = {
    "step-talked": lambda house, proposal: proposing.note_talk(house.mia, proposal, "The menu again."),
    "step-waits": lambda house, proposal: proposing.let_wait(
        house.ana, proposal, until=date(2026, 11, 30), why="The holidays."
    ),
    "step-proposal-shown": lambda house, proposal: proposing.show(house.ana, proposal),
    "step-stays": lambda house, proposal: proposing.leave_as_it_is(
        place_in(house.mia, house.harbour), proposal, why="It was the menu."
    ),
    "step-narrowed": lambda house, proposal: steps.narrow(
        place_in(house.mia, house.harbour), proposal, why="For a while."
    ),
    "step-trust-ended": lambda house, _: steps.end_trust(
        place_in(house.mia, house.harbour), "ana", why="You asked me."
    ),
    "step-asked-for": lambda house, _: wishes.ask_for(place_in(house.ben, house.harbour), "Sundays."),
    "figures-chosen": lambda house, _: choose(house.ola, "managers", why="The council agreed."),
}


@pytest.mark.parametrize("act", ACTS)
def test_a_second_click_and_two_at_once_do_it_once(grown, act):
    proposal = talked_about(grown)
    before = Entry.objects.filter(act=act).count()
    ended = at_once(*[lambda: ACTS[act](grown, proposal)] * 3)
    assert ended == ["done"] * 3
    ACTS[act](grown, proposal)
    there = 0 if act == "step-proposal-shown" else 1
    assert Entry.objects.filter(act=act).count() == before + there


def test_an_answer_and_a_taking_back_sent_twice_are_done_once(grown):
    place = place_in(grown.mia, grown.harbour)
    wish = wishes.ask_for(place_in(grown.ana, grown.harbour), "Sundays.")
    for is_given in (False, False):
        wishes.answer(place, wish, is_given=is_given, why="After the audit.")
    again = wishes.ask_for(place_in(grown.ana, grown.harbour), "Mondays.")
    for _ in range(2):
        wishes.take_back(grown.ana, again)
    acts = Entry.objects.filter(act__in=("step-answered", "step-wish-taken-back"))
    assert sorted(acts.values_list("act", flat=True)) == ["step-answered", "step-wish-taken-back"]
