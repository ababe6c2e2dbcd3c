"""Drafts: their list, their board, sentences and text, what the team says, and what they said before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from remit.charters import actions
from remit.charters.access import (
    DraftSeen,
    drafts_for,
    get_draft,
    get_revision_for,
    organisation_drafts_for,
)
from remit.charters.actions.drafting import Conflicts
from remit.charters.draft_forms import BeginForm, CommentForm, TextForm
from remit.charters.marked import marked_lines
from remit.charters.models import Comment, Draft, Revision
from remit.charters.notices import talk_address
from remit.charters.queries.above import latest_of
from remit.charters.queries.choosing import choices_of
from remit.charters.queries.drafting import Open, board_of_draft, changes_of, opened
from remit.charters.sentences import dated_said, said_rule
from remit.charters.views.reading import CASES_SHOWN
from remit.charters.vocabulary import REVISION_ACTS
from remit.core.errors import Refusal
from remit.core.form_page import UNPROCESSABLE
from remit.core.paging import A_PAGE, paged
from remit.core.sent import number_in, sent_in
from remit.people.access import get_place_for, need_owner
from remit.people.looking import looking
from remit.people.middleware import not_at_the_counter
from remit.people.models import Member, Team
from remit_engine.charter.document import Allowance, Charter, Grant, Guardrail
from remit_engine.charter.editing import rule_of, section_of
from remit_engine.charter.findings import CharterError
from remit_engine.charter.writing import write_charter

_CONFLICT = 409
_DRAFTS = 20
"""On one page of their list."""


@require_http_methods(["GET", "POST"])
@not_at_the_counter
def drafts(request: HttpRequest, team: str) -> HttpResponse:
    """The drafts of a team; begin another one."""
    place = get_place_for(looking(request), team)
    shown = {
        "drafts": drafts_for(place),
        "may_begin": place.is_manager,
        "back": reverse("charters:team", args=[place.team.word]),
    }
    return _list_page(request, place.member, place.team, shown)


@require_http_methods(["GET", "POST"])
@not_at_the_counter
def organisation_drafts(request: HttpRequest) -> HttpResponse:
    """The drafts of the organisation's charter; begin another one."""
    member = looking(request)
    need_owner(member, "change the charter of the organisation")
    shown = {
        "drafts": organisation_drafts_for(member),
        "may_begin": True,
        "back": reverse("charters:charter"),
    }
    return _list_page(request, member, None, shown)


def _list_page(
    request: HttpRequest, member: Member, team: Team | None, shown: dict[str, Any]
) -> HttpResponse:
    form = BeginForm(sent_in(request))
    in_force = latest_of(team)
    if form.is_bound and form.is_valid():
        draft = actions.begin_draft(
            member,
            team,
            in_force.text if in_force else _nothing_yet(team, form.cleaned_data["why"]),
            form.cleaned_data["why"],
            name=form.cleaned_data["name"],
        )
        return redirect("charters:draft", draft.pk)
    shown["drafts"] = Paginator(shown["drafts"], _DRAFTS).get_page(request.GET.get("page"))
    values = shown | {"team": team, "form": form, "in_force": in_force}
    return render(
        request,
        "charters/draft/list.html",
        values,
        status=UNPROCESSABLE if form.is_bound else 200,
    )


def _nothing_yet(team: Team | None, why: str) -> str:
    """The text of a charter without a rule, to begin with."""
    name, currency = (team.name, team.currency) if team else ("Our charter", "EUR")
    return write_charter(Charter(name=name, currency=currency, why=" ".join(why.split())))


def around(seen: DraftSeen, draft: Open, tab: str) -> dict[str, Any]:
    """What stands around every page of a draft."""
    row = seen.draft
    return {
        "seen": seen,
        "draft": row,
        "team": row.team,
        "open": draft,
        "tab": tab,
        "may_edit": seen.may_edit,
        "changes": changes_of(draft),
        "errors": draft.errors,
        "currency": draft.charter.currency if draft.read else "",
        "back": reverse("charters:drafts", args=[row.team.word])
        if row.team
        else reverse("charters:organisation-drafts"),
    }


@require_safe
@not_at_the_counter
def board(request: HttpRequest, number: int) -> HttpResponse:
    """The board of a draft: every cell leads to what makes it."""
    seen = get_draft(looking(request), number)
    draft = opened(seen)
    values = around(seen, draft, "board")
    if draft.read is not None:
        kind = request.GET.get("kind", "")
        shown = board_of_draft(draft, kind)
        is_paged = bool(shown.kinds) and not shown.is_overview
        cases = paged(shown.rows, request.GET.get("cases"), CASES_SHOWN) if is_paged else None
        values |= {
            "shown": shown if cases is None else replace(shown, rows=tuple(cases)),
            "cases": cases,
            "kind": kind,
            "charter": draft.charter,
            "dated": dated_said(draft.charter, draft.day),
        }
    return render(request, "charters/draft/board.html", values)


