"""Answers twice and at the same moment, in threads of their own: each person counts once, nobody is lost."""

import pytest
from tests.app.growth.test_growth_at_once import at_once
from tests.app.pulse.made_pulse import colleagues, opened, says

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
