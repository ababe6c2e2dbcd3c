"""Growth in the demo: what the reviews of a year speak for, who showed it, who asked, and who is trusted."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from remit.core.clock import today
from remit.demo.bulk.house import House
from remit.growth.actions import proposing, steps, wishes
from remit.people.access import place_in
from remit.people.models import Member

_TRUSTED: Final = "chloe"
_ASKS: Final = "ben"
_STEP: Final = "first"


def grown(house: House) -> None:
    """What the last look found is proposed; one shows it, one asks, and one is trusted for a time.

    Args:
        house: the main team.
    """
    team = house.team
    members = {each.word: each for each in Member.objects.filter(memberships__team=team, left_at=None)}
    manager = place_in(members["mia"], team)
    last_day = today(team.time_zone) + timedelta(days=60)
    why = "Chloé ran the terrace alone all summer, and it went well. Let us see how it goes with more."
    steps.give(manager, _TRUSTED, _STEP, why=why, until=last_day)
    looked = [proposing.look(number) for number in proposing.memberships_to_look_at()]
    mine = [each for each in looked if each is not None and each.membership.team_id == team.pk]
    for proposal in mine[:1]:
        proposing.show(proposal.membership.member, proposal)
    if not mine or mine[0].membership.member.word != _ASKS:
        wishes.ask_for(
            place_in(members[_ASKS], team), "I close alone on Sundays, and nobody can be asked then."
        )
