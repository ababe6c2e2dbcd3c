"""Letting go in the demo: what was proposed is tried, by the actions of the application."""

from __future__ import annotations

from remit.charters.actions.publishing import publish
from remit.charters.in_force import charter_of
from remit.demo.bulk.house import House
from remit.findings.actions import take_up, watch_anew
from remit.findings.models import Finding, Taken
from remit.findings.vocabulary import Sort, Taking
from remit.people.access import place_in
from remit_engine.evidence.letgo.values import Verdict

_WHY = "Nobody has said no to one of these for months. Let us see for four weeks what happens without asking."

_WIDER = (
    "The first trial went well. One in twenty that I would have answered otherwise is a price I would pay."
)


def tried(house: House, tolerance: float | None = None) -> Taken | None:
    """The night's look; then Mia tries what it proposes and wasn't tried before, where there is something.

    Args:
        house: the main team; its charter is the new one from now on.
        tolerance: that Mia chooses before; None to leave it.
    """
    from remit.insight.letgo.looking import look_at_team  # noqa: PLC0415 (statistics: pages need none)

    mia = next(each.member for each in house.there() if each.member.word == "mia")
    place = place_in(mia, house.team)
    if tolerance is not None:
        watch_anew(place, tolerance=tolerance, confidence=0.95, split_by="category", why=_WIDER)
    look_at_team(house.team)
    proposed = Finding.objects.filter(
        team=house.team, sort=Sort.LET_GO, ended_at=None, state=Verdict.LET_GO
    ).exclude(key__in=Taken.objects.filter(finding__team=house.team).values("finding__key"))
    by_size = sorted(proposed, key=lambda each: (-each.evidence["saved"]["approvals"], each.key))
    if not by_size:
        return None
    taken = take_up(place, by_size[0].pk, Taking.TRIAL, _WHY)
    publish(mia, house.team, taken.draft.text, _WHY, draft=taken.draft)
    house.charters.append(charter_of(house.team))
    return taken
