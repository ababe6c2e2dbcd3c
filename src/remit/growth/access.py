"""The only way to growth: somebody's own, and what of others a manager may see."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from remit.core.errors import NotThere
from remit.growth.models import FiguresChoice, Proposal, Wish
from remit.growth.vocabulary import Figures
from remit.people.access import Place, place_in, teams_for
from remit.people.models import Member, Membership
from remit.people.vocabulary import Rank
from remit_engine.charter.facts import NO_STEP


def figures_chosen() -> FiguresChoice | None:
    """What an owner chose last about who sees figures; None where nobody did."""
    return FiguresChoice.objects.select_related("by").first()


def figures() -> Figures:
    """Who sees what reviews say about somebody; the person alone, where nobody chose anything else."""
    chosen = figures_chosen()
    return Figures(chosen.figures) if chosen else Figures.PERSON


def limit_of(membership: Membership) -> str:
    """The step that a software agent may reach; none, where its owner said nothing."""
    newest = membership.step_limits.first()
    return newest.step if newest else NO_STEP


def get_membership_for(place: Place, word: str) -> Membership:
    """The place of somebody in a team: one's own, or as its manager.

    Raises:
        NotThere: there is nobody of that word, or it isn't theirs to see.
    """
    here = Membership.objects.filter(team=place.team, until=None, member__word=word)
    if not place.is_manager:
        here = here.filter(member=place.member)
    membership = here.select_related("member", "role", "team").first()
    if membership is None:
        raise NotThere("member")
    return membership


def proposals_for(member: Member) -> QuerySet[Proposal]:
    """Proposals about somebody, and those that they may see as a manager."""
    managed = Membership.objects.filter(member=member, until=None, role__rank__gte=Rank.MANAGER)
    teams = teams_for(member) if member.is_owner else managed
    key = "pk" if member.is_owner else "team"
    seen = Q(membership__team__in=teams.order_by().values(key), shown_at__isnull=False)
    return Proposal.objects.filter(seen | Q(membership__member=member)).select_related(
        "membership__member", "membership__team", "membership__role"
    )


def get_proposal_for(member: Member, number: int) -> Proposal:
    """One of them.

    Raises:
        NotThere: there is none, or it isn't theirs to see.
    """
    proposal = proposals_for(member).filter(pk=number).first()
    if proposal is None:
        raise NotThere("proposal")
    place_in(member, proposal.membership.team)
    return proposal


def get_wish_for(member: Member, number: int) -> Wish:
    """Somebody's own wish for a step, or one that they answer as a manager.

    Raises:
        NotThere: there is none, or it isn't theirs to see.
    """
    wish = (
        Wish.objects.filter(pk=number, membership__team__in=teams_for(member).order_by().values("pk"))
        .select_related("membership__member", "membership__team", "membership__role")
        .first()
    )
    if wish is None:
        raise NotThere("wish")
    is_manager = place_in(member, wish.membership.team).is_manager
    if wish.membership.member_id != member.pk and not is_manager:
        raise NotThere("wish")
    return wish
