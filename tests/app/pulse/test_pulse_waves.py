"""Waves: asked by a rhythm, counted once, tied to nobody, and not asked again before they were answered."""

from datetime import timedelta

import pytest
from django.db import connection
from tests.app.pulse.made_pulse import (
    closed,
    colleagues,
    made_rhythm,
    opened,
    put_in,
    results,
    rhythm_words,
    says,
)

from remit.core import clock
from remit.core.clock import now
from remit.core.errors import Changed, NotAllowed, Refusal
from remit.notices.models import Notice
from remit.people.access import place_in
from remit.pulse import notices
from remit.pulse.access import words_in
from remit.pulse.actions.closing import close_due, close_wave
from remit.pulse.actions.opening import open_due
from remit.pulse.actions.replying import reply
from remit.pulse.actions.rhythm import set_rhythm
from remit.pulse.models import Asked, Box, Figure, OwnItem, Rhythm, Waiting, Wave, Words
from remit.pulse.queries.measure import PULSE, pulse_of
from remit.pulse.vocabulary import ITEMS, WORDS_AFTER
from remit.purpose.measures import measure_of, stretch_of
from remit.trail.models import Entry


def test_a_wave_opens_by_its_rhythm_and_asks_whoever_is_below_managers(house):
    colleagues(house, 6)
    made_rhythm(house, own=("We have what we need.",))
    assert open_due() == 1
    wave = Wave.objects.get()
    assert set(Asked.objects.values_list("member__word", flat=True)) >= {"ana", "ben", "sam"}
    assert not Asked.objects.filter(member__in=[house.mia, house.ola]).exists()
    assert [text for _, text in wave.items][-1] == "We have what we need."
    assert Notice.objects.filter(code="pulse-asked").count() == wave.asked == 6
    assert len({(each.title, each.address) for each in Notice.objects.filter(code="pulse-asked")}) == 1
    assert open_due() == 0


def test_it_waits_for_its_day_at_nine(house):
    colleagues(house, 6)
    made_rhythm(house, next_on=now().date() + timedelta(days=1))
    with clock.at(now().replace(hour=7, minute=59) + timedelta(days=1)):
        assert open_due() == 0
    with clock.at(now().replace(hour=8, minute=0) + timedelta(days=1)):
        assert open_due() == 1


def test_fewer_than_five_are_never_asked(house):
    colleagues(house, 4)
    made_rhythm(house)
    assert open_due() == 0


def test_sentences_come_in_turn(house):
    colleagues(house, 5)
    made_rhythm(house, count=4)
    asked = []
    for number in range(3):
        with clock.at(now() + timedelta(days=14 * number)):
            wave = opened(house)
        asked += [key for key, _ in wave.items]
        closed(house, wave)
    assert sorted(asked) == sorted([each.key for each in ITEMS] * 2)


def test_it_is_counted_once_and_leaves_no_trace_of_who(house):
    colleagues(house, 6)
    wave = opened(house)
    before = Entry.objects.count()
    assert says(house, house.ana, wave, 5)
    assert not says(house, house.ana, wave, 1)
    assert Box.objects.get().counts[""]["clear"] == [0, 0, 0, 0, 1]
    assert house.ana.pk not in Waiting.objects.get().members
    assert Entry.objects.count() == before
    assert not Notice.objects.exclude(seen_at=None).exists()


def test_who_is_not_asked_and_what_is_over(house):
    colleagues(house, 5)
    wave = opened(house)
    with pytest.raises(NotAllowed):
        says(house, house.mia, wave)
    with pytest.raises(Refusal, match="Nothing is answered"):
        says(house, house.ana, wave, 9)
    closed(house, wave)
    with pytest.raises(Changed, match="closed meanwhile"):
        says(house, house.ana, wave)


def test_what_one_answer_writes_is_the_same_two_rows(house):
    """What is written by one answer: the two rows of the wave, as a whole, whoever answers."""
    colleagues(house, 6)
    wave = opened(house)
    written = _Written()
    with connection.execute_wrapper(written):
        says(house, house.ben, wave, 2)
    tables = {sql.split('"')[1] for sql in written.statements}
    assert tables == {"pulse_box", "pulse_waiting"}


def test_the_mean_of_three_waves_is_shown_to_a_small_team(house):
    wave = results(house, 2)
    assert not Figure.objects.exists()
    with clock.at(now() + timedelta(days=1)):
        again = opened(house)
        put_in(again, {"": {key: [0, 1, 1, 4, 1] for key, _ in again.items}}, silent=1)
    again = closed(house, again)
    assert (again.told_from, again.told_to) == (7, 8)
    assert {each.form for each in again.figures.all()} == {"together"}
    assert not wave.figures.exists()
    assert not Waiting.objects.exists()


