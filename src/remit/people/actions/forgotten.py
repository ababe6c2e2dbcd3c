"""A forgotten password: a link by mail, and the new one."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth.tokens import PasswordResetTokenGenerator

from remit.core.clock import now
from remit.core.errors import Refusal
from remit.core.writing import write
from remit.jobs.models import Job
from remit.jobs.queue import later
from remit.people.actions.me import change_password
from remit.people.models import Member
from remit.people.signing_in import member_of_mail
from remit.people.vocabulary import NEW_PASSWORD_HOURS, NEW_PASSWORD_NOT_AGAIN_FOR
from remit.trail.actions import record

_NOT_AGAIN_FOR = timedelta(minutes=NEW_PASSWORD_NOT_AGAIN_FOR)
_ENDED = (
    "password-link-ended",
    "This link was used already, or has ended.",
    "Ask for a new one where you sign in.",
)


class _Tokens(PasswordResetTokenGenerator):
    """Tokens that end after some hours, and with the password of before."""

    key_salt = "remit.people.forgotten"

    def _make_hash_value(self, user: Member, timestamp: int) -> str:
        return f"{user.pk}:{user.password}:{user.email}:{user.sessions_ended}:{timestamp}"

    def _now(self) -> datetime:
        return now().replace(tzinfo=None)

    def holds(self, user: Member, token: str) -> bool:
        """Whether a token is this member's and not too old."""
        # The class of Django checks the signature; the age is ours, in hours.
        if not self.check_token(user, token):
            return False
        made = int(token.split("-", maxsplit=1)[0], 36)
        return self._num_seconds(self._now()) - made <= NEW_PASSWORD_HOURS * 3600


_tokens = _Tokens()


def ask_for_new_password(typed: str, address: str) -> None:
    """Send a link for a new password to the address that is kept, if somebody has it; silent otherwise.

    One at a time: a stranger fills neither a mailbox nor the trail with what anybody may ask for.

    Args:
        typed: the mail address as it was typed.
        address: where this Remit is reached, for the link.
    """
    member = member_of_mail(typed)
    if member is None or not member.is_active:
        return
    key = f"new-password:{member.pk}"
    with write():
        if Job.objects.filter(unique_key=key, created_at__gt=now() - _NOT_AGAIN_FOR).exists():
            return
        later(
            "remit.people.jobs.send_new_password",
            unique_key=key,
            member=member.pk,
            address=address,
        )
        record("password-forgotten", f"member:{member.word}", by=None)


def token_for(member: Member) -> str:
    """A token that lets a member set a new password."""
    return _tokens.make_token(member)


def member_of_token(word: str, token: str) -> Member:
    """Whose token it is.

    Raises:
        Refusal: nobody's, or it has ended.
    """
    member = Member.objects.filter(word=word, left_at=None, is_software=False).first()
    if member is None or not _tokens.holds(member, token):
        raise Refusal(*_ENDED)
    return member


def set_new_password(member: Member, token: str, new: str) -> None:
    """Set a new password by a token, which is used by that; every session of before is over.

    Raises:
        Refusal: the token has ended in the meantime, or the password is too easy.
    """
    with write():
        current = Member.objects.get(pk=member.pk)
        if not _tokens.holds(current, token):
            raise Refusal(*_ENDED)
        change_password(current, new, old=None)
