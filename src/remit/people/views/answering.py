"""What the pages of the people have in common: how a form comes back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from remit.core.errors import Refusal
from remit.core.form_page import UNPROCESSABLE


def answer(request: HttpRequest, template: str, values: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page; with a form that is wrong, its status says so."""
    return render(request, f"people/{template}", values, status=status)


def status_of(*forms: Any) -> int:  # noqa: ANN401 (whichever forms a page has)
    """422 for a page with a form that is wrong, else 200."""
    return UNPROCESSABLE if any(form.is_bound and form.errors for form in forms) else 200


def done(request: HttpRequest, words: str, to: str, *arguments: str | int) -> HttpResponse:
    """Say that something was done, and go on."""
    if words:
        messages.success(request, words)
    return redirect(to, *arguments)


def refused(request: HttpRequest, error: Refusal, to: str, *arguments: str | int) -> HttpResponse:
    """Say why something wasn't done, on the page where it was wanted."""
    messages.error(request, str(error))
    return redirect(to, *arguments)
