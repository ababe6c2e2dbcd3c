"""Ideas: the list, having one, and its page."""

from __future__ import annotations

from typing import Any, Final

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from remit.core.errors import Gone
from remit.core.form_errors import is_done
from remit.core.form_page import form_page
from remit.core.harmless import harmless
from remit.core.sent import sent_in
from remit.people.access import Place, get_place_for, teams_for, teams_of
from remit.people.looking import looking
from remit.people.models import Team
from remit.voice.access import get_idea_for, get_picture_for, place_at, promise_of
from remit.voice.actions.ideas import have_idea
from remit.voice.alike import alike_in
from remit.voice.charter_trials import charter_trials_of
from remit.voice.forms.ideas import AnswerForm, BesideForm, IdeaForm
from remit.voice.models import Idea
from remit.voice.queries.listing import TABS, from_source, listed, supporters_of
from remit.voice.queries.promise import kept_in
from remit.voice.sources import Source, address_of, source_of
from remit.voice.vocabulary import LONGEST_IDEA, LONGEST_KEY, MOST_ALIKE

FORM: Final = ["GET", "POST"]


@require_safe
def ideas(request: HttpRequest) -> HttpResponse:
    """The ideas of the teams that somebody sees, by where they stand, with the promise and how it is kept."""
    member = looking(request)
    wanted = request.GET.get("tab", "")
    tab = wanted if wanted in TABS else "waiting"
    own = list(teams_of(member))
    values = {
        "tab": tab,
        "tabs": [(word, title) for word, (title, _) in TABS.items()],
        "lines": listed(member, tab, request.GET.get("page")),
        "teams": own,
        "kept": kept_in(teams_for(member) if member.is_owner else own),
    }
    return render(request, "voice/ideas.html", values)


@require_safe
def new_somewhere(request: HttpRequest) -> HttpResponse:
    """From anywhere: to the form of one's team; who is in several chooses one."""
    return somewhere(request, "voice:new-idea", "Whose idea is it?")


def somewhere(request: HttpRequest, address: str, asks: str) -> HttpResponse:
    """On to a page of one's one team, or a choice among several.

    Args:
        request: of whoever looks.
        address: name of the page, which takes a team.
        asks: what the choice asks.
    """
    teams: list[Team] = list(teams_of(looking(request)))
    if len(teams) == 1:
        return redirect(address, teams[0].word)
    return render(request, "voice/which_team.html", {"teams": teams, "leads_to": address, "asks": asks})


@require_http_methods(FORM)
def new(request: HttpRequest, team: str) -> HttpResponse:
    """Have an idea; with `from` and `of` in the address it comes from there."""
    place = get_place_for(looking(request), team)
    source = _source(request, place)
    form = IdeaForm(sent_in(request), request.FILES or None, source=source)
    made: list[Idea] = []

    def write_down(stamp: str, **_: object) -> None:
        made.append(have_idea(place, form.words, stamp=stamp))

    if "look" not in request.POST and is_done(form, write_down):
        return redirect("voice:idea", made[0].pk)
    return _form_page(request, place, form, source)


def _form_page(request: HttpRequest, place: Place, form: IdeaForm, source: Source | None) -> HttpResponse:
    is_look = "look" in request.POST
    begun = str(form["text"].value() or "")[:LONGEST_IDEA]
    from_there = from_source(place.member, source.kind, source.key) if source else Idea.objects.none()
    values = {
        "place": place,
        "form": form,
        "source": source,
        "promise": promise_of(place.team),
        "alike": alike_in(place.team, begun) if begun else [],
        "is_look": is_look,
        "from_there": list(from_there.filter(team=place.team)[:MOST_ALIKE]),
        "has_files": bool(request.FILES),
    }
    return form_page(request, "voice/new_idea.html", values, *(() if is_look else (form,)))


@require_safe
def alike(request: HttpRequest, team: str) -> HttpResponse:
    """Ideas like what is being written, for a script that asks while it is written."""
    place = get_place_for(looking(request), team)
    text = request.GET.get("text", "")[:LONGEST_IDEA]
    return render(request, "voice/parts/alike.html", {"alike": alike_in(place.team, text) if text else []})


@require_safe
def idea(request: HttpRequest, number: int) -> HttpResponse:
    """One idea: where it stands, what it was answered, what stands beside it."""
    return idea_page(request, get_idea_for(looking(request), number))


def idea_page(request: HttpRequest, idea: Idea, **forms: Any) -> HttpResponse:  # noqa: ANN401
    """The page of an idea; with a form that was refused, as it was typed.

    Args:
        request: of whoever looks.
        idea: as `access` gives it.
        forms: `answer` or `beside`.
    """
    member = looking(request)
    place = place_at(member, idea)
    answers = list(idea.answers.select_related("by"))
    alike_ones = alike_in(place.team, idea.text, but=idea.pk) if idea.same_as_id is None else []
    beside = list(Idea.objects.filter(same_as=idea).select_related("author"))
    trials = charter_trials_of(place) if place.is_lead else ()
    people = supporters_of([idea.pk]).get(idea.pk, set())
    values = {
        "idea": idea,
        "place": place,
        "answers": answers,
        "trials": list(idea.trials.select_related("owner").order_by("-id")),
        "beside_it": beside,
        "alike": alike_ones,
        "supporters": len(people),
        "is_mine": idea.author_id == member.pk,
        "supports": member.pk in people,
        "source_address": address_of(idea.source, idea.source_key) if idea.source_words else "",
        "answer": AnswerForm(answers=len(answers), trials=trials),
        "beside": BesideForm(alike_ones),
        "is_here": place.membership is not None,
    } | forms
    return form_page(request, "voice/idea.html", values, *forms.values())


def answer_form(request: HttpRequest, idea: Idea) -> AnswerForm:
    """What was sent to answer an idea."""
    return AnswerForm(request.POST, trials=charter_trials_of(place_at(looking(request), idea)))


@require_safe
def picture(request: HttpRequest, number: int) -> FileResponse:
    """The picture of an idea."""
    found = get_picture_for(looking(request), number)
    try:
        content = found.file.open("rb")
    except FileNotFoundError:
        raise Gone("file-gone", "This picture isn't there any more.", "The idea still is.") from None
    return harmless(content, name=found.name, media_type=found.media_type, as_attachment=False)


def _source(request: HttpRequest, place: Place) -> Source | None:
    kind, key = request.GET.get("from", ""), request.GET.get("of", "")[:LONGEST_KEY]
    return source_of(place, kind, key) if kind and key else None
