"""What `remit people begin` says, and `remit serve` as long as nobody has begun."""

from __future__ import annotations

import sys
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from remit.command.people.linking import show_link
from remit.people.actions.beginning import is_new
from remit.people.setup_code import setup_code
from remit_engine.errors import InputError


def show_link_to_begin() -> None:
    """Print the link with which the first one begins.

    Raises:
        InputError: somebody has begun.
    """
    if not is_new():
        raise InputError(
            "begun-already",
            "Somebody has begun here already.",
            "Sign in; or let somebody in who is locked out: remit people link.",
        )
    show_link(_path())


def how_to_begin(address: str) -> list[str]:
    """Where nobody has begun: the link, for who sits before it; for a log, which is kept, how to get it.

    Args:
        address: where it is served, without a path.
    """
    if not is_new():
        return []
    if sys.stderr.isatty():
        return [f"Nobody has begun here. Begin at {settings.ADDRESS or address}{_path()}"]
    return ["Nobody has begun here. On this machine, remit people begin prints the link to begin with."]


def _path() -> str:
    return f"{reverse('people:welcome')}?{urlencode({'code': setup_code()})}"
