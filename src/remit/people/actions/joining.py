"""Bringing somebody in: invitations, and personal links for those without mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from remit.core.clock import now
from remit.core.errors import NotAllowed, NotThere, Refusal
from remit.core.writing import write
from remit.notices.actions import Message, tell
from remit.people.access import Place, highest_rank_of, need_rank, people_who_manage, place_in
from remit.people.actions.ended import forget_invited
from remit.people.actions.factors import need_factor_if_ruled
from remit.people.actions.pins import pin_hash
from remit.people.models import Invitation, Member, Membership, PersonalLink, Role
from remit.people.naming import mail_address, tidy_name, word_for, word_start
from remit.people.secrets import hash_of, new_secret
from remit.people.vocabulary import INVITATION_DAYS, PERSONAL_LINK_HOURS, Rank
from remit.trail.actions import record

_USED = ("invitation-used", "This invitation was used already.", "Sign in, or ask for a new one.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """What somebody says about themselves when they take up an invitation."""

    name: str
    email: str = ""
    password: str = ""
    pin: str = ""


def invite(place: Place, role: Role, *, name: str = "", email: str = "") -> tuple[Invitation, str]:
    """Make an invitation into a team.

    Returns:
        It, and its secret, which is told this once.

    Raises:
        NotAllowed: by somebody below a lead, or into a role above their own.
        Refusal: the mail address is none.
    """
    need_rank(place, Rank.LEAD, "invite somebody")
    if role.rank > place.rank:
        raise NotAllowed(
            "role-above-own",
            f"You can't invite somebody as {role.title}: that stands above you.",
            "Choose another role, or ask a manager to invite them.",
        )
    address = mail_address(email)
    secret = new_secret()
    with write():
        invitation = Invitation.objects.create(
            secret_hash=hash_of(secret),
            team=place.team,
            role=role,
            name=tidy_name(name),
            email=address,
            made_by=place.member,
            made_at=now(),
            expires_at=now() + timedelta(days=INVITATION_DAYS),
        )
        record(
            "member-invited",
            f"invitation:{invitation.pk}",
            by=place.member,
            team=place.team,
            words=" ".join(filter(None, (invitation.name, address))),
            role=role.word,
        )
    return invitation, secret


def withdraw_invitation(place: Place, number: int) -> None:
    """Take an invitation back, and with it whom it named; nothing happens where it was taken back already.

    Raises:
        NotAllowed: by somebody below a lead.
        NotThere: there is none in this team.
        Refusal: it was used.
    """
    need_rank(place, Rank.LEAD, "withdraw an invitation")
    with write():
        invitation = Invitation.objects.filter(team=place.team, pk=number).first()
        if invitation is None:
            raise NotThere("invitation")
        if invitation.used_by_id is not None:
            raise Refusal(*_USED)
        if invitation.withdrawn_at is None:
            invitation.withdrawn_at = now()
            invitation.save(update_fields=["withdrawn_at"])
            record("invitation-withdrawn", f"invitation:{number}", by=place.member, team=place.team)
            forget_invited(invitation)


def open_invitation(secret: str) -> Invitation:
    """The invitation of a secret, as long as it holds.

    Raises:
        NotThere: there is no such invitation.
        Refusal: it was used, was withdrawn, or has ended.
    """
    invitation = (
        Invitation.objects.select_related("team", "role", "made_by")
        .filter(secret_hash=hash_of(secret))
        .first()
    )
    if invitation is None:
        raise NotThere("invitation")
    by = invitation.made_by.name
    if invitation.used_by_id is not None:
        raise Refusal(*_USED)
    if invitation.withdrawn_at is not None:
        raise Refusal("invitation-withdrawn", "This invitation was withdrawn.", f"Ask {by} for a new one.")
    if invitation.expires_at <= now() or invitation.team.closed_at is not None:
        raise Refusal("invitation-ended", "This invitation has ended.", f"Ask {by} for a new one.")
    if not _may_still_invite(invitation):
        raise Refusal(
            "invitation-ended",
            f"This invitation has ended: {by} can't invite {invitation.role.title}s here any more.",
            "Ask somebody who leads the team for a new one.",
        )
    return invitation


def _may_still_invite(invitation: Invitation) -> bool:
    """Whether who made it could make it today: nobody hands on what was taken from them."""
    try:
        place = place_in(invitation.made_by, invitation.team)
    except NotThere:
        return False
    return place.rank >= max(Rank.LEAD, invitation.role.rank)


def accept_as_newcomer(secret: str, newcomer: Newcomer) -> Membership:
    """Somebody new takes up an invitation.

    Raises:
        Refusal: it doesn't hold any more; or somebody with this mail is here already: they sign in first.
    """
    email = mail_address(newcomer.email)
    pin = pin_hash(newcomer.pin)
    name = tidy_name(newcomer.name)
    if not newcomer.password and not pin:
        raise Refusal(
            "no-way-in", "You need a password or a PIN to come back.", "Choose one of them.", field="password"
        )
    if newcomer.password and not email:
        raise Refusal(
            "mail-missing",
            "A password needs a mail address to sign in with.",
            "Give one, or choose a PIN and leave the password out.",
            field="email",
        )
    with write():
        invitation = open_invitation(secret)
        if email and Member.objects.filter(email=email).exists():
            raise Refusal(
                "mail-known",
                "Somebody with this mail is here already.",
                "If that is you, sign in, and you join the team at once.",
                field="email",
            )
        start = word_start(name, "member")
        taken = Member.objects.filter(word__startswith=start).values_list("word", flat=True)
        member = Member(
            word=word_for(name, taken, "member"),
            name=name,
            email=email or None,
            language=invitation.team.language,
            joined_at=now(),
        )
        if newcomer.password:
            member.set_password(newcomer.password)
        else:
            member.set_unusable_password()
        member.save()
        return _join(invitation, member, pin)


def accept_as_member(secret: str, member: Member) -> Membership:
    """Somebody who is here already takes up an invitation into another team; twice does no harm.

    Raises:
        Refusal: it doesn't hold any more, or they are in the team.
    """
    with write():
        used = Invitation.objects.filter(secret_hash=hash_of(secret), used_by=member).first()
        if used is not None:
            there = Membership.objects.filter(member=member, team=used.team_id, until=None).first()
            if there is not None:
                return there
        invitation = open_invitation(secret)
        if Membership.objects.filter(member=member, team=invitation.team, until=None).exists():
            raise Refusal(
                "member-already",
                f"You are in {invitation.team} already.",
                "Leave the invitation to whom it is for, or ask a manager to change your role.",
            )
        return _join(invitation, member, "")


def _join(invitation: Invitation, member: Member, pin: str) -> Membership:
    membership = Membership.objects.create(
        member=member, team=invitation.team, role=invitation.role, pin=pin, since=now()
    )
    need_factor_if_ruled(member)
    invitation.used_by = member
    invitation.save(update_fields=["used_by"])
    record(
        "member-joined",
        f"member:{member.word}",
        by=member,
        team=invitation.team,
        words=member.name,
        role=invitation.role.word,
        invitation=invitation.pk,
    )
    _tell_who_joined(invitation, member)
    return membership


def _tell_who_joined(invitation: Invitation, member: Member) -> None:
    """Whoever invited them hears of it; of one who may answer for others, all who manage the team, too.

    Otherwise somebody could invite a colleague who is nobody but themselves, and answer their own questions.
    """
    told = {invitation.made_by_id: invitation.made_by}
    if invitation.role.rank >= Rank.LEAD:
        told |= {each.pk: each for each in people_who_manage(invitation.team).exclude(pk=member.pk)}
    tell(
        list(told.values()),
        Message(
            code="member-joined",
            subject=f"invitation:{invitation.pk}",
            title=f"{member.name} joined {invitation.team} as {invitation.role.title}"[:200],
            body=f"Invited by {invitation.made_by.name}.",
            address=f"/teams/{invitation.team.word}/people/",
        ),
    )


def make_personal_link(place: Place, membership: Membership) -> str:
    """Make a link that signs a member in once, for somebody who has no mail, or lost what they knew.

    It opens everything that the member may do, in every team. So it takes somebody who stands above them
    everywhere, and they are told; links of before end.

    Returns:
        Its secret, which is told this once.

    Raises:
        NotAllowed: by somebody below a lead, or for somebody who doesn't stand below them.
    """
    need_rank(place, Rank.LEAD, "make a personal link")
    member = membership.member
    _need_person(member)
    if highest_rank_of(member) >= place.rank:
        raise NotAllowed(
            "link-for-one-above",
            f"A link for {member.name} would open more than you may do yourself.",
            "Somebody who stands above them can make it.",
        )
    with write():
        secret = _new_link(member, place.member)
        record("link-made", f"member:{member.word}", by=place.member, team=place.team)
    return secret


def make_link_at_the_command_line(member: Member) -> str:
    """Make a link that signs a member in once, for whoever looks after the machine that Remit runs on.

    They can read and change the whole database, so nobody is asked; but the trail says it, and the member is
    told. It is the way back of an owner, above whom nobody stands; links of before end.

    Returns:
        Its secret, which is told this once.

    Raises:
        NotAllowed: they are software.
        Refusal: they have left.
    """
    with write():
        member = Member.objects.get(pk=member.pk)
        _need_person(member)
        if member.left_at is not None:
            raise Refusal(
                "member-left", f"{member.name} has left.", "A manager can take them into a team again first."
            )
        secret = _new_link(member, None)
        record("link-made-at-command-line", f"member:{member.word}", by=None)
    return secret


def _need_person(member: Member) -> None:
    if member.is_software:
        raise NotAllowed(
            "software-signs-in-otherwise", "A software member doesn't sign in here.", "It uses a key."
        )


def _new_link(member: Member, by: Member | None) -> str:
    """A new link, in place of those of before; its member is told."""
    secret = new_secret()
    PersonalLink.objects.filter(member=member, used_at=None, expires_at__gt=now()).update(expires_at=now())
    PersonalLink.objects.create(
        secret_hash=hash_of(secret),
        member=member,
        made_by=by,
        made_at=now(),
        expires_at=now() + timedelta(hours=PERSONAL_LINK_HOURS),
    )
    who = by.name if by else "Somebody at the command line"
    tell(
        [member],
        Message(
            code="link-made",
            subject=f"link:{member.word}",
            title=f"{who} made a link that signs you in"[:200],
            body="If you didn't ask for it, tell somebody you trust, and sign out everywhere.",
            address="/me/",
        ),
    )
    return secret


def open_link(secret: str) -> PersonalLink:
    """The personal link of a secret, as long as it holds.

    Raises:
        NotThere: there is no such link.
        Refusal: it was used, or has ended.
    """
    link = (
        PersonalLink.objects.select_related("member", "made_by").filter(secret_hash=hash_of(secret)).first()
    )
    if link is None or link.member.left_at is not None:
        raise NotThere("link")
    again = f"Ask {link.made_by.name if link.made_by else 'whoever made it'} for a new one."
    if link.used_at is not None:
        raise Refusal("link-used", "This link was used already.", again)
    if link.expires_at <= now() or not _stands_above_still(link):
        raise Refusal("link-ended", "This link has ended.", again)
    return link


def _stands_above_still(link: PersonalLink) -> bool:
    """Whether who made it stands above its member still; the command line always does."""
    return link.made_by is None or highest_rank_of(link.made_by) > highest_rank_of(link.member)


def use_link(secret: str) -> Member:
    """Take a personal link up: it is used from now on.

    Raises:
        NotThere: there is no such link.
        Refusal: it was used, or has ended.
    """
    with write():
        link = open_link(secret)
        link.used_at = now()
        link.save(update_fields=["used_at"])
        record("link-used", f"member:{link.member.word}", by=link.member)
    return link.member
