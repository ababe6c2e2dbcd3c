"""On duty: the tap in the frame, and the week of a team."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from remit.core.clock import today
from remit.core.errors import NotThere, Refusal
from remit.core.form_errors import say_in
from remit.core.sent import sent_in
from remit.people.access import Place, get_place_for, memberships_for, need_rank
from remit.people.actions.duty import (
    change_shift,
    copy_week,
    go_off_duty,
    go_on_duty,
    plan_shift,
    remove_shift,
)
from remit.people.forms.team import ShiftForm
from remit.people.looking import looking
from remit.people.middleware import at_the_counter
from remit.people.models import Duty
from remit.people.queries import monday_of, shift_of, week_of, week_words
from remit.people.signing_in import local_address
from remit.people.views.answering import answer, done, refused, status_of
from remit.people.vocabulary import Rank

_WEEK = timedelta(days=7)
_FIRST_YEAR, _LAST_YEAR = 2000, 2200


@at_the_counter
@require_POST
def tap(request: HttpRequest, team: str) -> HttpResponse:
    """Goes on duty, or off; the same tap twice does no harm."""
    place = get_place_for(looking(request), team)
    if place.membership is None:
        raise NotThere("team")
    if request.POST.get("duty") == "on":
        go_on_duty(place.membership)
    else:
        go_off_duty(place.membership)
    return redirect(local_address(request.POST.get("next")))


@require_http_methods(["GET", "POST"])
def week(request: HttpRequest, team: str) -> HttpResponse:
    """The shifts of a week: everybody in the team sees them, leads plan them."""
    place = get_place_for(looking(request), team)
    monday = _monday(request.GET.get("week"), place)
    people = memberships_for(place).filter(member__is_software=False)
    form = ShiftForm(people, sent_in(request), initial=_usual(request, monday, place))
    if form.is_valid():
        day, begins, ends = form.span()
        try:
            plan_shift(place, form.cleaned_data["who"], day, begins, ends)
        except Refusal as error:
            _of_rank(error)
            say_in(form, error)
        else:
            return _to_week(team, monday_of(day))
    values = {
        "place": place,
        "form": form,
        "week": week_of(place, monday),
        "days": [monday + timedelta(number) for number in range(7)],
        "today": today(place.team.time_zone),
        "monday": monday,
        "words": week_words(monday),
        "before": monday - _WEEK,
        "after": monday + _WEEK,
    }
    return answer(request, "team/week.html", values, status=status_of(form))


def _usual(request: HttpRequest, monday: date, place: Place) -> dict[str, object]:
    day = max(monday, min(today(place.team.time_zone), monday + timedelta(6)))
    return {"who": request.GET.get("who"), "day": request.GET.get("day", day), "begins": "", "ends": ""}


def _monday(typed: str | None, place: Place) -> date:
    try:
        day = date.fromisoformat(typed or "")
    except ValueError:
        day = date.min
    is_near = _FIRST_YEAR <= day.year <= _LAST_YEAR
    return monday_of(day if is_near else today(place.team.time_zone))


def _to_week(team: str, monday: date) -> HttpResponse:
    response = redirect("people:week", team)
    response["Location"] += f"?week={monday}"
    return response


def _of_rank(error: Refusal) -> None:
    """What is no fault of the form goes on to a page of its own."""
    if error.status != Refusal.status:
        raise error


@require_http_methods(["GET", "POST"])
def shift(request: HttpRequest, team: str, number: int) -> HttpResponse:
    """Changes one shift, or removes it."""
    place = get_place_for(looking(request), team)
    need_rank(place, Rank.LEAD, "change shifts")
    duty = (
        Duty.objects.select_related("membership__member")
        .filter(membership__team=place.team, pk=number, is_planned=True)
        .first()
    )
    if duty is None:
        raise NotThere("shift")
    there = shift_of(duty, place)
    monday = monday_of(there.day)
    if request.method == "POST" and "remove" in request.POST:
        remove_shift(place, number)
        return _to_week(team, monday)
    form = ShiftForm(
        None, sent_in(request), initial={"day": there.day, "begins": there.begins, "ends": there.ends}
    )
    if form.is_valid():
        try:
            change_shift(place, number, *form.span())
        except Refusal as error:
            _of_rank(error)
            say_in(form, error)
        else:
            return _to_week(team, monday_of(form.span()[0]))
    values = {"place": place, "form": form, "shift": there, "monday": monday}
    return answer(request, "team/shift.html", values, status=status_of(form))


@require_POST
def copy(request: HttpRequest, team: str) -> HttpResponse:
    """Plans a week like the one before."""
    place = get_place_for(looking(request), team)
    monday = _monday(request.POST.get("week"), place)
    added = copy_week(place, monday)
    words = f"{added} shifts copied." if added != 1 else "One shift copied."
    if not added:
        nothing = Refusal("nothing-to-copy", "There was nothing new to copy.", "Look at the week before.")
        return _week_after(refused(request, nothing, "people:week", team), monday)
    return _week_after(done(request, words, "people:week", team), monday)


def _week_after(response: HttpResponse, monday: date) -> HttpResponse:
    response["Location"] += f"?week={monday}"
    return response
