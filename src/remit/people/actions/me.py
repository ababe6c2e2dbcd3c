"""What a member changes about themselves: name, language, password; a forgotten password."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from remit.core.errors import Refusal
from remit.core.sealing import seal
from remit.core.writing import write
from remit.jobs.queue import later
from remit.notices.mail import has_mail
from remit.people.models import Member
from remit.people.naming import mail_address, tidy_name
from remit.people.signing_in import sign_out_everywhere
from remit.trail.actions import record


def change_profile(member: Member, *, name: str, email: str, language: str) -> None:
    """A member changes their name, mail or language; of another mail the address of before is told.

    Raises:
        Refusal: the mail is none, or somebody else's; or it would leave them without a way in.
    """
    address = mail_address(email)
    with write():
        if address and Member.objects.filter(email=address).exclude(pk=member.pk).exists():
            raise Refusal(
                "mail-known", "Somebody else has this mail.", "Use another one of yours.", field="email"
            )
        if not address and member.email and member.has_usable_password():
            raise Refusal(
                "mail-missing", "You sign in with your mail.", "Give one; you may change it.", field="email"
            )
        wanted = {"name": tidy_name(name), "email": address or None, "language": language}
        changed = [field for field, value in wanted.items() if getattr(member, field) != value]
        if not changed:
            return
        if "email" in changed and member.email and has_mail():
            _tell_old_address(member)
        for field in changed:
            setattr(member, field, wanted[field])
        member.save(update_fields=changed)
        record("profile-changed", f"member:{member.word}", by=member, words=member.name, changed=changed)


def _tell_old_address(member: Member) -> None:
    """Whoever reads it there learns of it, should it not have been them; sealed, since it is nobody's now."""
    later("remit.people.jobs.send_mail_changed", member=member.pk, sealed=seal(member.email or ""))


def change_password(member: Member, new: str, *, old: str | None) -> None:
    """A member sets a new password; every session of before is over.

    Args:
        member: who.
        new: the new one.
        old: the one of before; None where they showed otherwise who they are.

    Raises:
        Refusal: the old one is wrong, or the new one too easy.
    """
    if old is not None and member.has_usable_password() and not member.check_password(old):
        raise Refusal("password-wrong", "That isn't your password of now.", "Try again.", field="old")
    good_password(new, member)
    with write():
        member.set_password(new)
        member.save(update_fields=["password"])
        record("password-changed", f"member:{member.word}", by=member)
        sign_out_everywhere(member)


def good_password(password: str, member: Member | None = None) -> None:
    """Make sure that a password is hard to guess.

    Raises:
        Refusal: it isn't.
    """
    try:
        validate_password(password, member)
    except ValidationError as problem:
        raise Refusal(
            "password-easy", " ".join(problem.messages), "A few words in a row are good.", field="password"
        ) from problem
