"""Thanks: those of a month, and thanking somebody."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from remit.core.form_errors import is_done
from remit.core.form_page import form_page
from remit.core.paging import paged
from remit.core.sent import sent_in
from remit.people.access import get_place_for, teams_of
from remit.people.looking import looking
from remit.people.models import Member
from remit.voice.access import promise_of, thanks_for
from remit.voice.actions.thanks import thank
from remit.voice.forms.thanks import ThanksForm
from remit.voice.queries.months import month_of
from remit.voice.views.ideas import FORM, somewhere


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """The thanks of a month, the newest first; nothing is counted."""
    member = looking(request)
    teams = list(teams_of(member))
    month = month_of(request.GET.get("month", ""), teams[0].zone if teams else ZoneInfo("UTC"))
    since, until = month.stretch
    rows = thanks_for(member).filter(at__gte=since, at__lt=until)
    values = {"month": month, "rows": paged(rows, request.GET.get("page")), "teams": teams}
    return render(request, "voice/thanks.html", values)


@require_safe
def new_somewhere(request: HttpRequest) -> HttpResponse:
    """From anywhere: to the form of one's team; who is in several chooses one."""
    return somewhere(request, "voice:new-thanks", "Where do they work?")


@require_http_methods(FORM)
def new(request: HttpRequest, team: str) -> HttpResponse:
    """Thank somebody."""
    place = get_place_for(looking(request), team)
    form = ThanksForm(place, promise_of(place.team), sent_in(request))

    def act(to: Member, text: str, stamp: str, **_: object) -> None:
        thank(place, to=to.word, text=text, stamp=stamp, objective=form.objective, value=form.value)

    if is_done(form, act):
        messages.success(request, f"{form.cleaned_data['to'].first_name} is told, and all can read it.")
        return redirect("voice:thanks")
    return form_page(request, "voice/new_thanks.html", {"place": place, "form": form}, form)
