"""Between the first factor and the second: who it is said to be, for a few minutes, in the session alone."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from remit.core.clock import now
from remit.people.actions.factors import has_factor
from remit.people.counter_turn import device_in
from remit.people.models import Member
from remit.people.signing_in import sign_in
from remit.people.vocabulary import HALF_WAY_MINUTES

_HALF_WAY: Final = "half-way"


def go_in(request: HttpRequest, member: Member, way: str, after: str, words: str = "") -> HttpResponse:
    """Sign somebody in who showed one factor; whoever has a second one is asked for it first.

    Args:
        request: of the browser.
        member: who; somebody made sure of it.
        way: a word of `WAYS_IN`.
        after: where it goes on.
        words: said when they are in.
    """
    if has_factor(member):
        request.session.cycle_key()
        request.session[_HALF_WAY] = {
            "member": member.pk,
            "is": member.get_session_auth_hash(),
            "way": way,
            "after": after,
            "words": words,
            "until": now().timestamp() + HALF_WAY_MINUTES * 60,
        }
        return redirect("people:second")
    return _in(request, member, way, after, words)


def who_is_half_way(request: HttpRequest) -> Member | None:
    """Who showed one factor here; None for nobody, too long ago, or another password since."""
    held = request.session.get(_HALF_WAY)
    if held is None or now().timestamp() > held["until"]:
        return None
    member = Member.objects.filter(pk=held["member"], left_at=None).first()
    return member if member is not None and member.get_session_auth_hash() == held["is"] else None


def go_on(request: HttpRequest, member: Member) -> HttpResponse:
    """Sign somebody in who showed the second factor too."""
    held = request.session.pop(_HALF_WAY)
    return _in(request, member, held["way"], held["after"], held["words"])


def _in(request: HttpRequest, member: Member, way: str, after: str, words: str) -> HttpResponse:
    sign_in(request, member, way, device_in(request))
    if words:
        messages.success(request, words)
    return redirect(after)
