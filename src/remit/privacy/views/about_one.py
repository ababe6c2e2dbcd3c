"""Somebody is found; what is held about them is shown, handed out, erased."""

from __future__ import annotations

from typing import TypeVar

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from remit.core.errors import Gone, NotThere
from remit.core.form_errors import say_in
from remit.core.form_page import UNPROCESSABLE
from remit.core.pages import address_of
from remit.core.sent import sent_in
from remit.people.access import need_owner
from remit.people.actions.erasing import member_in_the_way
from remit.people.looking import looking
from remit.people.middleware import not_at_the_counter, open_to_everybody
from remit.people.models import Member, Organisation
from remit.privacy.actions.erasing import erase_customer, erase_former_member
from remit.privacy.actions.handing_out import ask_export, export_by_token, fetched, token_of
from remit.privacy.forms import EraseForm, ExportForm
from remit.privacy.hindrances import in_the_way
from remit.privacy.models import Erasure, Export
from remit.privacy.queries.finding import find
from remit.privacy.queries.held import held_about
from remit.privacy.queries.rules import rules
from remit.privacy.reach import in_the_books, reach_of
from remit.privacy.vocabulary import EXPORT_HOURS, TYPED
from remit_engine.errors import RemitError

_COMPLAINTS = 50
"""So many complaints of a customer stand on a page."""
_Answer = TypeVar("_Answer", bound=HttpResponseBase)


@require_GET
@not_at_the_counter
def home(request: HttpRequest) -> HttpResponse:
    """Look for somebody; and what was erased lately."""
    _owner(request)
    text = request.GET.get("q", "")[:200]
    context = {
        "q": text,
        "found": find(text) if text.strip() else None,
        "erasures": [] if text.strip() else list(Erasure.objects.select_related("by")[:10]),
    }
    return render(request, "privacy/home.html", context)


@require_GET
@not_at_the_counter
def held(request: HttpRequest, customer: int) -> HttpResponse:
    """Everything that is held about a customer."""
    _owner(request)
    reach = reach_of(customer)
    if reach.customer.pk != customer:
        return redirect("privacy:held", reach.customer.pk)
    rule = rules()
    complaints = Paginator(reach.complaints, _COMPLAINTS).get_page(request.GET.get("page"))
    context = {
        "reach": reach,
        "customer": reach.customer,
        "complaints": complaints,
        "rows": held_about(reach, rule),
        "rule": rule,
        "in_the_way": in_the_way(reach),
        "form": ExportForm(),
        "hours": EXPORT_HOURS,
    }
    return render(request, "privacy/held.html", context)


@require_http_methods(["GET", "POST"])
@not_at_the_counter
def erase(request: HttpRequest, customer: int) -> HttpResponse:
    """What goes and what stays; then it is typed, and done."""
    owner = _owner(request)
    reach = reach_of(customer)
    form = EraseForm(sent_in(request))
    if form.is_valid():
        try:
            erasure = erase_customer(owner, customer, typed=form.cleaned_data["typed"])
        except RemitError as error:
            say_in(form, error)
        else:
            done = "deleted" if erasure.is_deleted else "nobody now: their name, words and files are gone"
            messages.success(request, f"The customer is {done}.")
            return redirect("privacy:home")
    context = {
        "reach": reach,
        "customer": reach.customer,
        "in_the_way": in_the_way(reach),
        "books": in_the_books(reach),
        "rule": rules(),
        "form": form,
        "typed": TYPED,
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "privacy/erase.html", context, status=status)


@require_http_methods(["GET", "POST"])
@not_at_the_counter
def former(request: HttpRequest, word: str) -> HttpResponse:
    """Somebody who left: what goes and what stays; then it is typed, and done."""
    owner = _owner(request)
    found = Member.objects.filter(word=word).first()
    if found is None:
        raise NotThere("member")
    form = EraseForm(sent_in(request))
    if form.is_valid():
        try:
            erase_former_member(owner, word, typed=form.cleaned_data["typed"])
        except RemitError as error:
            say_in(form, error)
        else:
            messages.success(request, "They are a former member now, without a name.")
            return redirect("privacy:home")
    context = {"member": found, "why_not": member_in_the_way(found), "rule": rules(), "form": form}
    return render(request, "privacy/former.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_POST
@not_at_the_counter
def export(request: HttpRequest, customer: int) -> HttpResponse:
    """Have it put together."""
    owner = _owner(request)
    form = ExportForm(request.POST)
    with_notes = form.is_valid() and form.cleaned_data["with_notes"]
    asked = ask_export(owner, customer, with_notes=with_notes)
    return redirect("privacy:export", asked.pk)


@require_GET
@not_at_the_counter
def one_export(request: HttpRequest, number: int) -> HttpResponse:
    """How far it is; then its link."""
    _owner(request)
    return render(request, "privacy/export.html", _state_of(request, number))


@require_GET
@not_at_the_counter
def export_state(request: HttpRequest, number: int) -> HttpResponse:
    """The same, as a part of the page."""
    _owner(request)
    return render(request, "privacy/export_state.html", _state_of(request, number))


@open_to_everybody
@require_GET
def handed_out(request: HttpRequest, token: str) -> HttpResponse:
    """Where the link leads: what it is, until when, and a button."""
    found = export_by_token(token)
    organisation = Organisation.objects.first()
    context = {"export": found, "token": token, "organisation": organisation, "hours": EXPORT_HOURS}
    return _hidden(render(request, "privacy/handed_out/page.html", context))


@open_to_everybody
@require_GET
def handed_out_file(request: HttpRequest, token: str) -> FileResponse:
    """The file itself; that it was fetched is written down."""
    del request
    found = export_by_token(token)
    try:
        content = found.file.open("rb")
    except FileNotFoundError:
        raise Gone("file-gone", "The file isn't there any more.", "Ask for a new one.") from None
    fetched(found)
    response = FileResponse(
        content, as_attachment=True, filename="what-is-held.zip", content_type="application/zip"
    )
    return _hidden(response)


def _state_of(request: HttpRequest, number: int) -> dict[str, object]:
    found = Export.objects.select_related("customer", "by").filter(pk=number).first()
    if found is None:
        raise NotThere("export")
    link = ""
    if found.file:
        link = address_of(request, reverse("privacy:handed-out", args=[token_of(found)]))
    return {"export": found, "link": link, "hours": EXPORT_HOURS}


def _owner(request: HttpRequest) -> Member:
    member = looking(request)
    need_owner(member, "see what is held about people")
    return member


def _hidden(response: _Answer) -> _Answer:
    """Kept out of search engines, caches and the records of other sites."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "private, no-store"
    return response
