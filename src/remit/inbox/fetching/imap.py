"""New mail of one folder over IMAP (RFC 3501, 2177, 6851), each taken in before the next is fetched.

Nothing is marked as seen by looking at it, and nothing is lost when the connection breaks: how far somebody
came is theirs to keep, with each mail in the same breath. Mail may come twice (a folder that was made anew, a
break after it was taken in); `Letter.key` tells.

The commands that change something are sent by themselves: those of imap-tools expunge after each change of a
flag, and would take away what somebody only marked in another program.
"""

from __future__ import annotations

import logging
import re
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from imaplib import IMAP4
from typing import Final

from imap_tools.errors import (
    ImapToolsError,
    MailboxFolderCreateError,
    MailboxFolderSelectError,
    MailboxLoginError,
    UnexpectedCommandStatusError,
)
from imap_tools.mailbox import BaseMailBox, MailBox, MailBoxUnencrypted
from imap_tools.utils import encode_folder

from remit.core.errors import Refusal
from remit.inbox.fetching.account import (
    USUAL_PORTS,
    Account,
    Afterwards,
    BrokeOff,
    Fetched,
    FolderGone,
    NotNow,
    NotReached,
    Place,
    Security,
    Stuck,
    Unreadable,
    Withheld,
    WrongPassword,
    stumbled,
)
from remit.inbox.reading.letter import MOST_BYTES, read_letter

Taking = Callable[[Fetched | Unreadable, Place], None]
"""Takes in a mail, and keeps the place after it. What it raises for a letter makes this mail unreadable; what
it raises for an unreadable one, and `NotNow`, ends the fetching, with the place as it was before."""

_log = logging.getLogger(__name__)
_SIZES_AT_ONCE: Final = 200
_MONTHS: Final = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ASKED_FOR_INSTEAD: Final = 5
"""Mails that are asked for where one isn't handed over: is it this one alone?"""
_BY_CHANCE: Final = 3
"""Times in a row that a connection may break off at one mail before it is asked whether it is this one."""
_BROKE_OFF: Final = (
    "The mail server broke the connection off each time it was asked for this mail. It lies in the mailbox "
    "(UID {uid}): look at it there, with a mail program."
)
_UID: Final = re.compile(rb"\bUID (\d+)", re.IGNORECASE)
_SIZE: Final = re.compile(rb"\bRFC822\.SIZE (\d+)", re.IGNORECASE)
_NOT_NOW: Final = re.compile(
    r"\[(?:UNAVAILABLE|INUSE|LIMIT|SERVERBUG|CONTACTADMIN|THROTTLED)\]", re.IGNORECASE
)
_TROUBLE: Final = (IMAP4.error, ImapToolsError, OSError)


@contextmanager
def opened(account: Account, *, context: ssl.SSLContext | None = None) -> Iterator[BaseMailBox]:
    """A connection to the folder of an account, closed afterwards.

    Args:
        account: to open.
        context: for certificates of one's own; usually those that the machine trusts.

    Raises:
        WrongPassword: the server doesn't let this user in.
        FolderGone: it has no such folder.
        NotReached: anything else is in the way, at first or later.
    """
    with _told(account):
        mailbox = _connected(account, context or ssl.create_default_context())
    try:
        with _told(account):
            _log_in(mailbox, account)
            _select(mailbox, account)
            yield mailbox
    finally:
        with suppress(*_TROUBLE):
            mailbox.logout()
        with suppress(*_TROUBLE):
            mailbox.client.shutdown()


def end_of_folder(mailbox: BaseMailBox, account: Account) -> Place:
    """The place after all that is in the folder now: for a mailbox whose old mail nobody wants here."""
    status = mailbox.folder.status(account.folder, ["UIDVALIDITY", "UIDNEXT"])
    return Place(status.get("UIDVALIDITY", 0), max(status.get("UIDNEXT", 1) - 1, 0))


def fetch_new(
    account: Account, place: Place, take: Taking, *, context: ssl.SSLContext | None = None
) -> Place:
    """Take in what is new in a folder, over a connection of its own.

    Returns:
        the place after it.

    Raises:
        Refusal: as `opened`; what was taken in before stays so.
    """
    with opened(account, context=context) as mailbox:
        return take_new(mailbox, account, place, take)


def take_new(mailbox: BaseMailBox, account: Account, place: Place, take: Taking) -> Place:
    """Take in what is new in the folder of an open connection, oldest first.

    Returns:
        the place after it. In a folder that was made anew (another UIDVALIDITY) everything is new, but for
        what came before `account.since`.
    """
    # Opened anew for each look: a folder that was made anew under the same name isn't the one that is open,
    # and servers go on showing that one (Dovecot says nothing; a STATUS tells of either).
    validity = _select(mailbox, account)
    is_anew = place.uid_validity not in {0, validity}
    stuck = place.stuck
    if validity != place.uid_validity:
        place = Place(validity, 0)
    uids = _uids_after(mailbox, place.last_uid)
    end = Place(validity, max(uids, default=place.last_uid))
    if is_anew and account.since is not None:
        uids = _uids_after(
            mailbox, 0, f" SINCE {account.since:%d}-{_MONTHS[account.since.month]}-{account.since:%Y}"
        )
    for begin in range(0, len(uids), _SIZES_AT_ONCE):
        some = uids[begin : begin + _SIZES_AT_ONCE]
        sizes = _sizes(mailbox, some)
        for uid in some:
            after = Place(place.uid_validity, uid)
            if uid in sizes:
                _take_one(
                    mailbox,
                    account,
                    (uid, sizes[uid]),
                    lambda each, after=after: take(each, after),  # type: ignore[misc]
                    others=_nearest(uids, uid),
                    stuck=stuck if stuck.is_at(validity, uid) else Stuck(validity, uid),
                )
    return end


