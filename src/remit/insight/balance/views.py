"""The pages of the balance: of a team, of a part with its rows, its target, and teams side by side."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from remit.core.clock import today
from remit.core.errors import NotThere
from remit.core.form_errors import is_done
from remit.core.form_page import form_page
from remit.core.sent import sent_in
from remit.insight.balance.behind import rows_behind
from remit.insight.balance.beside import Beside, beside_each_other
from remit.insight.balance.forms import TargetForm
from remit.insight.balance.jobs import count_soon
from remit.insight.balance.picture import map_of
from remit.insight.balance.queries import Balance, Part, balance_of
from remit.insight.balance.targets import TO_DO, set_target, targets_of
from remit.insight.balance.vocabulary import (
    AGO,
    FORMULA,
    METHOD,
    SIDE_SAID,
    SMALLEST_TEAM,
    TRAIL,
    TRAIL_SAID,
    Word,
)
from remit.insight.balance.words import (
    change_words,
    compared_words,
    map_words,
    missing_words,
    quarter_words,
    shown,
    side_words,
)
from remit.insight.hats.queries import hats_of
from remit.people.access import get_place_for, need_rank, teams_for
from remit.people.looking import looking
from remit.people.middleware import not_at_the_counter
from remit.people.vocabulary import Rank

_SPANS: Final = {"": (AGO, f"{AGO} weeks"), "year": (TRAIL, "a year")}
_IN_TABLE: Final = 13
_HATS: Final = 3


@require_safe
@not_at_the_counter
def balance(request: HttpRequest) -> HttpResponse:
    """The balance of one's only team, or teams side by side."""
    teams = list(teams_for(looking(request)))
    if len(teams) == 1:
        return redirect("balance:team", teams[0].word)
    beside = beside_each_other(teams, max((today(team.time_zone) for team in teams), default=date.min))
    values = {
        "beside": [_tile(each) for each in beside],
        "shown": [each for each in beside if each.balance],
        "rows": [
            {
                "word": word,
                "values": [shown(each.balance.part(word).value) for each in beside if each.balance],
            }
            for word in Word
        ],
        "smallest": SMALLEST_TEAM,
    }
    return render(request, "insight/balance/teams.html", values)


@require_safe
@not_at_the_counter
def team(request: HttpRequest, team: str) -> HttpResponse:
    """Where the balance of a team stands: the map, the parts, the trail."""
    place = get_place_for(looking(request), team)
    found = balance_of(place.team, today(place.team.time_zone))
    span = request.GET.get("span", "")
    weeks, _ = _SPANS.get(span, _SPANS[""])
    values = {
        "place": place,
        "team": place.team,
        "balance": found,
        "spans": [(word, words) for word, (_, words) in _SPANS.items()],
        "span": span if span in _SPANS else "",
        "map": _map(found, weeks),
        "quarter": quarter_words(found),
        "sides": [
            {
                "side": side,
                "said": SIDE_SAID[side.side],
                "words": side_words(side),
                "parts": [_shown(part) for part in side.counted],
            }
            for side in found.sides
        ],
        "left_out": [_shown(part) for part in found.parts if part.value is None],
        "trail": list(reversed(found.trail[-1 - weeks :])),
        "hats": hats_of(place).now[:_HATS] if place.is_lead else (),
        "formula": FORMULA,
        "trail_said": TRAIL_SAID,
        "method": METHOD,
        "ago": AGO,
    }
    return render(request, "insight/balance/team.html", values)


@require_POST
@not_at_the_counter
def count(request: HttpRequest, team: str) -> HttpResponse:
    """Has the weeks counted now."""
    place = get_place_for(looking(request), team)
    need_rank(place, Rank.MANAGER, "have the balance counted")
    count_soon(place.team.pk)
    messages.info(request, "It is being counted. This page shows it in a moment.")
    return redirect("balance:team", place.team.word)


@require_safe
@not_at_the_counter
def part(request: HttpRequest, team: str, part: str) -> HttpResponse:
    """A part: what it is, how it is counted, its weeks, and the rows behind it."""
    place, word = get_place_for(looking(request), team), _word(part)
    found = balance_of(place.team, today(place.team.time_zone))
    newest = found.part(word)
    weeks = [each.week for each in found.trail]
    week = _week(request.GET.get("week", ""), weeks)
    explained = newest.explained
    values = {
        "place": place,
        "team": place.team,
        "balance": found,
        "shown": _shown(newest),
        "explained": explained,
        "rows": rows_behind(place, word, week, request.GET.get("page")) if week else None,
        "is_listed": word != Word.WIDENED,
        "is_readings": word == Word.UNDERSTOOD,
        "week": week,
        "since": week - timedelta(weeks=explained.weeks - 1) if week else None,
        "until": week + timedelta(days=6) if week else None,
        "weeks": [
            {"point": each, "value": each.values.get(word)} for each in reversed(found.trail[-_IN_TABLE:])
        ],
        "targets": targets_of(place, word),
    }
    return render(request, "insight/balance/part.html", values)


@require_http_methods(["GET", "POST"])
@not_at_the_counter
def target(request: HttpRequest, team: str, part: str) -> HttpResponse:
    """Sets where the team wants a part to be."""
    place, word = get_place_for(looking(request), team), _word(part)
    need_rank(place, Rank.MANAGER, TO_DO)
    newest = balance_of(place.team, today(place.team.time_zone)).part(word)
    form = TargetForm(newest, sent_in(request))

    def act(target: int, why: str, after: int | None) -> None:
        set_target(place, word, target=target, why=why, after=after or 0)

    if is_done(form, act):
        messages.success(request, "Set. The team reads it beside the part, with your why.")
        return redirect("balance:part", place.team.word, word.value)
    values = {
        "place": place,
        "team": place.team,
        "shown": _shown(newest),
        "explained": newest.explained,
        "form": form,
    }
    return form_page(request, "insight/balance/target.html", values, form)


def _tile(each: Beside) -> dict[str, Any]:
    found = each.balance
    is_off_map = found is not None and not (found.trail and found.trail[-1].is_whole)
    return {
        "each": each,
        "map": _map(found, AGO, is_small=True) if found and not is_off_map else "",
        "is_off_map": is_off_map,
    }


def _word(text: str) -> Word:
    try:
        return Word(text)
    except ValueError:
        raise NotThere("part of the balance") from None


def _week(text: str, weeks: list[date]) -> date | None:
    """The week of the address; the newest one for anything else; None where none was counted."""
    return next((each for each in weeks if each.isoformat() == text), weeks[-1] if weeks else None)


def _map(found: Balance, weeks: int, *, is_small: bool = False) -> str:
    return map_of(found.trail[-1 - weeks :], map_words(found, weeks), is_small=is_small)


def _shown(part: Part) -> dict[str, Any]:
    return {
        "part": part,
        "change": change_words(part.change),
        "compared": compared_words(part.change),
        "missing": missing_words(part),
    }
