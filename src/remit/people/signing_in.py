"""The ways in: who is it, and what a session of theirs is."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.contrib.auth import login, logout
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils.encoding import iri_to_uri
from django.utils.http import url_has_allowed_host_and_scheme

from remit.core.clock import now
from remit.core.errors import Refusal
from remit.core.writing import write
from remit.people.browsers import greet, network_of
from remit.people.models import CounterDevice, Member, SignedIn
from remit.people.naming import mail_address
from remit.people.sessions import session_here
from remit.trail.actions import record

_LONGEST_ADDRESS = 2000
BACKEND = "remit.people.signing_in.MailAndPassword"
PROVED, SEEN = "proved", "seen"
"""What every session carries: when its member last showed who they are, and when it was last used."""
_SEEN_SECONDS = 600
COUNTER, TOUCHED = "counter", "touched"
"""What a session on a counter device carries: which device, and when it was last touched."""
MAY_LACK_PASSWORD = "may-lack-password"  # noqa: S105 (a name)  # nosec B105
"""What a session carries whose owner may set a new password without the one of before, which they lost."""

_SYSTEMS = ("iPhone", "iPad", "Android", "Windows", "Mac OS", "CrOS", "Linux")
_BROWSERS = (
    ("Firefox", "Firefox"),
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)


class MailAndPassword(BaseBackend):
    """Signs in by mail address and password."""

    def authenticate(
        self,
        request: HttpRequest | None,  # noqa: ARG002 (Django hands it over)
        username: str | None = None,
        password: str | None = None,
        **_: Any,  # noqa: ANN401
    ) -> Member | None:
        """The member with this mail address and password; None for a wrong one, or somebody who left."""
        if not username or password is None:
            return None
        member = member_of_mail(username)
        if member is None:
            make_password(password)  # takes as long, so that nobody learns who is here
            return None
        return member if member.check_password(password) and member.is_active else None

    def get_user(self, user_id: int) -> Member | None:
        """The member of a session; None once they left."""
        return Member.objects.filter(pk=user_id, left_at=None).first()


def member_of_mail(typed: str) -> Member | None:
    """The member with a mail address, however it was typed; None for nobody."""
    try:
        address = mail_address(typed)
    except Refusal:
        return None
    return Member.objects.filter(email=address, is_software=False).first() if address else None


def sign_in(request: HttpRequest, member: Member, way: str, device: CounterDevice | None = None) -> None:
    """Sign a member in here: a new session, known to them as one of their browsers.

    Args:
        request: of this browser; whoever was signed in before is not any more.
        member: who; somebody made sure of it.
        way: a word of `WAYS_IN`.
        device: the counter device, for a turn on it.
    """
    with write():
        if request.user.is_authenticated:
            sign_out(request)
        login(request, member, backend=BACKEND)
        if device is not None:
            request.session[COUNTER] = device.pk
            request.session[TOUCHED] = now().timestamp()
        request.session[PROVED] = request.session[SEEN] = now().timestamp()
        request.session.save()
        SignedIn.objects.update_or_create(
            session_key=session_here(request),
            defaults={
                "member": member,
                "way": way,
                "browser": browser_in_words(request.headers.get("User-Agent", "")),
                "device": device,
                "since": now(),
                "seen_at": now(),
                "network": network_of(request),
            },
        )
        record("signed-in", f"member:{member.word}", by=member, team=device.team if device else None, way=way)
        if device is None:
            greet(request, member, browser_in_words(request.headers.get("User-Agent", "")))


def sign_out(request: HttpRequest) -> None:
    """End the session of this browser."""
    SignedIn.objects.filter(session_key=session_here(request)).delete()
    logout(request)


def note_seen(request: HttpRequest) -> None:
    """A session is used: its member sees when that was, to ten minutes, so that not every page writes."""
    moment = now().timestamp()
    if SEEN in request.session and moment - float(request.session[SEEN]) >= _SEEN_SECONDS:
        request.session[SEEN] = moment
        with write():
            SignedIn.objects.filter(session_key=session_here(request)).update(seen_at=now())


def sign_out_elsewhere(member: Member, kept: str) -> None:
    """End every session of a member but one.

    Args:
        member: whose.
        kept: what is kept of the one that goes on.
    """
    with write():
        others = SignedIn.objects.filter(member=member).exclude(session_key=kept)
        keys = list(others.values_list("session_key", flat=True))
        Session.objects.filter(session_key__in=keys).delete()
        others.delete()
        record("others-signed-out", f"member:{member.word}", by=member, sessions=len(keys))


def sign_out_everywhere(member: Member, by: Member | None = None) -> None:
    """End every session of a member, on every device.

    Args:
        member: whose.
        by: who does it; None for themselves.
    """
    with write():
        keys = list(SignedIn.objects.filter(member=member).values_list("session_key", flat=True))
        Session.objects.filter(session_key__in=keys).delete()
        SignedIn.objects.filter(member=member).delete()
        member.sessions_ended += 1
        member.save(update_fields=["sessions_ended"])
        record("signed-out-everywhere", f"member:{member.word}", by=by or member)


def end_session(member: Member, number: int) -> None:
    """End one of a member's own sessions; nothing happens where it is over already."""
    with write():
        there = SignedIn.objects.filter(member=member, pk=number).first()
        if there is None:
            return
        Session.objects.filter(session_key=there.session_key).delete()
        there.delete()
        record("session-ended", f"member:{member.word}", by=member)


def end_sessions_of(device: CounterDevice) -> None:
    """End every turn on a counter device."""
    keys = list(SignedIn.objects.filter(device=device).values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    SignedIn.objects.filter(device=device).delete()


def browsers_of(member: Member) -> list[SignedIn]:
    """Where a member is signed in, newest first; what ended by itself is left out."""
    alive = Session.objects.filter(expire_date__gt=now()).values("session_key")
    rows = SignedIn.objects.filter(member=member, session_key__in=alive).select_related("device")
    return list(rows.order_by("-since")[:50])


def browser_in_words(agent: str) -> str:
    """A browser as its owner knows it: `Firefox on Windows`."""
    browser = next((words for mark, words in _BROWSERS if mark in agent), "A browser")
    system = next((system for system in _SYSTEMS if system in agent), "")
    return f"{browser} on {system}" if system else browser


def lock_ends_at(request: HttpRequest, typed: str) -> datetime:
    """When somebody who is locked out may try again."""
    attempts = AccessAttempt.objects.filter(
        username=username_for(typed), ip_address=getattr(request, "axes_ip_address", None)
    )
    last: datetime | None = attempts.order_by("-attempt_time").values_list("attempt_time", flat=True).first()
    return (last or now()) + (get_cool_off(request) or timedelta())


def username_for(typed: str) -> str:
    """What failed attempts are counted under: the address as it is kept, or what was typed."""
    try:
        return mail_address(typed) or ""
    except Refusal:
        return typed.strip().lower()[:200]


def local_address(wanted: str | None, otherwise: str = "/") -> str:
    """Where to go next: only to a page of this Remit, and only to what can stand in a header."""
    if (
        wanted
        and len(wanted) <= _LONGEST_ADDRESS
        and wanted.isprintable()
        and wanted.startswith("/")
        and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    ):
        return iri_to_uri(wanted)
    return otherwise
