"""The pages of what if."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from remit.charters.in_force import charter_of
from remit.core.clock import today
from remit.core.errors import Refusal
from remit.core.form_page import UNPROCESSABLE
from remit.insight.models import LookBack
from remit.insight.what_if import telling
from remit.insight.what_if.access import (
    decisions_behind,
    drafts_to_look_at,
    get_draft_to_look,
    get_look_back_for,
    get_place_to_look,
    look_backs_for,
    managed_by,
)
from remit.insight.what_if.actions import cancel, look_back
from remit.insight.what_if.behind import Changed
from remit.insight.what_if.drafting import grants_of
from remit.insight.what_if.forms import LookForm
from remit.insight.what_if.vocabulary import MODE_MEANS, MODE_WORDS, Behind, Of
from remit.people.access import Place
from remit.people.looking import looking
from remit.people.middleware import not_at_the_counter
from remit.people.models import Team
from remit_engine.errors import InputError
from remit_engine.evidence.what_if import from_record
from remit_engine.evidence.what_if.values import Part
from remit_engine.modes import Mode

_PAGE: Final = 50
"""Decisions on one page."""
_LONGEST: Final = 7
"""Digits of a number in an address."""


@require_safe
@not_at_the_counter
def of_draft(request: HttpRequest, number: int) -> HttpResponse:
    """From a draft to where it is replayed, with the draft chosen."""
    draft, team = get_draft_to_look(looking(request), number)
    return HttpResponseRedirect(f"{reverse('insight:what-if-choose', args=[team.word])}?draft={draft.pk}")


@require_http_methods(["GET", "HEAD", "POST"])
@not_at_the_counter
def what_if(request: HttpRequest, team: str) -> HttpResponse:
    """Choose a charter and a period; what was looked at before."""
    place = get_place_to_look(looking(request), team)
    managed = list(managed_by(place.member))
    form = _form(request, place, managed)
    if request.method != "POST":
        return _form_page(request, form, place, managed)
    if form.is_valid():
        try:
            return HttpResponseRedirect(_address(look_back(place, form.wanted)))
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    return _form_page(request, form, place, managed, status=UNPROCESSABLE)


def _form(request: HttpRequest, place: Place, managed: list[Team]) -> LookForm:
    in_force = charter_of(place.team)
    drafts = drafts_to_look_at(place, in_force.version)
    asked = request.GET.get("draft", "")
    initial = {"of": Of.DRAFT, "draft": asked} if asked in {str(draft.pk) for draft in drafts} else {}
    return LookForm(
        request.POST if request.method == "POST" else None,
        team=place.team,
        in_force=in_force,
        drafts=drafts,
        teams=managed,
        today=today(place.team.time_zone),
        initial=initial,
    )


def _form_page(
    request: HttpRequest, form: LookForm, place: Place, managed: list[Team], *, status: int = 200
) -> HttpResponse:
    context = {
        "place": place,
        "team": place.team,
        "form": form,
        "earlier": look_backs_for(place, managed),
        "modes": [(MODE_WORDS[mode], means) for mode, means in MODE_MEANS.items()],
    }
    return render(request, "insight/what_if/choose.html", context, status=status)


@require_safe
@not_at_the_counter
def look(request: HttpRequest, team: str, number: int) -> HttpResponse:
    """What came out, or how far it is."""
    place = get_place_to_look(looking(request), team)
    begun = get_look_back_for(place, number)
    context = {"place": place, "team": place.team, "begun": begun}
    if begun.answer is None:
        return render(request, "insight/what_if/at_work.html", context)
    try:
        return render(request, "insight/what_if/answer.html", context | _told(begun))
    except InputError as error:
        return render(request, "insight/what_if/at_work.html", context | {"outdated": error})


@require_safe
@not_at_the_counter
def state(request: HttpRequest, team: str, number: int) -> HttpResponse:
    """How far it is, for a page that is open; once it is done, that page is loaded anew."""
    place = get_place_to_look(looking(request), team)
    begun = get_look_back_for(place, number)
    response = render(request, "insight/what_if/state.html", {"begun": begun, "team": place.team})
    if begun.answer is not None:
        response["HX-Refresh"] = "true"
    return response


@require_POST
@not_at_the_counter
def stop(request: HttpRequest, team: str, number: int) -> HttpResponse:
    """Stop it."""
    place = get_place_to_look(looking(request), team)
    return HttpResponseRedirect(_address(cancel(place, number)))


@require_safe
@not_at_the_counter
def decisions(request: HttpRequest, team: str, number: int) -> HttpResponse:
    """The decisions behind a figure, the newest first."""
    place = get_place_to_look(looking(request), team)
    begun = get_look_back_for(place, number)
    asked = _Asked(request)
    found, levels = asked.behind(begun)
    pages = max(1, -(-len(found) // _PAGE))
    page = min(asked.page, pages)
    ids = found[(page - 1) * _PAGE : page * _PAGE]
    rows = [(decision, *levels[decision.pk]) for decision in decisions_behind(place.member, ids)]
    context = {
        "place": place,
        "team": place.team,
        "begun": begun,
        "of": asked.words(begun),
        "rows": rows,
        "many": len(found),
        "page": page,
        "pages": pages,
        "before": asked.address(page - 1) if page > 1 else "",
        "after": asked.address(page + 1) if page < pages else "",
    }
    return render(request, "insight/what_if/decisions.html", context)


class _Asked:
    """Which decisions somebody wants to see; what isn't known is passed over."""

    def __init__(self, request: HttpRequest) -> None:
        given = request.GET
        self._given = given.copy()
        self.of = Behind(given["of"]) if given.get("of") in set(Behind) else Behind.MOVED
        self.before = telling.LEVELS.get(given.get("before", ""))
        self.after = telling.LEVELS.get(given.get("after", ""))
        self.segment = _number(given.get("segment"))
        self.role = _number(given.get("role"))
        self.page = _number(given.get("page")) or 1

    def behind(self, begun: LookBack) -> tuple[list[int], dict[int, tuple[str, str]]]:
        """Numbers of the decisions, the newest first, and the levels of each in words."""
        kept = LookBack.objects.values_list("behind", flat=True).get(pk=begun.pk)
        if kept is None:
            return [], {}
        changed = Changed.unpacked(bytes(kept))
        mask = changed.of(self.of, before=self.before, after=self.after)
        for place, column in ((self.segment, changed.segments), (self.role, changed.roles)):
            if place is not None:
                mask = mask & (column == place)
        words = {int(level): word for word, level in telling.LEVELS.items()}
        levels = {
            int(number): (words[int(before)], words[int(after)])
            for number, before, after in zip(
                changed.ids[mask], changed.before[mask], changed.after[mask], strict=True
            )
        }
        return list(levels)[::-1], levels

    def words(self, begun: LookBack) -> str:
        """What they are, in words."""
        said = [self.of.label] if self.of is not Behind.MOVED else []
        if self.before is not None and self.after is not None:
            said.append(f"{self.before.word} before, {self.after.word} after")
        if begun.answer is not None and (self.segment is not None or self.role is not None):
            answer = from_record(begun.answer)
            parts = answer.segments if self.segment is not None else answer.roles
            place = self.segment if self.segment is not None else self.role
            if place is not None and place < len(parts):
                said.append(_part(parts[place]))
        return "; ".join(said) or "another level than it had"

    def address(self, page: int) -> str:
        """The same on another page."""
        self._given["page"] = str(page)
        return f"?{self._given.urlencode()}"


