"""Editing a draft without YAML: a cell of its board, and the form of one rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from remit.charters.access import DraftSeen, get_draft, get_draft_to_edit
from remit.charters.draft_forms import LimitForm
from remit.charters.in_force import charter_of
from remit.charters.queries.drafting import (
    Open,
    cell_of_draft,
    column_from,
    kind_from,
    limit_of,
    roles_here,
    scale_of,
)
from remit.charters.rule_form import SECTIONS, RuleForm
from remit.charters.sentences import said_rule
from remit.charters.views.draft_changes import edited, readable_draft, revision_on
from remit.charters.views.drafting import around
from remit.core.errors import NotThere, Refusal
from remit.core.form_page import UNPROCESSABLE
from remit.core.sent import number_in
from remit.people.looking import looking
from remit.people.middleware import not_at_the_counter
from remit_engine.charter.document import Charter, Grant, Guardrail
from remit_engine.charter.editing import (
    RuleProblems,
    apart,
    free_id,
    read_rule,
    rule_of,
    section_of,
    with_rule,
    without_rule,
)
from remit_engine.charter.editing.rules import AnyRule
from remit_engine.charter.levels import LEVELS_BY_WORD
from remit_engine.charter.sentences import capital
from remit_engine.errors import InputError

_LONGEST_ASKED = 600
_LEVELS = {
    "grants": ("decide", "inform", "propose"),
    "guardrails": ("inform", "propose", "ask", "never"),
    "allowances": ("ask", "propose", "inform"),
}


@require_safe
@not_at_the_counter
def cell(request: HttpRequest, number: int) -> HttpResponse:
    """One cell of the board: its ladders, and the limits of the rules that make them."""
    seen = get_draft(looking(request), number)
    return _cell_page(request, seen, readable_draft(seen))


def _cell_page(
    request: HttpRequest,
    seen: DraftSeen,
    draft: Open,
    *,
    wrong: tuple[str, LimitForm] | None = None,
    asked: str = "",
) -> HttpResponse:
    told = QueryDict(asked) if asked else request.GET
    charter = draft.charter
    kind = kind_from(charter, told.get("kind", ""))
    column = column_from(charter, told.get("role", ""), told.get("step", ""))
    page = cell_of_draft(draft, kind, column)
    rules = [
        {
            "here": here,
            "form": wrong[1]
            if wrong and wrong[0] == here.rule.id
            else _limit_form(here.rule, here.section, charter),
        }
        for here in page.rules
    ]
    values = around(seen, draft, "board") | {
        "page": page,
        "rules": rules,
        "kind": kind,
        "column": column,
        "scale": scale_of(page, charter.currency),
        "charter": charter,
        "cell": urlencode({"kind": kind, "role": column.role or "", "step": column.step}),
    }
    return render(request, "charters/draft/cell.html", values, status=UNPROCESSABLE if wrong else 200)


def _limit_form(rule: AnyRule, section: str, charter: Charter, data: Any = None) -> LimitForm:  # noqa: ANN401
    level = _level_of(rule)
    words = [*_LEVELS[section], *([] if level in _LEVELS[section] else [level])]
    counts = getattr(rule, "counts", False)
    return LimitForm(
        data,
        currency=charter.currency,
        levels=tuple((word, capital(word)) for word in words),
        needs_limit=section == "allowances" and not counts,
        initial={"level": level, "limit": None if counts else limit_of(rule)},
        prefix=None,
        auto_id=f"id_{rule.id}_%s",
    )


def _level_of(rule: AnyRule) -> str:
    if isinstance(rule, Grant):
        return rule.level.word
    return rule.at_most.word if isinstance(rule, Guardrail) else rule.beyond.word


@require_POST
@not_at_the_counter
def limit(request: HttpRequest, number: int, rule: str) -> HttpResponse:
    """The limit and the level of one rule, changed on the page of a cell."""
    seen = get_draft_to_edit(looking(request), number)
    draft = readable_draft(seen)
    on, charter = revision_on(request, draft)
    held = _own(charter, rule)
    form = _limit_form(held, section_of(held), charter, request.POST)
    if not form.is_valid():
        return _cell_page(request, seen, draft, wrong=(rule, form), asked=_cell_asked(request))
    changed = _with_limit(held, form.cleaned_data["level"], form.cleaned_data["limit"])
    address = f"{reverse('charters:draft-cell', args=[number])}?{_cell_asked(request)}"
    return edited(request, draft, on, lambda known: with_rule(known, changed), address)


def _with_limit(rule: AnyRule, level: str, amount: int | None) -> AnyRule:
    if isinstance(rule, Grant):
        return replace(rule, level=LEVELS_BY_WORD[level], upto=amount)
    if isinstance(rule, Guardrail):
        return replace(rule, at_most=LEVELS_BY_WORD[level], above=amount)
    most = rule.most if rule.counts or amount is None else amount
    return replace(rule, beyond=LEVELS_BY_WORD[level], most=most)


@require_http_methods(["GET", "POST"])
@not_at_the_counter
def rule(request: HttpRequest, number: int, rule: str) -> HttpResponse:
    """One rule: every field of it; duplicated, cut in two, taken out."""
    seen = get_draft_to_edit(looking(request), number)
    draft = readable_draft(seen)
    on, charter = revision_on(request, draft)
    held = _own(charter, rule)
    act = request.POST.get("act", "save")
    if request.method == "POST" and act in _ACTS:
        return _ACTS[act](request, draft, on, held)
    section = section_of(held)
    form = _rule_form(request, charter, section, held)
    if form.is_bound and form.is_valid():
        answer = _kept(request, draft, on, form, rule)
        if answer is not None:
            return answer
    return _rule_page(request, draft, form, held=held)


@require_http_methods(["GET", "POST"])
@not_at_the_counter
def new_rule(request: HttpRequest, number: int, section: str) -> HttpResponse:
    """A rule more."""
    seen = get_draft_to_edit(looking(request), number)
    if section not in SECTIONS:
        raise NotThere("kind of rule")
    draft = readable_draft(seen)
    on, charter = revision_on(request, draft)
    form = _rule_form(request, charter, section, None)
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        words = [*typed["role"][:1], *typed["kind"][:1], SECTIONS[section]]
        answer = _kept(request, draft, on, form, free_id(charter, slugify("-".join(words))[:60] or "rule"))
        if answer is not None:
            return answer
    return _rule_page(request, draft, form, held=None)


def _rule_form(request: HttpRequest, charter: Charter, section: str, held: AnyRule | None) -> RuleForm:
    initial: dict[str, Any] = {}
    if held is None:
        initial = {name: [request.GET[name]] for name in ("role", "kind") if request.GET.get(name)}
    return RuleForm(
        request.POST if request.method == "POST" else None,
        charter=charter,
        section=section,
        roles=roles_here(),
        rule=held,
        initial=initial,
    )


def _kept(request: HttpRequest, draft: Open, on: int, form: RuleForm, identity: str) -> HttpResponse | None:
    """The answer to a form that makes a rule; None, with words in the form, where it makes none."""
    try:
        made = read_rule(form.charter, form.section, form.document_form(identity))
    except RuleProblems as problems:
        form.tell(problems)
        return None
    return edited(request, draft, on, lambda known: with_rule(known, made), _back_of(request, draft.seen))


def _rule_page(request: HttpRequest, draft: Open, form: RuleForm, *, held: AnyRule | None) -> HttpResponse:
    seen = draft.seen
    values = around(seen, draft, "board") | {
        "form": form,
        "rule": held,
        "said": said_rule(form.charter, held) if held is not None else None,
        "section": form.section,
        "noun": SECTIONS[form.section],
        "charter": form.charter,
        "on": number_in(request.POST.get("seen")) or seen.draft.revision,
        "cell": _cell_asked(request),
        "hangs_at": _hangs_at(draft, held),
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "charters/draft/rule.html", values, status=status)


def _hangs_at(draft: Open, held: AnyRule | None) -> str:
    """Where the rule is hung on an objective; "" for one that isn't in force, or of the organisation."""
    team = draft.seen.draft.team
    if held is None or team is None:
        return ""
    in_force = {rule.id for rule in charter_of(team).compiled.charter.all_rules}
    return reverse("charters:rule", args=[team.word, held.id]) if held.id in in_force else ""


