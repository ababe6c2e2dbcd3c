"""A team's page for its managers: by name, never in the order of a figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from remit.growth.access import figures_chosen
from remit.growth.models import FiguresChoice, Proposal, Remark, Wish
from remit.growth.queries.around import around
from remit.growth.queries.evidence import Evidence, is_trusted
from remit.growth.queries.person import last_day_held, wait_of
from remit.growth.vocabulary import SMALLEST_GROUP, Figures
from remit.people.access import Place, need_rank
from remit.people.models import Membership
from remit.people.vocabulary import Rank
from remit_engine.charter.document import Step


@dataclass(frozen=True, slots=True)
class Line:
    """One member on the page of a manager; what isn't there isn't theirs to see."""

    membership: Membership
    until: date | None
    proposal: Proposal | None
    wait: Remark | None
    wish: Wish | None
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class Together:
    """A team's reviews together, never of fewer than `SMALLEST_GROUP` people."""

    people: int
    counted: int
    differently: int

    @property
    def percent(self) -> float:
        """Share of *different*, in percent."""
        return 100 * self.differently / self.counted


@dataclass(frozen=True, slots=True)
class TeamPage:
    """What a manager sees of a team: by name, never in the order of a figure; without a charter no steps."""

    lines: Sequence[Line]
    together: Together | None
    chosen: FiguresChoice | None
    has_charter: bool
    steps: Sequence[Step]

    @property
    def figures(self) -> Figures:
        """Who sees what reviews say about somebody."""
        return Figures(self.chosen.figures) if self.chosen else Figures.PERSON


def team_page(place: Place) -> TeamPage:
    """What a manager sees of their team, in a handful of queries however many people there are.

    Raises:
        NotAllowed: they aren't one.
    """
    need_rank(place, Rank.MANAGER, "see the growth of a team")
    team = around(place.team)
    chosen = figures_chosen()
    figures = Figures(chosen.figures) if chosen else Figures.PERSON
    has_software = any(each.member.is_software for each in team.memberships)
    seen = team.evidence() if has_software or figures.shows_together else {}
    wishes = {
        each.membership_id: each
        for each in Wish.objects.filter(membership__in=team.memberships, answered_at=None)
    }
    lines = []
    for each in team.memberships:
        proposal = team.open_proposal(each, is_own=False)
        may_see = figures is Figures.MANAGERS or each.member.is_software
        lines.append(
            Line(
                membership=each,
                until=last_day_held(team.changes.get(each.pk, [])) if is_trusted(each) else None,
                proposal=proposal,
                wait=wait_of(proposal, place.team),
                wish=wishes.get(each.pk),
                evidence=seen[each.pk][0] if may_see and each.pk in seen else None,
            )
        )
    steps = team.compiled.charter.all_steps if team.compiled else ()
    together = _together(team.memberships, seen) if figures.shows_together else None
    return TeamPage(lines, together, chosen, team.compiled is not None, steps)


def _together(memberships: Sequence[Membership], seen: Mapping[int, tuple[Evidence, Any]]) -> Together | None:
    people = [each for each in memberships if not each.member.is_software]
    records = [seen[each.pk][0].record for each in people if each.pk in seen]
    having = [each for each in records if each.counted]
    if len(having) < SMALLEST_GROUP:
        return None
    return Together(
        len(having), sum(each.counted for each in having), sum(each.differently for each in having)
    )
