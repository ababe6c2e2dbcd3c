"""What somebody sent with a form."""

from __future__ import annotations

from django.http import HttpRequest, QueryDict


def sent_in(request: HttpRequest) -> QueryDict | None:
    """What was sent, for a form; None where the page was only opened. Sent empty is sent, too."""
    return request.POST if request.method == "POST" else None
