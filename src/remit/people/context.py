"""What the frame around every page shows of the one who looks."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def around_every_page(request: HttpRequest) -> dict[str, Any]:
    """Values for the frame: nothing yet for somebody who isn't signed in."""
    return {"me": request.user if request.user.is_authenticated else None}
