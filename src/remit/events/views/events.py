"""A big day: its first page, writing it, calling it off, keeping it to copy from."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from remit.charters.sentences import rule_name
from remit.core.errors import Changed
from remit.core.form_errors import is_done
from remit.core.form_page import form_page
from remit.core.sent import number_in, sent_in
from remit.events.access import events_for, get_event_for, is_runner, need_runner
from remit.events.actions.events import call_off as call_off_action
from remit.events.actions.events import change_event, keep_as_template, make_event
from remit.events.actions.moving import Moved
from remit.events.forms.around import LendForm
from remit.events.forms.events import CallOffForm, EventForm
from remit.events.models import Event
from remit.events.queries.authority import charter_for, lent_for, names_of, rules_on_the_day
from remit.events.queries.overview import overview
from remit.people.access import Place, get_place_for, members_for, need_rank, place_in
from remit.people.looking import looking
from remit.people.middleware import not_at_the_counter
from remit.people.models import Member
from remit.people.vocabulary import Rank
from remit.purpose.access import vision_of

FORM: Final = ["GET", "POST"]


@require_safe
def event(request: HttpRequest, number: int) -> HttpResponse:
    """One event or template: why, when, where, who runs it, and how far it is."""
    member = looking(request)
    return event_page(request, get_event_for(member, number))


def event_page(request: HttpRequest, event: Event, **forms: Any) -> HttpResponse:  # noqa: ANN401
    """The first page of an event; with a form that was refused, as it was typed.

    Args:
        request: of whoever looks.
        event: as `access` gives it.
        forms: `off` or `lending`.
    """
    member = looking(request)
    place = place_in(member, event.team)
    in_force = charter_for(event)
    may_lend = place.membership is not None and event.is_on and in_force is not None
    values = {
        "event": event,
        "vision": vision_of(event.team) if event.objective else None,
        "place": place,
        "is_runner": is_runner(place, event),
        "seen": overview(event),
        "off": CallOffForm(),
        "lent": lent_for(event, in_force) if in_force else [],
        "rules": rules_on_the_day(event, in_force) if in_force and event.day else [],
        "may_lend": may_lend,
    } | forms
    if may_lend and in_force and "lending" not in forms:
        values["lending"] = LendForm(who_else(place, event), in_force.compiled.charter)
    return form_page(request, "events/event.html", values, *forms.values())


def who_else(place: Place, event: Event) -> QuerySet[Member]:
    """To whom authority may be lent for an event: everybody else of the team, who takes part first."""
    taking_part = Exists(event.people.filter(member=OuterRef("pk")))
    return members_for(place).exclude(pk=place.member.pk).order_by(~taking_part, "name", "pk")


@require_http_methods(FORM)
@not_at_the_counter
def new(request: HttpRequest, team: str) -> HttpResponse:
    """Write down an event, empty or copied."""
    member = looking(request)
    place = get_place_for(member, team)
    need_rank(place, Rank.LEAD, "write down an event")
    wanted = number_in(request.GET.get("from"))
    events = events_for(member).select_related("objective__team", "objective__closing")
    source = events.filter(pk=wanted).first() if wanted else None
    form = EventForm(place, sent_in(request), source=source)
    made: list[Event] = []

    def write_down(stamp: str, source: Event | None = None, **_: object) -> None:
        made.append(make_event(place, form.words, stamp=stamp, source=source.pk if source else None))

    if is_done(form, write_down):
        return redirect("events:event", made[0].pk)
    return _form_page(request, place, form, None)


@require_http_methods(FORM)
@not_at_the_counter
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Change what an event says."""
    member = looking(request)
    event = get_event_for(member, number)
    place = need_runner(member, event, "change it")
    if event.called_off_at is not None:
        raise Changed("event-called-off", "This event was called off.", "Write down a new one from it.")
    form = EventForm(place, sent_in(request), event=event)
    in_force = charter_for(event) if event.day else None
    rules = rules_on_the_day(event, in_force) if in_force else []

    def write_down(revision: int | None, **_: object) -> None:
        changed = change_event(member, number, form.words, revision=revision or 0)
        left = names_of(rules, without=rules_on_the_day(changed.event, in_force)) if in_force else []
        _say_what_moved(request, changed.moved, left)

    if is_done(form, write_down):
        return redirect("events:event", number)
    return _form_page(request, place, form, event)


def _say_what_moved(request: HttpRequest, moved: Moved | None, rules: list[str]) -> None:
    """What moved along, what couldn't, and which rules of the charter stay where they are."""
    if moved is not None:
        asked = " Ask whoever said when they can come whether that holds." if moved.times else ""
        messages.info(request, f"Everything moved along with the day.{asked}")
        for name in moved.gone:
            messages.warning(request, f"A time of {name} isn't there on the new day. Ask for another one.")
    for rule in rules:
        messages.warning(
            request,
            f"The rule “{rule_name(rule)}” of the charter held for that day alone: it stays there "
            "until a manager moves it.",
        )


@require_POST
@not_at_the_counter
def call_off(request: HttpRequest, number: int) -> HttpResponse:
    """Call an event off."""
    member = looking(request)
    event = get_event_for(member, number)
    need_runner(member, event, "call it off")
    form = CallOffForm(request.POST)

    def act(why: str) -> None:
        call_off_action(member, number, why)

    if is_done(form, act):
        messages.success(request, "It is called off. Whoever and whatever it had is free again.")
        return redirect("events:event", number)
    return event_page(request, event, off=form)


@require_POST
@not_at_the_counter
def keep(request: HttpRequest, number: int) -> HttpResponse:
    """Keep an event as a template."""
    template = keep_as_template(looking(request), number)
    messages.success(request, "Kept. The next one can begin with this.")
    return redirect("events:event", template.pk)


def _form_page(request: HttpRequest, place: Place, form: EventForm, event: Event | None) -> HttpResponse:
    values = {"place": place, "form": form, "event": event}
    return form_page(request, "events/event_form.html", values, form)
