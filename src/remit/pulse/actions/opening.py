"""Opening waves: what is asked and who, fixed before anybody answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from remit.core.clock import now, today
from remit.core.writing import write
from remit.notices.actions import tell
from remit.people.models import Team
from remit.pulse.access import asked_in, own_items_of, waves_without_reply
from remit.pulse.models import Asked, Box, OwnItem, Rhythm, Waiting, Wave
from remit.pulse.notices import asked
from remit.pulse.vocabulary import ITEMS, OPEN_FOR, OPENS_AT
from remit.trail.actions import record
from remit_engine.evidence.pulse import LEAST, LEAST_WORDS, parts_of


def open_due() -> int:
    """Open the waves whose day has come, where nothing is in the way.

    Returns:
        how many.
    """
    rows = Rhythm.objects.select_related("team").filter(weeks__gt=0, team__closed_at=None)
    return sum(open_wave(each) is not None for each in rows.order_by("pk") if _is_due(each))


def open_wave(rhythm: Rhythm) -> Wave | None:
    """Open the next wave of a team.

    Returns:
        None where one is open, the last result waits for its reply, or fewer than five would be asked.
    """
    team = rhythm.team
    with write():
        people = list(asked_in(team))
        if len(people) < LEAST or is_held_up(team):
            return None
        last = Wave.objects.filter(team=team).first()
        number = last.number + 1 if last else 1
        roles = {each.member_id: each.role.word for each in people}
        parts = parts_of(Counter(roles.values())) if rhythm.has_parts else {}
        moment = now()
        wave = Wave.objects.create(
            team=team,
            number=number,
            items=items_of(rhythm.count, own_items_of(team), number),
            asked=len(people),
            takes_words=len(people) >= LEAST_WORDS,
            opened_at=moment,
            closes_at=moment + OPEN_FOR,
        )
        Asked.objects.bulk_create(
            Asked(wave=wave, member_id=member, part=parts.get(role, "")) for member, role in roles.items()
        )
        Waiting.objects.create(wave=wave, members=sorted(roles))
        nothing = {key: [0] * 5 for key, _ in wave.items}
        Box.objects.create(wave=wave, counts=dict.fromkeys(sorted({*parts.values()} or {""}), nothing))
        rhythm.next_on = today(team.time_zone) + timedelta(weeks=rhythm.weeks)
        rhythm.save(update_fields=("next_on",))
        record("pulse-opened", wave.subject, by=None, team=team, number=number)
        tell([each.member for each in people], asked(wave))
        return wave


def is_held_up(team: Team) -> bool:
    """Whether a wave is open, or a result waits for its reply: then nothing is asked."""
    is_open = Wave.objects.filter(team=team, closed_at=None)
    return is_open.exists() or waves_without_reply().filter(team=team).exists()


def _is_due(rhythm: Rhythm) -> bool:
    opens = datetime.combine(rhythm.next_on, OPENS_AT, rhythm.team.zone)
    return opens <= now()


def items_of(count: int, own: Iterable[OwnItem], number: int) -> list[list[str]]:
    """Key and text of what a wave asks: ours in turn, in their usual order, then those of the team.

    Args:
        count: how many of ours.
        own: what the team adds.
        number: of the wave.
    """
    begins = (number - 1) * count
    turn = {(begins + step) % len(ITEMS) for step in range(count)}
    ours = [[each.key, each.text] for place, each in enumerate(ITEMS) if place in turn]
    return ours + [[each.key, each.text] for each in own]
