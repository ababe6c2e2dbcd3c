"""The words of a draft without YAML: what it is called and for, its kinds, roles, facts, steps and chains."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from remit.charters.access import get_draft, get_draft_to_edit
from remit.charters.in_force import compiled_version
from remit.charters.queries.drafting import Open, opened, roles_here
from remit.charters.queries.words import sections_of
from remit.charters.views.draft_changes import changed, edited, readable_draft, revision_on
from remit.charters.views.drafting import around
from remit.charters.word_forms import WORDS, AboutForm, WordForm, named_by
from remit.core.errors import NotThere, Refusal
from remit.core.form_page import UNPROCESSABLE
from remit.core.sent import number_in, sent_in
from remit.people.looking import looking
from remit.people.middleware import not_at_the_counter
from remit_engine.charter.document import Charter
from remit_engine.charter.editing import (
    RuleProblems,
    Word,
    check_words,
    own_words,
    rules_naming,
    with_word,
    without_word,
    word_name,
)
from remit_engine.charter.findings import CharterError, Finding


@require_safe
@not_at_the_counter
def words(request: HttpRequest, number: int) -> HttpResponse:
    """The words of a draft: each leads to where it is changed."""
    seen = get_draft(looking(request), number)
    draft = opened(seen)
    values = around(seen, draft, "words")
    if draft.read is not None:
        values |= {"charter": draft.charter, "sections": sections_of(draft.charter)}
    return render(request, "charters/draft/words.html", values)


@require_http_methods(["GET", "POST"])
@not_at_the_counter
def about_charter(request: HttpRequest, number: int) -> HttpResponse:
    """What the charter is called, what it is for, and what it adds to."""
    seen = get_draft_to_edit(looking(request), number)
    draft = readable_draft(seen)
    on, known = revision_on(request, draft)
    form = AboutForm(sent_in(request), charter=known, has_above=draft.above is not None)
    if form.is_bound and form.is_valid():
        try:
            return changed(request, draft, on, _about(draft, form), _back(draft))
        except CharterError as error:
            form.add_error(None, _of_rule(error.findings[0]))
    return _page(request, draft, form, "charters/draft/about_charter.html", {"charter": known})


def _about(draft: Open, form: AboutForm) -> _Change:
    typed = form.cleaned_data
    return _Change(
        draft, typed["name"], " ".join(typed["why"].split()), typed["currency"], typed.get("extends")
    )


@dataclass(frozen=True, slots=True)
class _Change:
    """What was typed about a charter, put into one."""

    draft: Open
    name: str
    why: str
    currency: str
    extends: bool | None

    def __call__(self, known: Charter) -> Charter:
        above = known.extends
        if not self.extends:
            above = None
        elif above is None and self.draft.above is not None:
            above = compiled_version(self.draft.above).charter
        return replace(known, name=self.name, why=self.why, currency=self.currency, extends=above)


@require_http_methods(["GET", "POST"])
@not_at_the_counter
def word(request: HttpRequest, number: int, section: str) -> HttpResponse:
    """One word of a draft: a new one, or one that is changed or taken out."""
    seen = get_draft_to_edit(looking(request), number)
    if section not in WORDS:
        raise NotThere("kind of word")
    draft = readable_draft(seen)
    on, known = revision_on(request, draft)
    old = request.POST.get("word") or request.GET.get("name") or ""
    held = _own(known, section, old)
    if request.method == "POST" and request.POST.get("act") == "remove" and held is not None:
        return _taken_out(request, draft, on, section, old)
    form = WordForm(sent_in(request), charter=known, section=section, word=held, roles=roles_here())
    if form.is_bound and form.is_valid():
        answer = _kept(request, draft, on, form)
        if answer is not None:
            return answer
    values = {"section": section, "noun": WORDS[section], "word": held, "old": old, "charter": known}
    values["named_by"] = rules_naming(known, section, old) if held is not None else ()
    return _page(request, draft, form, "charters/draft/word.html", values)


def _kept(request: HttpRequest, draft: Open, on: int, form: WordForm) -> HttpResponse | None:
    """The answer to a form that makes a word; None, with words in the form, where it makes none."""
    made, after = form.made(), form.cleaned_data.get("after")

    def change(known: Charter) -> Charter:
        return with_word(known, form.section, made, old=form.old, after=after)

    try:
        check_words(change(form.charter))
        return changed(request, draft, on, change, _back(draft))
    except RuleProblems as problems:
        for each in problems.problems:
            form.tell(f"{each.wrong} {each.next_step}", each.code)
    except CharterError as error:
        form.tell(_of_rule(error.findings[0]), "")
    return None


def _taken_out(request: HttpRequest, draft: Open, on: int, section: str, name: str) -> HttpResponse:
    _, known = revision_on(request, draft)
    held = rules_naming(known, section, name)
    if held:
        raise Refusal(
            "word-is-named",
            f"It can’t be taken out: {named_by(held)} it.",
            "Change that first, on the board or under Sentences.",
        )
    return edited(request, draft, on, lambda each: without_word(each, section, name), _back(draft))


def _own(charter: Charter, section: str, name: str) -> Word | None:
    """A word of the charter itself; None where none is named.

    Raises:
        NotThere: it has none of that name.
    """
    if not name:
        return None
    found = next((each for each in own_words(charter, section) if word_name(each) == name), None)
    if found is None:
        raise NotThere("word")
    return found


def _of_rule(finding: Finding) -> str:
    about = f"The rule {finding.rule}: " if finding.rule else ""
    return f"{about}{finding.wrong} {finding.next_step}"


def _page(
    request: HttpRequest, draft: Open, form: AboutForm | WordForm, template: str, values: Mapping[str, object]
) -> HttpResponse:
    on = number_in(request.POST.get("seen")) or draft.seen.draft.revision
    shown = around(draft.seen, draft, "words") | dict(values) | {"form": form, "on": on}
    return render(request, template, shown, status=UNPROCESSABLE if form.is_bound else 200)


def _back(draft: Open) -> str:
    return reverse("charters:draft-words", args=[draft.seen.draft.pk])
