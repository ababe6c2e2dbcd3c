"""The page of the days on which a team is closed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from remit.core.clock import today
from remit.core.form_errors import is_done
from remit.core.form_page import UNPROCESSABLE
from remit.core.sent import sent_in
from remit.people.access import get_place_for, need_rank
from remit.people.looking import looking
from remit.people.middleware import not_at_the_counter
from remit.people.vocabulary import Rank
from remit.work.access import closed_days_of
from remit.work.actions.closed import close_days, open_days
from remit.work.forms.closed import ClosedForm
from remit.work.queries.closed import promised_for


@require_http_methods(["GET", "POST"])
@not_at_the_counter
def closed(request: HttpRequest, team: str) -> HttpResponse:
    """The days on which a team is closed: everybody in it sees them, leads write them down."""
    place = get_place_for(looking(request), team)
    if request.method == "POST":
        need_rank(place, Rank.LEAD, "say when the team is closed")
    form = ClosedForm(sent_in(request))

    def write_down(*, is_yearly: bool, why: str, **_: object) -> None:
        close_days(place, *form.days, is_yearly=is_yearly, why=why)

    if is_done(form, write_down):
        messages.success(request, "Written down. What was still to come follows.")
        return redirect("work:closed", team)
    day = today(place.team.time_zone)
    rows = list(closed_days_of(place))
    promised = promised_for(place.team, rows)
    values = {
        "place": place,
        "form": form,
        "coming": [(row, promised.get(row.pk, ())) for row in rows if row.is_yearly or row.last >= day],
        "over": [(row, ()) for row in rows if not row.is_yearly and row.last < day],
    }
    return render(request, "work/closed.html", values, status=UNPROCESSABLE if form.errors else 200)


@require_POST
@not_at_the_counter
def opened(request: HttpRequest, team: str, number: int) -> HttpResponse:
    """Take one of them back."""
    open_days(get_place_for(looking(request), team), number)
    messages.success(request, "Taken back. What was still to come follows.")
    return redirect("work:closed", team)