def _uids_after(mailbox: BaseMailBox, uid: int, more: str = "") -> list[int]:
    """UIDs of the mails after one, the oldest first."""
    # `n:*` means the last mail even where its UID is lower than n.
    found = mailbox.uids(f"UID {uid + 1}:*{more}", charset=None)
    return sorted(found_one for each in found if (found_one := int(each)) > uid)


def _nearest(uids: Sequence[int], uid: int) -> Sequence[int]:
    """Mails beside one, those after it first."""
    at = uids.index(uid)
    return [*uids[at + 1 : at + 1 + _ASKED_FOR_INSTEAD], *uids[max(at - _ASKED_FOR_INSTEAD, 0) : at]]


def has_more(mailbox: BaseMailBox) -> bool:
    """Whether the server told of more mail since the folder was opened for this look.

    It tells of each once: what it told while another mail was being marked, it won't tell within IDLE.
    """
    return len(mailbox.client.untagged_responses.get("EXISTS", ())) > 1


def _take_one(
    mailbox: BaseMailBox,
    account: Account,
    mail: tuple[int, int],
    take: Callable[[Fetched | Unreadable], None],
    *,
    others: Sequence[int],
    stuck: Stuck,
) -> None:
    """Fetch one mail, have it taken in, and do with it what shall be done afterwards.

    Args:
        mailbox: opened.
        account: of it.
        mail: its UID and its size in bytes.
        take: takes it in.
        others: UIDs of other new mails, by which a server that only doesn't hand this one over is known.
        stuck: how often the connection broke off at this one.
    """
    uid, size = mail
    if stuck.is_it:
        take(Unreadable(uid, b"", _BROKE_OFF.format(uid=uid)))
        return
    is_too_large = size > MOST_BYTES
    is_well = False
    try:
        is_well = _is_well_beside(mailbox, stuck, others)
        raw = _fetched(mailbox, uid, "BODY.PEEK[HEADER]" if is_too_large else "BODY.PEEK[]")
    except Withheld as withheld:
        if not _hands_over_one_of(mailbox, others):
            raise
        take(Unreadable(uid, b"", f"{withheld.wrong} {withheld.next_step}"))
        return
    except (IMAP4.abort, OSError) as error:
        raise BrokeOff(stuck.once_more(is_it=is_well), account.host, error) from error
    if raw is None:
        return  # Somebody deleted it meanwhile.
    try:
        take(Fetched(uid, raw, read_letter(raw, is_only_head=is_too_large, our_mark=account.our_mark)))
    except NotNow:
        raise
    except Refusal as refused:
        take(Unreadable(uid, raw, f"{refused.wrong} {refused.next_step}"))
        return
    except Exception as error:  # noqa: BLE001 (one mail never stops the others)
        _log.exception("a mail couldn't be taken in, and was set aside")
        take(Unreadable(uid, raw, stumbled(error)))
        return
    _put_away(mailbox, account, uid)


def _is_well_beside(mailbox: BaseMailBox, stuck: Stuck, others: Sequence[int]) -> bool:
    """Whether the server is well but for the mail at which it broke off: it hands another one over.

    Each try asks for another of them, and one in turn for none: they may break it off as well.
    """
    if stuck.times < _BY_CHANCE:
        return False
    turn = stuck.times % (len(others) + 1)
    return turn > 0 and _hands_over_one_of(mailbox, others[turn - 1 : turn])


def _put_away(mailbox: BaseMailBox, account: Account, uid: int) -> None:
    """What becomes of a mail that was taken in."""
    client = mailbox.client
    if account.afterwards == Afterwards.LEFT:
        return
    if account.afterwards == Afterwards.SEEN:
        _needs_ok(client.uid("STORE", str(uid), "+FLAGS.SILENT", r"(\Seen)"))
        return
    folder = encode_folder(account.moved_to).decode("ascii")
    if "MOVE" in client.capabilities:
        _needs_ok(client.uid("MOVE", str(uid), folder))
        return
    _needs_ok(client.uid("COPY", str(uid), folder))
    _needs_ok(client.uid("STORE", str(uid), "+FLAGS.SILENT", r"(\Deleted \Seen)"))
    if "UIDPLUS" in client.capabilities:
        _needs_ok(client.uid("EXPUNGE", str(uid)))


