"""Ideas: said once, supported once, answered in time or not, put beside each other, and never lost."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.app.voice.made_voice import made_idea, made_question, made_thanks, made_trial

from remit.core import clock
from remit.core.clock import now
from remit.core.errors import Changed, NotAllowed, NotThere, Refusal
from remit.core.hollow_why import stems_of
from remit.notices.models import Notice
from remit.people.access import place_in
from remit.trail.models import Entry
from remit.trail.words import known_acts
from remit.voice.actions.answering import answer_idea
from remit.voice.actions.grouping import put_beside, take_apart
from remit.voice.actions.ideas import support, support_no_more
from remit.voice.actions.promises import promise
from remit.voice.alike import alike_in, likeness, most_alike
from remit.voice.models import Answer, Idea, Support
from remit.voice.notices import examples
from remit.voice.queries.listing import TABS, listed, supporters_of
from remit.voice.queries.promise import kept_in
from remit.voice.vocabulary import ACTS, ANSWERS, STATE_AFTER, Came, Outcome, State

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def told(code):
    return set(Notice.objects.filter(code=code).values_list("member__word", flat=True))


def answered(house, idea, outcome=Outcome.YES, why="Cold soup is what guests name most.", after=None):
    after = Answer.objects.filter(idea=idea).count() if after is None else after
    return answer_idea(house.sam, idea.pk, outcome=outcome, why=why, after=after)


def test_said_once_told_to_who_leads_and_promised(house):
    first, again = (made_idea(house, text="  Warm\nplates ", stamp="x") for _ in range(2))
    assert first == again
    assert (first.text, first.author, first.state) == ("Warm plates", house.ana, "waiting")
    assert told("idea-came") == {"sam", "mia", "ola"}
    assert first.due_at.astimezone(house.harbour.zone) == datetime(2026, 12, 8, tzinfo=house.harbour.zone)
    with pytest.raises(Refusal, match="What is your idea"):
        made_idea(house, text=" \n ")
    assert Entry.objects.filter(act="idea-written").get().member == house.ana


def test_who_leads_and_has_the_idea_isnt_told_of_it(house):
    made_idea(house, house.sam)
    assert told("idea-came") == {"mia", "ola"}


def test_supported_once_taken_back_and_not_by_whoever_had_it(house):
    idea = made_idea(house)
    for _ in range(2):
        support(house.ben, idea.pk)
    support(house.sam, idea.pk)
    assert supporters_of([idea.pk]) == {idea.pk: {house.ben.pk, house.sam.pk}}
    for _ in range(2):
        support_no_more(house.ben, idea.pk)
    assert Support.objects.get().member == house.sam
    with pytest.raises(Refusal, match="your own"):
        support(house.ana, idea.pk)
    with pytest.raises(NotThere):
        support(house.eve, idea.pk)
    assert not Entry.objects.filter(member=house.ben).exists()


@pytest.mark.parametrize("outcome", ANSWERS)
def test_answered_with_a_why_by_a_lead_and_who_is_concerned_is_told(house, outcome):
    idea = made_idea(house)
    support(house.ben, idea.pk)
    for by in (house.ana, house.ben):
        with pytest.raises(NotAllowed):
            answer_idea(by, idea.pk, outcome=outcome, why="So.", after=0)
    with pytest.raises(Refusal, match="A word why"):
        answered(house, idea, outcome, why=" ")
    for _ in range(2):
        idea = answer_idea(house.sam, idea.pk, outcome=outcome, why="They asked for it.", after=0)
    assert (idea.state, idea.answered_at) == (STATE_AFTER[outcome], now())
    assert Answer.objects.get().why == "They asked for it."
    assert told("idea-answered") == {"ana", "ben"}
    assert not Notice.objects.filter(code="idea-came", seen_at=None).exists()


def test_answered_by_two_the_second_is_told_and_may_answer_anew(house):
    idea = made_idea(house)
    answered(house, idea, Outcome.NO)
    with pytest.raises(Changed, match="Sam Lindqvist answered it meanwhile: No"):
        answer_idea(house.mia, idea.pk, outcome=Outcome.YES, why="We can.", after=0)
    with clock.at(now() + DAY):
        idea = answer_idea(house.mia, idea.pk, outcome=Outcome.YES, why="We can by now.", after=1)
    assert (idea.state, idea.answered_at) == ("taken-up", now())
    assert [each.outcome for each in idea.answers.all()] == ["yes", "no"]


def test_the_promise_is_measured_by_what_was_promised_then(house):
    late = made_idea(house, text="Late", ago=20 * DAY)
    in_time = made_idea(house, text="In time", ago=10 * DAY)
    made_idea(house, text="Overdue", ago=16 * DAY)
    made_idea(house, text="Waiting", ago=2 * DAY)
    with clock.at(now() - 100 * DAY):
        answered(house, made_idea(house, text="Long ago"))
    answered(house, late)
    answered(house, in_time)
    promise(place_in(house.mia, house.harbour), days=3, values=["Kind"], why="We are few.")
    (kept,) = kept_in([house.harbour])
    assert (kept.days, kept.due, kept.in_time, kept.waiting, kept.late) == (3, 3, 1, 2, 1)
    assert kept.percent == 33
    assert kept.oldest_at == now() - 16 * DAY
    (nothing,) = kept_in([house.hill])
    assert (nothing.days, nothing.percent, nothing.waiting) == (14, None, 0)


def test_a_promise_is_a_managers_and_does(house):
    place = place_in(house.mia, house.harbour)
    with pytest.raises(NotAllowed):
        promise(place_in(house.sam, house.harbour), days=3, values=["Kind"], why="So.")
    for wrong in (
        {"days": 0}, {"days": 91}, {"values": [" "]}, {"values": [f"{n}" for n in range(9)]},
        {"values": ["x" * 61]}, {"why": " "},
    ):  # fmt: skip
        with pytest.raises(Refusal):
            promise(place, **{"days": 3, "values": ["Kind"], "why": "We are few."} | wrong)
    for _ in range(2):
        kept = promise(place, days=3, values=["Kind", " kind ", "Kind", ""], why="We are few.")
    assert kept.values == ["Kind", "kind"]
    assert Entry.objects.filter(act="promise-made").count() == 1


def test_put_beside_each_other_they_are_listed_supported_and_answered_together(house):
    head = made_idea(house, ago=DAY)
    other = made_idea(house, house.ben, "Warm plates for the soup")
    third = made_idea(house, house.sam, "Plates that are warm")
    support(house.sam, head.pk)
    support(house.sam, other.pk)
    support(house.mia, other.pk)
    with pytest.raises(NotAllowed):
        put_beside(house.ana, other.pk, head.pk)
    with pytest.raises(Refusal):
        put_beside(house.sam, head.pk, head.pk)
    put_beside(house.sam, third.pk, other.pk)
    for _ in range(2):
        put_beside(house.sam, other.pk, head.pk)
    (line,) = listed(house.ana, "waiting", None)
    assert (line.idea, line.others, line.supporters, line.is_mine) == (head, 2, 2, False)
    assert [each.text for each in Idea.objects.filter(same_as=head).order_by("id")] == [
        other.text,
        third.text,
    ]
    with pytest.raises(Changed, match="answered with it"):
        answered(house, other)
    support_no_more(house.mia, head.pk)
    assert supporters_of([head.pk]) == {head.pk: {house.sam.pk}}
    support(house.mia, other.pk)
    answered(house, head)
    assert set(Idea.objects.values_list("state", flat=True)) == {"taken-up"}
    assert Answer.objects.count() == 3
    assert told("idea-answered") == {"ana", "ben", "mia"}
    for _ in range(2):
        take_apart(house.sam, other.pk)
    assert {each.idea for each in listed(house.ana, "taken-up", None)} == {head, other}


def test_what_comes_later_beside_an_answered_one_has_its_answer(house):
    head = answered(house, made_idea(house), Outcome.NOT_NOW, "In spring.")
    late = made_idea(house, house.ben, "Warm the plates for soup")
    put_beside(house.sam, late.pk, head.pk)
    late.refresh_from_db()
    assert (late.state, late.answers.get().why) == ("not-now", "In spring.")


def test_alike_by_words_that_say_something_and_only_suggested(house):
    made_idea(house, text="Chairs outside for those who wait")
    close = made_idea(house, house.ben, "Plates could be warm before soup goes out")
    mine = made_idea(house)
    assert alike_in(house.harbour, mine.text, but=mine.pk) == [close]
    assert alike_in(house.hill, mine.text) == []
    assert Idea.objects.exclude(same_as=None).count() == 0
    assert alike_in(house.harbour, "the and of") == []
    assert stems_of("冷たいスープ") == {"冷た", "たい", "いス", "スー", "ープ"}


@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_is_even_bounded_and_whole_for_the_same(one, other):
    here, there = stems_of(one), stems_of(other)
    assert 0 <= likeness(here, there) == likeness(there, here) <= 1
    assert likeness(here, here) == (1 if here else 0)
    assert most_alike(one, [(1, one)]) == ([1] if here else [])


def test_each_state_is_in_one_list(house):
    found = [state for _, states in TABS.values() for state in states]
    assert sorted(found) == sorted(State)
    assert listed(house.eve, "waiting", None).rows == []


def test_every_act_has_words_and_every_message_can_be_looked_at(house):
    assert ACTS.items() <= known_acts().items()
    trial = made_trial(house)
    trial.came, trial.learned = Came.NOT_KEPT, "Nobody noticed."
    told_ones = list(
        examples(trial.idea, trial, made_thanks(house), made_question(house, answer="Few come."))
    )
    assert "Thank you for trying." in " ".join(message.body for message in told_ones)
    for message in told_ones:
        assert message.title
        assert len(message.title) <= 200
        assert message.address.startswith("/")
