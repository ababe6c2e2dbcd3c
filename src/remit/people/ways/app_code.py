"""Codes of an app on a phone: time-based one-time passwords (RFC 6238), six digits every 30 seconds."""

from __future__ import annotations

import hmac

import pyotp

from remit.core.clock import now

SECONDS = 30
_NEAR = 1  # steps that a clock may be wrong by, either way


def new_app_secret() -> str:
    """A secret of 160 bits, in base32, as apps take it."""
    return pyotp.random_base32()


def address_for_app(secret: str, name: str) -> str:
    """What the code on the screen says to the app: `otpauth://totp/…`."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name="Remit")


def step_of(secret: str, typed: str) -> int | None:
    """The step of time (since 1970, of 30 seconds) whose code this is; None for a wrong one."""
    code = "".join(typed.split())
    current = int(now().timestamp()) // SECONDS
    app = pyotp.HOTP(secret)
    right = [
        step
        for step in range(current - _NEAR, current + _NEAR + 1)
        if hmac.compare_digest(app.at(step).encode(), code.encode())
    ]
    return right[-1] if right else None
