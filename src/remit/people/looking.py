"""Who looks at a page."""

from __future__ import annotations

from django.http import HttpRequest

from remit.core.errors import NotThere
from remit.people.models import Member


def looking(request: HttpRequest) -> Member:
    """The member who is signed in.

    Raises:
        NotThere: nobody is; the middleware has stopped them before.
    """
    if not isinstance(request.user, Member):
        raise NotThere
    return request.user
