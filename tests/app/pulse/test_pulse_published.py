"""All that is published of a team whose people come and go: nothing, and no difference, is of a few."""

from datetime import timedelta
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.app.made_house import made_member
from tests.app.pulse.made_pulse import made_rhythm, opened, put_in
from tests.examples import examples

from remit.core import clock
from remit.core.clock import now
from remit.people.models import Membership, Role
from remit.pulse.actions.closing import close_wave
from remit.pulse.models import Asked, Figure, Reply, Rhythm, Wave
from remit_engine.evidence.pulse import blur_of

COOKS, WAITERS = 22, 22
WAVES = 5


@pytest.fixture
def crowd(house):
    """Two large roles, of whom nobody is in the team yet."""
    roles = [Role.objects.get(word="member"), Role.objects.create(word="cook", title="Cook", rank=10)]
    for number in range(COOKS + WAITERS):
        member = made_member(f"c-{number}", "Kim Colleague", now())
        role = roles[number < COOKS]
        Membership.objects.create(member=member, team=house.harbour, role=role, since=now(), until=now())
    return list(Membership.objects.filter(member__word__startswith="c-").order_by("pk"))


@given(data=st.data())
@settings(
    max_examples=examples(12), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_figure_and_no_difference_is_of_fewer_than_five(house, crowd, data):
    for table in (Reply, Wave, Rhythm):
        table.objects.all().delete()
    made_rhythm(house, has_parts=True, count=3, next_on=now().date())
    there = set(data.draw(st.sets(st.sampled_from(range(len(crowd))), min_size=4), label="there at first"))
    truth = {}
    for number in range(WAVES):
        there ^= data.draw(st.sets(st.sampled_from(range(len(crowd))), max_size=6), label="come or go")
        _only(crowd, there)
        with clock.at(now() + timedelta(days=14 * number)):
            wave = opened(house)
        if wave is None:
            continue
        truth |= _answered(wave, data)
        before = list(Figure.objects.order_by("pk").values())
        with clock.at(wave.closes_at):
            close_wave(wave.pk)
            Reply.objects.create(wave=wave, text="x", why="y", by=house.mia, at=now())
        assert list(Figure.objects.order_by("pk").values())[: len(before)] == before
    _nothing_of_a_few(truth)


def _only(crowd, there):
    for number, membership in enumerate(crowd):
        membership.until = None if number in there else now()
    Membership.objects.bulk_update(crowd, ["until"])


def _answered(wave, data):
    """Random answers; what they really were, by wave, item and part."""
    sizes = {}
    for part in Asked.objects.filter(wave=wave).values_list("part", flat=True):
        sizes[part] = sizes.get(part, 0) + 1
    tallies, answers = {}, 0
    for part, size in sizes.items():
        said = data.draw(st.one_of(st.just(size), st.integers(0, size)), label=f"answers of {part!r}")
        value = data.draw(st.integers(0, 4))
        tally = [0] * 5
        for number in range(said):
            tally[(value + number % 3) % 5] += 1
        tallies[part], answers = {item: tally for item, _ in wave.items}, answers + said
    put_in(wave, tallies, silent=wave.asked - answers)
    return {(wave.pk, item, part): tally for part, items in tallies.items() for item, tally in items.items()}


def _nothing_of_a_few(truth):
    people = {}
    for wave, member, part in Asked.objects.values_list("wave", "member", "part"):
        people.setdefault((wave, part), set()).add(member)
    known = {}
    for figure in Figure.objects.filter(form="alone"):
        cells = {part for wave, part in people if wave == figure.wave_id}
        tally = [truth[figure.wave_id, figure.item, each] for each in cells if figure.part in ("", each)]
        values = [sum(column) for column in zip(*tally, strict=True)]
        assert sum(values) >= 12
        mean = sum(value * times for value, times in enumerate(values, 1)) / sum(values)
        assert 12 <= figure.low == figure.high <= 48
        off = max(figure.low / 10 - mean, mean - figure.low / 10)
        assert off <= blur_of(figure.answers) + 0.26
        group = set().union(*(people[figure.wave_id, each] for each in cells if figure.part in ("", each)))
        known.setdefault(figure.item, []).append((figure.wave_id, group, sum(values)))
    for figures in known.values():
        for (one, these, answers), (other, those, fewer) in combinations(figures, 2):
            assert len(these ^ those) not in range(1, 5)
            if one == other and those < these:
                assert answers == fewer or answers - fewer >= 5
    for figure in Figure.objects.filter(form="together"):
        tally = [v for (wave, item, _), v in truth.items() if (wave, item) == (figure.wave_id, figure.item)]
        assert sum(map(sum, tally)) >= 5
        assert figure.high - figure.low == 5