def _taken_out(request: HttpRequest, draft: Open, on: int, held: AnyRule) -> HttpResponse:
    return edited(
        request, draft, on, lambda known: without_rule(known, held.id), _back_of(request, draft.seen)
    )


def _duplicated(request: HttpRequest, draft: Open, on: int, held: AnyRule) -> HttpResponse:
    _, charter = revision_on(request, draft)
    copy = replace(held, id=free_id(charter, held.id))
    address = reverse("charters:draft-rule", args=[draft.seen.draft.pk, copy.id])
    return edited(request, draft, on, lambda known: with_rule(known, copy, after=held.id), address)


def _cut(request: HttpRequest, draft: Open, on: int, held: AnyRule) -> HttpResponse:
    """One role and kind get limits of their own."""
    _, charter = revision_on(request, draft)
    role, kind = request.POST.get("role", ""), request.POST.get("kind", "")
    try:
        here, left = apart(charter, held, role, kind)
    except InputError as error:
        raise Refusal(error.code, error.wrong, error.next_step) from None

    def cut(known: Charter) -> Charter:
        whole = without_rule(known, held.id) if not left else known
        last = held.id
        for each in (*left, here):
            whole = with_rule(whole, each, after=last)
            last = each.id
        return whole

    address = reverse("charters:draft-rule", args=[draft.seen.draft.pk, here.id])
    return edited(request, draft, on, cut, address)


_ACTS: dict[str, Callable[[HttpRequest, Open, int, AnyRule], HttpResponse]] = {
    "remove": _taken_out,
    "duplicate": _duplicated,
    "apart": _cut,
}


def _own(charter: Charter, identity: str) -> AnyRule:
    held = rule_of(charter, identity)
    if held is None:
        raise NotThere("rule")
    return held


def _cell_asked(request: HttpRequest) -> str:
    """Which cell somebody came from, as it stands in an address; "" for none."""
    told = request.POST.get("cell") or request.GET.get("cell") or ""
    return told if len(told) <= _LONGEST_ASKED and "\n" not in told else ""


def _back_of(request: HttpRequest, seen: DraftSeen) -> str:
    """Where somebody came from: a cell, or the board."""
    cell_asked = _cell_asked(request)
    if cell_asked:
        return f"{reverse('charters:draft-cell', args=[seen.draft.pk])}?{cell_asked}"
    return reverse("charters:draft", args=[seen.draft.pk])
