"""A team around one of its people: who else is there, with all that growth keeps about them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, Q

from remit.charters.in_force import charter_of
from remit.core.errors import NotThere, Refusal
from remit.growth.models import Proposal, Remark, StepChange
from remit.growth.queries.evidence import Evidence, evidence_in_team
from remit.people.models import Membership, Team
from remit.reviews.queries.fair import FairReview
from remit_engine.charter.compiled import CompiledCharter


@dataclass(frozen=True, slots=True)
class Around:
    """A team.

    Attributes:
        memberships: of everybody in it, by name.
        compiled: the charter in force; None where nothing was published yet.
        changes: of steps, by the key of the membership, the newest first.
        proposals: open ones, and every one of a talk; the newest first.
    """

    memberships: Sequence[Membership]
    compiled: CompiledCharter | None
    changes: Mapping[int, Sequence[StepChange]]
    proposals: Sequence[Proposal]

    def membership_of(self, word: str) -> Membership:
        """The place of a member.

        Raises:
            NotThere: nobody of that word is in the team.
        """
        for each in self.memberships:
            if each.member.word == word:
                return each
        raise NotThere("member")

    def open_proposal(self, membership: Membership, *, is_own: bool) -> Proposal | None:
        """The open proposal about somebody, where whoever looks may see it."""
        for each in self.proposals:
            if each.membership_id == membership.pk and each.closed_at is None:
                return each if is_own or each.shown_at else None
        return None

    def evidence(self) -> dict[int, tuple[Evidence, list[FairReview]]]:
        """What everybody's reviews say, by the key of the membership; nothing where there are no steps."""
        if self.compiled is None or not self.compiled.charter.all_steps:
            return {}
        return evidence_in_team(self.memberships, self.compiled.charter, self.changes, self.proposals)


def around(team: Team) -> Around:
    """What there is about a team, in four queries, and one more where something is proposed."""
    memberships = Membership.objects.filter(team=team, until=None).select_related("member", "role", "team")
    rows = list(memberships.order_by("member__name", "pk"))
    changes: dict[int, list[StepChange]] = defaultdict(list)
    for change in StepChange.objects.filter(membership__in=rows).select_related("by", "membership__team"):
        changes[change.membership_id].append(change)
    remarks = Prefetch("remarks", Remark.objects.select_related("by"))
    proposals = Proposal.objects.filter(Q(closed_at=None) | Q(is_wider=False), membership__in=rows)
    return Around(rows, _in_force(team), changes, list(proposals.prefetch_related(remarks)))


def _in_force(team: Team) -> CompiledCharter | None:
    try:
        return charter_of(team).compiled
    except Refusal:  # nothing was published yet
        return None
