"""Who is in a team, and as what: change a role, leave, return; owners."""

from __future__ import annotations

from remit.core.clock import now
from remit.core.errors import NotAllowed, NotThere, Refusal
from remit.core.writing import write
from remit.notices.actions import Message, tell
from remit.people.access import Place, get_membership_for, need_owner, need_rank
from remit.people.actions.factors import need_factor_if_ruled
from remit.people.departures import tell_departure
from remit.people.facts import duties_at
from remit.people.models import Duty, Member, Membership, PersonalLink, Role
from remit.people.signing_in import sign_out_everywhere
from remit.people.vocabulary import FORMER, Rank
from remit.trail.actions import record


def change_role(place: Place, word: str, role: Role) -> None:
    """Give a member of a team another role; nothing happens where they have it.

    Raises:
        NotAllowed: by somebody below a manager, to a role above their own, or of somebody above them.
        NotThere: nobody of that word is in the team.
        Refusal: they are the last who manages the team.
    """
    need_rank(place, Rank.MANAGER, "change a role")
    with write():
        membership = get_membership_for(place, word)
        _above_nobody(place, membership)
        if role.rank > place.rank:
            raise NotAllowed(
                "role-above-own",
                f"You can't make somebody {role.title}: that stands above you.",
                "Ask somebody who stands as high.",
            )
        if membership.role_id == role.pk:
            return
        if role.rank < Rank.MANAGER and not membership.member.is_owner:
            _somebody_manages(membership)
        before = membership.role.word
        membership.role = role
        membership.save(update_fields=["role"])
        need_factor_if_ruled(membership.member)
        record(
            "role-changed", f"member:{word}", by=place.member, team=place.team, before=before, after=role.word
        )
        _tell_of_role(place, membership)


def leave(place: Place, word: str) -> None:
    """Somebody leaves a team: by themselves, or by a manager. With their last team they leave altogether.

    Raises:
        NotAllowed: by somebody else below a manager, or of somebody above them.
        NotThere: nobody of that word is in the team.
        Refusal: they are the last who manages the team, or the last owner.
    """
    with write():
        membership = get_membership_for(place, word)
        member = membership.member
        if member.pk != place.member.pk:
            need_rank(place, Rank.MANAGER, "take somebody out of the team")
            _above_nobody(place, membership)
        _somebody_manages(membership)
        is_last = not member.memberships.filter(until=None).exclude(pk=membership.pk).exists()
        if is_last and member.is_owner:
            _another_owner(member)
        _end(membership)
        record("member-left", f"member:{word}", by=place.member, team=place.team, role=membership.role.word)
        tell_departure(membership, place.member)
        if is_last:
            member.left_at = now()
            member.is_owner = False
            member.save(update_fields=["left_at", "is_owner"])
            PersonalLink.objects.filter(member=member, used_at=None, expires_at__gt=now()).update(
                expires_at=now()
            )
            sign_out_everywhere(member)


def _end(membership: Membership) -> None:
    for duty in duties_at(now()).filter(membership=membership, starts_at__lt=now()):
        duty.ends_at = now()
        duty.save(update_fields=["ends_at"])
    Duty.objects.filter(membership=membership, starts_at__gte=now()).delete()
    membership.until = now()
    membership.pin = ""
    membership.save(update_fields=["until", "pin"])


def return_to(place: Place, word: str, role: Role) -> Membership:
    """Somebody who left a team comes back, in a role; the step that they held there comes with them.

    Raises:
        NotAllowed: by somebody below a manager, or to a role above their own.
        NotThere: nobody of that word was ever in the team.
    """
    need_rank(place, Rank.MANAGER, "bring somebody back")
    with write():
        former = (
            Membership.objects.select_related("member")
            .filter(team=place.team, member__word=word)
            .order_by("-since", "-id")
            .first()
        )
        if former is None or former.member.name == FORMER:
            raise NotThere("member")
        if former.until is None:
            return former
        if role.rank > place.rank:
            raise NotAllowed(
                "role-above-own",
                f"You can't bring somebody back as {role.title}: that stands above you.",
                "Choose another role.",
            )
        member = former.member
        if member.left_at is not None:
            member.left_at = None
            member.save(update_fields=["left_at"])
        membership = Membership.objects.create(
            member=member,
            team=place.team,
            role=role,
            since=now(),
            step_given=former.step_given,
            step_until=former.step_until,
            step_then=former.step_then,
        )
        need_factor_if_ruled(member)
        record("member-returned", f"member:{word}", by=place.member, team=place.team, role=role.word)
    return membership


