"""The page with the doors, and going through one of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from remit.demo.doors import DOORS, address_behind, link_of_a_customer, member_behind, need_demo
from remit.people.middleware import open_to_everybody
from remit.people.signing_in import sign_in, sign_out


@open_to_everybody
@never_cache
@require_safe
def doors(request: HttpRequest) -> HttpResponse:
    """Who one can be."""
    need_demo()
    return render(request, "demo/doors.html", {"doors": DOORS})


@open_to_everybody
@never_cache
@require_POST
def enter(request: HttpRequest, word: str) -> HttpResponse:
    """Be somebody."""
    member = member_behind(word)
    sign_in(request, member, "demo")
    return redirect(address_behind(member))


@open_to_everybody
@never_cache
@require_POST
def be_a_customer(request: HttpRequest) -> HttpResponse:
    """Be a customer: nobody who is signed in, with a link."""
    token = link_of_a_customer()
    if request.user.is_authenticated:
        sign_out(request)
    return redirect("complaints:customer-page", token)
