"""Writes about the hats: what asks for one is kept current; put on, left for a time, told on Mondays."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, timedelta

from remit.core.clock import now
from remit.core.errors import Changed, Refusal
from remit.core.writing import write
from remit.findings.access import get_hat_for, need_lead
from remit.findings.actions import Found
from remit.findings.models import Dismissal, Finding, HatLook, PutOn
from remit.findings.vocabulary import (
    HELD_AT_MOST,
    HELD_FOR,
    LEARNED_FOR,
    LEFT_FOR_NOW,
    PUT_OFF,
    PUT_ON,
    WORN_FOR,
    Because,
    Hat,
    Kind,
    Sort,
)
from remit.notices.actions import Message, settle, tell
from remit.people.access import Place
from remit.people.models import Member, Team
from remit.trail.actions import record


def keep_hats(team: Team, found: Iterable[Found]) -> None:
    """Make the rows what was found; found once more, nothing is written anew. What isn't found any more ends.

    Args:
        team: which was looked at.
        found: `state` is the hat, `reason` the kind, `evidence` its figures with `worth` in hours a week.
    """
    with write():
        _look_of(team)
        before = {each.key: each for each in Finding.objects.filter(team=team, sort=Sort.HAT, ended_at=None)}
        for each in found:
            _kept(team, each, before.pop(each.key, None))
        gone = [row.pk for row in before.values()]
        Finding.objects.filter(pk__in=gone).update(ended_at=now())
        PutOn.objects.filter(finding__in=gone, ended_at=None).update(ended_at=now())
        Finding.objects.filter(team=team, sort=Sort.HAT, ended_at__lt=now() - LEARNED_FOR).delete()
        HatLook.objects.filter(team=team).update(looked_at=now())


def _look_of(team: Team) -> HatLook:
    """The row of a team, locked until this write ends."""
    HatLook.objects.get_or_create(team=team)
    return HatLook.objects.select_for_update().get(team=team)


def _kept(team: Team, found: Found, before: Finding | None) -> None:
    evidence = json.loads(json.dumps(dict(found.evidence), allow_nan=False))
    if before is not None and before.evidence == evidence:
        return
    row = before or Finding(
        team=team,
        sort=Sort.HAT,
        key=found.key,
        state=found.state,
        reason=found.reason,
        found_at=now(),
        changed_at=now(),
    )
    row.evidence = evidence
    row.save()


def put_on(place: Place, number: int) -> PutOn:
    """Put a hat on: it leaves the list for a while. A second time, nothing more happens.

    Raises:
        NotAllowed, NotThere: it isn't theirs.
        Changed: nothing asks for it any more.
    """
    with write():
        finding = _open(place, number)
        there = PutOn.objects.filter(finding=finding, ended_at=None).first()
        if there is not None and there.at > now() - WORN_FOR:
            return there
        PutOn.objects.filter(finding=finding, ended_at=None).update(ended_at=now())
        row = PutOn.objects.create(finding=finding, by=place.member, at=now())
        record(PUT_ON, f"finding:{finding.pk}", by=place.member, team=place.team, hat=_words_of(finding))
        return row


def leave(place: Place, number: int, because: Because, why: str) -> Dismissal:
    """*Not now, because*: a hat stays away for a time, and its kind is worth less in this team.

    A second time, nothing more happens.

    Raises:
        NotAllowed, NotThere: it isn't theirs.
        Changed: nothing asks for it any more.
        Refusal: no why.
    """
    with write():
        finding = _open(place, number)
        if not why.strip():
            raise Refusal("empty-why", "There is no why.", "Say in a sentence why not now.", field="why")
        open_ones = Dismissal.objects.filter(finding=finding, ended_at=None)
        there = open_ones.filter(until__gt=now()).first()
        if there is not None:
            return there
        for over in open_ones:
            over.ended_at = over.until
            over.save(update_fields=["ended_at"])
        row = Dismissal.objects.create(
            finding=finding,
            because=because,
            until=now() + held_for(Kind(finding.reason), because),
            why=why.strip(),
            by=place.member,
            at=now(),
        )
        record(
            LEFT_FOR_NOW,
            f"finding:{finding.pk}",
            by=place.member,
            team=place.team,
            hat=_words_of(finding),
            because=because.label,
        )
        return row


def held_for(kind: Kind, because: Because) -> timedelta:
    """How long a hat stays away that is left."""
    return min(HELD_FOR[because], HELD_AT_MOST.get(kind, HELD_FOR[because]))


def ask_again(place: Place, number: int) -> None:
    """Have a hat among those of now again that was put on or left; then nothing is learned from that.

    A second time, nothing more happens.

    Raises:
        NotAllowed, NotThere: it isn't theirs.
        Changed: nothing asks for it any more.
    """
    with write():
        finding = _open(place, number)
        same = {"finding__team": place.team, "finding__key": finding.key, "ended_at": None}
        left = Dismissal.objects.filter(**same, until__gt=now()).update(ended_at=now())
        worn = PutOn.objects.filter(**same).update(ended_at=now())
        if left or worn:
            record(PUT_OFF, f"finding:{finding.pk}", by=place.member, team=place.team, hat=_words_of(finding))


def tell_on_monday(team: Team, monday: date, managers: Iterable[Member], message: Message | None) -> bool:
    """Tell who manages a team which hats it asks for, once a Monday, whatever is tried again.

    Args:
        team: which.
        monday: the day on its wall clock.
        managers: who is told.
        message: what; None where nothing needs them, then nobody is told.

    Returns:
        whether it was this time.
    """
    with write():
        look = _look_of(team)
        if look.told_on == monday:
            return False
        look.told_on = monday
        look.save(update_fields=["told_on"])
        if message is not None:
            tell(managers, message)
        else:
            settle(f"hats:{team.word}")
        return True


def _open(place: Place, number: int) -> Finding:
    need_lead(place)
    finding = get_hat_for(place, number)
    if finding.ended_at is not None:
        raise Changed(
            "hat-ended", "Nothing asks for this hat any more.", "Look at which hat is asked for now."
        )
    return finding


def _words_of(finding: Finding) -> str:
    return str(Hat(finding.state).label)
