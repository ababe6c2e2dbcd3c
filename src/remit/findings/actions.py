"""Every write of the findings: what the look found, and what people make of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from remit.charters.actions.drafting import begin_draft
from remit.charters.in_force import charter_of
from remit.charters.models import Version
from remit.core.clock import now, today
from remit.core.errors import Changed, Refusal
from remit.core.writing import write
from remit.findings.access import get_let_go_for, get_trial_for, need_manager
from remit.findings.drafting import Drafted, with_grant, with_grant_changed, without_grant
from remit.findings.models import Behind, Dismissal, Finding, Taken, Window
from remit.findings.notices import could_be_let_go
from remit.findings.vocabulary import (
    DISMISSED,
    FOUND,
    LOOKED_AGAIN,
    TAKEN_UP,
    TRIAL_WEEKS,
    WATCHED,
    Sort,
    Taking,
)
from remit.notices.actions import settle, tell
from remit.people.access import Place, people_who_manage
from remit.people.models import Member, Team
from remit.trail.actions import record
from remit_engine.evidence.letgo.live_values import LiveSegment, Watch
from remit_engine.evidence.letgo.values import Verdict

HISTORY: Final = timedelta(days=365)
"""A window looks back so far at most."""
MOST_BEHIND: Final = 5000
"""Of the rows behind a finding the newest ones are kept; how many there are in all is kept beside them."""


@dataclass(frozen=True, slots=True)
class Found:
    """Something that a look found.

    Attributes:
        key: what it is about.
        state, reason: words.
        evidence: figures that JSON knows.
        behind: numbers of the rows that it rests on, the newest last.
        limit: minor units, of a proposal.
        member: whom it concerns.
    """

    key: str
    state: str
    reason: str
    evidence: Mapping[str, Any]
    behind: Sequence[int] = ()
    limit: int | None = None
    member: Member | None = None


def open_window(
    team: Team,
    version: Version,
    *,
    tolerance: float,
    confidence: float,
    split_by: str,
    instead_of: Window | None,
    by: Member | None = None,
    why: str = "",
) -> Window:
    """Begin to watch; what was watched before ends. Segments and rungs are fixed by the next look.

    Args:
        team: for whom.
        version: the charter in force.
        tolerance: the largest tolerated share of declines.
        confidence: that everything said in it is right.
        split_by: a fact whose words make segments of their own; "" for none.
        instead_of: what is watched now; where somebody else was quicker, theirs is kept.
        by: who wanted it; None where a new charter did.
        why: in their words.

    Returns:
        what is watched now.
    """
    with write():
        open_one = Window.objects.select_for_update().filter(team=team, ended_at=None).first()
        if open_one is not None and (instead_of is None or open_one.pk != instead_of.pk):
            return open_one
        last = Window.objects.filter(team=team).order_by("-number").first()
        if open_one is not None:
            open_one.ended_at = now()
            open_one.save(update_fields=["ended_at"])
            Finding.objects.filter(window=open_one, ended_at=None).update(ended_at=now())
            settle(f"let-go:{team.word}")
        window = Window.objects.create(
            team=team,
            number=(last.number if last else 0) + 1,
            watch=Watch(tolerance, confidence, ()).as_record(),
            split_by=split_by,
            charter=version,
            since=now() - HISTORY,
            opened_at=now(),
            opened_by=by,
            why=why.strip(),
        )
        record(WATCHED, f"let-go:{team.word}", by=by, team=team, words=window.why, window=window.number)
        return window


def watch_anew(place: Place, *, tolerance: float, confidence: float, split_by: str, why: str) -> Window:
    """Begin a window with settings that a manager chose.

    Raises:
        NotAllowed: they don't manage the team.
        Refusal: no why, or the team has no charter.
    """
    with write():
        need_manager(place)
        _need_why(why)
        return open_window(
            place.team,
            charter_of(place.team).version,
            tolerance=tolerance,
            confidence=confidence,
            split_by=split_by,
            instead_of=Window.objects.filter(team=place.team, ended_at=None).first(),
            by=place.member,
            why=why,
        )


def fix_segments(window: Window, watch: Mapping[str, Any]) -> Window:
    """Fix what a window watches; what was fixed once stays.

    Returns:
        the window as it is.
    """
    with write():
        row = Window.objects.select_for_update().get(pk=window.pk)
        if not row.watch["segments"]:
            row.watch = _plain(watch)
            row.save(update_fields=["watch"])
        return row


def keep_found(window: Window, found: Iterable[Found], together: Mapping[str, Any]) -> None:
    """Make the rows what a look found; found once more, nothing is written anew.

    Args:
        window: what was looked at; where it ended meanwhile, nothing is kept.
        found: everything that it found.
        together: figures of all of it.
    """
    with write():
        row = Window.objects.select_for_update().filter(pk=window.pk, ended_at=None).first()
        if row is None:
            return
        before = {each.key: each for each in Finding.objects.filter(window=row, ended_at=None)}
        news = sum(_kept(row.team, Sort.LET_GO, each, before.pop(each.key, None), row) for each in found)
        for gone in before.values():
            gone.ended_at = now()
            gone.save(update_fields=["ended_at"])
        row.together, row.looked_at = _plain(together), now()
        row.save(update_fields=["together", "looked_at"])
        if news:
            proposed = Finding.objects.filter(window=row, ended_at=None, state=Verdict.LET_GO).count()
            tell(people_who_manage(row.team), could_be_let_go(row.team, proposed))


def _kept(team: Team, sort: Sort, found: Found, before: Finding | None, window: Window | None) -> bool:
    """Write one finding where it says something else than before.

    Returns:
        whether it is a proposal that wasn't there, or that reaches further than it did.
    """
    evidence = _plain(found.evidence)
    limit_before = before.evidence.get("limit") if before is not None else None
    is_other = before is None or (before.state, before.reason) != (found.state, found.reason)
    row = before or Finding(
        team=team, sort=sort, window=window, key=found.key, member=found.member, found_at=now()
    )
    if is_other:
        row.state, row.reason, row.changed_at = found.state, found.reason, now()
    row.evidence = evidence
    row.save()
    behind = {"numbers": list(found.behind[-MOST_BEHIND:]), "of": len(found.behind)}
    Behind.objects.update_or_create(finding=row, defaults=behind)
    if is_other:
        record(FOUND, f"finding:{row.pk}", by=None, team=team, key=row.key, state=row.state)
    return found.state == Verdict.LET_GO and _is_news(row, found.limit or 0, limit_before)


def _is_news(row: Finding, limit: int, limit_before: int | None) -> bool:
    """Whether a proposal reaches further than it did, and than one that was left."""
    if limit <= (limit_before or -1):
        return False
    dismissed = Dismissal.objects.filter(finding=row, ended_at=None)
    if dismissed.filter(limit__gte=limit).exists():
        return False
    dismissed.update(ended_at=now())
    return True


def dismiss(place: Place, number: int, why: str) -> Dismissal:
    """*Not now, because*: leave a proposal until it says more than it does now.

    Raises:
        NotAllowed, NotThere: it isn't theirs.
        Refusal: no why.
    """
    with write():
        need_manager(place)
        finding = _open(place, number)
        if not why.strip():
            raise Refusal("empty-why", "There is no why.", "Say in a sentence why not now.", field="why")
        there = Dismissal.objects.filter(finding=finding, ended_at=None).first()
        if there is not None:
            return there
        row = Dismissal.objects.create(
            finding=finding,
            limit=finding.evidence.get("limit"),
            why=why.strip(),
            by=place.member,
            at=now(),
        )
        record(DISMISSED, f"finding:{finding.pk}", by=place.member, team=place.team)
        _settle_when_none_is_left(place.team)
        return row


def look_again(place: Place, number: int) -> None:
    """Take up a proposal again that was left; a second time, nothing happens.

    Raises:
        NotAllowed, NotThere: it isn't theirs.
    """
    with write():
        need_manager(place)
        finding = _open(place, number)
        if Dismissal.objects.filter(finding=finding, ended_at=None).update(ended_at=now()):
            record(LOOKED_AGAIN, f"finding:{finding.pk}", by=place.member, team=place.team)


def take_up(place: Place, number: int, sort: Taking, why: str) -> Taken:
    """Make a draft of the charter that lets a segment go: as a trial, or for good. Nothing else changes.

    Asked twice for the same, the draft that is there already is given.

    Args:
        place: who, and where.
        number: of the finding.
        sort: `TRIAL` or `FOR_GOOD`.
        why: of the grant, and of the draft.

    Raises:
        NotAllowed, NotThere: it isn't theirs.
        Changed: it isn't proposed any more.
        Refusal: no why, or the charter in force doesn't know its words.
    """
    with write():
        need_manager(place)
        finding = _open(place, number)
        segment = LiveSegment.from_record(finding.evidence)
        if segment.limit is None:
            raise Changed(
                "not-proposed",
                "This isn't proposed any more.",
                "Look at what the answers say by now.",
            )
        _need_why(why)
        there = _already(finding, sort, segment.limit)
        if there is not None:
            return there
        until = _last_day(place.team) if sort == Taking.TRIAL else None
        drafted = with_grant(charter_of(place.team), segment.watched, segment.limit, why.strip(), until)
        return _taken(place, finding, drafted, sort=sort, limit=segment.limit, until=until, why=why)


def end_trial(place: Place, number: int, sort: Taking, why: str) -> Taken:
    """Keep, widen or take back what was tried: a draft each. Nothing else changes.

    Args:
        place: who, and where.
        number: of the trial.
        sort: `KEPT`, `WIDENED` or `GIVEN_BACK`.
        why: of the draft.

    Raises:
        NotAllowed, NotThere: it isn't theirs.
        Refusal: no why; the trial never began, or is gone; or there is no wider limit.
    """
    with write():
        need_manager(place)
        trial = get_trial_for(place, number)
        _need_why(why)
        there = _already(trial.finding, sort, None, trial)
        if there is not None:
            return there
        in_force = charter_of(place.team)
        limit, until = trial.limit, None
        if sort == Taking.GIVEN_BACK:
            drafted = without_grant(in_force, trial.rule)
        elif sort == Taking.KEPT:
            drafted = with_grant_changed(in_force, trial.rule)
        else:
            limit, until = wider_than(trial), _last_day(place.team)
            drafted = with_grant_changed(in_force, trial.rule, limit=limit, until=until)
        return _taken(
            place, trial.finding, drafted, sort=sort, limit=limit, until=until, why=why, trial=trial
        )


def wider_than(trial: Taken) -> int:
    """The next rung above what was tried, in minor units.

    Raises:
        Refusal: there is none.
    """
    rungs = LiveSegment.from_record(trial.finding.evidence).watched.rungs
    wider = next((rung for rung in rungs if rung > trial.limit), None)
    if wider is None:
        raise Refusal(
            "widest-already",
            "This is the largest limit that is watched.",
            "Keep it; larger amounts are asked for too seldom to say anything.",
        )
    return wider


def _taken(
    place: Place,
    finding: Finding,
    drafted: Drafted,
    *,
    sort: Taking,
    limit: int,
    until: date | None,
    why: str,
    trial: Taken | None = None,
) -> Taken:
    draft = begin_draft(place.member, place.team, drafted.text, why, reason=f"finding:{finding.pk}")
    row = Taken.objects.create(
        finding=finding,
        draft=draft,
        sort=sort,
        rule=drafted.rule,
        limit=limit,
        until=until,
        promised=finding.evidence,
        trial=trial,
        by=place.member,
        at=now(),
    )
    record(
        TAKEN_UP,
        f"finding:{finding.pk}",
        by=place.member,
        team=place.team,
        sort=sort,
        draft=draft.pk,
        limit=limit,
    )
    _settle_when_none_is_left(place.team)
    return row


def _already(finding: Finding, sort: Taking, limit: int | None, trial: Taken | None = None) -> Taken | None:
    """The draft of the same that is still worked on."""
    rows = Taken.objects.filter(finding=finding, sort=sort, trial=trial, draft__ended_at=None)
    return (rows if limit is None else rows.filter(limit=limit)).select_related("draft").first()


def _open(place: Place, number: int) -> Finding:
    finding = get_let_go_for(place, number)
    if finding.ended_at is not None:
        raise Changed(
            "finding-ended",
            "This was found before the charter or what is watched changed.",
            "Look at what is found now.",
        )
    return finding


def _need_why(why: str) -> None:
    if not why.strip():
        raise Refusal("empty-why", "There is no why.", "Say in a sentence what it is for.", field="why")


def _last_day(team: Team) -> date:
    return today(team.time_zone) + timedelta(weeks=TRIAL_WEEKS)


def _settle_when_none_is_left(team: Team) -> None:
    """What was told about proposals waits for nobody once each was taken up or left."""
    waiting = Finding.objects.filter(team=team, sort=Sort.LET_GO, ended_at=None, state=Verdict.LET_GO)
    left = waiting.exclude(dismissals__in=Dismissal.objects.filter(ended_at=None)).exclude(
        taken__in=Taken.objects.filter(draft__ended_at=None)
    )
    if not left.exists():
        settle(f"let-go:{team.word}")


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = json.loads(json.dumps(values, allow_nan=False))
    return kept
