"""The list of complaints: what somebody sees, page by page, from an index at any size."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from django.db.models import (
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Concat

from remit.approvals.models import Approval
from remit.complaints.access import complaints_for
from remit.complaints.filters import NOBODY, Filters, Tab
from remit.complaints.models import Complaint, Decision, Tag
from remit.complaints.near_lines import marked_for
from remit.complaints.queries.beside_list import MOST_COUNTED, SOON, condition_of, counts_for
from remit.complaints.queries.search import Reach, Search
from remit.core.clock import now
from remit.people.access import teams_for
from remit.people.models import Member, Team

PAGE: Final = 50
_SHOWN: Final = (
    *("number", "title", "severity", "channel", "category", "team", "last_at", "due_at", "closed_at"),
    *("customer__name", "assignee__name"),
)
"""What the list shows of a complaint; the rest isn't read."""
_LAST_OF_ALL: Final = datetime(9999, 1, 1, tzinfo=UTC)
_EXPORTED_AT_ONCE: Final = 500
_FEW: Final = 2000
"""So many complaints with a tag are put in order sooner than all are looked through for the newest."""
_MARKS: Final = Tag.complaints.through.objects
"""Which complaint has which tag."""
_Taken = Callable[[QuerySet[Complaint]], QuerySet[Complaint]]
"""Says what of complaints is read."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the list.

    Attributes:
        rows: complaints with team, customer, assignee and tags at hand; `waits` says that a question is open.
        teams: that the member sees.
        after: where the next page begins; "" on the last. In a search a short page may have a next one.
        search: what was looked for.
        counts: complaints of the tabs that are counted.
        newest: the highest number that the member sees now.
    """

    rows: Sequence[Complaint]
    teams: list[Team]
    after: str
    search: Search
    counts: dict[Tab, int]
    newest: int


def listed(member: Member, filters: Filters) -> Listed:
    """A page of what somebody sees, with what stands around it."""
    teams = list(teams_for(member))
    rows, after = _rows(member, teams, filters, PAGE, _as_shown)
    here = {team.pk: team for team in teams}
    for row in rows:
        row.team = here[row.team_id]
    counts, newest = counts_for(member)
    return Listed(rows, teams, after, Search(filters.q), counts, newest)


def _as_shown(rows: QuerySet[Complaint]) -> QuerySet[Complaint]:
    # The first of each rather than whether there are any: for that PostgreSQL would read all open questions.
    asked = Approval.objects.filter(subject=_subject(OuterRef("number")), ended_at=None).order_by()
    return (
        rows.select_related("customer", "assignee")
        .prefetch_related("tags")
        .only(*_SHOWN)
        .annotate(waits=Subquery(asked.values("pk")[:1]))
    )


def newer_than(member: Member, number: int) -> int:
    """How many complaints came in since one of this number, at most a hundred."""
    return complaints_for(member).filter(number__gt=number)[:MOST_COUNTED].count()


def all_listed(member: Member, filters: Filters) -> Iterator[Complaint]:
    """Everything that the filters leave, page by page, however much it is."""
    teams = list(teams_for(member))
    while True:
        rows, after = _rows(member, teams, filters, _EXPORTED_AT_ONCE, _as_exported)
        yield from rows
        if not after:
            return
        filters = filters.changed(after=after)


def _as_exported(rows: QuerySet[Complaint]) -> QuerySet[Complaint]:
    return rows.select_related("team", "customer", "order", "assignee").prefetch_related("tags")


def _rows(
    member: Member, teams: list[Team], filters: Filters, most: int, taken: _Taken
) -> tuple[list[Complaint], str]:
    """The rows of a page, and where the next one begins; "" on the last."""
    if filters.q:
        return _found(member, teams, filters, most, taken)
    rows = list(taken(_page(member, teams, filters, most + 1)))
    return rows[:most], _cursor(rows[most - 1], filters.tab) if len(rows) > most else ""


def _found(
    member: Member, teams: list[Team], filters: Filters, most: int, taken: _Taken
) -> tuple[list[Complaint], str]:
    """What fits the words that are looked for, the newest first: near ones, and only then from afar.

    Where even that doesn't fill a page, the next one goes on where the reach ended: the page may be short.
    """
    search = Search(filters.q)
    if search.is_too_short or not filters.q.strip():
        return [], ""
    before = int(filters.after) if _is_number(filters.after) else None
    chosen = _chosen(teams, filters)
    narrowed = _tagged(_within_days(_narrowed(member, chosen, filters), chosen, filters), filters)
    narrowed = narrowed.filter(team__in=[team.pk for team in chosen])
    if before is not None:
        narrowed = narrowed.filter(pk__lt=before)
    found: list[int] = []
    end: int | None = None
    for reach in Reach:
        newest = search.newest(reach, before)
        if len(newest.keys) <= most and reach is Reach.NEAR and not newest.is_whole:
            continue  # too few for a page, whatever the filters leave of them
        hits = narrowed.filter(newest.among()).order_by("-pk")
        found = list(hits.values_list("pk", flat=True)[: most + 1])
        end = found[most - 1] if len(found) > most else newest.end
        if len(found) > most or newest.is_whole:
            break
    rows = taken(Complaint.objects.filter(pk__in=found[:most]).order_by("-pk"))
    return list(rows), "" if end is None else str(end)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 18  # noqa: PLR2004


def _chosen(teams: list[Team], filters: Filters) -> list[Team]:
    return [team for team in teams if not filters.team or team.word == filters.team]


