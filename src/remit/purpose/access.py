"""The only way to visions and objectives of teams that somebody sees; silent about what exists elsewhere."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import OuterRef, QuerySet, Subquery

from remit.core.errors import NotThere
from remit.people.access import Place, teams_for
from remit.people.models import Member, Team
from remit.purpose.models import Objective, RuleHung, Vision


def vision_of(team: Team) -> Vision | None:
    """The vision that holds in a team; None: nobody wrote one yet. Whoever sees the team may read it."""
    return Vision.objects.select_related("by").filter(team=team).first()


def visions_in_force(teams: Iterable[Team]) -> dict[int, Vision]:
    """The vision that holds in each of some teams, by the key of the team; those without one are left out."""
    newest = Vision.objects.filter(team=OuterRef("team")).order_by("-number").values("pk")[:1]
    rows = Vision.objects.select_related("team").filter(team__in=list(teams), pk=Subquery(newest))
    return {each.team_id: each for each in rows}


def visions_for(place: Place) -> QuerySet[Vision]:
    """All versions of a team's vision, the newest first."""
    return Vision.objects.select_related("by").filter(team=place.team)


def objectives_for(member: Member, team: Team) -> QuerySet[Objective]:
    """The objectives of a team that somebody sees, open and closed, those that end first before others.

    Each with its team, owner and closing at hand.
    """
    seen = teams_for(member).order_by().values("pk")
    return Objective.objects.select_related("team", "owner", "closing").filter(team=team, team__in=seen)


def open_objectives_for(member: Member, team: Team) -> QuerySet[Objective]:
    """Those that are worked at: what anything may be hung on."""
    return objectives_for(member, team).filter(closing=None)


def get_objective_for(member: Member, ref: str) -> Objective:
    """An objective by its ref: `harbour/faster-answers`, and as `vision` the clause of its team's vision.

    Raises:
        NotThere: there is none, or it belongs to a team that they aren't in.
    """
    word, _, key = ref.partition("/")
    seen = teams_for(member).order_by().values("pk")
    newest = Vision.objects.filter(team=OuterRef("team")).order_by("-number").values("so_that")[:1]
    rows = Objective.objects.select_related("team", "owner", "opened_by", "closing", "closing__by")
    found = rows.annotate(vision=Subquery(newest)).filter(team__word=word, key=key, team__in=seen).first()
    if found is None:
        raise NotThere("objective")
    return found


def rules_hung_for(member: Member, team: Team) -> QuerySet[RuleHung]:
    """The rules of a team's charter that hang on objectives, each with its objective, team and closing."""
    seen = teams_for(member).order_by().values("pk")
    rows = RuleHung.objects.select_related("objective__team", "objective__closing")
    return rows.filter(team=team, team__in=seen)
