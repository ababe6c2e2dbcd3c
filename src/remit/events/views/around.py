"""Risks and money of a big day."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from remit.core.errors import NotThere
from remit.core.form_errors import is_done
from remit.core.form_page import UNPROCESSABLE
from remit.events.access import get_event_for, is_runner, need_runner
from remit.events.actions import around as actions
from remit.events.forms.around import BudgetForm, RiskForm
from remit.events.models import Event
from remit.people.access import place_in
from remit.people.looking import looking
from remit.people.middleware import not_at_the_counter


@require_safe
def around(request: HttpRequest, number: int) -> HttpResponse:
    """What may happen and what is done then; what is planned and spent."""
    return _page(request, get_event_for(looking(request), number))


@require_POST
@not_at_the_counter
def add_risk(request: HttpRequest, number: int) -> HttpResponse:
    """Write down a risk."""
    event = _run(request, number)
    form = RiskForm(request.POST)

    def act(title: str, then: str, **_: object) -> None:
        actions.add_risk(looking(request), number, title=title, then=then)

    if is_done(form, act):
        return redirect("events:around", number)
    return _page(request, event, risk=form)


@require_POST
@not_at_the_counter
def change_risk(request: HttpRequest, number: int, risk: int) -> HttpResponse:
    """Change a risk, or what is done then; or take it out."""
    event = _run(request, number)
    member = looking(request)
    if request.POST.get("remove"):
        actions.remove_risk(member, number, risk)
        return redirect("events:around", number)
    row = event.risks.filter(pk=risk).first()
    if row is None:
        raise NotThere("risk")
    form = RiskForm(request.POST, risk=row)

    def act(title: str, then: str, revision: int | None) -> None:
        actions.change_risk(member, number, risk, title=title, then=then, revision=revision or 0)

    if is_done(form, act):
        return redirect("events:around", number)
    return _page(request, event, wrong_risk={risk: form})


@require_POST
@not_at_the_counter
def add_line(request: HttpRequest, number: int) -> HttpResponse:
    """Add a line to the budget."""
    event = _run(request, number)
    form = BudgetForm(event.currency, request.POST)

    def act(title: str, planned: int, spent: int, **_: object) -> None:
        actions.add_line(looking(request), number, title=title, planned=planned, spent=spent)

    if is_done(form, act):
        return redirect("events:around", number)
    return _page(request, event, money=form)


@require_POST
@not_at_the_counter
def change_line(request: HttpRequest, number: int, line: int) -> HttpResponse:
    """Change a line of the budget, or take it out."""
    event = _run(request, number)
    member = looking(request)
    if request.POST.get("remove"):
        actions.remove_line(member, number, line)
        return redirect("events:around", number)
    row = event.budget.filter(pk=line).first()
    if row is None:
        raise NotThere("budget line")
    form = BudgetForm(event.currency, request.POST, line=row)

    def act(title: str, planned: int, spent: int, revision: int | None) -> None:
        actions.change_line(
            member, number, line, title=title, planned=planned, spent=spent, revision=revision or 0
        )

    if is_done(form, act):
        return redirect("events:around", number)
    return _page(request, event, wrong={line: form})


def _page(request: HttpRequest, event: Event, **given: Any) -> HttpResponse:  # noqa: ANN401
    wrong, wrong_risk = given.pop("wrong", {}), given.pop("wrong_risk", {})
    lines = list(event.budget.all())
    planned, spent = sum(line.planned for line in lines), sum(line.spent for line in lines)
    values = {
        "event": event,
        "risks": [(each, wrong_risk.get(each.pk) or RiskForm(risk=each)) for each in event.risks.all()],
        "lines": [(line, wrong.get(line.pk) or BudgetForm(event.currency, line=line)) for line in lines],
        "planned": planned,
        "spent": spent,
        "left": planned - spent,
        "over": spent - planned,
        "is_runner": is_runner(place_in(looking(request), event.team), event),
        "risk": RiskForm(),
        "money": BudgetForm(event.currency),
    } | given
    status = UNPROCESSABLE if given or wrong or wrong_risk else 200
    return render(request, "events/around.html", values, status=status)


def _run(request: HttpRequest, number: int) -> Event:
    member = looking(request)
    event = get_event_for(member, number)
    need_runner(member, event, "change its risks and its money")
    return event
