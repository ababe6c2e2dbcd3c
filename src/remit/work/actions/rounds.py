"""Each time that a checklist comes: made once, ticked by whoever is there, let go with a word."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from remit.core.clock import now
from remit.core.errors import Changed, NotThere, Refusal
from remit.core.writing import write
from remit.people.access import get_member_for, place_in
from remit.people.models import Member, Team
from remit.trail.actions import record
from remit.work.access import get_round_for
from remit.work.facts import calendar_of
from remit.work.models import Checklist, Line, Press, Round
from remit.work.vocabulary import MADE_UP_FOR
from remit_engine.recurrence.calendar import Calendar


def make_due_rounds() -> int:
    """Make what has come since the last look: each time once, however often and late it is looked.

    Returns:
        how many were made.
    """
    due = Checklist.objects.filter(stopped_at=None, team__closed_at=None, next_at__lte=now())
    return sum(_make_rounds(number) for number in due.values_list("pk", flat=True))


def reckon_anew(team: Team | None = None) -> int:
    """Say anew when checklists come next: the team may open otherwise by now. What has come stays.

    Args:
        team: whose; None: of all.

    Returns:
        for how many that changed.
    """
    to_come = Checklist.objects.select_related("team").filter(
        Q(next_at__gt=now()) | Q(next_at=None), stopped_at=None, team__closed_at=None
    )
    changed, calendars = 0, dict[int, Calendar]()
    for checklist in to_come if team is None else to_come.filter(team=team):
        if checklist.team_id not in calendars:
            calendars[checklist.team_id] = calendar_of(checklist.team)
        following = checklist.recurrence.next_after(now(), calendars[checklist.team_id])
        if following != checklist.next_at:
            with write():
                unmoved = Checklist.objects.filter(
                    pk=checklist.pk, revision=checklist.revision, next_at=checklist.next_at, stopped_at=None
                )
                changed += unmoved.update(next_at=following)
    return changed


def press(
    member: Member, number: int, place: int, *, is_on: bool, key: str, at: datetime | None = None
) -> Line:
    """Tick a line of a round, or take the tick away. The same press, sent again, counts once.

    One that asks for a photo is ticked with its photo; see `keep_photo`.

    Two people at one list lose nothing: a line that is ticked already stays with whoever ticked it first.

    Args:
        member: who presses.
        number: of the round.
        place: of the line.
        is_on: ticked, or taken away.
        key: that the browser made up for this press.
        at: when it was pressed, where it comes late; never later than now, nor before the round.

    Raises:
        NotThere: no such round or line, or they only look into its team.
        Changed: it was let go meanwhile.
        Refusal: there is no key.
    """
    with write():
        line = line_to_tick(member, number, place, key)
        if Press.objects.filter(by=member, key=key).exists():
            return line
        if is_on and line.needs_photo and not line.photos.exists():
            raise Changed("asks-a-photo", "This line asks for a photo.", "Take one: it ticks the line.")
        return tick(line, member, is_on=is_on, key=key, at=at)


def line_to_tick(member: Member, number: int, place: int, key: str) -> Line:
    """A line of a round that somebody may tick, with its round; inside a write of the caller.

    Raises:
        NotThere: no such round or line, or they only look into its team.
        Refusal: there is no key.
    """
    found = get_round_for(member, number)
    get_member_for(place_in(member, found.team), member.word)
    line = Line.objects.select_related("ticked_by").filter(round=found, place=place).first()
    if line is None:
        raise NotThere("line")
    if not key:
        raise Refusal("no-key", "This tick has no mark.", "Reload the page, and tick it again.")
    line.round = found
    return line


def tick(line: Line, member: Member, *, is_on: bool, key: str, at: datetime | None) -> Line:
    """Write down a press that is new; inside a write of the caller.

    Raises:
        Changed: it was let go meanwhile.
    """
    found = line.round
    if found.ended_at is not None and not found.is_whole:
        raise Changed("round-let-go", "This list was let go meanwhile.", "Say so to whoever let it go.")
    pressed = pressed_at(found, at)
    Press.objects.create(line=line, key=key, is_on=is_on, by=member, pressed_at=pressed, at=now())
    if is_on != (line.ticked_at is not None):
        line.ticked_by, line.ticked_at = (member, pressed) if is_on else (None, None)
        line.save(update_fields=["ticked_by", "ticked_at"])
        _end_or_go_on(found, member)
    return line


def pressed_at(found: Round, at: datetime | None) -> datetime:
    """When something was pressed in a round: as a browser says, never before it came nor later than now."""
    return min(max(at or now(), found.begins_at), now())


def let_go(member: Member, number: int, why: str) -> Round:
    """Let a round go that nobody will do any more, with a word; let go twice is let go once.

    Raises:
        NotThere: no such round, or they only look into its team.
        Changed: everything is ticked.
        Refusal: the word is missing.
    """
    words = why.strip()
    if not words:
        raise Refusal("no-why", "A word why is needed.", "Say it in a sentence.", field="why")
    with write():
        found = get_round_for(member, number)
        get_member_for(place_in(member, found.team), member.word)
        if found.is_whole:
            raise Changed("round-done", "Everything is ticked.", "There is nothing to let go.")
        if found.ended_at is None:
            found.ended_at, found.words, found.let_go_by = now(), words, member
            found.save(update_fields=["ended_at", "words", "let_go_by"])
            record("round-let-go", found.checklist.subject, by=member, team=found.team, round=found.pk)
        return found


def _make_rounds(number: int) -> int:
    with write():
        checklist = Checklist.objects.select_related("team").select_for_update(of=("self",)).get(pk=number)
        made, moment = 0, checklist.next_at
        calendar, recurrence = calendar_of(checklist.team), checklist.recurrence
        if moment is None or checklist.stopped_at is not None:
            return 0
        # What is long over when Remit runs again isn't made: nobody could have done it.
        moment = (
            moment if moment > now() - MADE_UP_FOR else recurrence.next_after(now() - MADE_UP_FOR, calendar)
        )
        while moment is not None and moment <= now():
            made += _make_round(checklist, moment)
            moment = recurrence.next_after(moment, calendar)
        checklist.next_at = moment
        checklist.save(update_fields=["next_at"])
        return made


def _make_round(checklist: Checklist, moment: datetime) -> int:
    due = moment + timedelta(minutes=checklist.minutes)
    found, is_new = Round.objects.get_or_create(
        checklist=checklist, begins_at=moment, defaults={"team": checklist.team, "due_at": due}
    )
    if is_new:
        Line.objects.bulk_create(
            Line(round=found, place=item.place, text=item.text, why=item.why, needs_photo=item.needs_photo)
            for item in checklist.items.all()
        )
    return int(is_new)


def _end_or_go_on(found: Round, member: Member) -> None:
    """A round ends with its last tick, and goes on when one is taken away."""
    is_whole = not found.lines.filter(ticked_at=None).exists()
    if is_whole == found.is_whole:
        return
    found.ended_at, found.is_whole = (now(), True) if is_whole else (None, False)
    found.save(update_fields=["ended_at", "is_whole"])
    if is_whole:
        record("round-done", found.checklist.subject, by=member, team=found.team, round=found.pk)
