"""Who takes part in a big day: the list, and what each can do, when they can come, what they wish."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from remit.core.form_errors import is_done
from remit.core.form_page import form_page
from remit.core.paging import paged
from remit.core.sent import number_in, sent_in
from remit.events.access import get_event_for, get_person_in, is_runner, need_runner
from remit.events.actions import people as actions
from remit.events.forms.people import HelperForm, PeopleForm, SkillsForm, StayForm, WishForm
from remit.events.models import Event, Person
from remit.events.queries.helpers import helper_days
from remit.events.queries.skills import skills_asked
from remit.events.queries.wishes import wishes_of
from remit.events.views.events import FORM
from remit.people.access import Place, members_for, place_in
from remit.people.looking import looking
from remit.people.middleware import not_at_the_counter


@require_http_methods(FORM)
def people(request: HttpRequest, number: int) -> HttpResponse:
    """Everybody of an event; who runs it adds some."""
    member = looking(request)
    event = get_event_for(member, number)
    place = place_in(member, event.team)
    if request.method == "POST":
        need_runner(member, event, "add people")
    there = event.people.filter(member__isnull=False).values("member")
    form = PeopleForm(members_for(place).exclude(pk__in=there), sent_in(request))

    def add(members: Any, skills: list[str]) -> None:  # noqa: ANN401 (a queryset that a form found)
        actions.add_people(member, number, [each.word for each in members], skills=skills)

    if is_done(form, add):
        messages.success(request, "They are in it.")
        return redirect("events:people", number)
    return people_page(request, event, place, form=form)


def people_page(request: HttpRequest, event: Event, place: Place, **forms: Any) -> HttpResponse:  # noqa: ANN401
    """Everybody of an event; with a form that was refused, as it was typed.

    Args:
        request: of whoever looks.
        event: as `access` gives it.
        place: of whoever looks.
        forms: `form` for members, or `helper`.
    """
    there = event.people.filter(member__isnull=False).values("member")
    rows = event.people.select_related("member").prefetch_related("stays", "wishes")
    values = {
        "event": event,
        "people": paged(rows, request.GET.get("page")),
        "form": PeopleForm(members_for(place).exclude(pk__in=there)) if "form" not in forms else None,
        "helper": HelperForm(),
        "is_runner": is_runner(place, event),
        "days": helper_days(),
    } | forms
    return form_page(request, "events/people.html", values, *forms.values())


@require_http_methods(FORM)
def person(request: HttpRequest, number: int, member: str) -> HttpResponse:
    """Somebody of an event; who runs it says what they can do."""
    me = looking(request)
    event = get_event_for(me, number)
    somebody = get_person_in(event, member)
    if request.method == "POST":
        need_runner(me, event, "say what people can do")
    form = SkillsForm(sent_in(request), initial={"skills": ", ".join(somebody.skills)})

    def set_skills(skills: list[str]) -> None:
        actions.set_skills(me, number, member, skills)

    if is_done(form, set_skills):
        messages.success(request, "Saved.")
        return redirect("events:person", number, member)
    return _person_page(request, event, somebody, skills=form)


@require_POST
def add_stay(request: HttpRequest, number: int, member: str) -> HttpResponse:
    """Say when somebody can come."""
    me = looking(request)
    event = get_event_for(me, number)
    form = StayForm(event, request.POST)

    def act(**_: object) -> None:
        actions.add_stay(me, number, member, *form.span)

    if is_done(form, act):
        return redirect("events:person", number, member)
    return _person_page(request, event, get_person_in(event, member), stay=form)


@require_POST
def keep_stay(request: HttpRequest, number: int, member: str) -> HttpResponse:
    """Say that a time that moved with the event holds."""
    actions.keep_stay(looking(request), number, member, number_in(request.POST.get("stay")) or 0)
    return redirect("events:person", number, member)


@require_POST
def remove_stay(request: HttpRequest, number: int, member: str) -> HttpResponse:
    """Take back that somebody can come then."""
    actions.remove_stay(looking(request), number, member, number_in(request.POST.get("stay")) or 0)
    return redirect("events:person", number, member)


@require_POST
def add_wish(request: HttpRequest, number: int, member: str) -> HttpResponse:
    """Say what somebody would rather do."""
    me = looking(request)
    event = get_event_for(me, number)
    form = WishForm(event, skills_asked(event), request.POST)

    def act(weight: int, **_: object) -> None:
        actions.add_wish(me, number, member, weight, **form.wish)

    if is_done(form, act):
        return redirect("events:person", number, member)
    return _person_page(request, event, get_person_in(event, member), wish=form)


@require_POST
def remove_wish(request: HttpRequest, number: int, member: str) -> HttpResponse:
    """Take a wish back."""
    actions.remove_wish(looking(request), number, member, number_in(request.POST.get("wish")) or 0)
    return redirect("events:person", number, member)


@require_POST
@not_at_the_counter
def remove(request: HttpRequest, number: int, member: str) -> HttpResponse:
    """Take somebody out of an event."""
    actions.remove_person(looking(request), number, member)
    messages.success(request, "They are taken out.")
    return redirect("events:people", number)


def _person_page(request: HttpRequest, event: Event, person: Person, **forms: Any) -> HttpResponse:  # noqa: ANN401
    me = looking(request)
    runs = is_runner(place_in(me, event.team), event)
    values = {
        "event": event,
        "person": person,
        "stays": person.stays.all(),
        "wishes": wishes_of(person),
        "is_runner": runs,
        "is_theirs": runs or person.member_id == me.pk,
        "skills": SkillsForm(initial={"skills": ", ".join(person.skills)}),
        "stay": StayForm(event),
        "wish": WishForm(event, skills_asked(event)) if "wish" not in forms else None,
        "days": helper_days() if person.is_helper else None,
    } | forms
    return form_page(request, "events/person.html", values, *forms.values())