def former_members(place: Place) -> list[Membership]:
    """The last place of those who left a team and aren't back, newest first, for a manager."""
    here = Membership.objects.filter(team=place.team, until=None).values("member")
    seen: dict[int, Membership] = {}
    left = Membership.objects.select_related("member", "role").filter(team=place.team, until__isnull=False)
    left = left.exclude(member__name=FORMER)
    for membership in left.exclude(member__in=here).order_by("-until")[:200]:
        seen.setdefault(membership.member_id, membership)
    return list(seen.values())


def make_owner(by: Member, word: str) -> None:
    """An owner makes somebody else an owner too; nothing happens where they are one.

    Raises:
        NotAllowed: by somebody who isn't one, or of software.
        NotThere: nobody of that word works here.
    """
    need_owner(by, "make somebody an owner")
    with write():
        member = _working(word)
        if member.is_software:
            raise NotAllowed("software-owns-nothing", "Software can't be an owner.", "Choose a person.")
        if member.is_owner:
            return
        member.is_owner = True
        member.save(update_fields=["is_owner"])
        need_factor_if_ruled(member)
        record("owner-made", f"member:{word}", by=by)


def end_owner(by: Member, word: str) -> None:
    """An owner is one no more; nothing happens where they aren't.

    Raises:
        NotAllowed: by somebody who isn't one.
        NotThere: nobody of that word works here.
        Refusal: they are the last one.
    """
    need_owner(by, "change who is an owner")
    with write():
        member = _working(word)
        if not member.is_owner:
            return
        _another_owner(member)
        for membership in member.memberships.select_related("team", "role").filter(until=None):
            if membership.role.rank < Rank.MANAGER:
                _somebody_manages(membership)
        member.is_owner = False
        member.save(update_fields=["is_owner"])
        need_factor_if_ruled(member)
        record("owner-ended", f"member:{word}", by=by)


def _working(word: str) -> Member:
    member = Member.objects.filter(word=word, left_at=None).first()
    if member is None:
        raise NotThere("member")
    return member


def _above_nobody(place: Place, membership: Membership) -> None:
    if membership.rank > place.rank:
        raise NotAllowed(
            "member-above-own",
            f"{membership.member.name} stands above you here.",
            "Ask somebody who stands as high.",
        )


def _somebody_manages(membership: Membership) -> None:
    """Somebody else manages the team when this one doesn't any more."""
    if membership.rank < Rank.MANAGER:
        return
    others = Membership.objects.filter(
        team=membership.team_id, until=None, member__is_software=False
    ).exclude(pk=membership.pk)
    if others.filter(role__rank__gte=Rank.MANAGER).exists() or others.filter(member__is_owner=True).exists():
        return
    raise Refusal(
        "last-manager",
        f"{membership.member.name} is the last who manages {membership.team}.",
        "Make somebody else a manager first.",
    )


def _another_owner(member: Member) -> None:
    if not Member.objects.filter(is_owner=True, left_at=None).exclude(pk=member.pk).exists():
        raise Refusal("last-owner", f"{member.name} is the last owner.", "Make somebody else an owner first.")


def _tell_of_role(place: Place, membership: Membership) -> None:
    if membership.member_id == place.member.pk or membership.member.is_software:
        return
    tell(
        [membership.member],
        Message(
            code="role-changed",
            subject=f"member:{membership.member.word}",
            title=f"You are {membership.role.title} in {place.team} now"[:200],
            body=f"Changed by {place.member.name}.",
            address=f"/teams/{place.team.word}/people/",
        ),
    )
