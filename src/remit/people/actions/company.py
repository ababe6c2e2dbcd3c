"""Whom the company's directory means: found by verified mail the first time, by its subject afterwards."""

from __future__ import annotations

from remit.core.clock import now
from remit.core.errors import Refusal
from remit.core.writing import write
from remit.notices.actions import Message, tell
from remit.people.models import CompanyAccount, Member
from remit.people.signing_in import member_of_mail
from remit.people.ways.company import Claims
from remit.trail.actions import record


def member_of_company(claims: Claims) -> Member:
    """The member whom the directory means. Nobody is made: whoever isn't here yet needs an invitation.

    Raises:
        Refusal: nobody here, somebody who left, or a mail of which the directory isn't sure.
    """
    with write():
        account = (
            CompanyAccount.objects.select_related("member")
            .filter(issuer=claims.issuer, subject=claims.subject)
            .first()
        )
        if account is None:
            account = _linked(claims)
        if account.member.left_at is not None:
            raise _nobody()
        return account.member


def _linked(claims: Claims) -> CompanyAccount:
    if not claims.email:
        raise _nobody()
    if not claims.is_verified:
        raise Refusal(
            "company-mail-unverified",
            "Your company's directory isn't sure that your mail is yours.",
            "Sign in another way, or ask whoever looks after the directory.",
        )
    member = member_of_mail(claims.email)
    if member is None or member.left_at is not None:
        raise _nobody()
    if CompanyAccount.objects.filter(member=member, issuer=claims.issuer).exists():
        raise Refusal(
            "company-other",
            "Another account of your company's directory belongs to this member.",
            "Sign in with that one, or another way.",
        )
    CompanyAccount.objects.filter(member=member).delete()  # of a directory that was set up before
    account = CompanyAccount.objects.create(
        member=member, issuer=claims.issuer, subject=claims.subject, since=now()
    )
    record("company-linked", f"member:{member.word}", by=member)
    tell(
        [member],
        Message(
            code="safety",
            subject=f"safety:{member.word}",
            title="You sign in by your company's directory from now on",
            body="Your other ways in stay. If it wasn't you, tell an owner.",
            address="/me/#browsers",
        ),
    )
    return account


def _nobody() -> Refusal:
    return Refusal(
        "company-nobody",
        "Nobody here has the mail that your company's directory knows you by.",
        "Ask somebody who leads your team to invite you; your mail on your page has to be the same.",
    )
