"""Drafts: the editor, and the same as text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from remit.core.errors import NotThere
from remit.core.form_errors import is_done
from remit.core.form_page import UNPROCESSABLE
from remit.core.paging import paged
from remit.core.sent import number_in, sent_in
from remit.people.access import teams_of
from remit.people.looking import looking
from remit.people.middleware import not_at_the_counter
from remit.people.models import Member
from remit.procedures.access import get_draft_for
from remit.procedures.actions import drafting, pictures
from remit.procedures.forms.acts import MarkdownForm, NewForm
from remit.procedures.forms.editor import Editor
from remit.procedures.models import Draft
from remit.procedures.queries.spoken import language_written_in
from remit.procedures.text.document import MOST_STEPS, Document, Step, new_key
from remit.procedures.text.merging import Clash
from remit.procedures.text.writing import write_markdown
from remit.procedures.views import translating
from remit.procedures.views.around import around, say_clashes
from remit.procedures.vocabulary import MARKDOWN_TYPE

_FORM: Final = ["GET", "POST"]


@require_http_methods(_FORM)
@not_at_the_counter
def new(request: HttpRequest) -> HttpResponse:
    """Begin a procedure: everybody may."""
    member = looking(request)
    teams = list(teams_of(member))
    if not teams:
        raise NotThere("team")
    form = NewForm(sent_in(request), teams=teams, language=language_written_in(member, teams[0]))
    made: list[Draft] = []

    def begin(*, team: str, title: str, why: str, text: str, language: str) -> None:
        made.append(drafting.begin_new(member, team, title=title, why=why, text=text, language=language))

    if is_done(form, begin):
        return redirect("procedures:draft", made[0].pk)
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "procedures/new.html", {"form": form, "teams": teams}, status=status)


@require_POST
@not_at_the_counter
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Begin to change a procedure, or go on where it was begun."""
    return redirect("procedures:draft", drafting.begin_change(looking(request), number).pk)


@require_POST
@not_at_the_counter
def restore(request: HttpRequest, number: int, version: int) -> HttpResponse:
    """A draft that says what an older version said."""
    found = drafting.restore(looking(request), number, version)
    messages.info(request, f"This is what version {version} said. Publish it, and it holds again.")
    return redirect("procedures:draft-publish", found.pk)


@require_http_methods(_FORM)
@not_at_the_counter
def draft(request: HttpRequest, number: int) -> HttpResponse:
    """The editor of a draft; of one that has ended, what became of it."""
    member = looking(request)
    found = get_draft_for(member, number)
    if found.ended_at is not None and request.method != "POST":
        return render(request, "procedures/draft_ended.html", around(member, found))
    if found.is_translation:
        return translating.editor(request, member, found)
    if request.method == "POST":
        return _sent(request, member, found)
    return _editor_page(request, member, found, Editor.of(drafting.latest_of(found).document))


def _editor_page(
    request: HttpRequest, member: Member, found: Draft, editor: Editor, *, seen: int | None = None
) -> HttpResponse:
    values = around(member, found) | {
        "editor": editor,
        "seen": seen or found.revision,
        "last": drafting.latest_of(found),
        "may_add": len(editor.steps) < MOST_STEPS,
    }
    return render(request, "procedures/draft.html", values, status=200 if seen is None else UNPROCESSABLE)


def _sent(request: HttpRequest, member: Member, found: Draft) -> HttpResponse:
    """Keep what was sent, and do what its button says."""
    drafting.get_draft_to_edit(member, found.pk)
    editor = Editor.sent(request.POST, request.FILES)
    kept = {key: pictures.keep_picture(member, found.pk, file).pk for key, file in editor.pictures().items()}
    editor = editor.with_pictures(kept)
    seen = number_in(request.POST.get("revision")) or 0
    if not editor.is_valid():
        return _editor_page(request, member, found, editor, seen=seen)
    act, _, key = request.POST.get("do", "save").partition(":")
    document, place = _ACTS.get(act, _as_it_is)(editor.document(), key)
    merged = drafting.save(member, found.pk, seen, document)
    _say(request, merged.clashes, document, key if act == "out" else "")
    if act == "go":
        return redirect("procedures:draft-publish", found.pk)
    if act == "save" and not merged.clashes:
        messages.success(request, "Kept. Nobody else reads it before it is published.")
    return redirect(f"{reverse('procedures:draft', args=[found.pk])}{place}")


