"""Who may look at a decision, and whom to ask: never oneself, never one who took part, everybody evenly."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db.models import Count, Q

from remit.approvals.models import Asked
from remit.complaints.models import Decision, Message
from remit.core.clock import now
from remit.people.models import Member, Membership, Team
from remit.reviews.models import Review

EVEN_OVER: Final = timedelta(days=28)
"""Looks asked for within so long are shared out evenly."""


def parties_to(decision: Decision) -> set[int]:
    """Keys of those who have a part in a decision, and so can't look at it as somebody else would.

    Whoever decided; whose authority it was; whom the complaint is about, and to whose account it went;
    everybody who wrote in the complaint or decided on it; those who saw a proposal and let it go ahead.
    """
    complaint = decision.complaint
    found: set[int | None] = {decision.member_id, decision.on_authority_of_id, complaint.about_id}
    found |= set(Message.objects.filter(complaint=complaint).values_list("author", flat=True))
    found |= set(Decision.objects.filter(complaint=complaint).values_list("member", flat=True))
    if decision.approval_id is not None:
        seen = Asked.objects.filter(approval=decision.approval_id).exclude(seen_at=None)
        found |= set(seen.values_list("member", flat=True))
    account = decision.request.get("account_of")
    if account:
        found |= set(Member.objects.filter(word=account).values_list("pk", flat=True))
    return {each for each in found if each is not None}


def know_how_it_went(decision: Decision) -> set[int]:
    """Keys of those to whom another review on its complaint showed how it went on afterwards."""
    others = Review.objects.filter(decision__complaint=decision.complaint_id).exclude(decision=decision)
    known = others.filter(Q(done_at__isnull=False) | Q(seen_at__isnull=False))
    return set(known.values_list("reviewer", flat=True))


@dataclass(frozen=True, slots=True)
class Reviewers:
    """Everybody of a team who can look at decisions, and how much each was asked lately.

    Attributes:
        people: members of the team of every rank, and, where none of them can, the owners.
        asked: how many looks each was asked for lately, by key.
        pairs: of those how many at decisions of whom, by keys of reviewer and decider.
    """

    people: list[Member]
    owners: list[Member]
    asked: dict[int, int]
    pairs: dict[tuple[int, int], int]

    def next_for(
        self, decider: int, *, but: Container[int], in_order: Callable[[list[str]], list[str]]
    ) -> Member | None:
        """Whom to ask: who was asked least, then who looked least at this member's; then by lot.

        Args:
            decider: key of whoever decided.
            but: keys of those who had a part in it, or were asked about it already.
            in_order: words of members in an order that nobody chose.

        Returns:
            None where nobody is left.
        """
        able = [each for each in self.people if each.pk not in but]
        able = able or [each for each in self.owners if each.pk not in but]
        if not able:
            return None
        place = {word: at for at, word in enumerate(in_order([each.word for each in able]))}
        found = min(
            able,
            key=lambda each: (
                self.asked.get(each.pk, 0),
                self.pairs.get((each.pk, decider), 0),
                place[each.word],
            ),
        )
        self.asked[found.pk] = self.asked.get(found.pk, 0) + 1
        pair = (found.pk, decider)
        self.pairs[pair] = self.pairs.get(pair, 0) + 1
        return found


def reviewers_of(team: Team) -> Reviewers:
    """Who can look at decisions of a team now."""
    moment = now()
    gone, left = Q(until__lte=moment), Q(left_at__lte=moment)
    here = Membership.objects.filter(~gone, team=team, since__lte=moment).values("member")
    working = Member.objects.filter(~left, is_software=False)
    lately = Review.objects.filter(asked_at__gt=moment - EVEN_OVER)
    pairs = _pairs(lately.filter(decision__team=team).values_list("reviewer", "decider"))
    counted = lately.order_by().values("reviewer").annotate(count=Count("pk"))
    return Reviewers(
        people=list(working.filter(pk__in=here).order_by("pk")),
        owners=list(working.filter(Q(is_owner=True)).exclude(pk__in=here).order_by("pk")),
        asked={row["reviewer"]: row["count"] for row in counted},
        pairs=dict(pairs),
    )


def _pairs(rows: Iterable[tuple[int, int]]) -> Mapping[tuple[int, int], int]:
    found: dict[tuple[int, int], int] = {}
    for pair in rows:
        found[pair] = found.get(pair, 0) + 1
    return found