def test_twelve_answers_are_shown_by_themselves_until_one_leaves(house):
    people = colleagues(house, 14)
    tally = [1, 1, 2, 5, 4]
    for number in range(2):
        with clock.at(now() + timedelta(days=14 * number)):
            wave = opened(house)
            put_in(wave, {"": {key: tally for key, _ in wave.items}})
            if number == 0:
                people[-1].memberships.update(until=now())
        wave = closed(house, wave)
    first, second = Wave.objects.order_by("number")
    assert {each.form for each in first.figures.all()} == {"alone"}
    asked_again = {key for key, _ in first.items} & {key for key, _ in second.items}
    assert len(asked_again) == 4
    assert not second.figures.filter(item__in=asked_again).exists()


def test_what_is_not_published_is_thrown_away(house):
    colleagues(house, 12)
    wave = opened(house)
    put_in(wave, {"": {key: [0, 0, 1, 2, 1] for key, _ in wave.items}}, silent=8, words=["It was me."])
    closed(house, wave)
    box = Box.objects.get()
    assert (box.counts, box.words) == ({"": {}}, [])
    assert not Words.objects.exists()
    assert Wave.objects.get().told_to == 4


def test_words_are_shown_late_and_in_an_order_of_their_own(house):
    wave = results(house, 1, people=12, words=["b", "a", "c"])
    with clock.at(wave.closed_at + WORDS_AFTER - timedelta(seconds=1)):
        assert not words_in(wave).exists()
    with clock.at(wave.closed_at + WORDS_AFTER):
        assert {each.text for each in words_in(wave)} == {"a", "b", "c"}


def test_nothing_is_asked_before_the_last_result_got_its_answer(house):
    wave = results(house, replies=False)
    with clock.at(now() + timedelta(days=2)):
        assert open_due() == 0
        place = place_in(house.mia, house.harbour)
        done = reply(place, wave.number, text="A briefing at four.", why="Nobody knew.")
        assert reply(place, wave.number, text="A briefing at four.", why="Nobody knew.") == done
        with pytest.raises(Changed):
            reply(place_in(house.ola, house.harbour), wave.number, text="Nothing.", why="Enough.")
        with pytest.raises(NotAllowed):
            reply(place_in(house.sam, house.harbour), wave.number, text="Nothing.", why="Enough.")
        assert open_due() == 1
    told = Notice.objects.filter(code="pulse-replied")
    assert told.count() == wave.asked


def test_a_result_is_never_reckoned_anew(house):
    wave = results(house)
    before = list(Figure.objects.values())
    house.ana.memberships.update(until=now())
    assert not close_wave(wave.pk)
    assert close_due() == 0
    assert list(Figure.objects.values()) == before


def test_another_wording_is_another_sentence(house):
    made_rhythm(house, own=("We are enough.", "We have knives."))
    made_rhythm(house, own=("We are enough people.", "We have knives."))
    assert list(OwnItem.objects.filter(ended_at=None).values_list("text", flat=True)) == [
        "We have knives.",
        "We are enough people.",
    ]
    assert OwnItem.objects.count() == 3


def test_of_two_who_choose_a_rhythm_the_second_is_told(house):
    place = place_in(house.mia, house.harbour)
    set_rhythm(place, rhythm_words(house), revision=0)
    set_rhythm(place, rhythm_words(house), revision=0)
    with pytest.raises(Changed):
        set_rhythm(place, rhythm_words(house, weeks=8), revision=0)
    with pytest.raises(NotAllowed):
        set_rhythm(place_in(house.sam, house.harbour), rhythm_words(house), revision=1)
    assert Rhythm.objects.get().weeks == 2


def test_an_objective_is_moved_by_what_was_published(house):
    assert measure_of("pulse") is PULSE
    day = now().date()
    assert pulse_of(house.harbour, stretch_of(PULSE, day)).value is None
    wave = results(house)
    middles = [(each.low + each.high) / 20 for each in wave.figures.filter(part="")]
    reading = pulse_of(house.harbour, stretch_of(PULSE, day))
    assert float(reading.value) == pytest.approx(sum(middles) / len(middles), abs=0.006)
    assert reading.count == 7


def test_every_notice_says_what_to_do(house):
    wave = results(house)
    for message in notices.examples(wave, wave.reply):
        assert message.address.startswith("/pulse/harbour/")
        assert message.title
        assert message.body.endswith((".", "four."))


class _Written:
    """Hears which tables are written to."""

    def __init__(self):
        self.statements = []

    def __call__(self, execute, sql, params, many, context):
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            self.statements.append(sql)
        return execute(sql, params, many, context)
