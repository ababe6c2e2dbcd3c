"""What asks for a hat: one small function for each kind, which reads rows and writes nothing.

Each gives what it found in a team, the worthiest first, with its worth in hours of somebody a week. The hours
are reckoned where something can be counted, and a stated weight in the same unit where not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from remit.findings.actions import Found
from remit.insight.hats.rules.asking import late_ideas, pulse_fell
from remit.insight.hats.rules.explaining import confusing_steps, unread
from remit.insight.hats.rules.handing_over import nobody_to_ask, same_floor
from remit.insight.hats.rules.letting_go import always_approved
from remit.insight.hats.rules.looking_closer import worth_a_look
from remit.insight.hats.rules.stepping_in import late_now, tired
from remit.insight.hats.rules.thanking import no_thanks, went_well
from remit.people.models import Team

Rule = Callable[[Team], Iterator[Found]]

RULES: Final[tuple[Rule, ...]] = (
    always_approved,
    worth_a_look,
    confusing_steps,
    unread,
    late_ideas,
    pulse_fell,
    same_floor,
    nobody_to_ask,
    late_now,
    tired,
    no_thanks,
    went_well,
)
"""All of them; the order means nothing."""
