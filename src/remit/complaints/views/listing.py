"""The list of complaints, and what is done with many of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from remit.complaints.actions.bulk import Act, Outcome, Wanted, act_on_many
from remit.complaints.actions.exporting import exported
from remit.complaints.actions.saved_views import forget_view, keep_view
from remit.complaints.filters import NOBODY, TAB_WORDS, TOGETHER, Filters, Tab
from remit.complaints.near_lines import WHY
from remit.complaints.queries.beside_list import MOST_COUNTED, choices_for
from remit.complaints.queries.choices import categories_of
from remit.complaints.queries.exporting import HEADER, cells_of
from remit.complaints.queries.listing import Listed, all_listed, listed, newer_than
from remit.complaints.vocabulary import Channel, CloseReason, Severity
from remit.core.errors import Refusal
from remit.core.form_page import UNPROCESSABLE
from remit.core.tables import as_csv
from remit.people.looking import looking
from remit.people.middleware import not_at_the_counter
from remit.people.models import Member


@require_GET
def complaints_list(request: HttpRequest) -> HttpResponse:
    """The complaints of one's teams: tabs, filters, search."""
    return _list_page(request, looking(request), Filters.of(request.GET))


@require_GET
def new_ones(request: HttpRequest) -> HttpResponse:
    """A line that says how many came in since the page was made; a part of the page."""
    since = request.GET.get("since", "")
    number = int(since) if since.isdecimal() and len(since) < 10 else 0  # noqa: PLR2004
    count = newer_than(looking(request), number)
    context = {"new": count, "many": count >= MOST_COUNTED, "address": _address(Filters.of(request.GET))}
    return render(request, "complaints/list/new_ones.html", context)


@require_POST
def many(request: HttpRequest) -> HttpResponse:
    """One act on the complaints that are ticked; says with how many it was done, and why not with others."""
    member = looking(request)
    filters = Filters.of(_query_of(request))
    numbers = [int(each) for each in request.POST.getlist("number") if each.isdecimal() and len(each) < 10]  # noqa: PLR2004
    try:
        outcome = act_on_many(member, numbers, _wanted(request))
    except Refusal as refusal:
        typed: dict[str, str] = {
            name: request.POST.get(name, "")
            for name in ("receiver", "give_why", "tag", "reason", "close_why")
        }
        return _list_page(
            request,
            member,
            filters,
            status=UNPROCESSABLE,
            problem=str(refusal),
            chosen=set(numbers),
            typed=typed,
        )
    if not outcome.left:
        messages.success(request, _in_words(outcome))
        return HttpResponseRedirect(_address(filters))
    return _list_page(
        request, member, filters, outcome=outcome, chosen={each.number for each, _ in outcome.left}
    )


@require_POST
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep the filters under a name."""
    filters = Filters.of(_query_of(request))
    try:
        view = keep_view(looking(request), request.POST.get("title", ""), filters.query)
    except Refusal as refusal:
        return _list_page(request, looking(request), filters, status=UNPROCESSABLE, problem=str(refusal))
    messages.success(request, f"“{view.title}” is kept.")
    return HttpResponseRedirect(_address(filters))


@require_POST
def drop_view(request: HttpRequest, view: int) -> HttpResponse:
    """Forget a view."""
    forget_view(looking(request), view)
    return HttpResponseRedirect(reverse("complaints:list"))


@require_GET
@not_at_the_counter
def export(request: HttpRequest) -> StreamingHttpResponse:
    """What is seen, as a CSV file, row by row."""
    member = looking(request)
    filters = Filters.of(request.GET).without_page
    exported(member, filters.query)
    return as_csv("complaints.csv", HEADER, (cells_of(each) for each in all_listed(member, filters)))


def _list_page(
    request: HttpRequest,
    member: Member,
    filters: Filters,
    *,
    status: int = 200,
    **extra: Any,  # noqa: ANN401
) -> HttpResponse:
    page = listed(member, filters)
    team = next((each for each in page.teams if len(page.teams) == 1 or each.word == filters.team), None)
    categories = categories_of(team) if team else sorted({row.category for row in page.rows if row.category})
    choices = choices_for(member)
    context = {
        "page": page,
        "filters": filters,
        "tabs": _tabs(filters, page),
        "categories": categories,
        "colleagues": choices.colleagues,
        "severities": Severity.choices,
        "channels": Channel.choices,
        "reasons": CloseReason.choices,
        "nobody": NOBODY,
        "views": choices.views,
        "tags": choices.tags,
        "narrowing": [
            (name, words, _address(filters.changed(**{name: None if name in {"since", "until"} else ""})))
            for name, words in filters.narrowing
        ],
        "next_address": _address(filters.changed(after=page.after)) if page.after else "",
        "first_address": _address(filters.without_page) if filters.after else "",
        "is_first_use": not page.newest,
        "together_address": _address(Filters(tab=Tab.ALL, team=filters.team, look=TOGETHER)),
        "why_together": WHY,
        "here": filters.query,
    } | extra
    return render(request, "complaints/list/list.html", context, status=status)


def _tabs(filters: Filters, page: Listed) -> list[dict[str, Any]]:
    """The tabs with where they lead; the words that are looked for stay, the page doesn't."""
    return [
        {
            "words": words,
            "address": _tab_address(filters, tab),
            "is_current": tab is filters.tab,
            "count": page.counts.get(tab),
            "is_many": page.counts.get(tab, 0) >= MOST_COUNTED,
            "tab": tab.value,
        }
        for tab, words in TAB_WORDS.items()
    ]


def _tab_address(filters: Filters, tab: Tab) -> str:
    return _address(filters.changed(tab=tab))


def _address(filters: Filters) -> str:
    return f"{reverse('complaints:list')}?{filters.query}" if filters.query else reverse("complaints:list")


def _query_of(request: HttpRequest) -> Any:  # noqa: ANN401
    """The filters that a form on the list carries along."""
    return type(request.GET)(request.POST.get("here", "")[:500])


def _wanted(request: HttpRequest) -> Wanted:
    """What is to be done with those that are ticked.

    Raises:
        Refusal: nothing was said, or somebody who isn't there was chosen.
    """
    said = request.POST
    try:
        act = Act(said.get("act", ""))
    except ValueError:
        raise Refusal("no-act", "Nothing was chosen to be done.", "Choose what to do with them.") from None
    receiver = Member.objects.filter(word=said["receiver"]).first() if said.get("receiver") else None
    reason = said.get("reason", "")
    why = said.get("give_why" if act is Act.GIVE else "close_why", "").strip()
    return Wanted(act, receiver, why, said.get("tag", ""), reason)


def _in_words(outcome: Outcome) -> str:
    done = len(outcome.done)
    return f"{done} done." if done != 1 else f"{outcome.done[0].said} is done."
