"""The pages about letting go: what could be let go, the answers behind it, and what is made of it."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from remit.charters.in_force import InForce, charter_of, has_charter
from remit.core.errors import NotThere, Refusal
from remit.core.form_page import UNPROCESSABLE
from remit.core.sent import number_in
from remit.core.why_form import WhyForm
from remit.findings import actions
from remit.findings.access import get_let_go_for, need_manager, window_of, worth_a_look_for
from remit.findings.models import Finding, Window
from remit.findings.vocabulary import TRIAL_WEEKS, Taking
from remit.insight.letgo.jobs import look_soon
from remit.insight.letgo.mirror import mirror_of
from remit.insight.letgo.mirror_words import mirror_words
from remit.insight.letgo.queries import A_PAGE, answers_behind, card_for, cards_of, lines_for, trials_of
from remit.insight.letgo.words import headline, origin, rests_on, so_far_words, stats, why_of
from remit.insight.looking import place_where
from remit.people.access import Place, teams_for
from remit.people.looking import looking
from remit.people.middleware import not_at_the_counter
from remit.people.models import Membership
from remit.people.vocabulary import Rank
from remit_engine.evidence.letgo.live_values import LiveSegment, Watch

_TAKINGS: Final = {"trial": Taking.TRIAL, "charter": Taking.FOR_GOOD}


@require_safe
@not_at_the_counter
def let_go(request: HttpRequest) -> HttpResponse:
    """The teams that somebody manages; where it is one, its page."""
    member = looking(request)
    managed = Membership.objects.filter(member=member, until=None, role__rank__gte=Rank.MANAGER)
    seen = teams_for(member)
    teams = list(seen if member.is_owner else seen.filter(pk__in=managed.values("team")))
    if len(teams) == 1 and not worth_a_look_for(member).filter(ended_at=None, member=member).exists():
        return redirect("letgo:team", teams[0].word)
    windows = {each.team_id: each for each in Window.objects.filter(team__in=teams, ended_at=None)}
    counts: dict[int, int] = {}
    for team in Finding.objects.filter(
        window__in=windows.values(), ended_at=None, state="let go"
    ).values_list("team", flat=True):
        counts[team] = counts.get(team, 0) + 1
    rows = [{"team": team, "window": windows.get(team.pk), "count": counts.get(team.pk, 0)} for team in teams]
    values = {"rows": rows, "worth_a_look": lines_for(member)}
    return render(request, "insight/letgo/teams.html", values)


@require_safe
@not_at_the_counter
def team(request: HttpRequest, team: str) -> HttpResponse:
    """What could be let go in a team: *let go*, *not yet*, *no*."""
    place = place_where(need_manager, request, team)
    window = window_of(place)
    is_there = has_charter(place.team)
    if not is_there or window is None or window.looked_at is None:
        values = {"place": place, "team": place.team, "has_charter": is_there}
        return render(request, "insight/letgo/not_looked.html", values)
    in_force = charter_of(place.team)
    watch = Watch.from_record(window.watch)
    cards, currency = cards_of(place, window, in_force), in_force.compiled.charter.currency
    values = {
        "place": place,
        "team": place.team,
        "window": window,
        "is_outdated": window.charter_id != in_force.version.pk,
        "currency": currency,
        "headline": headline(cards),
        "origin": origin(window),
        "stats": stats(window, watch),
        "so_far": so_far_words(window),
        "going": [card for card in cards if card.is_let_go and card.dismissed is None],
        "left": [card for card in cards if card.is_let_go and card.dismissed is not None],
        "not_yet": [card for card in cards if not card.is_let_go and not card.is_no],
        "no": [card for card in cards if card.is_no],
        "trials": trials_of(place, in_force),
        "worth_a_look": lines_for(place.member, place.team),
        "watch": watch,
        "weeks": TRIAL_WEEKS,
    }
    return render(request, "insight/letgo/team.html", values)


@require_POST
@not_at_the_counter
def look_now(request: HttpRequest, team: str) -> HttpResponse:
    """Has the answers looked at now."""
    place = place_where(need_manager, request, team)
    look_soon(place.team.pk)
    messages.info(request, "The answers are being looked at. This page shows it in a moment.")
    return redirect("letgo:team", place.team.word)


@require_safe
@not_at_the_counter
def finding(request: HttpRequest, team: str, number: int) -> HttpResponse:
    """A segment, with the answers behind it."""
    place = place_where(need_manager, request, team)
    row, window, in_force = _found(place, number)
    card = card_for(place, row, window, in_force)
    values = {
        "place": place,
        "team": place.team,
        "window": window,
        "card": card,
        "rests_on": rests_on(card, window),
        "currency": in_force.compiled.charter.currency,
        "page": answers_behind(place, row, number_in(request.GET.get("page")) or 1),
        "form": WhyForm(),
        "weeks": TRIAL_WEEKS,
    }
    return render(request, "insight/letgo/finding.html", values)


@require_http_methods(["GET", "POST"])
@not_at_the_counter
def take(request: HttpRequest, team: str, number: int, sort: str) -> HttpResponse:
    """Makes a draft of it: a trial, or for good. Nothing changes by itself."""
    place = place_where(need_manager, request, team)
    taking = _TAKINGS.get(sort)
    if taking is None:
        raise NotThere("page")
    row, window, in_force = _found(place, number)
    segment = LiveSegment.from_record(row.evidence)
    currency = in_force.compiled.charter.currency
    why = why_of(segment, Watch.from_record(window.watch), currency)
    form = WhyForm(request.POST if request.method == "POST" else None, initial={"why": why})
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                taken = actions.take_up(place, number, taking, form.cleaned_data["why"])
            except Refusal as error:
                form.add_error(error.field or None, str(error))
            else:
                messages.success(request, "A draft was made. See what it changes, then publish it.")
                return redirect(draft_address(place, taken.draft_id))
    values = {
        "place": place,
        "team": place.team,
        "card": card_for(place, row, window, in_force),
        "currency": currency,
        "form": form,
        "is_trial": taking == Taking.TRIAL,
        "weeks": TRIAL_WEEKS,
    }
    return render(request, "insight/letgo/take.html", values, status=status)


@require_http_methods(["GET", "POST"])
@not_at_the_counter
def not_now(request: HttpRequest, team: str, number: int) -> HttpResponse:
    """Leaves a proposal until it says more, with a why."""
    place = place_where(need_manager, request, team)
    row, window, in_force = _found(place, number)
    form = WhyForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            try:
                actions.dismiss(place, number, form.cleaned_data["why"])
            except Refusal as error:
                form.add_error(error.field or None, str(error))
            else:
                messages.success(request, "Left for now. It comes back when the answers say more.")
                return redirect("letgo:team", place.team.word)
    values = {
        "place": place, "team": place.team, "card": card_for(place, row, window, in_force), "form": form,
    }  # fmt: skip
    return render(request, "insight/letgo/not_now.html", values, status=status)


@require_POST
@not_at_the_counter
def again(request: HttpRequest, team: str, number: int) -> HttpResponse:
    """Takes a proposal up again that was left."""
    place = place_where(need_manager, request, team)
    actions.look_again(place, number)
    messages.success(request, "It is among the proposals again.")
    return redirect("letgo:team", place.team.word)


@require_safe
@not_at_the_counter
def mirror(request: HttpRequest, team: str) -> HttpResponse:
    """A manager's own mirror; there is no address that shows somebody else's."""
    place = place_where(need_manager, request, team)
    seen = mirror_of(place)
    pages = max(1, -(-len(seen.others_might) // A_PAGE))
    at = min(max(number_in(request.GET.get("page")) or 1, 1), pages)
    values = {
        "place": place,
        "team": place.team,
        "mirror": seen,
        "words": mirror_words(seen),
        "shown": seen.others_might[(at - 1) * A_PAGE : at * A_PAGE],
        "page": at,
        "pages": pages,
    }
    return render(request, "insight/letgo/mirror.html", values)


def draft_address(place: Place, draft: int) -> str:
    """Where a draft is looked at and published."""
    return f"{reverse('charters:publish', args=[place.team.word])}?draft={draft}"


def _found(place: Place, number: int) -> tuple[Finding, Window, InForce]:
    row = get_let_go_for(place, number)
    if row.window is None:
        raise NotThere("finding")
    return row, row.window, charter_of(place.team)
