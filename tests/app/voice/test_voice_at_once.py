"""Twice, at the same moment, and killed on the way: said once, supported once, answered by one, and told."""

import pytest
from tests.app.acts_at_once import at_once
from tests.app.races.each_statement import killed_at_each
from tests.app.voice.made_voice import made_idea, made_question, made_thanks, made_trial

from remit.core.clock import now
from remit.notices.models import Notice
from remit.trail.models import Entry
from remit.voice.actions.answering import answer_idea
from remit.voice.actions.ideas import support, support_no_more
from remit.voice.actions.questions import answer_question, correct_answer
from remit.voice.actions.trials import ask_what_came
from remit.voice.models import Answer, EarlierAnswer, Idea, Support, Thanks, Trial
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
    ended = at_once(
        lambda: correct_answer(house.mia, question.pk, "It is habit.", why="I asked.", after=0),
        lambda: correct_answer(house.mia, question.pk, "It is habit.", why="I asked.", after=0),
        lambda: correct_answer(house.ola, question.pk, "It was the rent.", why="It ended.", after=0),
    )
    assert ended in (["answer-corrected", "done", "done"], ["answer-corrected", "answer-corrected", "done"])
    assert EarlierAnswer.objects.get().number == 1


def test_killed_anywhere_an_idea_is_answered_and_told_or_neither(house):
    idea = made_idea(house)

    def answer():
        answer_idea(house.sam, idea.pk, outcome=Outcome.YES, why="We can.", after=0)

    def wrong():
        told = Notice.objects.filter(code="idea-answered", member=house.ana).count()
        entries = Entry.objects.filter(act="idea-answered").count()
        is_answered = Idea.objects.get().answered_at is not None
        waits = Notice.objects.filter(code="idea-came", seen_at=None).exists()
        if {told, entries, Answer.objects.count(), int(is_answered), int(not waits)} not in ({0}, {1}):
            yield f"{told} told, {entries} recorded, answered {is_answered}, somebody waits {waits}"

    said = killed_at_each(now(), answer, wrong)
    assert said["wrong"] == []
    assert said["killed"] > 10
    answer()
    assert Answer.objects.count() == 1


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
