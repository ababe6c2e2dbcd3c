"""The pulse in the demo: waves of half a year, by the main team, each answered in turn but the last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Final

from remit.core.clock import now
from remit.demo.bulk.house import House
from remit.demo.bulk.record import Record
from remit.demo.bulk.rows import Rows
from remit.demo.playing import Story
from remit.people.models import Member, Membership
from remit.people.vocabulary import Rank
from remit.pulse.actions.opening import items_of
from remit.pulse.facts import Earlier, Groups, counted_whole
from remit.pulse.models import Asked, Box, OwnItem, Reply, Rhythm, Wave, Words
from remit.pulse.publishing import figures_of
from remit.pulse.vocabulary import MONTH, OPEN_FOR, OPENS_AT
from remit_engine.evidence.pulse import LEAST_WORDS, told_answers

_OWN: Final = "We have what we need to do our work well."
_LAST: Final = timedelta(days=17)
"""Before the end the last wave opened: its words are shown by now, and its result waits for an answer."""
_WAVES: Final = 6
_COUNT: Final = 5
_SILENT: Final = 2
"""In a usual wave; in the last one everybody answered."""
_FELT: Final = {
    "clear": (3.4, 4.2),
    "may-decide": (2.6, 4.3),
    "sure": (2.9, 4.0),
    "heard": (3.0, 3.6),
    "backed": (3.2, 3.9),
    "strength": (3.6, 2.9),
}
"""Where the answers of the first and of the last wave lie."""
_USUAL: Final = (3.3, 3.5)
_REPLIES: Final = {
    3: (
        "Mia writes up what may be decided alone, and it hangs at the pass.",
        "Half of you didn't know what you may give without asking.",
    ),
    4: (
        "Whoever decided something that a guest took badly comes to the briefing first, with Sam.",
        "Nobody should have to explain it alone.",
    ),
    5: (
        "No double shifts on two days in a row, until the new colleague is trained.",
        "You are tired; what we asked of you in the autumn was too much.",
    ),
}
"""What was done about the waves that had a result: what, and why."""
_WORDS: Final = (
    "The fish fridge again. We said it in spring.",
    "I like that I can just give the dessert.",
    "Sundays with four people don't work.",
    "Thank you for the list at the pass.",
)


def felt(rows: Rows, trail: Record, house: House, end: datetime) -> tuple[datetime, Story]:
    """The pulse of the main team; its sisters are too small to be asked.

    Args:
        rows: where it goes.
        trail: where its acts go.
        house: the main team.
        end: the end of the demo's time.

    Returns:
        the story with its first moment.
    """
    day = _day(house, end - _LAST - (_WAVES - 1) * timedelta(weeks=MONTH))
    first = datetime.combine(day, OPENS_AT, house.team.zone).astimezone(UTC)
    return first, _felt(rows, trail, house, first)


def _felt(rows: Rows, trail: Record, house: House, first: datetime) -> Story:
    team, rng = house.team, Random("pulse")  # noqa: S311 (made data)  # nosec B311
    own = rows.add(OwnItem(team=team, text=_OWN))
    rhythm = rows.add(Rhythm(team=team, weeks=MONTH, count=_COUNT, next_on=_day(house, first)))
    mia = next(each.member for each in house.there() if each.member.word == "mia")
    trail.record("pulse-rhythm", f"team:{team.word}", by=mia, team=team, rhythm=rhythm.get_weeks_display())
    before: defaultdict[str, list[Earlier]] = defaultdict(list)
    for number in range(1, _WAVES + 1):
        yield first + (number - 1) * timedelta(weeks=MONTH)
        people = [each.member for each in _asked(house)]
        wave = rows.add(_wave(house, own, number, len(people)))
        rhythm.next_on = _day(house, now() + timedelta(weeks=MONTH))
        trail.record("pulse-opened", wave.subject, by=None, team=team, number=number)
        yield wave.closes_at
        _closed(rows, wave, people, before, rng)
        trail.record("pulse-closed", wave.subject, by=None, team=team, number=number)
        if number in _REPLIES:
            yield wave.closes_at + timedelta(days=2)
            text, why = _REPLIES[number]
            rows.add(Reply(wave=wave, text=text, why=why, by=mia, at=now()))
            trail.record("pulse-replied", wave.subject, by=mia, team=team, number=number)


def _wave(house: House, own: OwnItem, number: int, asked: int) -> Wave:
    return Wave(
        team=house.team,
        number=number,
        items=items_of(_COUNT, [own], number),
        asked=asked,
        takes_words=asked >= LEAST_WORDS,
        opened_at=now(),
        closes_at=now() + OPEN_FOR,
    )


def _closed(
    rows: Rows, wave: Wave, people: Sequence[Member], before: defaultdict[str, list[Earlier]], rng: Random
) -> None:
    """As `close_wave` does it, with what was answered."""
    answers = wave.asked - (0 if wave.number == _WAVES else _SILENT)
    wave.closed_at = now()
    wave.told_from, wave.told_to = told_answers(answers, wave.asked)
    counts = {item: _tally(item, wave.number, answers, rng) for item, _ in wave.items}
    rows.add(Box(wave=wave, counts={"": counts}))
    whole = frozenset(each.pk for each in people)
    for each in people:
        rows.add(Asked(wave=wave, member=each))
    for figure in figures_of(wave, Groups(whole, {}), {}, before):
        rows.add(figure)
    for item, _ in wave.items:
        before[item].insert(0, Earlier(counted_whole(wave, item), whole))
    if wave.takes_words and answers >= LEAST_WORDS:
        for place, text in enumerate(_WORDS, 1):
            rows.add(Words(wave=wave, place=place, text=text))


def _tally(item: str, number: int, answers: int, rng: Random) -> list[int]:
    first, last = _FELT.get(item, _USUAL)
    mean = first + (last - first) * (number - 1) / (_WAVES - 1)
    tally = [0] * 5
    for _ in range(answers):
        tally[min(max(round(rng.gauss(mean, 0.9)), 1), 5) - 1] += 1
    return tally


def _asked(house: House) -> list[Membership]:
    return [
        each
        for each in house.there()
        if each.role.rank < Rank.MANAGER and not each.member.is_software and not each.member.is_owner
    ]


def _day(house: House, moment: datetime) -> date:
    return moment.astimezone(house.team.zone).date()
