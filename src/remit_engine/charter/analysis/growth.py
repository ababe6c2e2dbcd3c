"""Growth must not take: what an earlier step gives and a later one doesn't."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from remit_engine.charter.analysis.searching import Near, Search
from remit_engine.charter.axes import WordAxis
from remit_engine.charter.facts import NO_STEP
from remit_engine.charter.sentences import readable
from remit_engine.charter.stretches import Stretch


@dataclass(frozen=True, slots=True)
class GrowthLoss:
    """A grant that a member loses by growing.

    Attributes:
        grant: its id.
        step: the last step that has it; `none` for no step.
        later: the next step, at which nothing else gives as much.
    """

    grant: str
    step: str
    later: str

    @property
    def sentence(self) -> str:
        """For people."""
        before = "without a step" if self.step == NO_STEP else f"at step {readable(self.step)}"
        return (
            f"Who reaches step {readable(self.later)} loses what {self.grant} gives {before}: "
            f"name {readable(self.later)} there too."
        )


def growth_losses(search: Search, stretch: Stretch) -> list[GrowthLoss]:
    """Grants that name an earlier step and not a later one, where nothing else gives as much."""
    place = search.space.places.get("step")
    axis = search.space.axes[place] if place is not None else None
    if place is None or not isinstance(axis, WordAxis):
        return []
    steps = [word for word in stretch.charter.step_names if word in axis.words]
    grants = [grant for grant in search.space.grants(stretch) if grant.can_hold]
    near = Near(grants, search.space)
    found: list[GrowthLoss] = []
    for grant in grants:
        held = [word for word in steps if grant.bits[place] >> axis.class_of(word) & 1]
        if not held or len(held) == len(steps):
            continue
        for earlier, later in pairwise(steps):
            if earlier not in held or later in held:
                continue
            box = (*grant.bits[:place], 1 << axis.class_of(later), *grant.bits[place + 1 :])
            as_much = [other for other in near.all(box) if other.level >= grant.level]
            if search.outside(
                search.space.packing.packed(box), grant.amounts, as_much, missing=grant.holds_missing
            ):
                found.append(GrowthLoss(grant.rule.id, earlier, later))
    return found
