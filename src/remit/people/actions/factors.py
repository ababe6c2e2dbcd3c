"""Second factors: added, shown, removed, and who needs one."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Final

from remit.core.clock import now
from remit.core.errors import NotThere, Refusal
from remit.core.sealing import seal, unseal
from remit.core.writing import write
from remit.notices.actions import Message, tell
from remit.people.access import highest_rank_of, need_owner
from remit.people.limits import forget, take
from remit.people.models import AppCode, Member, Organisation, Passkey, RecoveryCode, Role
from remit.people.secrets import hash_of
from remit.people.signing_in import sign_out_everywhere
from remit.people.vocabulary import RECOVERY_CODES
from remit.people.ways.app_code import step_of
from remit.people.ways.passkey import NewKey, Shown
from remit.trail.actions import record

_LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that are taken for another
_CODE_LETTERS: Final = 12
_APP_DIGITS: Final = 6
_MOST_PASSKEYS: Final = 20
_FACTORS: Final = "/me/safety/"


def has_factor(member: Member) -> bool:
    """Whether a member has a second factor: an app, or a passkey."""
    return AppCode.objects.filter(member=member).exists() or Passkey.objects.filter(member=member).exists()


def add_app(member: Member, secret: str, typed: str) -> list[str]:
    """A member adds the app on their phone, by showing a code of it; one of before is replaced.

    Returns:
        Recovery codes, told this once; none where some are left of before.

    Raises:
        Refusal: the code isn't one of the app.
        TooOften: there were too many wrong ones.
    """
    take("code", member.word, field="code")
    step = step_of(secret, typed)
    if step is None:
        raise _wrong_code()
    with write():
        AppCode.objects.update_or_create(
            member=member, defaults={"sealed": seal(secret), "last_step": step, "since": now()}
        )
        record("factor-added", f"member:{member.word}", by=member)
        _is_safe_now(member, "You added an app for codes")
        codes = _codes_where_none_are_left(member)
    forget("code", member.word)
    return codes


def remove_app(member: Member) -> None:
    """A member removes the app; every session of theirs is over. Nothing happens where there is none.

    Without a passkey they are where somebody is who never had a factor: recovery codes go too.
    """
    with write():
        if AppCode.objects.filter(member=member).delete()[0]:
            record("factor-removed", f"member:{member.word}", by=member)
            _after_removing(member, "You removed the app for codes")


def add_passkey(member: Member, name: str, key: NewKey) -> list[str]:
    """A member adds a passkey.

    Returns:
        Recovery codes, told this once; none where some are left of before.

    Raises:
        Refusal: it is known already, or there are too many.
    """
    with write():
        if Passkey.objects.filter(credential_id=key.credential_id).exists():
            raise Refusal("passkey-known", "This passkey is here already.", "Use another device or key.")
        if Passkey.objects.filter(member=member).count() >= _MOST_PASSKEYS:
            raise Refusal("passkeys-many", "You have very many passkeys.", "Remove one first.")
        Passkey.objects.create(
            member=member,
            name=name,
            credential_id=key.credential_id,
            credential=key.credential,
            sign_count=key.sign_count,
            since=now(),
        )
        record("passkey-added", f"member:{member.word}", by=member, words=name)
        _is_safe_now(member, "You added a passkey")
        return _codes_where_none_are_left(member)


def remove_passkey(member: Member, number: int) -> None:
    """A member removes one of their passkeys; every session of theirs is over.

    Raises:
        NotThere: it isn't theirs.
    """
    with write():
        key = Passkey.objects.filter(member=member, pk=number).first()
        if key is None:
            raise NotThere("passkey")
        key.delete()
        record("passkey-removed", f"member:{member.word}", by=member, words=key.name)
        _after_removing(member, "You removed a passkey")


def use_passkey(shown: Shown) -> Member:
    """A passkey answered: it was used.

    Returns:
        Whose it is.

    Raises:
        Refusal: it was removed, they left, or it counts behind itself: somebody has a copy of it.
    """
    wrong = Refusal("passkey-wrong", "That passkey didn't open it.", "Try again, or take another way.")
    with write():
        key = Passkey.objects.select_related("member").filter(pk=shown.key.pk).first()
        if key is None or key.member.left_at is not None:
            raise wrong
        if (shown.sign_count or key.sign_count) and shown.sign_count <= key.sign_count:
            raise wrong
        key.sign_count, key.used_at = shown.sign_count, now()
        key.save(update_fields=["sign_count", "used_at"])
        return key.member


def make_recovery_codes(member: Member) -> list[str]:
    """New recovery codes in place of those of before, told this once.

    Raises:
        Refusal: there is no second factor that they could stand in for.
    """
    with write():
        if not has_factor(member):
            raise Refusal("no-factor", "You have no second factor yet.", "Add an app or a passkey first.")
        return _new_codes(member)


def show_code(member: Member, typed: str) -> None:
    """Make sure that a code is a member's: of their app, or a recovery code; each is good once.

    Raises:
        Refusal: it is wrong, or was used.
        TooOften: there were too many wrong ones.
    """
    take("code", member.word, field="code")
    code = "".join(letter for letter in typed.upper() if letter.isalnum())
    is_right = _use_app(member, code) if len(code) == _APP_DIGITS else _use_recovery_code(member, code)
    if not is_right:
        raise _wrong_code()
    forget("code", member.word)


def take_off_factors(by: Member, word: str) -> None:
    """An owner takes a member's second factor off, who lost it; they are signed out and told.

    Raises:
        NotAllowed: by somebody who isn't an owner.
        NotThere: nobody of that word works here.
        Refusal: of oneself; or there is none.
    """
    need_owner(by, "take a second factor off")
    with write():
        member = _working(word)
        if member.pk == by.pk:
            raise Refusal("own-factor", "That is your own.", "Remove it on your page.")
        if not has_factor(member):
            raise Refusal(
                "no-factor", f"{member.name} has no second factor.", "There is nothing to take off."
            )
        _remove_all(member)
        record("factors-taken-off", f"member:{word}", by=by)
        need_factor_if_ruled(member)
        sign_out_everywhere(member, by)
        _tell(member, f"{by.name} took your second factor off", "You asked for it, we hope. Add a new one.")


def end_sessions_of_member(by: Member, word: str) -> None:
    """An owner ends every session of a member, who is told.

    Raises:
        NotAllowed: by somebody who isn't an owner.
        NotThere: nobody of that word works here.
    """
    need_owner(by, "sign somebody out")
    with write():
        member = _working(word)
        sign_out_everywhere(member, by)
        if member.pk != by.pk:
            _tell(member, f"{by.name} signed you out everywhere", "Sign in again; nothing else has changed.")


def set_rule(by: Member, rank: int | None, days: int, why: str) -> None:
    """An owner says from which rank on a second factor is needed; whom it concerns is told.

    Args:
        by: an owner.
        rank: the lowest; None: nobody has to.
        days: that they have for it.
        why: what it is for, as they read it.

    Raises:
        NotAllowed: by somebody who isn't an owner.
    """
    need_owner(by, "say who needs a second factor")
    with write():
        Organisation.objects.update(factor_rank=rank, factor_days=days, factor_why=why)
        record("factor-rule-set", "organisation:1", by=by, rank=rank, days=days)
        for member in Member.objects.filter(left_at=None, is_software=False):
            before = member.factor_due_at
            need_factor_if_ruled(member)
            if before is None and member.factor_due_at is not None and member.pk != by.pk:
                until = f"by {member.factor_due_at:%d %B}" if days else "now"
                _tell(member, f"Set up a second factor {until}", why)


def need_factor_if_ruled(member: Member) -> None:
    """Keep until when a member has to set up a second factor, after a change of theirs or of the rule."""
    rule = Organisation.objects.first()
    is_ruled = (
        rule is not None and rule.factor_rank is not None and highest_rank_of(member) >= rule.factor_rank
    )
    due = None
    if rule is not None and is_ruled and not member.is_software and not has_factor(member):
        latest = now() + timedelta(days=rule.factor_days)
        due = min(member.factor_due_at, latest) if member.factor_due_at else latest
    if due != member.factor_due_at:
        member.factor_due_at = due
        member.save(update_fields=["factor_due_at"])


def ranks_to_choose() -> list[tuple[str, str]]:
    """From which role on a second factor may be needed, lowest first."""
    roles = Role.objects.order_by("rank", "title")
    return [(str(role.rank), f"{role.title} and above") for role in roles]


def _use_app(member: Member, code: str) -> bool:
    app = AppCode.objects.filter(member=member).first()
    step = step_of(unseal(app.sealed), code) if app else None
    if step is None:
        return False
    with write():
        return bool(AppCode.objects.filter(member=member, last_step__lt=step).update(last_step=step))


def _use_recovery_code(member: Member, code: str) -> bool:
    with write():
        codes = RecoveryCode.objects.filter(member=member, used_at=None)
        if not codes.filter(code_hash=_hash(member, code)).update(used_at=now()):
            return False
        left = codes.count()
        record("recovery-code-used", f"member:{member.word}", by=member, left=left)
        words = "one is" if left == 1 else f"{left} are"
        _tell(
            member, "A recovery code of yours was used", f"Now {words} left. If it wasn't you, make new ones."
        )
        return True


def _codes_where_none_are_left(member: Member) -> list[str]:
    if RecoveryCode.objects.filter(member=member, used_at=None).exists():
        return []
    return _new_codes(member)


def _new_codes(member: Member) -> list[str]:
    codes = ["".join(secrets.choice(_LETTERS) for _ in range(_CODE_LETTERS)) for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.filter(member=member).delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(member=member, code_hash=_hash(member, code), made_at=now()) for code in codes
    )
    record("recovery-codes-made", f"member:{member.word}", by=member, codes=len(codes))
    return ["-".join((code[:4], code[4:8], code[8:])) for code in codes]


def _hash(member: Member, code: str) -> str:
    return hash_of(f"{member.pk}:{code}")


def _is_safe_now(member: Member, title: str) -> None:
    Member.objects.filter(pk=member.pk).update(factor_due_at=None)
    member.factor_due_at = None
    _tell(member, title, "If it wasn't you, tell an owner, and sign out everywhere.")


def _after_removing(member: Member, title: str) -> None:
    if not has_factor(member):
        RecoveryCode.objects.filter(member=member).delete()
    need_factor_if_ruled(member)
    sign_out_everywhere(member)
    _tell(member, title, "If it wasn't you, tell an owner.")


def _remove_all(member: Member) -> None:
    AppCode.objects.filter(member=member).delete()
    Passkey.objects.filter(member=member).delete()
    RecoveryCode.objects.filter(member=member).delete()


def _working(word: str) -> Member:
    member = Member.objects.filter(word=word, left_at=None, is_software=False).first()
    if member is None:
        raise NotThere("member")
    return member


def _tell(member: Member, title: str, body: str) -> None:
    tell(
        [member],
        Message(
            code="safety", subject=f"safety:{member.word}", title=title[:200], body=body, address=_FACTORS
        ),
    )


def _wrong_code() -> Refusal:
    return Refusal("code-wrong", "That code isn't right, or was used.", "Look, and try again.", field="code")
