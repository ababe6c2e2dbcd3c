"""A page with a form: shown as it was opened, or with what stood in the way of what was sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

UNPROCESSABLE: Final = 422


def form_page(
    request: HttpRequest, template: str, values: Mapping[str, Any], *shown: forms.BaseForm
) -> HttpResponse:
    """The page, with the status that says whether something that was sent was refused.

    Args:
        request: of whoever looks.
        template: of the page.
        values: for it.
        shown: forms on it that may have been sent.
    """
    is_refused = any(form.is_bound and form.errors for form in shown)
    return render(request, template, dict(values), status=UNPROCESSABLE if is_refused else 200)
