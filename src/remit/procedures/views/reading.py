"""Reading: the list, a procedure, and the answer whether it was clear."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from remit.core.clock import today
from remit.core.errors import Gone, NotThere
from remit.core.form_page import UNPROCESSABLE
from remit.core.harmless import harmless
from remit.core.pages import address_of
from remit.core.paging import paged
from remit.core.sent import number_in
from remit.people.access import teams_for
from remit.people.looking import looking
from remit.people.models import Member
from remit.people.qr import qr_svg
from remit.procedures.access import Seen, get_procedure_for, get_version_of, pictures_for, versions_of
from remit.procedures.actions import reading
from remit.procedures.forms.acts import QuestionsForm, UnclearForm
from remit.procedures.queries.confused import confused_at
from remit.procedures.queries.listing import SHOWS, Wanted, listed, open_drafts, tags_of
from remit.procedures.queries.page import page_of, readers_of, steps_of, steps_read
from remit.procedures.queries.path import teams_with_more_to_read
from remit.procedures.queries.spoken import Spoken, name_each, spoken_for
from remit.procedures.text.difference import difference
from remit.procedures.text.languages import LONGEST_CODE, language_of
from remit.procedures.text.writing import write_markdown
from remit.procedures.vocabulary import MARKDOWN_TYPE

_LONGEST_WORDS = 100


@require_safe
def procedures(request: HttpRequest) -> HttpResponse:
    """The procedures of one's teams: what is to be read first."""
    member = looking(request)
    wanted = Wanted(
        show=request.GET.get("show", "") if request.GET.get("show", "") in SHOWS else "all",
        words=request.GET.get("q", "")[:_LONGEST_WORDS],
        tag=request.GET.get("tag", "")[:_LONGEST_WORDS],
    )
    is_drafts = wanted.show == "drafts"
    rows: Any = open_drafts(member) if is_drafts else listed(member, wanted)
    kept = request.GET.copy()
    kept.pop("page", None)
    page = paged(rows, request.GET.get("page"))
    if not is_drafts:
        name_each(member, list(page))
    values = {
        "wanted": wanted,
        "shows": SHOWS.items(),
        "rows": page,
        "is_drafts": is_drafts,
        "tags": tags_of(member),
        "paths": teams_with_more_to_read(member),
        "has_teams": teams_for(member)[:2].count() > 1,
        "kept": kept.urlencode(),
        "today": today("UTC"),
    }
    return render(request, "procedures/list.html", values)


@require_safe
def procedure(request: HttpRequest, number: int) -> HttpResponse:
    """A procedure, step by step."""
    member = looking(request)
    return _page(request, member, get_procedure_for(member, number))


def _page(
    request: HttpRequest,
    member: Member,
    seen: Seen,
    questions: QuestionsForm | None = None,
    unclear: UnclearForm | None = None,
) -> HttpResponse:
    spoken = spoken_for(member, seen, _asked_in(request))
    page = page_of(member, seen, spoken)
    read = spoken.document if spoken else seen.version.document
    if questions is None and page.to_read.has_questions_left:
        questions = QuestionsForm(questions=read.questions)
    readers = readers_of(seen)
    values = {
        "seen": seen,
        "procedure": seen.procedure,
        "version": seen.version,
        "document": read,
        "team": seen.procedure.team,
        "page": page,
        **_spoken_in(seen, spoken),
        "languages": [language_of(each) for each in seen.procedure.languages],
        "readers": readers,
        "questions": questions,
        "unclear": unclear,
        "today": today(seen.procedure.team.time_zone),
    }
    is_wrong = unclear is not None or (questions is not None and questions.is_bound)
    status = UNPROCESSABLE if is_wrong else 200
    return render(request, "procedures/procedure.html", values, status=status)


@require_POST
def clear(request: HttpRequest, number: int) -> HttpResponse:
    """It is clear."""
    member = looking(request)
    said = reading.said_clear(member, number, _version_in(request))
    if said.understood_at is not None:
        messages.success(request, "Thank you. You are asked again only about what changes.")
        return redirect("procedures:procedure", number)
    return redirect(f"{reverse('procedures:procedure', args=[number])}#answer")


@require_POST
def unclear(request: HttpRequest, number: int) -> HttpResponse:
    """It isn't clear at a step; what confused them may follow."""
    member = looking(request)
    form = UnclearForm(request.POST)
    if not form.is_valid():
        return _page(request, member, get_procedure_for(member, number), unclear=form)
    said = form.cleaned_data
    reading.said_unclear(
        member,
        number,
        _version_in(request),
        said["step"],
        words=said["words"],
        is_named=said["is_named"],
        language=said["language"],
    )
    messages.success(request, "Noted: whoever looks after it sees that this isn't clear.")
    place = f"step-{said['step']}" if said["step"] else "answer"
    return redirect(f"{reverse('procedures:procedure', args=[number])}#{place}")


