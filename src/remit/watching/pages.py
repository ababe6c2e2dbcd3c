"""The page for an error that nobody foresaw, with the mark by which its request is found in the log."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseServerError
from django.template import loader

from remit.core.log_fields import fields_now


def broken(request: HttpRequest) -> HttpResponseServerError:  # noqa: ARG001 (Django names it)
    """It needs nothing: no database, no session, no member."""
    return HttpResponseServerError(
        loader.render_to_string("500.html", {"mark": fields_now().get("request", "")})
    )
