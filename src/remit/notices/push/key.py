"""The key by which push services know this Remit (VAPID); kept in the folder of the data."""

from __future__ import annotations

import base64
import os
import secrets
from contextlib import suppress
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from py_vapid import Vapid02


def push_key() -> Vapid02:
    """The key; made when there is none. A new one would cut off every browser that was switched on."""
    return _kept(Path(settings.DATA))


def public_key() -> str:
    """What a browser needs to know of it, in its own base64."""
    point = push_key().public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode("ascii")


@cache
def _kept(folder: Path) -> Vapid02:
    file = folder / "push-key.pem"
    if not file.exists():
        _make(file)
    return Vapid02.from_pem(file.read_bytes())


def _make(file: Path) -> None:
    """Write a new key, readable by its owner alone; where two processes do at once, the first one counts."""
    made = Vapid02()
    made.generate_keys()
    file.parent.mkdir(parents=True, exist_ok=True)
    passing = file.with_name(f".push-key-{secrets.token_hex(6)}")
    descriptor = os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as new:
        new.write(made.private_pem())
    with suppress(FileExistsError):
        os.link(passing, file)
    passing.unlink()