@require_POST
def questions(request: HttpRequest, number: int) -> HttpResponse:
    """The questions after reading."""
    member = looking(request)
    seen = get_procedure_for(member, number)
    spoken = spoken_for(member, seen, _asked_in(request))
    read = spoken.document if spoken else seen.version.document
    form = QuestionsForm(request.POST, questions=read.questions)
    if not form.is_valid():
        return _page(request, member, seen, form)
    wrong = reading.answer_questions(member, number, _version_in(request), form.answers())
    if not wrong:
        messages.success(request, "All right. You are asked again only about what changes.")
        return redirect("procedures:procedure", number)
    for place in wrong:
        form.add_error(f"answer-{place}", "Not this one. Look at the steps again; nobody counts how often.")
    return _page(request, member, seen, form)


def _asked_in(request: HttpRequest) -> str:
    """The language that an address asks for, or that a form was read in; "" for none."""
    return (request.GET.get("in") or request.POST.get("language") or "")[:LONGEST_CODE]


def _spoken_in(seen: Seen, spoken: Spoken | None) -> dict[str, object]:
    """In which language a page is read, its name, and its why."""
    own = seen.procedure.written_in
    return {
        "spoken": spoken,
        "title_in": spoken.title_in if spoken else own,
        "why_in": spoken.why_in if spoken else own,
    }


def _version_in(request: HttpRequest) -> int:
    return number_in(request.POST.get("version")) or 0


@require_safe
def confused(request: HttpRequest, number: int) -> HttpResponse:
    """Where people stumble, for whoever mends it."""
    seen = get_procedure_for(looking(request), number)
    if not seen.may_publish:
        raise NotThere
    values = {
        "seen": seen,
        "procedure": seen.procedure,
        "steps": confused_at(seen),
        "readers": readers_of(seen),
    }
    return render(request, "procedures/confused.html", values)


@require_safe
def history(request: HttpRequest, number: int) -> HttpResponse:
    """All versions."""
    seen = get_procedure_for(looking(request), number)
    versions = paged(versions_of(seen.procedure), request.GET.get("page"))
    values = {"seen": seen, "procedure": seen.procedure, "team": seen.procedure.team, "versions": versions}
    return render(request, "procedures/history.html", values)


@require_safe
def version(request: HttpRequest, number: int, version: int) -> HttpResponse:
    """A version, and what it changed."""
    seen = get_procedure_for(looking(request), number)
    found = get_version_of(seen.procedure, version)
    before = get_version_of(seen.procedure, version - 1) if version > 1 else None
    changes = difference(before.document, found.document) if before else None
    values = {
        "seen": seen,
        "procedure": seen.procedure,
        "team": seen.procedure.team,
        "version": found,
        "before": before,
        "changes": changes,
        "steps": steps_of(found.document, seen.procedure.written_in),
    }
    return render(request, "procedures/version.html", values)


@require_safe
def markdown(request: HttpRequest, number: int) -> HttpResponse:
    """The latest version as a file."""
    member = looking(request)
    seen = get_procedure_for(member, number)
    spoken = spoken_for(member, seen, _asked_in(request))
    document = spoken.translation.document if spoken else seen.version.document
    behind = f"-{spoken.translation.language}" if spoken else ""
    response = HttpResponse(write_markdown(document), content_type=MARKDOWN_TYPE)
    response["Content-Disposition"] = f'attachment; filename="procedure-{number}{behind}.md"'
    return response


@require_safe
def wall(request: HttpRequest, number: int) -> HttpResponse:
    """A sheet to print and hang up: the steps, and a code that leads to the newest version."""
    member = looking(request)
    seen = get_procedure_for(member, number)
    spoken = spoken_for(member, seen, _asked_in(request))
    address = address_of(request, reverse("procedures:procedure", args=[number]))
    if spoken:
        address += f"?in={spoken.translation.language}"
    values = {
        "procedure": seen.procedure,
        "team": seen.procedure.team,
        "version": seen.version,
        "document": spoken.document if spoken else seen.version.document,
        **_spoken_in(seen, spoken),
        "steps": steps_read(seen, spoken),
        "address": address,
        "code": qr_svg(address),
    }
    return render(request, "procedures/wall.html", values)


@require_safe
def picture(request: HttpRequest, number: int) -> FileResponse:
    """A picture of a step."""
    found = pictures_for(looking(request)).filter(pk=number).first()
    if found is None:
        raise NotThere("picture")
    try:
        content = found.file.open("rb")
    except FileNotFoundError:
        raise Gone("file-gone", f"{found.name} isn't there any more.", "Put it in again.") from None
    return harmless(content, name=found.name, media_type=found.media_type, as_attachment=False)
