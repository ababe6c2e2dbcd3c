"""Answers twice, at the same moment, and killed on the way: each person counts once, nobody is lost."""

import pytest
from tests.app.acts_at_once import at_once
from tests.app.pulse.made_pulse import colleagues, opened, says
from tests.app.races.each_statement import killed_at_each

from remit.core.clock import now
from remit.pulse.actions.closing import close_wave
from remit.pulse.models import Box, Waiting, Wave

pytestmark = pytest.mark.django_db(transaction=True)


def test_all_answer_at_once_and_each_of_them_twice(house):
    people = colleagues(house, 6)
    wave = opened(house)
    assert at_once(*[lambda who=who: says(house, who, wave) for who in people * 2]) == ["done"] * 12
    assert Box.objects.get().counts[""]["clear"] == [0, 0, 0, 6, 0]
    assert Waiting.objects.get().members == []


def test_answered_while_it_closes_it_is_counted_or_told(house):
    people = colleagues(house, 6)
    wave = opened(house)
    for who in people[:5]:
        says(house, who, wave)
    ended = at_once(lambda: says(house, people[5], wave), lambda: close_wave(wave.pk))
    assert set(ended) <= {"done", "wave-over"}
    assert sum(Box.objects.get().counts[""]["clear"]) == 4 + len([each for each in ended if each == "done"])
    assert Wave.objects.get().closed_at is not None


def test_killed_anywhere_somebody_is_counted_and_struck_off_or_neither(house):
    people = colleagues(house, 6)
    wave = opened(house)

    def wrong():
        counted = sum(Box.objects.get().counts[""]["clear"])
        struck = 6 - len(Waiting.objects.get().members)
        if counted != struck or counted > 1:
            yield f"{counted} counted, {struck} struck off"

    said = killed_at_each(now(), lambda: says(house, people[0], wave), wrong)
    assert said["wrong"] == []
    assert said["killed"] > 5
    assert says(house, people[0], wave) is False