def _part(part: Part) -> str:
    return ", ".join(word or "not noted" for word in part.words) or "the rest"


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < _LONGEST else None


def _told(begun: LookBack) -> dict[str, Any]:
    """Everything that the page of an answer says."""
    answer = from_record(begun.answer or {})
    ahead = answer.ahead
    return {
        "answer": answer,
        "lede": telling.lede(answer),
        "behind": {
            which.name.lower(): telling.behind(begun, which) for which in Behind if which is not Behind.MOVED
        },
        "segments": telling.segments(answer, begun),
        "roles": telling.roles(answer, begun),
        "moved": telling.moved(answer, begun),
        "choices": telling.shown(answer.choices, answer.currency, grants_of(begun)),
        "squeezed": [telling.squeezed(each, answer.currency) for each in answer.bunching],
        "ahead": ahead,
        "drifts": [(each.more, telling.money_between(each.amount, answer.currency)) for each in ahead.drifts]
        if ahead
        else [],
        "is_replayed": answer.mode is not Mode.AS_RECORDED,
        "draft": begun.draft if begun.draft and begun.draft.ended_at is None else None,
        "mode": MODE_WORDS[answer.mode],
        "mode_means": MODE_MEANS[answer.mode],
        "looked": LookBack.objects.filter(team=begun.team, pk__lte=begun.pk).count(),
    }


def _address(begun: LookBack) -> str:
    return reverse("insight:what-if-look", args=[begun.team.word, begun.pk])
