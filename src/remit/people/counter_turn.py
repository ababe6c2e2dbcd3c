"""Turns on a counter device: which device this browser is, and whether the turn still lasts."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from remit.core.clock import now
from remit.people.actions.counter import device_of
from remit.people.models import CounterDevice
from remit.people.signing_in import COUNTER, TOUCHED

_COOKIE: Final = "remit_counter"
_SALT: Final = "remit.people.counter"
_AGE: Final = 60 * 60 * 24 * 400
_TOUCH_SECONDS: Final = 5


def remember_device(response: HttpResponse, secret: str) -> None:
    """Make the browser of a response the counter device of a secret."""
    response.set_signed_cookie(
        _COOKIE,
        secret,
        salt=_SALT,
        max_age=_AGE,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def forget_device(response: HttpResponse) -> None:
    """The browser of a response is no counter device any more."""
    response.delete_cookie(_COOKIE, samesite="Lax")


def device_in(request: HttpRequest) -> CounterDevice | None:
    """The counter device that a browser is; None for a browser of its own, or where it was ended."""
    if not hasattr(request, "_counter_device"):
        secret = request.get_signed_cookie(_COOKIE, default="", salt=_SALT)
        request._counter_device = device_of(secret) if secret else None  # type: ignore[attr-defined]  # noqa: SLF001
    device: Any = request._counter_device  # type: ignore[attr-defined]  # noqa: SLF001
    return device if isinstance(device, CounterDevice) else None


def is_turn(request: HttpRequest) -> bool:
    """Whether whoever is signed in has a turn on a counter device."""
    return COUNTER in request.session


def is_over(request: HttpRequest) -> bool:
    """Whether a turn has ended: the device was ended, is another one, or wasn't touched for too long."""
    device = device_in(request)
    if device is None or device.pk != request.session[COUNTER]:
        return True
    passed = now().timestamp() - float(request.session.get(TOUCHED, 0))
    return passed > device.locks_after_seconds


def touch(request: HttpRequest) -> None:
    """Somebody touched the device; looked at with some slack, so that not every page writes."""
    moment = now().timestamp()
    if moment - float(request.session.get(TOUCHED, 0)) >= _TOUCH_SECONDS:
        request.session[TOUCHED] = moment
