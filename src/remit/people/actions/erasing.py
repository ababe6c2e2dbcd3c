"""Making somebody who left nobody: what they decided stays, and was decided by *a former member*.

Their word stays as well. It stands in the hashes of the record and in the requests that were judged, by which
it is proven who decided what; that proof is kept as long as the books.
"""

from __future__ import annotations

from typing import Final

from axes.models import AccessAttempt, AccessLog
from django.db.models import Q

from remit.core.erasing import Loose, Traces, take_out
from remit.core.errors import Refusal
from remit.core.writing import write
from remit.people.models import (
    AppCode,
    CompanyAccount,
    CounterDevice,
    Duty,
    Invitation,
    KnownBrowser,
    Member,
    Membership,
    Organisation,
    Passkey,
    PersonalLink,
    PinGuesses,
    RecoveryCode,
    SignedIn,
)
from remit.people.vocabulary import FORMER
from remit.trail.models import Words

_WAYS_IN: Final = (PersonalLink, SignedIn, KnownBrowser, AppCode, RecoveryCode, Passkey, CompanyAccount)
_SAID_THEIR_NAME: Final = ("member-joined", "profile-changed")
"""Acts of which the words are the name of who did it."""
_LOOSE: Final[Loose] = ((Organisation, ("factor_why",)), (CounterDevice, ("name",)))


def member_in_the_way(member: Member) -> str:
    """Why they can't be erased, in a sentence; "" where they can."""
    if member.left_at is None:
        return f"{member.name} still works here: take them out of their teams first."
    if member.is_software:
        return "Software isn't a person."
    return "They were made nobody already." if member.name == FORMER else ""


def traces_of(member: Member) -> Traces:
    """By what they are found in text that isn't tied to them: their mail, and every name they had here."""
    own = Words.objects.filter(entry__subject=f"member:{member.word}", entry__act__in=_SAID_THEIR_NAME)
    names = [member.name, *own.values_list("text", flat=True)]
    return Traces.of(names=names, others=[member.email or ""])


def invitations_of(member: Member) -> list[str]:
    """How the trail names invitations that were made out to them: each holds their name and their mail."""
    rows = Invitation.objects.filter(_made_out_to(member))
    return [f"invitation:{key}" for key in rows.values_list("pk", flat=True)]


def _made_out_to(member: Member) -> Q:
    return Q(used_by=member) | (Q(email__iexact=member.email) if member.email else Q(pk__in=()))


def take_out_of_people(traces: Traces) -> None:
    """Take somebody out of what the team says of itself: *the tablet of Ana Ruiz*; inside a write."""
    take_out(traces, _LOOSE)


def erase_member(member: Member) -> None:
    """Erase what says who they were, and what shows where and when they worked.

    Raises:
        Refusal: they still work here, are software, or are nobody already.
    """
    with write():
        why_not = member_in_the_way(member)
        if why_not:
            raise Refusal("in-the-way", why_not, "Then erase them.")
        Invitation.objects.filter(_made_out_to(member)).update(name="", email="")
        if member.email:
            for log in (AccessLog, AccessAttempt):
                log.objects.filter(username__iexact=member.email).delete()
        for ways_in in _WAYS_IN:
            ways_in.objects.filter(member=member).delete()
        Duty.objects.filter(membership__member=member).delete()
        PinGuesses.objects.filter(membership__member=member).delete()
        Membership.objects.filter(member=member).update(pin="")
        member.name, member.email, member.language = FORMER, None, "en"
        member.set_unusable_password()
        member.sessions_ended += 1
        member.save()