def _needs_ok(answer: tuple[str, Sequence[object]]) -> None:
    if answer[0] != "OK":
        raise IMAP4.error(f"The server answered {answer[0]}: {answer[1]!r}")


def _fetched(mailbox: BaseMailBox, uid: int, what: str) -> bytes | None:
    """The bytes of a mail; None where it isn't there any more.

    Raises:
        Withheld: the server doesn't hand it over, and the connection goes on.
    """
    try:
        status, answer = mailbox.client.uid("FETCH", str(uid), f"({what})")
        _needs_ok((status, answer))
    except IMAP4.abort:
        raise
    except IMAP4.error as error:
        raise Withheld(
            "mail-withheld",
            f"The mail server doesn't hand this mail over: {' '.join(str(error).split())[:200]}",
            f"It lies in the mailbox (UID {uid}): look at it there, with a mail program.",
        ) from error
    return next((each[1] for each in answer if isinstance(each, tuple)), None)


def _hands_over_one_of(mailbox: BaseMailBox, uids: Sequence[int]) -> bool:
    """Whether the server hands over the head of any of some mails: the first few stand for all."""
    for uid in uids[:_ASKED_FOR_INSTEAD]:
        with suppress(Withheld):
            if _fetched(mailbox, uid, "BODY.PEEK[HEADER]") is not None:
                return True
    return False


def _sizes(mailbox: BaseMailBox, uids: Sequence[int]) -> dict[int, int]:
    """How many bytes each mail has, before any is fetched."""
    status, answer = mailbox.client.uid("FETCH", ",".join(map(str, uids)), "(UID RFC822.SIZE)")
    _needs_ok((status, answer))
    sizes: dict[int, int] = {}
    for line in answer:
        if isinstance(line, bytes) and (uid := _UID.search(line)) and (size := _SIZE.search(line)):
            sizes[int(uid[1])] = int(size[1])
    return sizes


def _connected(account: Account, context: ssl.SSLContext) -> BaseMailBox:
    port = account.port or USUAL_PORTS[account.security]
    if account.security == Security.TLS:
        return MailBox(account.host, port, timeout=account.patience, ssl_context=context)
    mailbox = MailBoxUnencrypted(account.host, port, timeout=account.patience)
    if account.security == Security.STARTTLS:
        # Not imap-tools' own class: it leaves the connection open where the server can't.
        try:
            _needs_ok(mailbox.client.starttls(context))
        except BaseException:
            with suppress(*_TROUBLE):
                mailbox.client.shutdown()
            raise
    return mailbox


def _log_in(mailbox: BaseMailBox, account: Account) -> None:
    is_ascii = account.user.isascii() and account.password.isascii()
    try:
        log_in = mailbox.login if is_ascii else mailbox.login_utf8
        log_in(account.user, account.password, initial_folder=None)
    except (MailboxLoginError, IMAP4.error) as refused:
        if isinstance(refused, IMAP4.abort) or _NOT_NOW.search(str(refused)):
            raise
        raise WrongPassword(
            "mailbox-password",
            f"{account.host} doesn't let {account.user} in.",
            "Check the user and the password; many services want a password of its own for a program.",
            field="password",
        ) from refused
    # Servers can do more for those whom they know, and imaplib asks only before.
    status, answer = mailbox.client.capability()
    if status == "OK" and answer and isinstance(answer[-1], bytes):
        mailbox.client.capabilities = tuple(answer[-1].decode("ascii", "replace").upper().split())


def _select(mailbox: BaseMailBox, account: Account) -> int:
    """Open the folder; its UIDVALIDITY, 0 where the server names none."""
    if account.afterwards == Afterwards.MOVED and not mailbox.folder.exists(account.moved_to):
        with suppress(MailboxFolderCreateError):
            mailbox.folder.create(account.moved_to)
    try:
        mailbox.folder.set(account.folder, readonly=account.afterwards == Afterwards.LEFT)
    except MailboxFolderSelectError as refused:
        if _NOT_NOW.search(str(refused)):
            raise
        raise FolderGone(
            "mailbox-folder",
            f"{account.host} has no folder {account.folder} for {account.user}.",
            "Check its name; it may have been renamed or deleted in a mail program.",
            field="folder",
        ) from refused
    _, said = mailbox.client.response("UIDVALIDITY")
    return int(said[-1]) if said and isinstance(said[-1], bytes) and said[-1].isdigit() else 0


@contextmanager
def _told(account: Account) -> Iterator[None]:
    """What goes wrong with a server, in words."""
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise NotReached(
            "mailbox-certificate",
            f"The certificate of {account.host} doesn't hold: {error.verify_message}.",
            "Use the name of the server that its certificate bears, or have it renewed.",
        ) from error
    except (*_TROUBLE, UnexpectedCommandStatusError) as error:
        raise NotReached(
            "mailbox-not-reached",
            f"{account.host} can't be reached, or broke off: {' '.join(str(error).split())[:200]}",
            "It is tried again by itself; check the name, the port and the kind of security if it stays so.",
        ) from error
