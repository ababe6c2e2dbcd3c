"""Looking back: at once where there is little to read, else by a worker, who can be stopped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from remit.charters.in_force import charter_of, compiled_version
from remit.charters.models import Draft, Version
from remit.complaints.models import Decision
from remit.core.clock import now
from remit.core.errors import Refusal
from remit.core.writing import write
from remit.insight.models import LookBack
from remit.insight.what_if.access import get_look_back_for, managed_by
from remit.insight.what_if.reading import read_again, read_as_of
from remit.insight.what_if.replaying import Answered, Question, answered, usual_mode
from remit.insight.what_if.vocabulary import AT_ONCE_UP_TO, Of
from remit.jobs.queue import later
from remit.people.access import Place, need_rank
from remit.people.models import Team
from remit.people.vocabulary import Rank
from remit.trail.actions import record
from remit_engine.charter.document import Charter
from remit_engine.charter.periods import start_of
from remit_engine.errors import InputError
from remit_engine.evidence.what_if import as_record
from remit_engine.modes import Mode

_JOB: Final = "remit.insight.what_if.jobs.look_back"
_STEP: Final = 20_000
"""Decisions after which it is written down how far it is, and looked whether somebody said stop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody wants to look at.

    Attributes:
        of: where the text comes from.
        named: what it is, in words.
        text: the charter.
        above_text: what the organisation's charter would say; "" for what it says.
        teams: whose decisions.
        since: first day.
        until: last day.
        draft: where it is one.
        mode: which running totals; None for whichever the record allows.
    """

    of: Of
    named: str
    text: str
    above_text: str = ""
    teams: Sequence[Team]
    since: date
    until: date
    draft: Draft | None = None
    mode: Mode | None = None


class Stopped(Exception):
    """Somebody said stop."""


def look_back(place: Place, wanted: Wanted) -> LookBack:
    """Look at what a charter would have meant: answered at once, or by a worker where it takes long.

    Args:
        place: of a manager of the team.
        wanted: what is looked at.

    Raises:
        NotAllowed: they don't manage the team.
        Refusal: the text has a mistake, there is no charter to hold it against, or nothing was decided then.
    """
    need_rank(place, Rank.MANAGER, "look at what another charter would have meant")
    base = charter_of(place.team)
    read = read_as_of(wanted.text, place.team.currency, above_text=wanted.above_text)
    teams = _teams(place, wanted.teams)
    mode = wanted.mode or usual_mode(read.compiled.charter, _in_force_then(teams, wanted))
    begun = LookBack(
        team=place.team,
        over=[team.pk for team in teams],
        of=wanted.of,
        named=wanted.named,
        draft=wanted.draft,
        text=wanted.text,
        above=read.above,
        above_text=wanted.above_text,
        base=base.version,
        mode=mode,
        since=wanted.since,
        until=wanted.until,
        by=place.member,
        at=now(),
    )
    question = question_of(begun, teams)
    begun.rows = Decision.objects.filter(
        team__in=teams, at__gte=question.begins, at__lt=question.ends
    ).count()
    if not begun.rows:
        raise _nothing_decided(teams)
    found = answered(question) if begun.rows <= AT_ONCE_UP_TO else None
    with write():
        if found is not None:
            _put(begun, found)
        begun.save()
        if found is None:
            later(_JOB, number=begun.pk)
        record("looked-back", _subject(begun), by=place.member, team=place.team, of=begun.of)
    return begun


def _nothing_decided(teams: Sequence[Team]) -> Refusal:
    """Why there is nothing to replay: in this period, or at all."""
    if not Decision.objects.filter(team__in=teams).exists():
        return Refusal(
            "nothing-decided",
            "Nothing was decided here so far.",
            "Come back once there are decisions that can be replayed.",
            field="since",
        )
    return Refusal(
        "nothing-decided",
        "Nothing was decided in this period.",
        "Choose a longer one, or another team.",
        field="since",
    )


def look_on(number: int) -> None:
    """Do what takes long; does nothing where it has ended, or somebody said stop."""
    begun = LookBack.objects.select_related("team", "base", "above").filter(pk=number).first()
    if begun is None or not begun.is_open:
        return
    teams = list(Team.objects.filter(pk__in=begun.over))
    teams.sort(key=lambda team: team.pk != begun.team_id)
    steps = _Steps(begun)
    try:
        found = answered(question_of(begun, teams), read=steps.read, progress=steps.goes_on)
    except Stopped:
        return
    except (InputError, Refusal) as error:
        with write():
            LookBack.objects.filter(pk=number, ended_at=None).update(failed=str(error)[:300], ended_at=now())
        return
    with write():
        still = LookBack.objects.select_for_update().filter(pk=number, ended_at=None).first()
        if still is not None:
            _put(still, found)
            still.save()


def cancel(place: Place, number: int) -> LookBack:
    """Say stop; where it has ended, nothing happens.

    Raises:
        NotThere: they don't see it.
    """
    with write():
        begun = get_look_back_for(place, number)
        stopped = LookBack.objects.filter(pk=begun.pk, ended_at=None).update(
            cancelled_at=now(), ended_at=now()
        )
        if stopped:
            record("look-back-cancelled", _subject(begun), by=place.member, team=place.team)
    return begun


def question_of(begun: LookBack, teams: Sequence[Team]) -> Question:
    """What a look back asks."""
    return Question(
        teams=teams,
        since=begun.since,
        until=begun.until,
        charter=read_again(begun).compiled,
        in_force=compiled_version(begun.base),
        mode=Mode(begun.mode),
    )


class _Steps:
    """Writes down how far it is, and stops where somebody said so."""

    def __init__(self, begun: LookBack) -> None:
        self._number, self._most, self._next = begun.pk, begun.rows, _STEP

    def read(self, rows: int) -> None:
        """So many decisions are read."""
        if rows < self._next:
            return
        self._next = rows + _STEP
        with write():
            # what was given before the period is read, too, and isn't counted
            done = min(rows, self._most)
            if not LookBack.objects.filter(pk=self._number, ended_at=None).update(done=done):
                raise Stopped

    def goes_on(self, done: int, total: int) -> None:  # noqa: ARG002 (what every progress is told)
        """All is read, and replayed piece by piece: somebody may say stop between two of them."""
        if not LookBack.objects.filter(pk=self._number, ended_at=None).exists():
            raise Stopped


def _put(begun: LookBack, found: Answered) -> None:
    begun.answer = as_record(found.answer)
    begun.behind = found.changed.packed()
    begun.done = begun.rows
    begun.ended_at = now()


def _teams(place: Place, wanted: Sequence[Team]) -> list[Team]:
    """The teams that somebody manages of those they want, their own first."""
    managed = {team.pk: team for team in managed_by(place.member)}
    teams = [managed[team.pk] for team in wanted if team.pk in managed]
    return sorted(teams or [place.team], key=lambda team: team.pk != place.team.pk)


def _in_force_then(teams: Sequence[Team], wanted: Wanted) -> list[Charter]:
    zone = teams[0].time_zone
    decided = Decision.objects.filter(
        team__in=teams,
        at__gte=start_of(wanted.since, zone),
        at__lt=start_of(wanted.until + timedelta(days=1), zone),
    )
    versions = Version.objects.filter(pk__in=decided.order_by().values("charter")).defer("text")
    return [compiled_version(version).charter for version in versions]


def _subject(begun: LookBack) -> str:
    return f"charter:{begun.team.word}"
