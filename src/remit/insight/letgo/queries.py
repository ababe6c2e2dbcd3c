"""Reads of the pages about letting go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Case, When

from remit.approvals.access import approvals_for
from remit.approvals.models import Approval
from remit.approvals.vocabulary import End
from remit.charters.in_force import InForce
from remit.core.clock import today
from remit.findings.access import let_go_for, taken_for, worth_a_look_for
from remit.findings.models import Behind, Dismissal, Finding, Taken, Window
from remit.insight.hold_on.words import title_of as title_of_worth
from remit.insight.letgo.trials import title_of
from remit.insight.letgo.words import Card, card_of
from remit.people.access import Place
from remit.people.models import Member, Team
from remit_engine.evidence.letgo.values import Verdict

A_PAGE: Final = 25
MOST_WORTH: Final = 50
_ORDER: Final = (Verdict.LET_GO, Verdict.NOT_YET, Verdict.NO)


def cards_of(place: Place, window: Window, in_force: InForce) -> list[Card]:
    """Every segment of a team: what could be let go first, the largest first; what was left last of those."""
    findings = list(let_go_for(place).filter(window=window))
    left = {
        each.finding_id: each
        for each in Dismissal.objects.filter(finding__in=findings, ended_at=None).select_related("by")
    }
    taken: dict[int, list[Taken]] = {}
    for row in taken_for(place).filter(finding__in=findings, draft__ended_at=None):
        taken.setdefault(row.finding_id, []).append(row)
    cards = [
        card_of(
            finding,
            window,
            in_force,
            dismissed=left.get(finding.pk),
            taken=taken.get(finding.pk, ()),
        )
        for finding in findings
    ]
    return sorted(cards, key=_order)


def card_for(place: Place, finding: Finding, window: Window, in_force: InForce) -> Card:
    """One of them, with what was made of it."""
    left = Dismissal.objects.filter(finding=finding, ended_at=None).select_related("by").first()
    taken = list(taken_for(place).filter(finding=finding, draft__ended_at=None))
    return card_of(finding, window, in_force, dismissed=left, taken=taken)


@dataclass(frozen=True, slots=True)
class OnTrial:
    """A trial as the list shows it.

    Attributes:
        taken: its row.
        title: what is tried.
        is_over: its last day is past, and somebody has to say what becomes of it.
    """

    taken: Taken
    title: str
    is_over: bool


def trials_of(place: Place, in_force: InForce) -> list[OnTrial]:
    """What is in the charter as a trial, running or over, with nothing made of it yet: the newest first."""
    grants = {grant.id for grant in in_force.compiled.charter.grants}
    day, currency = today(place.team.time_zone), in_force.compiled.charter.currency
    rows = taken_for(place).filter(until__isnull=False, rule__in=grants)
    followed = {row.trial_id for row in rows if row.trial_id is not None}
    return [
        OnTrial(row, title_of(row, currency), row.until is not None and row.until < day)
        for row in rows
        if row.pk not in followed and row.draft.ended_at is not None
    ]


@dataclass(frozen=True, slots=True)
class Worth:
    """Something that is worth a look, as a list shows it."""

    finding: Finding
    title: str
    is_mine: bool


def lines_for(member: Member, team: Team | None = None) -> list[Worth]:
    """What is worth a look and still open, as far as somebody sees it: what concerns themselves first.

    At most `MOST_WORTH`; what is left follows when these were looked into.

    Args:
        member: who looks.
        team: of this one alone; None for all.
    """
    of_others = Case(When(member=member, then=0), default=1)
    rows = worth_a_look_for(member).filter(ended_at=None).annotate(of_others=of_others)
    rows = rows.order_by("of_others", "-found_at", "-pk")
    rows = rows if team is None else rows.filter(team=team)
    return [Worth(row, title_of_worth(row, member), row.member_id == member.pk) for row in rows[:MOST_WORTH]]


def _order(card: Card) -> tuple[int, bool, int, str]:
    saved = card.segment.saved
    size = saved.approvals if saved is not None else card.segment.counts.asked
    return _ORDER.index(card.segment.verdict), card.dismissed is not None, -size, card.title


@dataclass(frozen=True, slots=True)
class Line:
    """An answer, and how its tag looks: `good` for a plain yes, else `near`."""

    approval: Approval

    @property
    def tag(self) -> str:
        """How its tag looks."""
        return "good" if self.approval.ending.how in {End.YES, End.YES_FROM_NOW_ON} else "near"


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the answers behind a finding, the newest first.

    Attributes:
        rows: approvals with their endings.
        number: of this page, from 1.
        pages: how many there are.
        of: how many answers there are in all.
        kept: how many of them can be paged through.
    """

    rows: Sequence[Line]
    number: int
    pages: int
    of: int
    kept: int

    @property
    def before(self) -> int | None:
        """The page before; None on the first one."""
        return self.number - 1 if self.number > 1 else None

    @property
    def after(self) -> int | None:
        """The page after; None on the last one."""
        return self.number + 1 if self.number < self.pages else None


def answers_behind(place: Place, finding: Finding, number: int) -> Page:
    """The answers that a finding rests on, as far as somebody may see them."""
    behind = Behind.objects.filter(finding=finding).first()
    numbers: list[int] = list(reversed(behind.numbers)) if behind is not None else []
    pages = max(1, -(-len(numbers) // A_PAGE))
    at = min(max(number, 1), pages)
    shown = numbers[(at - 1) * A_PAGE : at * A_PAGE]
    found = {
        row.pk: row
        for row in approvals_for(place.member)
        .filter(pk__in=shown, team=place.team)
        .select_related("ending__by", "decision__complaint")
    }
    rows = [Line(found[each]) for each in shown if each in found]
    return Page(rows, at, pages, behind.of if behind is not None else 0, len(numbers))
