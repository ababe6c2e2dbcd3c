"""Browsers: which of them a member was in before, and what is kept of where one stands."""

from __future__ import annotations

import ipaddress
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from remit.core.clock import now
from remit.core.origin import address_of_browser
from remit.notices.actions import Message, tell
from remit.people.models import KnownBrowser, Member
from remit.people.secrets import hash_of, new_secret

_COOKIE: Final = "remit_browser"
_AGE: Final = 60 * 60 * 24 * 400
_LONGEST_MARK: Final = 64
_MOST_BROWSERS: Final = 20
_NEW_MARK: Final = "_new_browser_mark"


def network_of(request: HttpRequest) -> str:
    """The first half of an address (of IPv6 the first 32 bits): all that is kept of it."""
    try:
        address = ipaddress.ip_address(address_of_browser(request))
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv4Address):
        return ".".join(str(address).split(".")[:2]) + ".*"
    return ":".join(address.exploded.split(":")[:2]) + ":*"


def is_known_here(request: HttpRequest, member: Member) -> bool:
    """Whether a member was in this browser before."""
    mark = request.COOKIES.get(_COOKIE, "")[:_LONGEST_MARK]
    return bool(mark) and KnownBrowser.objects.filter(member=member, mark_hash=hash_of(mark)).exists()


def greet(request: HttpRequest, member: Member, words: str) -> None:
    """Know this browser from now on; its member is told of one they were never in, but for their first.

    Args:
        request: of the browser; `remember_browser` gives its answer the mark.
        member: who signed in.
        words: the browser in words.
    """
    mark = request.COOKIES.get(_COOKIE, "")
    if not mark or len(mark) > _LONGEST_MARK:
        mark = new_secret()
        setattr(request, _NEW_MARK, mark)
    known = KnownBrowser.objects.filter(member=member)
    if known.filter(mark_hash=hash_of(mark)).exists():
        return
    is_first = not known.exists()
    KnownBrowser.objects.create(member=member, mark_hash=hash_of(mark), since=now())
    old = known.order_by("-since", "-id").values_list("pk", flat=True)[_MOST_BROWSERS:]
    KnownBrowser.objects.filter(pk__in=list(old)).delete()
    if is_first:
        return
    tell(
        [member],
        Message(
            code="new-browser",
            subject=f"browser:{member.word}",
            title="You signed in somewhere new",
            body=f"{words}. If it wasn't you, sign out everywhere and set a new password.",
            address="/me/#browsers",
        ),
    )


def remember_browser(request: HttpRequest, response: HttpResponse) -> None:
    """Give a browser its mark, where it has just got one."""
    mark = getattr(request, _NEW_MARK, "")
    if mark:
        secure = settings.SESSION_COOKIE_SECURE
        response.set_cookie(_COOKIE, mark, max_age=_AGE, httponly=True, samesite="Lax", secure=secure)
