"""Teams large enough to be asked, and waves that were answered."""

from datetime import timedelta
from itertools import count

from tests.app.made_house import made_member

from remit.core import clock
from remit.core.clock import now, today
from remit.people.access import place_in
from remit.people.models import Membership, Role
from remit.pulse.actions.answering import answer
from remit.pulse.actions.closing import close_wave
from remit.pulse.actions.opening import open_wave
from remit.pulse.actions.replying import reply
from remit.pulse.actions.rhythm import RhythmWords, set_rhythm
from remit.pulse.models import Box, Reply, Rhythm, Waiting, Wave, Words

_NUMBERS = count(1)


def colleagues(house, total):
    """Everybody whom the harbour team would ask, so many: ana, ben, sam, and others who join."""
    role = Role.objects.get(word="member")
    new = [made_member(f"x-{next(_NUMBERS)}", "Kim Colleague", now()) for _ in range(total - 3)]
    Membership.objects.bulk_create(
        Membership(member=each, team=house.harbour, role=role, since=each.joined_at) for each in new
    )
    return [house.ana, house.ben, house.sam, *new]


def rhythm_words(house, **said):
    """Every two weeks from today on, five sentences."""
    usual = {"weeks": 2, "count": 5, "has_parts": False, "next_on": today("Europe/Berlin"), "own": ()}
    return RhythmWords(**usual | said)


def made_rhythm(house, **said):
    """The rhythm of the harbour team."""
    there = Rhythm.objects.filter(team=house.harbour).first()
    place = place_in(house.mia, house.harbour)
    return set_rhythm(place, rhythm_words(house, **said), revision=there.revision if there else 0)


def opened(house, **said):
    """A wave that can be answered."""
    rhythm = Rhythm.objects.select_related("team").filter(team=house.harbour).first()
    return open_wave(rhythm or made_rhythm(house, **said))


def says(house, member, wave, value=4, words=""):
    """Somebody answers every sentence of a wave the same."""
    marks = {key: value for key, _ in wave.items}
    return answer(place_in(member, house.harbour), wave.number, marks, words)


def put_in(wave, tallies, silent=0, words=()):
    """A wave as if it had been answered: by part, by item, how many said what; without a write for each."""
    box, waiting = Box.objects.get(wave=wave), Waiting.objects.get(wave=wave)
    box.counts = {part: {item: list(each) for item, each in items.items()} for part, items in tallies.items()}
    box.words = sorted(words)
    box.save()
    waiting.members = waiting.members[:silent]
    waiting.save()


def closed(house, wave, *, replies=True):
    """The wave a week later: closed, and answered by the manager if it has a result."""
    with clock.at(wave.closes_at):
        close_wave(wave.pk)
        wave = Wave.objects.select_related("team").get(pk=wave.pk)
        if replies and wave.figures.exists():
            text = "We hold the briefing at four."
            reply(place_in(house.mia, house.harbour), wave.number, text=text, why="You said it is too late.")
    return wave


def results(house, waves=3, *, people=8, words=(), replies=True):
    """So many waves of a team, two weeks apart, the last one closed eight days ago."""
    colleagues(house, people)
    begin, wave = now() - timedelta(days=14 * waves + 1), None
    with clock.at(begin):
        made_rhythm(house, own=("We have what we need to do it well.",))
    for number in range(waves):
        with clock.at(begin + timedelta(days=14 * number)):
            wave = opened(house)
            tally = [0, 1, 1, people - 4, 1]
            said = words if wave.takes_words else ()
            put_in(wave, {"": {key: tally for key, _ in wave.items}}, silent=1, words=said)
        wave = closed(house, wave, replies=replies)
    return wave


def pulse_furnished(house):
    """What stands behind the addresses of the pulse: a result without reply, and nothing open."""
    return {"pulse": {"team": "harbour", "number": results(house, replies=False).number}}


def pulse_that_names(house, named):
    """Words of a wave that is open and of one that is over, and its reply, all of which name somebody."""
    usual = {"team": house.harbour, "items": [], "asked": 12, "takes_words": True}
    moments = {"opened_at": now(), "closes_at": now()}
    wave = Wave.objects.filter(closed_at=None).first()
    if wave is None:
        wave = Wave.objects.create(number=1000, **usual, **moments)
        Waiting.objects.create(wave=wave, members=[])
        Box.objects.create(wave=wave, counts={})
    box = Box.objects.get(wave=wave)
    box.words = sorted([*box.words, named])
    box.save()
    number = Wave.objects.count()
    over = Wave.objects.create(number=number, closed_at=now(), told_from=12, told_to=12, **usual, **moments)
    Words.objects.create(wave=over, place=1, text=named)
    Reply.objects.create(wave=over, text=named, why=named, by=house.mia, at=now())