@require_safe
@not_at_the_counter
def sentences(request: HttpRequest, number: int) -> HttpResponse:
    """The rules of a draft in sentences, a page at a time; `rule` names one whose page is wanted."""
    seen = get_draft(looking(request), number)
    draft = opened(seen)
    values = around(seen, draft, "sentences")
    if draft.read is not None:
        charter = draft.charter
        rules = list(charter.all_rules)
        shown = paged(rules, request.GET.get("page") or _page_of(request.GET.get("rule"), rules))
        sections: dict[str, list[dict[str, Any]]] = {"grants": [], "guardrails": [], "allowances": []}
        for rule in shown:
            is_own = rule_of(charter, rule.id) is not None
            sections[section_of(rule)].append({"said": said_rule(charter, rule), "is_own": is_own})
        values |= {"sections": sections, "charter": charter, "shown": shown}
    return render(request, "charters/draft/sentences.html", values)


def _page_of(wanted: str | None, rules: Sequence[Grant | Guardrail | Allowance]) -> str:
    """The number of the page on which a rule stands; the first one where there is no such rule."""
    place = next((place for place, rule in enumerate(rules) if rule.id == wanted), 0)
    return str(place // A_PAGE + 1)


@require_http_methods(["GET", "POST"])
@not_at_the_counter
def text(request: HttpRequest, number: int) -> HttpResponse:
    """The YAML of a draft."""
    seen = get_draft(looking(request), number)
    if request.method == "GET":
        form = TextForm(initial={"text": seen.draft.text})
        return _text_page(request, seen, form, seen.draft.revision)
    on = number_in(request.POST.get("seen")) or seen.draft.revision
    data = request.POST.copy()
    data["text"] = data.get("text", "").replace("\r\n", "\n")  # as browsers end lines
    form = TextForm(data)
    if not form.is_valid():
        return _text_page(request, seen, form, on, status=UNPROCESSABLE)
    try:
        revision = actions.save_draft(
            seen.member, seen.draft, on, form.cleaned_data["text"], act="text", chosen=chosen_in(request)
        )
    except Conflicts as conflicts:
        return conflict_page(request, seen, conflicts)
    except CharterError as error:
        return _text_page(request, seen, form, on, status=UNPROCESSABLE, error=error)
    return saved(request, seen.draft, revision, reverse("charters:draft-text", args=[number]))


def _text_page(
    request: HttpRequest,
    seen: DraftSeen,
    form: TextForm,
    on: int,
    *,
    status: int = 200,
    error: CharterError | None = None,
) -> HttpResponse:
    draft = opened(seen)
    values = around(seen, draft, "text") | {"form": form, "on": on}
    findings = error.findings if error else draft.errors
    typed = str(form["text"].value() or "")
    values["findings"] = findings
    values["marked"] = marked_lines(typed, findings)
    if error is not None:
        form.add_error("text", "It isn’t kept yet: mend what stands above first.")
    return render(request, "charters/draft/text.html", values, status=status)


def saved(request: HttpRequest, before: Draft, revision: Revision, address: str) -> HttpResponse:
    """The answer to an edit: it was kept, or changed nothing of what the draft said before."""
    if revision.number == before.revision:
        messages.info(request, "Nothing was changed: the draft says that already.")
        return redirect(address)
    said = f"Kept as revision {revision.number}."
    messages.success(request, f"{said} {revision.said}".strip())
    return redirect(address)


def chosen_in(request: HttpRequest) -> dict[str, str]:
    """What was chosen where two people changed the same, by the mark of each."""
    return {
        name.removeprefix("choose-"): str(value)
        for name, value in request.POST.items()
        if name.startswith("choose-")
    }


def conflict_page(request: HttpRequest, seen: DraftSeen, conflicts: Conflicts) -> HttpResponse:
    """Both sides beside each other; what was typed goes along, so that a choice is enough."""
    draft = opened(seen)
    kept = [
        (name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken" and not name.startswith("choose-")
        for value in values
    ]
    chosen = chosen_in(request)
    values = around(seen, draft, "") | {
        "choices": choices_of(conflicts.conflicts, draft.charter),
        "problem": conflicts.problem,
        "theirs": conflicts.theirs,
        "kept": kept,
        "earlier": list(chosen.items()),
        "forward": request.resolver_match is not None and request.resolver_match.url_name == "draft-forward",
    }
    return render(request, "charters/draft/conflict.html", values, status=_CONFLICT)


@require_http_methods(["GET", "POST"])
@not_at_the_counter
def talk(request: HttpRequest, number: int) -> HttpResponse:
    """What the team thinks of a draft, the newest first; `comment` names one whose page is wanted."""
    seen = get_draft(looking(request), number)
    form = CommentForm(sent_in(request), initial={"rule": request.GET.get("rule", "")})
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        comment = actions.comment_on(seen.member, seen.draft, typed["comment"], rule=typed["rule"])
        return redirect(talk_address(number, comment.pk))
    rows = seen.draft.comments.select_related("made_by", "settled_by").order_by("-made_at", "-pk")
    wanted = number_in(request.GET.get("comment"))
    comments = paged(rows, request.GET.get("page") or (_page_of_comment(rows, wanted) if wanted else None))
    values = around(seen, opened(seen), "talk") | {"form": form, "comments": comments}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "charters/draft/talk.html", values, status=status)


def _page_of_comment(rows: QuerySet[Comment], wanted: int) -> str | None:
    """The number of the page on which a comment stands; the first one where there is no such comment."""
    there = rows.filter(pk=wanted).first()
    if there is None:
        return None
    newer = rows.filter(Q(made_at__gt=there.made_at) | Q(made_at=there.made_at, pk__gt=wanted))
    return str(newer.count() // A_PAGE + 1)


@require_POST
@not_at_the_counter
def settle(request: HttpRequest, number: int, comment: int) -> HttpResponse:
    """A comment was taken into account, or answered."""
    seen = get_draft(looking(request), number)
    actions.settle_comment(seen.member, seen.draft, comment)
    return redirect(talk_address(number, comment))


@require_safe
@not_at_the_counter
def revisions(request: HttpRequest, number: int) -> HttpResponse:
    """Every revision of a draft, the latest first."""
    seen = get_draft(looking(request), number)
    rows = seen.draft.revisions.select_related("made_by").defer("text").order_by("-number")
    shown = paged(rows, request.GET.get("page"))
    values = around(seen, opened(seen), "revisions") | {"revisions": shown, "acts": REVISION_ACTS}
    return render(request, "charters/draft/revisions.html", values)


@require_http_methods(["GET", "POST"])
@not_at_the_counter
def revision(request: HttpRequest, number: int, revision: int) -> HttpResponse:
    """One revision: its text, and going back to it."""
    seen = get_draft(looking(request), number)
    row = get_revision_for(seen, revision)
    if request.method == "POST":
        kept = actions.restore_revision(seen.member, seen.draft, row.number)
        return saved(request, seen.draft, kept, reverse("charters:draft", args=[number]))
    values = around(seen, opened(seen), "revisions") | {
        "row": row,
        "lines": row.text.splitlines(),
        "act": REVISION_ACTS.get(row.act, ""),
    }
    return render(request, "charters/draft/revision.html", values)


@require_http_methods(["GET", "POST"])
@not_at_the_counter
def forward(request: HttpRequest, number: int) -> HttpResponse:
    """Bring a draft onto the version that came into force meanwhile."""
    seen = get_draft(looking(request), number)
    if request.method == "POST":
        try:
            row = actions.bring_forward(seen.member, seen.draft, chosen=chosen_in(request))
        except Conflicts as conflicts:
            return conflict_page(request, seen, conflicts)
        except CharterError as error:
            raise Refusal(
                "charter-has-mistakes", str(error.findings[0]), "Mend it in the text first."
            ) from None
        on = row.base.number if row.base else 0
        messages.success(request, f"The draft stands on version {on} now.")
        return redirect("charters:draft", number)
    draft = opened(seen)
    values = around(seen, draft, "") | {"old": draft.base, "new": draft.in_force}
    return render(request, "charters/draft/forward.html", values)


@require_http_methods(["GET", "POST"])
@not_at_the_counter
def about(request: HttpRequest, number: int) -> HttpResponse:
    """What a draft is called and for; asking the team; putting it away."""
    seen = get_draft(looking(request), number)
    act = request.POST.get("act", "named")
    if request.method == "POST" and act == "share":
        actions.share_draft(seen.member, seen.draft)
        messages.success(request, "The team can read it now, and was told.")
        return redirect("charters:draft-about", number)
    if request.method == "POST" and act == "away":
        actions.put_away(seen.member, seen.draft)
        messages.info(request, "Put away. Nothing has changed in what is in force.")
        team = seen.draft.team
        return redirect("charters:drafts", team.word) if team else redirect("charters:organisation-drafts")
    form = BeginForm(sent_in(request), initial={"name": seen.draft.name, "why": seen.draft.why})
    if form.is_bound and form.is_valid():
        actions.name_draft(seen.member, seen.draft, **form.cleaned_data)
        return redirect("charters:draft", number)
    values = around(seen, opened(seen), "about") | {"form": form}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "charters/draft/about.html", values, status=status)