def _page(member: Member, teams: list[Team], filters: Filters, most: int) -> QuerySet[Complaint]:
    """The first rows from where the page begins.

    Where teams are many, the first rows of each are read from its index, and the first of them all taken;
    but not of what is rare anyway, and would be looked for once for each of them.
    """
    chosen = _chosen(teams, filters)
    narrowed = _from_cursor(_narrowed(member, chosen, filters), filters)
    order = _order(filters.tab)
    if filters.look or filters.tab in {Tab.MINE, Tab.WAITING}:
        here = _within_days(narrowed, chosen, filters).filter(team__in=[team.pk for team in chosen])
        return _tagged(here, filters).order_by(*order)[:most]
    firsts = [
        _within_days(narrowed.filter(marked, team=team), [team], filters).order_by(*order)[:most]
        for team, marked in _marked(chosen, filters)
    ]
    if len(firsts) <= 1:
        return firsts[0] if firsts else Complaint.objects.none()
    found = Complaint.objects.none().union(
        *(Complaint.objects.filter(pk__in=each.values("pk")).values("pk") for each in firsts), all=True
    )
    return Complaint.objects.filter(pk__in=found.values("pk")).order_by(*order)[:most]


def _narrowed(member: Member, teams: list[Team], filters: Filters) -> QuerySet[Complaint]:
    rows = _of_tab(member, teams, filters.tab)
    exact = {"category": filters.category, "severity": filters.severity, "channel": filters.channel}
    rows = rows.filter(**{field: value for field, value in exact.items() if value})
    if filters.assignee == NOBODY:
        rows = rows.filter(assignee=None)
    elif filters.assignee:
        rows = rows.filter(assignee__word=filters.assignee)
    if filters.look:
        rows = rows.filter(pk__in=marked_for(member, teams).values("complaint"))
    return rows


def _tagged(rows: QuerySet[Complaint], filters: Filters) -> QuerySet[Complaint]:
    """Those with the tag that is asked for, of few rows: each is looked at."""
    if not filters.tag:
        return rows
    marks = _MARKS.filter(complaint=OuterRef("pk"), tag__word=filters.tag, tag__team=OuterRef("team"))
    return rows.filter(Exists(marks))


def _marked(teams: list[Team], filters: Filters) -> Iterator[tuple[Team, Q]]:
    """The teams whose complaints may have the tag that is asked for, and which of theirs have it.

    What few have is read from the tag; what many have is soon met among the newest, and all of it would have
    to be put in order.
    """
    if not filters.tag:
        yield from ((team, Q()) for team in teams)
        return
    beyond = _MARKS.filter(tag=OuterRef("pk")).order_by("pk").values("pk")[_FEW : _FEW + 1]
    tags = Tag.objects.filter(word=filters.tag, team__in=teams).annotate(beyond=Subquery(beyond))
    here = {tag.team_id: tag for tag in tags}
    for team in teams:
        if tag := here.get(team.pk):
            marks = _MARKS.filter(tag=tag)
            is_of_few = tag.beyond is None
            here_too = marks.filter(complaint=OuterRef("pk"))
            yield team, Q(pk__in=marks.values("complaint")) if is_of_few else Q(Exists(here_too))


def _within_days(rows: QuerySet[Complaint], teams: list[Team], filters: Filters) -> QuerySet[Complaint]:
    """What was opened on the days that are asked for, by the wall clocks of these teams."""
    for moment, sign in ((filters.since, "gte"), (filters.until, "lt")):
        if moment is not None:
            rows = rows.filter(_on_the_wall(teams, moment + timedelta(days=sign == "lt"), sign))
    return rows


def _of_tab(member: Member, teams: list[Team], tab: Tab) -> QuerySet[Complaint]:
    if tab is Tab.WAITING:
        asked = Decision.objects.filter(approval__team__in=teams, approval__ended_at=None)
        return Complaint.objects.filter(closed_at=None, pk__in=asked.values("complaint"))
    return Complaint.objects.filter(condition_of(tab, member, now() + SOON))


def _order(tab: Tab) -> tuple[Any, ...]:
    if tab is Tab.DUE:
        return ("due_at", "id")
    if tab is Tab.MINE:
        return (F("due_at").asc(nulls_last=True), "id")
    return ("-last_at", "-id")


def _cursor(row: Complaint, tab: Tab) -> str:
    """Where the page after this row begins."""
    moment = (row.due_at or _LAST_OF_ALL) if tab in {Tab.DUE, Tab.MINE} else row.last_at
    return f"{moment.isoformat()}~{row.pk}"


def _from_cursor(rows: QuerySet[Complaint], filters: Filters) -> QuerySet[Complaint]:
    text, _, number = filters.after.partition("~")
    try:
        moment, last = datetime.fromisoformat(text), int(number)
    except ValueError:
        return rows
    if moment.tzinfo is None:
        return rows
    if filters.tab in {Tab.DUE, Tab.MINE}:
        if moment == _LAST_OF_ALL:
            return rows.filter(due_at=None, pk__gt=last)
        later = Q(due_at__gt=moment) | Q(due_at=moment, pk__gt=last)
        return rows.filter(later | Q(due_at=None) if filters.tab is Tab.MINE else later)
    return rows.filter(last_at__lte=moment).exclude(last_at=moment, pk__gte=last)


def _on_the_wall(teams: list[Team], day: date, sign: str) -> Q:
    """Opened from, or before, the beginning of a day by the wall clock of each team."""
    found = Q(pk__in=())
    for zone in {team.time_zone for team in teams}:
        there = [team.pk for team in teams if team.time_zone == zone]
        moment = datetime.combine(day, time(), tzinfo=next(t.zone for t in teams if t.time_zone == zone))
        found |= Q(**{"team__in": there, f"opened_at__{sign}": moment})
    return found


def _subject(number: str | OuterRef) -> Concat:
    """How approvals name a complaint of this number."""
    return Concat(Value("complaint:"), Cast(number, CharField()))
