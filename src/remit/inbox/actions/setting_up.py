"""Setting up the mailbox of a team, changing it, and switching it off."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from remit.core.clock import now
from remit.core.errors import Refusal
from remit.core.sealing import SealBroken, seal, unseal
from remit.core.writing import write
from remit.inbox.fetching.account import Account, Afterwards, Place, Security
from remit.inbox.fetching.hooks import SHORTEST_KEY
from remit.inbox.fetching.imap import end_of_folder, opened
from remit.inbox.models import Mailbox
from remit.inbox.vocabulary import HOOKS, USUAL_MOST_AN_HOUR, Way
from remit.notices.actions import settle as settle_notices
from remit.people.access import Place as TeamPlace
from remit.people.access import need_owner
from remit.people.models import Member, Team
from remit.people.secrets import hash_of, new_secret
from remit.trail.actions import record

_OF_IMAP = ("host", "port", "security", "user", "folder", "afterwards", "moved_to")


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxWords:
    """A mailbox as it is set up.

    Attributes:
        address: of the team.
        way: how mail gets here.
        signature: below what the team writes.
        most_an_hour: mails to customers within an hour.
        host, port, security, user, folder, afterwards, moved_to: for IMAP.
        password: of that user; "" to leave the one that is kept.
        key: with which Mailgun signs; "" to leave the one that is kept.
        takes_old: whether mail that is in the folder already is taken in, too.
    """

    address: str
    way: Way
    signature: str = ""
    most_an_hour: int = USUAL_MOST_AN_HOUR
    host: str = ""
    port: int = 0
    security: str = Security.TLS
    user: str = ""
    folder: str = "INBOX"
    afterwards: str = Afterwards.SEEN
    moved_to: str = ""
    password: str = field(default="", repr=False)
    key: str = field(default="", repr=False)
    takes_old: bool = False


def password_of(mailbox: Mailbox | None) -> str:
    """The password that is kept for a mailbox; "" for none, or where another secret key sealed it."""
    if mailbox is None or not mailbox.sealed_password:
        return ""
    try:
        return unseal(mailbox.sealed_password)
    except SealBroken:
        return ""


def tried(words: MailboxWords, kept: Mailbox | None) -> Place | None:
    """Open what was typed, before anything is kept; never inside a write.

    Args:
        words: as typed.
        kept: the mailbox that the team has already.

    Returns:
        from where on its mail is taken in; None to go on where the one that is kept stands, and for
        another way than IMAP.

    Raises:
        Refusal: it can't be opened; it says what is in the way, and with which field.
    """
    if words.way != Way.IMAP:
        return None
    account = Account(
        host=words.host,
        user=words.user,
        password=words.password or password_of(kept),
        security=Security(words.security),
        port=words.port,
        folder=words.folder,
        afterwards=Afterwards(words.afterwards),
        moved_to=words.moved_to,
        patience=20,
    )
    with opened(account) as box:
        if kept is not None and kept.way == Way.IMAP and _is_same_folder(words, kept) and kept.off_at is None:
            return None
        return Place() if words.takes_old else end_of_folder(box, account)


def set_up(owner: Member, place: TeamPlace, words: MailboxWords, begin: Place | None) -> tuple[Mailbox, str]:
    """Set up the mailbox of a team, or change it; what was typed was tried before.

    Args:
        owner: who does it.
        place: theirs in the team.
        words: as typed.
        begin: see `tried`.

    Returns:
        the mailbox, and the secret part of the address where mail is posted: it is shown now, and never
        again; "" where it stays, or where nothing is posted.

    Raises:
        NotAllowed: they are no owner.
        Refusal: the address is another team's, or a key is missing.
    """
    need_owner(owner, "set up the mailbox of a team")
    with write():
        team = place.team
        mailbox = Mailbox.objects.filter(team=team).first()
        is_new = mailbox is None or mailbox.off_at is not None
        if mailbox is None:
            mailbox = Mailbox(team=team, made_by=owner, made_at=now())
        _need_free_address(words.address, team)
        secret = _filled(mailbox, words, begin)
        mailbox.off_at = None
        mailbox.changes += 1
        _as_if_new(mailbox)
        mailbox.save()
        settle_notices(mailbox.subject)
        record(
            "mailbox-set-up" if is_new else "mailbox-changed",
            mailbox.subject,
            by=owner,
            team=team,
            way=str(words.way),
        )
        return mailbox, secret


def new_hook(owner: Member, place: TeamPlace) -> str:
    """Another address for what is posted; the one of before is nobody's any more.

    Returns:
        its secret part, shown now and never again.

    Raises:
        NotAllowed: they are no owner.
        Refusal: nothing is posted to this team.
    """
    need_owner(owner, "make another address")
    with write():
        mailbox = Mailbox.objects.filter(team=place.team, off_at=None, way__in=HOOKS).first()
        if mailbox is None:
            raise Refusal("no-hook", "No mail is posted to this team.", "Choose a service first.")
        secret = _new_secret(mailbox)
        mailbox.save(update_fields=["hook_hash"])
        record("mailbox-changed", mailbox.subject, by=owner, team=place.team, way=mailbox.way)
        return secret


def switch_off(owner: Member, place: TeamPlace) -> None:
    """Take no more mail in; what came in stays, and the password is forgotten. A second click is harmless.

    Raises:
        NotAllowed: they are no owner.
    """
    need_owner(owner, "switch off the mailbox of a team")
    with write():
        mailbox = Mailbox.objects.filter(team=place.team, off_at=None).first()
        if mailbox is None:
            return
        mailbox.off_at = now()
        mailbox.sealed_password = mailbox.sealed_key = mailbox.hook_hash = ""  # nosec B105  # emptied, not given
        mailbox.changes += 1
        _as_if_new(mailbox)
        mailbox.save()
        settle_notices(mailbox.subject)
        record("mailbox-switched-off", mailbox.subject, by=owner, team=place.team)


def _filled(mailbox: Mailbox, words: MailboxWords, begin: Place | None) -> str:
    """Put in what was typed; the secret part of a new address, or ""."""
    was = mailbox.way
    mailbox.address, mailbox.signature = words.address.lower(), words.signature
    mailbox.most_an_hour, mailbox.way = words.most_an_hour, words.way
    values: dict[str, Any] = {name: getattr(words, name) for name in _OF_IMAP}
    if words.way == Way.IMAP:
        for name, value in values.items():
            setattr(mailbox, name, value)
        if words.password:
            mailbox.sealed_password = seal(words.password)
        if begin is not None:
            mailbox.uid_validity, mailbox.last_uid = begin.uid_validity, begin.last_uid
            mailbox.begins_at = None if begin == Place() else now()
    else:
        mailbox.sealed_password = ""  # nosec B105  # emptied, not given
    if words.way not in HOOKS:
        mailbox.hook_hash = mailbox.sealed_key = ""
        return ""
    if words.key:
        mailbox.sealed_key = seal(words.key)
    if words.way == Way.MAILGUN and len(words.key or "x" * SHORTEST_KEY) < SHORTEST_KEY:
        raise Refusal(
            "key-too-short", "This is no signing key: those are longer.", "Copy it anew.", field="key"
        )
    if words.way == Way.MAILGUN and not mailbox.sealed_key:
        raise Refusal(
            "no-key",
            "Mailgun signs what it posts, so its signing key is needed.",
            "Copy it from Mailgun: Send, Webhooks, HTTP webhook signing key.",
            field="key",
        )
    return "" if mailbox.hook_hash and was == words.way else _new_secret(mailbox)


def _new_secret(mailbox: Mailbox) -> str:
    secret = new_secret()
    mailbox.hook_hash = hash_of(secret)
    return secret


def _as_if_new(mailbox: Mailbox) -> None:
    """Without what stood in the way, and to be watched anew."""
    mailbox.trouble, mailbox.trouble_at, mailbox.told_at, mailbox.is_stopped = "", None, None, False
    mailbox.watcher, mailbox.watched_until = "", None


def _is_same_folder(words: MailboxWords, kept: Mailbox) -> bool:
    return (words.host, words.user, words.folder) == (kept.host, kept.user, kept.folder)


def _need_free_address(address: str, team: Team) -> None:
    other = Mailbox.objects.filter(address=address.lower(), off_at=None).exclude(team=team).first()
    if other is not None:
        raise Refusal(
            "address-taken",
            f"{address} is the address of {other.team.name}.",
            "Each team has an address of its own: complaints come in where they belong by it.",
            field="address",
        )
