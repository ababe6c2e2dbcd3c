"""Rows of the pulse as the engine wants them: who was asked, what was published, what was counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from django.utils.crypto import salted_hmac

from remit.people.models import Team
from remit.pulse.models import Asked, Box, Figure, Wave
from remit.pulse.vocabulary import COMPARED, TALLIES_KEPT, Form
from remit_engine.evidence import pulse
from remit_engine.evidence.pulse import Counted, Group, Tally

_NOTHING = (0, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Groups:
    """Who was asked in a wave, by number.

    Attributes:
        whole: all of them.
        parts: those of each part; empty where the team has none.
    """

    whole: Group
    parts: Mapping[str, Group]

    def reckoned(self, shown: Iterable[str]) -> set[Group]:
        """Every group whose figure is known where the whole and some parts are shown."""
        cells = [self.parts[part] for part in sorted(shown)]
        rest = self.whole.difference(*cells)
        return pulse.made_of([*cells, rest] if rest else cells) | {self.whole}


def groups_of(wave: Wave) -> Groups:
    """Who was asked in a wave."""
    return _groups(Asked.objects.filter(wave=wave).values_list("member", "part"))


def published_before(wave: Wave) -> Mapping[str, set[Group]]:
    """By item every group of which a figure of one wave is known, of the waves before this one."""
    rows = Figure.objects.filter(
        form=Form.ALONE, wave__team=wave.team, wave__number__gte=wave.number - COMPARED
    )
    shown: defaultdict[tuple[int, str], set[str]] = defaultdict(set)
    for number, item, part in rows.values_list("wave", "item", "part"):
        shown[number, item] |= {part} - {""}
    people: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    asked = Asked.objects.filter(wave__in={number for number, _ in shown})
    for number, member, part in asked.values_list("wave", "member", "part"):
        people[number].append((member, part))
    groups = {number: _groups(each) for number, each in people.items()}
    found: defaultdict[str, set[Group]] = defaultdict(set)
    for (number, item), parts in shown.items():
        found[item] |= groups[number].reckoned(parts)
    return found


def counted_whole(wave: Wave, item: str) -> Counted:
    """What the team as a whole said to an item of a wave."""
    parts = [tallies.get(item, _NOTHING) for tallies in wave.box.counts.values()]
    return Counted(cast("Tally", tuple(map(sum, zip(*parts, strict=True)))), wave.asked)


def counted_parts(wave: Wave, item: str, groups: Groups) -> dict[str, Counted]:
    """What each part of a team said to an item of a wave; empty where it has none."""
    return {
        part: Counted(cast("Tally", tuple(wave.box.counts[part][item])), len(people))
        for part, people in groups.parts.items()
    }


@dataclass(frozen=True, slots=True)
class Earlier:
    """What was said to an item in a wave before, and who was asked then."""

    counted: Counted
    whole: Group


def counted_before(wave: Wave) -> Mapping[str, Sequence[Earlier]]:
    """What was said before a wave, by item: of waves with enough answers to it, the newest first."""
    rows = Box.objects.select_related("wave").filter(wave__team=wave.team, wave__number__lt=wave.number)
    boxes = list(rows.order_by("-wave__number")[:TALLIES_KEPT])
    people: defaultdict[int, set[int]] = defaultdict(set)
    asked = Asked.objects.filter(wave__in=[box.wave_id for box in boxes])
    for number, member in asked.values_list("wave", "member"):
        people[number].add(member)
    found: defaultdict[str, list[Earlier]] = defaultdict(list)
    for box in boxes:
        whole = frozenset(people[box.wave_id])
        for item, tally in box.counts.get("", {}).items():
            found[item].append(Earlier(Counted(cast("Tally", tuple(tally)), box.wave.asked), whole))
    return found


def blur_for(team: Team, item: str, groups: Sequence[Group]) -> float:
    """By how much of its most a figure is blurred, from -1 to 1: the same for the same people.

    It is reckoned from the secret key, which isn't in the database, and kept nowhere.
    """
    said = f"{team.pk}:{item}:{_named(groups)}"
    digest = salted_hmac("remit.pulse.blur", said, algorithm="sha256").digest()
    return int.from_bytes(digest[:8], "big") / 2**63 - 1


def mark_of(groups: Sequence[Group]) -> str:
    """What is the same for the same people, and says nothing else."""
    return salted_hmac("remit.pulse.people", _named(groups), algorithm="sha256").hexdigest()[:32]


def _named(groups: Sequence[Group]) -> str:
    return "|".join(",".join(map(str, sorted(group))) for group in groups)


def _groups(rows: Iterable[tuple[int, str]]) -> Groups:
    parts: defaultdict[str, set[int]] = defaultdict(set)
    for member, part in rows:
        parts[part].add(member)
    found = {part: frozenset(members) for part, members in parts.items()}
    return Groups(frozenset().union(*found.values()), {part: each for part, each in found.items() if part})
