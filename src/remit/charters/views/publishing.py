"""Publishing: write or choose a file, look at what it changes, publish; and the second publisher's page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from remit.charters import actions
from remit.charters.access import get_draft_for, get_publication_for, need_owner
from remit.charters.actions.publishing import seconds_for
from remit.charters.forms import PublishForm
from remit.charters.gallery import named, ready_charter, ready_charters
from remit.charters.marked import marked_lines
from remit.charters.models import Draft, Publication, Version
from remit.charters.queries.above import latest_of
from remit.charters.queries.board import board_of
from remit.charters.queries.looking import Look, look_at, raises_level_of
from remit.charters.queries.names import roles_without_people
from remit.core.clock import today
from remit.core.errors import NotThere, Refusal
from remit.core.form_page import UNPROCESSABLE
from remit.core.sent import number_in
from remit.people.access import Place, get_place_for, need_rank, teams_for
from remit.people.facts import person_of
from remit.people.looking import looking
from remit.people.middleware import not_at_the_counter
from remit.people.models import Member, Team
from remit.people.vocabulary import Rank
from remit_engine.charter.difference.in_short import in_short
from remit_engine.limits import CHARTER_BYTES

_CASES_SHOWN = 40
_SHORT_FROM = 9


@require_http_methods(["GET", "POST"])
@not_at_the_counter
def publish_team(request: HttpRequest, team: str) -> HttpResponse:
    """Publish the charter of a team."""
    member = looking(request)
    place = get_place_for(member, team)
    need_rank(place, Rank.MANAGER, "publish a charter")
    return _publish(request, member, place.team, place)


@require_http_methods(["GET", "POST"])
@not_at_the_counter
def publish_organisation(request: HttpRequest) -> HttpResponse:
    """Publish the charter of the organisation."""
    member = looking(request)
    need_owner(member, "publish the charter of the organisation")
    return _publish(request, member, None, None)


def _publish(request: HttpRequest, member: Member, team: Team | None, place: Place | None) -> HttpResponse:
    draft = _draft(request, place)
    if request.method == "GET":
        base = latest_of(team)
        text = draft.text if draft else base.text if base else ""
        form = PublishForm(initial={"text": text, "why": draft.why if draft else ""})
        look = look_at(draft.text, team) if draft else None
        return _form_page(request, form, team, place, look=look, draft=draft)
    data = request.POST.copy()
    data["text"] = data.get("text", "").replace("\r\n", "\n")  # as browsers end lines
    problem = _file_into(request, data)
    form = PublishForm(data)
    if problem:
        form.add_error("text", problem)
    look = look_at(data.get("text", ""), team) if data.get("text", "").strip() and not problem else None
    if not form.is_valid() or look is None or request.POST.get("act") != "publish":
        is_wrong = problem or look is None or request.POST.get("act") == "publish"
        if request.POST.get("act") != "publish" and "why" in form.errors:
            del form.errors["why"]
        return _form_page(
            request, form, team, place, look=look, draft=draft, status=UNPROCESSABLE if is_wrong else 200
        )
    if request.POST.get("mark") != look.mark or (look.needs_confirming and not request.POST.get("confirmed")):
        said = (
            "Look at what is below first: tick that you have read it."
            if request.POST.get("mark") == look.mark
            else "Look at what it changes first."
        )
        form.add_error(None, said)
        return _form_page(request, form, team, place, look=look, draft=draft, status=UNPROCESSABLE)
    try:
        done = actions.hand_in(member, team, look.text, form.cleaned_data["why"], draft=draft)
    except Refusal as error:
        form.add_error(error.field or None, str(error))
        return _form_page(request, form, team, place, look=look, draft=draft, status=UNPROCESSABLE)
    return _done(request, done)


def _done(request: HttpRequest, done: Version | Publication) -> HttpResponse:
    if isinstance(done, Publication):
        messages.info(request, "It waits for its second publisher, who is told now.")
        return redirect("charters:publication", done.pk)
    messages.success(request, f"Version {done.number} is in force, from this moment on.")
    return redirect("charters:team", done.team.word) if done.team else redirect("charters:charter")


def _draft(request: HttpRequest, place: Place | None) -> Draft | None:
    number = number_in(request.POST.get("draft") or request.GET.get("draft"))
    return get_draft_for(place, number) if place and number is not None else None


def _file_into(request: HttpRequest, data: Any) -> str:  # noqa: ANN401 (a copy of the posted values)
    """Take a chosen file in place of the text; gives what is wrong with it, or ""."""
    file = request.FILES.get("file")
    if file is None:
        return ""
    if file.size is None or file.size > CHARTER_BYTES:
        return f"The file has more than {CHARTER_BYTES:,} bytes."
    try:
        data["text"] = file.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        return "The file isn't text in UTF-8. Save it as UTF-8 and choose it once more."
    return ""


def _form_page(
    request: HttpRequest,
    form: PublishForm,
    team: Team | None,
    place: Place | None,
    *,
    look: Look | None = None,
    draft: Draft | None = None,
    status: int = 200,
) -> HttpResponse:
    member = looking(request)
    values: dict[str, Any] = {
        "form": form,
        "team": team,
        "place": place,
        "look": look,
        "looks": [] if look is None else [shown(each) for each in (look, *look.below)],
        "draft": draft,
        "base": look.base if look else latest_of(team),
        "back": reverse("charters:team", args=[team.word]) if team else reverse("charters:charter"),
    }
    if look is not None and place is not None and place.membership is not None:
        raised = raises_level_of(person_of(place.membership), look)
        seconds = seconds_for(member, team) if raised else ()
        values |= {"raises": raised, "seconds": seconds}
    return render(request, "charters/publish.html", values, status=status)


def shown(look: Look) -> dict[str, Any]:
    """A look as the pages show it: findings beside their lines, changes in sentences."""
    changes = look.changes
    currency = look.compiled.charter.currency if look.compiled else ""
    regions = changes.regions if changes else ()
    short = in_short(regions, currency) if len(regions) >= _SHORT_FROM else ()
    return {
        "look": look,
        "findings": sorted((*look.errors, *look.warnings), key=lambda each: each.place.line),
        "marked": marked_lines(look.text, (*look.errors, *look.warnings)),
        "gains": changes.gains[:_CASES_SHOWN] if changes else (),
        "losses": changes.losses[:_CASES_SHOWN] if changes else (),
        "short_gains": [each for each in short if each.gains],
        "short_losses": [each for each in short if not each.gains],
        "cases": len(regions),
        "document": changes.document if changes and look.base else (),
    }


@require_http_methods(["GET", "POST"])
@not_at_the_counter
def publication(request: HttpRequest, number: int) -> HttpResponse:
    """What waits for its second publisher: looked at, published together, or taken back."""
    member = looking(request)
    waiting = get_publication_for(member, number)
    if request.method == "POST":
        if request.POST.get("act") == "publish":
            return _done(request, actions.second(member, waiting))
        actions.take_back(member, waiting)
        messages.info(request, "Taken back. Nothing has changed.")
        return redirect("charters:publication", waiting.pk)
    look = look_at(waiting.text, waiting.team) if waiting.settled_at is None else None
    values = {
        "publication": waiting,
        "team": waiting.team,
        "look": look,
        "looks": [shown(each) for each in (look, *look.below)] if look else [],
        "is_outdated": look is not None and (look.base.pk if look.base else None) != waiting.base_id,
        "is_mine": waiting.proposed_by_id == member.pk,
        "lines": waiting.text.splitlines(),
    }
    return render(request, "charters/publication.html", values)


@require_http_methods(["GET", "POST"])
@not_at_the_counter
def begin(request: HttpRequest, team: str = "") -> HttpResponse:
    """Begin with a ready charter: choose one by its ladders, published with one tap; then the work begins."""
    member = looking(request)
    if not team:
        return redirect("charters:begin", _first_without(member).word)
    place = get_place_for(member, team)
    need_rank(place, Rank.MANAGER, "publish a charter")
    base = latest_of(place.team)
    if base is not None:
        return redirect("charters:team", place.team.word)
    problem: Refusal | None = None
    if request.method == "POST":
        try:
            done = _begun(member, place.team, request.POST.get("ready", ""))
            shown = _done(request, done)
            return redirect("today:today") if isinstance(done, Version) else shown
        except Refusal as error:
            problem = error
    day = today(place.team.time_zone)
    cards = [
        {
            "ready": ready,
            "charter": ready.compiled.charter,
            "board": board_of(
                ready.compiled, day, place.team.word, kinds=ready.compiled.charter.all_kinds[:1]
            ),
            "absent": roles_without_people(ready.compiled.charter, place.team),
        }
        for ready in ready_charters(place.team.currency)
    ]
    cards.sort(key=lambda card: bool(card["absent"]))
    return render(
        request,
        "charters/begin.html",
        {"place": place, "team": place.team, "cards": cards, "problem": problem},
        status=UNPROCESSABLE if problem else 200,
    )


def _begun(member: Member, team: Team, word: str) -> Version | Publication:
    ready = ready_charter(word, team.currency)
    if ready is None:
        raise Refusal("no-such-charter", "There is no such charter.", "Choose one of these.")
    return actions.hand_in(
        member, team, named(ready.text, team.name), f"We begin with a ready one. {ready.fits}"
    )


def _first_without(member: Member) -> Team:
    """The first team of somebody that has no charter yet; else their first team."""
    teams = teams_for(member)
    team = teams.filter(charters=None).first() or teams.first()
    if team is None:
        raise NotThere("team")
    return team
