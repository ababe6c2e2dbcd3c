"""Names of settings: those that were mistyped, and those that aren't ours though they look like it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

_OF_KUBERNETES: Final = re.compile(r"REMIT(_\w+)?_(SERVICE_(HOST|PORT)\w*|PORT(_\d+_(TCP|UDP|SCTP)\w*)?)")
"""What Kubernetes gives to every container beside a service called remit, or remit-something."""

_OF_THE_TESTS: Final = "REMIT_TEST_"


def is_of_somebody_else(name: str) -> bool:
    """Whether a name that begins with REMIT_ isn't meant for Remit: of Kubernetes, or of the tests."""
    return name.startswith(_OF_THE_TESTS) or _OF_KUBERNETES.fullmatch(name) is not None


def nearest_name(name: str, known: Iterable[str]) -> str:
    """The known name that somebody may have meant; "" where none is near."""
    near = get_close_matches(name, list(known), n=1, cutoff=0.75)
    return near[0] if near else ""
