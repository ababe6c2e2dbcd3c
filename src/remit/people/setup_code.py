"""The code that shows that the first one here is from the house: whoever has the machine can read it.

It follows from the secret key, so that every process says the same one and none has to be kept. After the
first run it opens nothing.
"""

from __future__ import annotations

import base64
from typing import Final

from django.utils.crypto import constant_time_compare, salted_hmac

_LETTERS: Final = 12
"""60 bits."""
_IN_A_GROUP: Final = 4


def setup_code() -> str:
    """The code, in groups that can be read out: `K7QM-2XWP-9RTA`."""
    proof = salted_hmac("remit.people.setup_code", "first run", algorithm="sha256").digest()
    letters = base64.b32encode(proof).decode()[:_LETTERS]
    return "-".join(letters[at : at + _IN_A_GROUP] for at in range(0, _LETTERS, _IN_A_GROUP))


def is_setup_code(typed: str) -> bool:
    """Whether this is the code, with or without its lines, in large letters or small ones."""
    return constant_time_compare(_bare(typed), _bare(setup_code()))


def _bare(code: str) -> str:
    return "".join(letter for letter in code.upper() if letter.isascii() and letter.isalnum())
