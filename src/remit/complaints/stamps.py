"""Stamps of forms: what makes a second click harmless, and the public form tiring for machines.

A stamp is signed, so nobody makes one; it says when the form was shown, so that one which comes back after
less than a person needs is refused; and each is good once. No other company hears of a customer's visit.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Final

from django.core import signing
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from remit.complaints.models import FormSent
from remit.core.clock import now
from remit.core.errors import Refusal
from remit.core.origin import origin_of_browser
from remit.people.models import Member, Team

LEAST_SECONDS: Final = 3
GOOD_FOR: Final = timedelta(hours=24)
FROM_ONE_ORIGIN: Final = ((timedelta(minutes=10), 5), (timedelta(days=1), 20))
TO_ONE_TEAM: Final = (timedelta(hours=1), 120)

_SALT: Final = "remit.complaints.form"


def new_stamp() -> str:
    """A stamp for the form of somebody who is signed in."""
    return secrets.token_urlsafe(16)


def signed_stamp(team: Team) -> str:
    """A stamp for the public form of a team."""
    return signing.dumps([team.pk, now().timestamp(), secrets.token_urlsafe(12)], salt=_SALT)


def checked_stamp(team: Team, stamp: str) -> str:
    """What of a signed stamp is kept, so that it is good once.

    Raises:
        Refusal: it is none of ours, came back too quickly, or is too old.
    """
    try:
        team_id, shown, word = signing.loads(stamp, salt=_SALT)
    except signing.BadSignature as bad:
        raise _once_more("The form was sent in a way that we don't know.") from bad
    passed = now().timestamp() - shown
    if team_id != team.pk or passed > GOOD_FOR.total_seconds():
        raise _once_more("The form stood open for a long time.")
    if passed < LEAST_SECONDS:
        raise _once_more("That was quicker than anybody can write.")
    return str(word)


def need_room(team: Team, origin: str) -> None:
    """Refuse a flood: from one origin, or to one team.

    Raises:
        Refusal: too many within a time.
    """
    for span, most in FROM_ONE_ORIGIN:
        if FormSent.objects.filter(origin=origin, at__gt=now() - span)[:most].count() >= most:
            raise Refusal(
                "too-many-forms",
                "Several messages have come from your connection within a short time.",
                "Please wait ten minutes, or call us. What you wrote is still here.",
            )
    span, most = TO_ONE_TEAM
    if FormSent.objects.filter(team=team, at__gt=now() - span)[:most].count() >= most:
        raise Refusal(
            "too-many-forms",
            "Very many messages are coming in just now.",
            "Please try again in an hour, or call us. What you wrote is still here.",
        )


def origin_of(request: HttpRequest) -> str:
    """Where a request comes from, as a keyed hash; the address itself is kept nowhere."""
    return salted_hmac(_SALT, origin_of_browser(request), algorithm="sha256").hexdigest()


def origin_of_member(member: Member) -> str:
    """The same for somebody who is signed in."""
    return f"member:{member.pk}"


def _once_more(wrong: str) -> Refusal:
    return Refusal("form-stamp", wrong, "Please send it once more; what you wrote is still here.")
