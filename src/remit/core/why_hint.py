"""What there is to say about a why while it is typed; nothing of it is kept, nor written into a log."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from remit.core.hollow_why import hollow
from remit.core.why_form import LONGEST_WHY

_MOST_BESIDE: Final = 5


@require_POST
def why_hint(request: HttpRequest) -> HttpResponse:
    """One sentence of plain text, or nothing."""
    why = request.POST.get("why", "")[:LONGEST_WHY]
    beside = [text[:LONGEST_WHY] for text in request.POST.getlist("beside")[:_MOST_BESIDE]]
    found = hollow(why, beside=beside) if why.strip() else None
    return HttpResponse(found.value if found else "", content_type="text/plain; charset=utf-8")
