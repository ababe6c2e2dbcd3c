"""The customer's page: open to whoever has the link, and to nobody else's eyes.

No session and no cookie stand behind it: the link is all. So nothing can be done here in somebody's name
without it, and forms need no second secret; `no-referrer` would strip it from them anyway.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.forms import Form
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from remit.complaints.access import get_complaint_by_token
from remit.complaints.actions.closing import ask_for_another_look
from remit.complaints.actions.conversation import hear_customer
from remit.complaints.actions.rating import rate
from remit.complaints.forms.conversation import CustomerForm
from remit.complaints.forms.rating import RatingForm
from remit.complaints.models import Attachment, Complaint
from remit.complaints.queries.customer_page import seen_by_customer, view_of_customer
from remit.complaints.views.public_form import served
from remit.core.errors import Refusal
from remit.core.form_errors import say_in
from remit.core.form_page import UNPROCESSABLE
from remit.people.middleware import open_to_everybody

_Answer = TypeVar("_Answer", HttpResponse, FileResponse)
_THANKS = {
    "message": "Thank you, it has arrived. We answer here.",
    "another-look": "Thank you for saying so. A lead looks at it again, and you hear from us here.",
    "rating": "Thank you. The people who handled it will read this.",
}


@open_to_everybody
@csrf_exempt
@require_http_methods(["GET", "POST"])
def customer_page(request: HttpRequest, token: str) -> HttpResponse:
    """How it stands, what was said and given, and what they can do next."""
    complaint = get_complaint_by_token(token)
    if request.method == "POST":
        return _hidden(_act(request, complaint))
    return _hidden(_page(request, complaint))


@open_to_everybody
@require_GET
def customer_file(request: HttpRequest, token: str, attachment_id: int) -> FileResponse:
    """A file of the conversation that the customer sees; of nothing else."""
    del request
    complaint = get_complaint_by_token(token)
    attachment = Attachment.objects.filter(pk=attachment_id, message__in=seen_by_customer(complaint)).first()
    return _hidden(served(attachment))


def _act(request: HttpRequest, complaint: Complaint) -> HttpResponse:
    act = request.POST.get("act", "message")
    if act == "rating":
        form: Form = RatingForm(request.POST, prefix="rating")
        return _done(
            request, complaint, form, "rating", lambda data: rate(
                complaint, data["made_right"], data["quickness"], data["words"]
            )
        )  # fmt: skip
    said = CustomerForm(request.POST, request.FILES, prefix="say")
    do = ask_for_another_look if act == "another-look" else hear_customer
    name = "another-look" if act == "another-look" else "message"
    return _done(request, complaint, said, name, lambda data: do(complaint, data["text"], data["attached"]))


def _done(
    request: HttpRequest, complaint: Complaint, form: Form, act: str, do: Callable[[dict[str, Any]], object]
) -> HttpResponse:
    if form.is_valid():
        try:
            do(form.cleaned_data)
        except Refusal as refusal:
            say_in(form, refusal)
        else:
            address = reverse("complaints:customer-page", args=[complaint.token])
            return redirect(f"{address}?thanks={act}#thanks")
    return _page(request, complaint, status=UNPROCESSABLE, **{"rating" if act == "rating" else "say": form})


def _page(request: HttpRequest, complaint: Complaint, *, status: int = 200, **forms: Form) -> HttpResponse:
    view = view_of_customer(complaint)
    context: dict[str, Any] = {
        "view": view,
        "complaint": complaint,
        "team": complaint.team,
        "say": CustomerForm(prefix="say"),
        "rating": RatingForm(prefix="rating"),
        "thanks": _THANKS.get(request.GET.get("thanks", ""), ""),
        "failed": status != 200,  # noqa: PLR2004
    } | forms
    return render(request, "complaints/customer/page.html", context, status=status)


def _hidden(response: _Answer) -> _Answer:
    """Kept out of search engines, caches and the records of other sites."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "private, no-store"
    return response
