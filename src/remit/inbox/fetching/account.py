"""A mailbox as it is set up, where somebody stands in it, and what can be in the way."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from ipaddress import ip_address
from typing import Final

from remit.core.errors import Refusal
from remit.inbox.reading.letter import Letter

USUAL_PORTS: Final = {"tls": 993, "starttls": 143, "plain": 143}


class Security(StrEnum):
    """How a connection is kept from being read on its way; `plain` only within one machine."""

    TLS = "tls"
    STARTTLS = "starttls"
    PLAIN = "plain"


class Afterwards(StrEnum):
    """What becomes of a mail in the mailbox once it was taken in."""

    LEFT = "left"
    SEEN = "seen"
    MOVED = "moved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One folder of one mailbox.

    Attributes:
        host: name of the IMAP server; its certificate has to bear it.
        user: as the server knows it.
        password: of that user.
        security: of the connection.
        port: 0 for the usual one.
        folder: from which mail is taken.
        afterwards: what becomes of what was taken in.
        moved_to: the folder for it; made where there is none.
        patience: seconds to wait for the server's next word.
        our_mark: by which a mail of ours is known that went round; see `read_letter`.
        since: of a folder that was made anew mail that came before this day stays out, as it did before; None
            to take in all.
    """

    host: str
    user: str
    password: str = field(repr=False)
    security: Security = Security.TLS
    port: int = 0
    folder: str = "INBOX"
    afterwards: Afterwards = Afterwards.LEFT
    moved_to: str = ""
    patience: float = 60
    our_mark: str = ""
    since: date | None = None

    def __post_init__(self) -> None:
        if self.security == Security.PLAIN and not _is_this_machine(self.host):
            raise Refusal(
                "mailbox-unprotected",
                f"Without TLS the password for {self.host} could be read on its way.",
                "Choose TLS or STARTTLS; only a server on this machine may be reached without.",
                field="security",
            )
        if self.afterwards == Afterwards.MOVED and self.moved_to in {"", self.folder}:
            raise Refusal(
                "mailbox-moves-nowhere",
                "Mail that was taken in shall be moved, but not into another folder.",
                "Name a folder other than the one that mail is taken from.",
                field="moved_to",
            )


@dataclass(frozen=True, slots=True)
class Stuck:
    """A mail at which the connection broke off, last of all.

    Attributes:
        uid_validity, uid: of it; 0 for none.
        times: how often in a row.
        is_it: whether it is this very mail: the server was well just before.
    """

    uid_validity: int = 0
    uid: int = 0
    times: int = 0
    is_it: bool = False

    def is_at(self, uid_validity: int, uid: int) -> bool:
        """Whether it is this one."""
        return (self.uid_validity, self.uid) == (uid_validity, uid)

    def once_more(self, *, is_it: bool) -> Stuck:
        """It broke off at it again."""
        return replace(self, times=self.times + 1, is_it=is_it)


@dataclass(frozen=True, slots=True)
class Place:
    """How far a folder was read.

    Attributes:
        uid_validity: within which UIDs mean the same mails (RFC 3501, 2.3.1.1); 0 before the first time.
        last_uid: of the last mail that was taken in; 0 for none.
        stuck: where the connection broke off after it.
    """

    uid_validity: int = 0
    last_uid: int = 0
    stuck: Stuck = Stuck()


@dataclass(frozen=True, slots=True)
class Fetched:
    """A mail from a mailbox, read.

    Attributes:
        uid: of it there.
        raw: as it came; only its head where the rest was too large.
        letter: what is in it.
    """

    uid: int
    raw: bytes = field(repr=False)
    letter: Letter


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A mail from a mailbox that can't be taken in.

    Attributes:
        uid: of it there.
        raw: as it came, as far as it came.
        words: why.
    """

    uid: int
    raw: bytes = field(repr=False)
    words: str


def stumbled(error: Exception) -> str:
    """Why a mail couldn't be taken in that nothing is wrong with, and what to do.

    Args:
        error: of our own making.
    """
    return (
        f"Remit itself stumbled over it ({type(error).__name__}). Open the whole mail in a mail program, and "
        "write the complaint down by hand."
    )


class NotNow(Exception):
    """No mail can be taken in just now, whatever it is: the next try begins with this one."""


class WrongPassword(Refusal):
    """The mailbox doesn't let this user in: trying on would only lock it."""


class FolderGone(Refusal):
    """The folder isn't in the mailbox, or not any more."""


class NotReached(Refusal):
    """The mail server can't be reached just now, or broke off; nothing was lost."""


class BrokeOff(NotReached):
    """The connection ended while a mail was fetched: by chance, or by this very mail.

    Args:
        stuck: at which, and how often by now.
        cause: what happened.
    """

    def __init__(self, stuck: Stuck, host: str, cause: Exception) -> None:
        super().__init__(
            "mailbox-broke-off",
            f"{host} broke off while it was asked for a mail (UID {stuck.uid}): "
            f"{' '.join(str(cause).split())[:200]}",
            "It is tried again by itself; if it breaks off at this one each time, the others are taken in "
            "without it.",
        )
        self.stuck = stuck


class Withheld(NotReached):
    """The mail server is there, and doesn't hand one mail over."""


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
