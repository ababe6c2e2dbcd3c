"""Hanging rules of a charter on objectives."""

from __future__ import annotations

from remit.core.clock import now
from remit.core.errors import Changed
from remit.core.writing import write
from remit.people.access import Place, need_rank
from remit.people.vocabulary import Rank
from remit.purpose.access import get_objective_for
from remit.purpose.models import Objective, RuleHung
from remit.trail.actions import record


def hang_rule(place: Place, rule: str, objective: Objective | None) -> None:
    """Hang a rule of the team's charter on an objective, or take it off; the same twice changes nothing.

    Args:
        place: of a manager of the team.
        rule: the id of a rule; that there is one, the caller has seen.
        objective: of the team; None to take it off.

    Raises:
        NotAllowed: they aren't a manager.
        NotThere: the objective isn't one of the team.
        Changed: it was closed meanwhile.
    """
    need_rank(place, Rank.MANAGER, "hang a rule on an objective")
    with write():
        before = RuleHung.objects.filter(team=place.team, rule=rule).first()
        if (before.objective_id if before else None) == (objective.pk if objective else None):
            return
        charter = f"charter:{place.team.word}"
        if objective is None:
            RuleHung.objects.filter(team=place.team, rule=rule).delete()
            record("rule-taken-off", charter, by=place.member, team=place.team, rule=rule)
            return
        there = get_objective_for(place.member, f"{place.team.word}/{objective.key}")
        if not there.is_open:
            raise Changed("objective-closed", "It was closed meanwhile.", "Choose another one.")
        said = {"objective": there, "by": place.member, "at": now()}
        RuleHung.objects.update_or_create(team=place.team, rule=rule, defaults=said)
        key = there.key
        record("rule-hung", charter, by=place.member, team=place.team, rule=rule, objective=key)
