"""Twice and at the same moment, in threads of their own: said once, supported once, answered by one."""

import pytest
from tests.app.growth.test_growth_at_once import at_once
from tests.app.voice.made_voice import made_idea, made_question, made_thanks, made_trial

from remit.voice.actions.answering import answer_idea
from remit.voice.actions.ideas import support, support_no_more
from remit.voice.actions.questions import answer_question
from remit.voice.actions.trials import ask_what_came
from remit.voice.models import Answer, Idea, Support, Thanks, Trial
from remit.voice.vocabulary import Outcome

pytestmark = pytest.mark.django_db(transaction=True)


def test_said_and_supported_at_once_each_is_there_once(house):
    assert at_once(*[lambda: made_idea(house, stamp="x", is_nameless=True)] * 3) == ["done"] * 3
    assert at_once(*[lambda: made_thanks(house, stamp="x")] * 3) == ["done"] * 3
    idea = Idea.objects.get()
    people = (house.ben, house.ben, house.sam)
    assert at_once(*[lambda by=by: support(by, idea.pk) for by in people]) == ["done"] * 3
    assert (Support.objects.count(), Thanks.objects.count()) == (2, 1)
    assert at_once(*[lambda: support_no_more(house.ben, idea.pk)] * 2) == ["done"] * 2
    assert Support.objects.get().member == house.sam


def test_answered_by_two_at_once_one_has_answered_and_the_other_is_told(house):
    idea, question = made_idea(house), made_question(house)
    ended = at_once(
        lambda: answer_idea(house.sam, idea.pk, outcome=Outcome.YES, why="We can.", after=0),
        lambda: answer_idea(house.mia, idea.pk, outcome=Outcome.NO, why="We can't.", after=0),
    )
    assert ended == ["done", "idea-answered"]
    assert Answer.objects.count() == 1
    ended = at_once(
        lambda: answer_question(house.mia, question.pk, "Few come."),
        lambda: answer_question(house.ola, question.pk, "It is the law."),
    )
    assert ended == ["done", "question-answered"]


def test_two_trials_of_one_idea_at_once_are_one_and_it_asks_once(house):
    idea = made_idea(house)
    ended = at_once(
        lambda: made_trial(house, idea, house.sam, stamp="a"),
        lambda: made_trial(house, idea, house.mia, stamp="b"),
    )
    assert ended == ["done", "idea-on-trial"]
    Trial.objects.update(ends_at=Trial.objects.get().begins_at)
    asked = []
    assert at_once(*[lambda: asked.append(ask_what_came())] * 3) == ["done"] * 3
    assert sum(asked) == 1
