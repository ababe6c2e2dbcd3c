"""What has to be kept and used, but never read: sealed with the secret key of this Remit.

A backup without that key holds nothing that opens anything.
"""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class SealBroken(Exception):
    """What was sealed can't be opened: the secret key isn't the one that sealed it."""


def seal(text: str) -> str:
    """Seal a secret (Fernet: AES-128 in CBC mode with HMAC-SHA256; the key by HKDF, RFC 5869)."""
    return _fernet().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """What was sealed.

    Raises:
        SealBroken: another key sealed it, or it was changed.
    """
    try:
        return _fernet().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise SealBroken from error


def _fernet() -> Fernet:
    derived = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"remit.core.sealing")
    return Fernet(base64.urlsafe_b64encode(derived.derive(settings.SECRET_KEY.encode())))
