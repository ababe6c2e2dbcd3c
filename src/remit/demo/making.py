"""Makes the demo: a year of a team and of its sisters, ending now."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Final, cast

from django.db import connection

from remit.complaints import search_tables
from remit.complaints.models import NextNumber
from remit.core import clock
from remit.core.errors import Changed
from remit.core.writing import end_so_far, write
from remit.demo.bulk.house import House
from remit.demo.bulk.record import Record
from remit.demo.bulk.reviewing import WithReviews
from remit.demo.bulk.rows import Rows
from remit.demo.by_actions import WithReviews as ByActions
from remit.demo.by_herself import by_herself
from remit.demo.cast import MAIN, YEAR
from remit.demo.celebrating import celebrated
from remit.demo.desk import Desk
from remit.demo.directing import directed, moved
from remit.demo.drawing import Guests
from remit.demo.feeling import felt
from remit.demo.founding import Founding
from remit.demo.growing import grown
from remit.demo.lately import lately
from remit.demo.open_now import open_elsewhere, open_now
from remit.demo.playing import Playing, Story
from remit.demo.reviewed import Reviewing, looks_wanted, weeks_of_reviews
from remit.demo.rhythm import arrivals
from remit.demo.rolled import Rollout, found_out, rolled
from remit.demo.stories import Usual
from remit.demo.ticking import ticked
from remit.demo.translated import translated
from remit.demo.trying import tried
from remit.demo.undertaken import undertaken, undertaken_lately
from remit.demo.voiced import said, voiced
from remit.demo.week_by_week import worked_for_weeks
from remit.demo.working import worked
from remit.demo.written_down import mended, path_laid, written_down
from remit.insight.balance.keeping import keep
from remit.insight.hats.looking import look_at_hats
from remit.jobs.models import Job
from remit.notices.models import Notice
from remit.people.actions.beginning import is_new

SEED: Final = 7
_QUIET_BEFORE: Final = timedelta(hours=4)
"""What came in later is still open, and has a story of its own."""
_NOTICES_SINCE: Final = timedelta(hours=30)
_TRIED: Final = timedelta(days=47)
"""A trial that began then is over, and waits for somebody to say what becomes of it."""
_TOLERANCE: Final = 0.05
"""With which something else is proposed after it."""
_BY_ACTIONS: Final = timedelta(hours=60)
"""The last days are lived through by the actions themselves, so that everything they can do may happen."""

Told = Callable[[str, float], None]
"""Hears what is being done, and how far it is: a share."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much is made.

    Attributes:
        main: complaints of the main team; sisters: of all others together.
    """

    main: int = 4000
    sisters: int = 1600


def make_demo(*, end: datetime, seed: int = SEED, size: Size | None = None, told: Told | None = None) -> None:
    """Make the demo, all of it or nothing.

    Args:
        end: the end of its time, usually now.
        seed: the same seed and end make the same data.
        size: how much; the usual size by default.
        told: hears how far it is.

    Raises:
        Changed: somebody began here already.
    """
    tell = told or _unheard
    with write(), _nothing_collected():
        if not is_new():
            raise Changed("begun-already", "There is something here already.", "Choose an empty folder.")
        rows, rng = Rows(), Random(seed)  # noqa: S311 (made data)  # nosec B311
        trail = Record(rows, rng)
        tell("Hiring", 0.0)
        founded = Founding(rows, trail, rng, end).found()
        bulk, acts = WithReviews(rows, trail, rng, founded.houses, end - _NOTICES_SINCE), ByActions()
        hands = _Hands(bulk)
        desk, main = cast("Desk", hands), founded.houses[0]
        tell("Living through a year", 0.05)
        usual = _stories(desk, founded.houses, seed, end, size or Size())
        special = lately(desk, acts, main, Random(f"{seed}:lately"), end)  # noqa: S311 (made data)  # nosec B311
        herself = by_herself(desk, main, Random(f"{seed}:herself"), end)  # noqa: S311 (made data)  # nosec B311
        reviewed = _reviewed(cast("Reviewing", hands), founded.houses, seed, end)
        aims = directed(rows, trail, founded.houses, end)
        rollout, turns = rolled(rows, trail, founded.houses, end, founded.owner)
        work = (
            *turns,
            worked(main, end),
            ticked(main, end),
            celebrated(main, end),
            felt(rows, trail, main, end),
            worked_for_weeks(rows, trail, main, end),
            said(main, end),
        )
        playing = Playing(
            [*founded.acts, *usual, *special, *herself, *reviewed, *looks_wanted(main, end), *aims, *work]
        )
        with _search_made_at_the_end():
            playing.until(end - _TRIED)
            rows.write(lambda done, total: tell("Writing it down", 0.3 + 0.3 * done / total))
            with clock.at(end - _TRIED):
                tried(main)
                written_down(main)
                undertaken(main)
                voiced(main)
            end_so_far()
            trail.go_on_after_others()
            playing.until(end - _BY_ACTIONS)
            NextNumber.objects.update_or_create(only=True, defaults={"number": bulk.next_number})
            rows.write(lambda done, total: tell("Writing it down", 0.7 + 0.1 * done / total))
            tell("Living through the last days", 0.8)
            hands.now = acts
            trail.go_on_by_itself()
            with clock.at(end - _BY_ACTIONS):
                tried(main, _TOLERANCE)
                translated(main)
                mended(main)
                path_laid(main)
                undertaken_lately(main)
            playing.until(end)
        _looked_over(founded.houses, rollout, end)


class _Hands:
    """The desk in the hands of those who carry out its acts now.

    Args:
        now: carries them out; may be somebody else later.
    """

    def __init__(self, now: object) -> None:
        self.now = now

    def __getattr__(self, act: str) -> object:
        return getattr(self.now, act)


def _looked_over(houses: list[House], rollout: Rollout, end: datetime) -> None:
    """What is found once all is there; nothing of it waits for a worker."""
    Notice.objects.filter(created_at__lt=end - _NOTICES_SINCE).delete()
    found_out(rollout, houses, end)
    Job.objects.all().delete()
    _look_for_what_could_be_let_go(houses, end)
    with clock.at(end):
        grown(houses[0])
    moved(houses[0], end)
    _seen_by_whoever_leads(houses, end)


def _look_for_what_could_be_let_go(houses: Iterable[House], end: datetime) -> None:
    """The look of the last night, so that its page is there at once."""
    from remit.insight.letgo.looking import look_at_team  # noqa: PLC0415 (statistics: pages need none)

    with clock.at(end):
        for house in houses:
            look_at_team(house.team)


def _seen_by_whoever_leads(houses: Iterable[House], end: datetime) -> None:
    """The hats, and the balance as it was counted last night."""
    with clock.at(end):
        for house in houses:
            look_at_hats(house.team)
            keep(house.team)


def _reviewed(
    desk: Reviewing, houses: list[House], seed: int, end: datetime
) -> Iterator[tuple[datetime, Story]]:
    for house in houses:
        rng = Random(f"{seed}:{house.team.word}:reviews")  # noqa: S311 (made data)  # nosec B311
        yield weeks_of_reviews(desk, house, rng, end)


def _stories(
    desk: Desk, houses: list[House], seed: int, end: datetime, size: Size
) -> Iterator[tuple[datetime, Story]]:
    main, *others = houses
    yield from _usual(desk, main, seed, end, number=size.main, begin=end - timedelta(days=YEAR))
    yield from open_now(desk, main, Random(f"{seed}:open"), end)  # noqa: S311 (made data)  # nosec B311
    yield from open_elsewhere(desk, others, Random(f"{seed}:elsewhere"), end)  # noqa: S311 (made data)  # nosec B311
    months = [(end - house.charters[0].version.published_at) / timedelta(days=30) + 2 for house in others]
    for house, share in zip(others, months, strict=True):
        begin = house.charters[0].version.published_at
        number = round(size.sisters * share / sum(months))
        yield from _usual(desk, house, seed, end, number=number, begin=begin)


def _usual(
    desk: Desk, house: House, seed: int, end: datetime, *, number: int, begin: datetime
) -> Iterator[tuple[datetime, Story]]:
    word = house.team.word
    guests = Guests(Random(f"{seed}:{word}:guests"))  # noqa: S311 (made data)  # nosec B311
    times = Random(f"{seed}:{word}:times")  # noqa: S311 (made data)  # nosec B311
    for at, arrival in enumerate(arrivals(times, house.team.time_zone, begin, end - _QUIET_BEFORE, number)):
        rng = Random(f"{seed}:{word}:{at}")  # noqa: S311 (made data)  # nosec B311
        story = Usual(desk, house, rng, guests, end).story(storm=arrival.is_storm and word == MAIN.word)
        yield arrival.at, story


@contextmanager
def _search_made_at_the_end() -> Iterator[None]:
    """The search is made once from everything, and not anew with every row that belongs to a complaint."""
    if connection.vendor != "sqlite":
        yield
        return
    editor = connection.schema_editor()
    search_tables.remove(editor)
    yield
    search_tables.install(editor)


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Nothing that is made here goes away before it is written, so nobody needs to look for what did."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _unheard(doing: str, share: float) -> None:
    """Progress that nobody asked for."""