def _say(request: HttpRequest, clashes: Iterable[Clash], document: Document, gone: str) -> None:
    say_clashes(request, clashes, document)
    if gone:
        messages.info(request, "The step is out. “Earlier states” still has it.")


_Act = Callable[[Document, str], tuple[Document, str]]


def _as_it_is(document: Document, _key: str) -> tuple[Document, str]:
    return document, ""


def _added(document: Document, key: str) -> tuple[Document, str]:
    """With a new step behind that of the key; at the end where there is none."""
    if len(document.steps) >= MOST_STEPS:
        return document, ""
    place, step = document.place(key) or len(document.steps), Step(new_key())
    steps = (*document.steps[:place], step, *document.steps[place:])
    return replace(document, steps=steps), f"#step-{step.key}"


def _moved(by: int) -> _Act:
    def move(document: Document, key: str) -> tuple[Document, str]:
        place = document.place(key) - 1
        other = place + by
        steps = list(document.steps)
        if place >= 0 and 0 <= other < len(steps):
            steps[place], steps[other] = steps[other], steps[place]
        return replace(document, steps=tuple(steps)), f"#step-{key}" if place >= 0 else ""

    return move


def _without(document: Document, key: str) -> tuple[Document, str]:
    return replace(document, steps=tuple(step for step in document.steps if step.key != key)), "#steps"


_ACTS: Final[dict[str, _Act]] = {"add": _added, "up": _moved(-1), "down": _moved(1), "out": _without}


@require_safe
@not_at_the_counter
def revisions(request: HttpRequest, number: int) -> HttpResponse:
    """What a draft said before."""
    member = looking(request)
    found = get_draft_for(member, number)
    rows = paged(found.revisions.select_related("by"), request.GET.get("page"))
    return render(request, "procedures/revisions.html", around(member, found) | {"revisions": rows})


@require_POST
@not_at_the_counter
def undo(request: HttpRequest, number: int, revision: int) -> HttpResponse:
    """Go back to what a draft said before."""
    drafting.undo(looking(request), number, revision)
    messages.success(request, f"It says again what it said in state {revision}.")
    return redirect("procedures:draft", number)


@require_http_methods(_FORM)
@not_at_the_counter
def as_text(request: HttpRequest, number: int) -> HttpResponse:
    """The whole draft as Markdown, to be changed there or taken along."""
    member = looking(request)
    found = get_draft_for(member, number)
    text = write_markdown(drafting.latest_of(found).document)
    form = MarkdownForm(sent_in(request), initial={"text": text})
    seen = number_in(request.POST.get("revision")) or found.revision
    clashes: list[Clash] = []

    def take_in(*, text: str) -> None:
        clashes.extend(drafting.take_in_markdown(member, number, seen, text).clashes)

    if is_done(form, take_in):
        _say(request, clashes, Document(), "")
        messages.success(request, "Kept.")
        return redirect("procedures:draft", number)
    values = around(member, found) | {"form": form, "seen": seen}
    return render(request, "procedures/as_text.html", values, status=UNPROCESSABLE if form.is_bound else 200)


@require_safe
@not_at_the_counter
def text_file(request: HttpRequest, number: int) -> HttpResponse:
    """The draft as a file."""
    found = get_draft_for(looking(request), number)
    text = write_markdown(drafting.latest_of(found).document)
    response = HttpResponse(text, content_type=MARKDOWN_TYPE)
    response["Content-Disposition"] = f'attachment; filename="draft-{number}.md"'
    return response
