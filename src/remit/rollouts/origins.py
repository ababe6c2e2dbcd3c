"""What began where: a version of a charter or a procedure, or a trial; and its like elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from remit.charters.models import Version
from remit.core.clock import now
from remit.core.errors import NotAllowed, NotThere
from remit.people.access import teams_for, teams_led_by
from remit.people.models import Member, Team
from remit.procedures.models import Version as ProcedureVersion
from remit.rollouts.vocabulary import LONGEST_NAME, Sort
from remit.voice.models import Trial

ASKED_ABOUT: Final = (Sort.CHARTER, Sort.PROCEDURE, Sort.TRIAL)
_MOST: Final = 20
"""Candidates of a team, the newest ones."""
_LONGEST: Final = 70


@dataclass(frozen=True, slots=True)
class Began:
    """Something that began in a team.

    Attributes:
        number: of the version, or the trial.
        team: where.
        on: the day, on the wall clock of the team.
        said: what it is, in a line.
        alike: what is the same where it is the same thing: its why, its title, what is done.
        last: the last day, where it has one; None where it goes on.
    """

    number: int
    team: Team
    on: date
    said: str
    alike: str
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """What is asked about.

    Attributes:
        sort: what it is.
        number: of the version, or the trial.
        named: what it is called.
        here: where it began for certain.
        elsewhere: by team what may be the same there, the newest first; empty where nothing is.
    """

    sort: Sort
    number: int
    named: str
    here: tuple[Began, ...]
    elsewhere: dict[Team, list[Began]] = field(default_factory=dict)

    def likely(self, team: Team) -> int | None:
        """The number of what is the same in another team, word for word; None for nothing."""
        same = {each.alike for each in self.here}
        return next((each.number for each in self.elsewhere[team] if each.alike in same), None)


def origin_for(member: Member, sort: str, number: int) -> Origin:
    """What somebody asks about.

    Args:
        member: who asks.
        sort: what it is.
        number: of the version, or the trial.

    Raises:
        NotThere: there is no such thing for them.
        NotAllowed: they don't lead a team in which it began.
    """
    teams = list(teams_for(member))
    here = _here(member, sort, number, teams)
    if not here:
        raise NotThere("change")
    led = {team.pk: team for team in teams_led_by(member)}
    if any(each.team.pk not in led for each in here):
        raise NotAllowed("needs-rank", "It takes a lead to ask whether it worked.", "Ask a lead of the team.")
    others = [team for pk, team in led.items() if pk not in {each.team.pk for each in here}]
    elsewhere: dict[Team, list[Began]] = {team: [] for team in sorted(others, key=lambda team: team.name)}
    for each in _BEGAN[Sort(sort)](others, None):
        if len(elsewhere[each.team]) < _MOST:
            elsewhere[each.team].append(each)
    return Origin(Sort(sort), number, _named(here[0], Sort(sort)), tuple(here), elsewhere)


def _here(member: Member, sort: str, number: int, teams: Sequence[Team]) -> list[Began]:
    if sort not in ASKED_ABOUT:
        return []
    if sort == Sort.CHARTER and member.is_owner:
        above = Version.objects.filter(pk=number, team=None, withdrawn_at=None).first()
        if above is not None:
            return _below(above, teams)
    return list(_BEGAN[Sort(sort)](teams, number))


def _below(above: Version, teams: Sequence[Team]) -> list[Began]:
    """Where a version of the organisation's charter holds, and since when: a team's may extend it later.

    It begins in a team with the first charter that extends it, or one of the organisation that came after it,
    whatever that team does later. A team of which no charter does so has not begun.
    """
    extending = Version.objects.filter(
        team__in=teams,
        extends__team=None,
        extends__number__gte=above.number,
        published_at__lte=now(),
        withdrawn_at=None,
    )
    first: dict[int, Version] = {}
    for row in extending.defer("text").order_by("published_at", "number"):
        first.setdefault(row.team_id or 0, row)
    return [_of_charter(above, team, since=first[team.pk]) for team in teams if team.pk in first]


def _charters(teams: Iterable[Team], number: int | None) -> Iterable[Began]:
    of_team = {team.pk: team for team in teams}
    rows = Version.objects.filter(team__in=of_team, withdrawn_at=None, ends=None).defer("text")
    rows = rows.order_by("-published_at") if number is None else rows.filter(pk=number)
    return (_of_charter(row, of_team[row.team_id or 0]) for row in rows)


def _of_charter(row: Version, team: Team, since: Version | None = None) -> Began:
    on = _on((since or row).published_at, team)
    said = f"Version {row.number}, {_day(on)}: {_short(row.why)}"
    return Began(row.pk, team, on, said, row.why, row.trial_until)


def _procedures(teams: Iterable[Team], number: int | None) -> Iterable[Began]:
    of_team = {team.pk: team for team in teams}
    rows = ProcedureVersion.objects.select_related("procedure").filter(procedure__team__in=of_team)
    rows = rows.order_by("-at").defer("content") if number is None else rows.filter(pk=number)
    for row in rows:
        team = of_team[row.procedure.team_id]
        on = _on(row.at, team)
        said = f"{_short(row.procedure.title)}, version {row.number}, {_day(on)}"
        yield Began(row.pk, team, on, said, row.procedure.title.casefold())


def _trials(teams: Iterable[Team], number: int | None) -> Iterable[Began]:
    of_team = {team.pk: team for team in teams}
    rows = Trial.objects.select_related("team").filter(team__in=of_team)
    for row in rows.order_by("-begins_at") if number is None else rows.filter(pk=number):
        last = row.ended_at.astimezone(row.team.zone).date() if row.ended_at else row.last_day
        # What is kept goes on after its trial.
        ends = None if row.came == "kept" else min(last, row.last_day)
        said = f"{_short(row.what)}, {_day(row.first_day)}"
        yield Began(row.pk, of_team[row.team_id], row.first_day, said, row.what.casefold(), ends)


_BEGAN: Final = {Sort.CHARTER: _charters, Sort.PROCEDURE: _procedures, Sort.TRIAL: _trials}


def _named(began: Began, sort: Sort) -> str:
    words = f"Charter, {began.alike}" if sort is Sort.CHARTER else began.said.rsplit(", ", 1)[0]
    return words if len(words) <= LONGEST_NAME else f"{words[: LONGEST_NAME - 1]}…"


def _on(moment: datetime, team: Team) -> date:
    return moment.astimezone(team.zone).date()


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
