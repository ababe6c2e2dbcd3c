"""Links of customers to their page: what the database keeps of one opens nothing without the secret key.

A link is said again in every letter, so it can't be kept as a hash alone. Kept is a random name; the link
carries that name and its HMAC-SHA256 (RFC 2104), of which 128 bits stand there.
"""

from __future__ import annotations

import base64
import secrets
from typing import Final

from django.utils.crypto import constant_time_compare, salted_hmac

_NAME_BYTES: Final = 16
_PROOF_BYTES: Final = 16
_PROOF_LETTERS: Final = 22
"""16 bytes in the letters of an address, without their filling."""
TOKEN_LETTERS: Final = 22 + _PROOF_LETTERS


def new_link() -> str:
    """A name that nobody guesses, to be kept with the complaint."""
    return secrets.token_urlsafe(_NAME_BYTES)


def customer_token(link: str) -> str:
    """What stands in the address of the customer's page: the name that is kept, and the proof of it."""
    proof = salted_hmac("remit.complaints.customer_links", link, algorithm="sha256").digest()[:_PROOF_BYTES]
    return link + base64.urlsafe_b64encode(proof).decode().rstrip("=")


def link_in(token: str) -> str:
    """The kept name behind what stood in an address; "" where this Remit didn't make it."""
    link = token[:-_PROOF_LETTERS]
    return link if link and constant_time_compare(customer_token(link), token) else ""
