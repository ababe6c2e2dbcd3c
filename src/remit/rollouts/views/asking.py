"""What was asked, and asking."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from remit.core.form_errors import is_done
from remit.core.form_page import form_page
from remit.core.sent import sent_in
from remit.people.looking import looking
from remit.people.middleware import not_at_the_counter
from remit.rollouts.access import managed_by
from remit.rollouts.actions.asking import ask, look_again
from remit.rollouts.forms import AskForm
from remit.rollouts.models import Change
from remit.rollouts.origins import origin_for
from remit.rollouts.queries import listed
from remit.rollouts.vocabulary import FEWEST_TEAMS

_ANSWER = "insight:did-it-work"


@require_safe
@not_at_the_counter
def changes(request: HttpRequest) -> HttpResponse:
    """What was asked and planned in the teams that somebody sees."""
    member = looking(request)
    values = {
        "lines": listed(member, request.GET.get("page")),
        "may_plan": managed_by(member).count() >= FEWEST_TEAMS,
    }
    return render(request, "rollouts/changes.html", values)


@require_http_methods(["GET", "HEAD", "POST"])
@not_at_the_counter
def ask_about(request: HttpRequest, sort: str, number: int) -> HttpResponse:
    """Ask whether something worked: what it is called, and where else it began."""
    member = looking(request)
    origin = origin_for(member, sort, number)
    form = AskForm(origin, sent_in(request))
    made: list[Change] = []

    def write_down(stamp: str, named: str, **_: object) -> None:
        made.append(ask(member, sort, number, named=named, elsewhere=form.elsewhere, stamp=stamp))

    if is_done(form, write_down):
        return redirect(_ANSWER, made[0].pk)
    before = Change.objects.filter(sort=sort, origin=number).first()
    return form_page(request, "rollouts/ask.html", {"origin": origin, "form": form, "before": before}, form)


@require_POST
@not_at_the_counter
def again(request: HttpRequest, number: int) -> HttpResponse:
    """Look once more."""
    look_again(looking(request), number)
    return redirect(_ANSWER, number)
