"""The door that providers knock at: it believes a signature alone, writes down where to look, and answers."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from remit.people.middleware import open_to_everybody
from remit.remedies.actions.connections import hear_event
from remit.remedies.models import Connection
from remit.remedies.providers.contract import BadSignature, NotAllowedThere
from remit.remedies.providers.opening import gateway_of

_SIGNATURES: Final = {"stripe": "Stripe-Signature"}
_NOT_BELIEVED: Final = 400


@csrf_exempt
@open_to_everybody
@require_POST
def hook(request: HttpRequest, secret: str) -> HttpResponse:
    """An event of a provider; the same one again is heard once."""
    connection = Connection.objects.filter(hook=secret, off_at=None).first()
    if connection is None:
        return HttpResponseNotFound()
    signature = request.headers.get(_SIGNATURES[connection.provider], "")
    try:
        heard = gateway_of(connection).heard(request.body, signature)
    except (BadSignature, NotAllowedThere):
        return HttpResponse("not signed", content_type="text/plain", status=_NOT_BELIEVED)
    hear_event(connection, heard)
    return HttpResponse("heard", content_type="text/plain")
