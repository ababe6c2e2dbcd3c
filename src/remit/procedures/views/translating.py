"""Translations: which there are, the editor beside the original, and the language that somebody reads in."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from remit.core.form_errors import is_done
from remit.core.form_page import UNPROCESSABLE
from remit.core.sent import number_in, sent_in
from remit.people.looking import looking
from remit.people.middleware import not_at_the_counter
from remit.people.models import Member
from remit.procedures.access import drafts_for, get_procedure_for
from remit.procedures.actions import drafting, translating
from remit.procedures.forms.translating import LanguageForm, TranslationEditor
from remit.procedures.models import Draft
from remit.procedures.queries.spoken import languages_of
from remit.procedures.text.document import Document
from remit.procedures.views.around import around, say_clashes


@require_http_methods(["GET", "POST"])
@not_at_the_counter
def languages(request: HttpRequest, number: int) -> HttpResponse:
    """Into which languages a procedure is translated, whether they hold, and the way to another one."""
    member = looking(request)
    seen = get_procedure_for(member, number)
    form = LanguageForm(sent_in(request), own=seen.procedure.language)
    made: list[Draft] = []

    def begin(*, language: str) -> None:
        made.append(translating.begin_translation(member, number, language))

    if is_done(form, begin):
        return redirect("procedures:draft", made[0].pk)
    drafts = drafts_for(member).filter(procedure=seen.procedure, is_translation=True, ended_at=None)
    values = {
        "seen": seen,
        "procedure": seen.procedure,
        "team": seen.procedure.team,
        "languages": languages_of(seen),
        "drafts": drafts,
        "form": form,
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "procedures/languages.html", values, status=status)


@require_POST
def read_in(request: HttpRequest, number: int) -> HttpResponse:
    """Choose the language to read in."""
    member = looking(request)
    seen = get_procedure_for(member, number)
    language = request.POST.get("language", "")
    translating.read_in(member, "" if language == seen.procedure.language else language)
    return redirect("procedures:procedure", number)


def editor(request: HttpRequest, member: Member, found: Draft) -> HttpResponse:
    """The editor of a translation that hasn't ended."""
    if request.method == "POST":
        return _sent(request, member, found)
    document = drafting.latest_of(found).document
    return _page(request, member, found, _editor_of(found, document))


def _editor_of(found: Draft, words: Document, request: HttpRequest | None = None) -> TranslationEditor:
    original = found.base.document if found.base is not None else Document()
    late = drafting.late_in(found, words)
    sent = request.POST if request is not None else None
    return TranslationEditor.of(original, words, late, found.spoken, sent)


def _page(
    request: HttpRequest, member: Member, found: Draft, forms: TranslationEditor, *, seen: int | None = None
) -> HttpResponse:
    values = around(member, found) | {
        "editor": forms,
        "seen": seen or found.revision,
        "last": drafting.latest_of(found),
        "is_behind": drafting.is_behind(found),
        "procedure": found.procedure,
    }
    return render(request, "procedures/translate.html", values, status=200 if seen is None else UNPROCESSABLE)


def _sent(request: HttpRequest, member: Member, found: Draft) -> HttpResponse:
    """Keep what was sent, and go where its button leads."""
    drafting.get_draft_to_edit(member, found.pk)
    forms = _editor_of(found, drafting.latest_of(found).document, request)
    seen = number_in(request.POST.get("revision")) or 0
    if not forms.is_valid():
        return _page(request, member, found, forms, seen=seen)
    keep = partial(translating.save_translation, member, found.pk, seen, still=forms.still())
    merged = keep(forms.document())
    say_clashes(request, merged.clashes, merged.document)
    if request.POST.get("do") == "go":
        return redirect("procedures:draft-publish", found.pk)
    if not merged.clashes:
        messages.success(request, "Kept. Nobody else reads it before it is published.")
    return redirect("procedures:draft", found.pk)
