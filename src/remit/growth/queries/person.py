"""One person's page: of oneself everything, of others what the organisation lets a manager see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from remit.charters.queries.board import Board, Column, Row, board_of
from remit.core.clock import today
from remit.core.errors import NotThere
from remit.growth.access import figures, limit_of
from remit.growth.models import Proposal, Remark, StepChange, Wish
from remit.growth.notices import last_day_of
from remit.growth.queries.around import Around, around
from remit.growth.queries.evidence import is_trusted, next_step
from remit.growth.queries.meter import SHOWN, Reviewed, reviewed
from remit.growth.vocabulary import Figures
from remit.people.access import Place
from remit.people.models import Membership, Team
from remit_engine.charter.compiled import CompiledCharter
from remit_engine.charter.document import Step


@dataclass(frozen=True, slots=True)
class Grown:
    """One change of a step, with its last day where it has one."""

    change: StepChange
    last_day: date | None


@dataclass(frozen=True, slots=True)
class GrowthPage:
    """What is shown about one person in one team.

    Attributes:
        membership: whose.
        steps: of the charter, from the first up; empty where it names none.
        held: the step held; None for none.
        until: its last day, where it rests on trust.
        target: the next step that may be reached.
        above: the steps that may be given; to a software agent none beyond its limit.
        board: ladders of now beside those of the next step; None without a charter.
        opens_more: whether the next step changes a ladder of theirs; True where there is none.
        reviewed: None where whoever looks may not see it.
        proposal: the open one, where they may see it; with the wait that runs.
        wish: the open one.
        answered: wishes of before.
        grown: changes of the step, the newest first.
        limit: how far a software agent may grow; "" for people.
        figures: who sees what reviews say.
    """

    membership: Membership
    steps: Sequence[Step]
    held: Step | None
    until: date | None
    target: Step | None
    above: Sequence[Step]
    board: Board | None
    opens_more: bool
    reviewed: Reviewed | None
    proposal: Proposal | None
    wait: Remark | None
    wish: Wish | None
    answered: Sequence[Wish]
    grown: Sequence[Grown]
    limit: str
    figures: Figures


def page_of(place: Place, word: str) -> GrowthPage:
    """What somebody sees about themselves, or a manager about one of their team.

    Args:
        place: of whoever looks.
        word: of the member whose page it is.

    Raises:
        NotThere: nobody of that word is there, or it isn't theirs to see.
    """
    is_own = word == place.member.word
    if not is_own and not place.is_manager:
        raise NotThere("member")
    chosen = figures()
    team = around(place.team)
    membership = team.membership_of(word)
    compiled = team.compiled
    changes = team.changes.get(membership.pk, [])
    steps = compiled.charter.all_steps if compiled else ()
    names = [step.name for step in steps]
    place_held = names.index(membership.step) if membership.step in names else -1
    trusted = is_trusted(membership)
    proposal = team.open_proposal(membership, is_own=is_own)
    may_see = (
        membership.member.is_software or chosen is Figures.MANAGERS or (is_own and chosen is not Figures.OFF)
    )
    # The newest ones; the open one is among them, as nobody asks again before it is answered.
    wishes = list(membership.step_wishes.select_related("answered_by")[: SHOWN + 1])
    target = next_step(compiled.charter, membership.step, is_trusted=trusted) if compiled else None
    limit = limit_of(membership) if membership.member.is_software else ""
    highest = len(steps) if not limit else names.index(limit) + 1 if limit in names else 0
    board = _board(place, membership, target, compiled) if compiled else None
    return GrowthPage(
        membership=membership,
        steps=steps,
        held=steps[place_held] if place_held >= 0 else None,
        until=last_day_held(changes) if trusted else None,
        target=target,
        above=steps[max(place_held + (not trusted), 0) : highest],
        board=board,
        opens_more=board is None or any(_differs(row) for row in board.rows) or len(board.columns) == 1,
        reviewed=_reviewed(team, membership, with_reviews=is_own) if may_see else None,
        proposal=proposal,
        wait=wait_of(proposal, place.team),
        wish=next((each for each in wishes if each.answered_at is None), None),
        answered=[each for each in wishes if each.answered_at is not None][:SHOWN],
        grown=[Grown(each, last_day_of(each) if each.until else None) for each in changes[:SHOWN]],
        limit=limit,
        figures=chosen,
    )


def _reviewed(team: Around, membership: Membership, *, with_reviews: bool) -> Reviewed | None:
    everybody = team.evidence()
    if membership.pk not in everybody:
        return None
    mine, reviews = everybody.pop(membership.pk)
    others = [found.record for found, _ in everybody.values()]
    return reviewed(mine, others, reviews if with_reviews else [])


def _board(place: Place, membership: Membership, target: Step | None, compiled: CompiledCharter) -> Board:
    role = membership.role.word
    columns = [Column(role, membership.step, is_mine=membership.member_id == place.member.pk)]
    if target is not None and target.name != membership.step:
        columns.append(Column(role, target.name))
    return board_of(
        compiled,
        today(place.team.time_zone),
        place.team.word,
        columns=columns,
    )


def _differs(row: Row) -> bool:
    return len({cell.rungs for cell in row.cells}) > 1


def wait_of(proposal: Proposal | None, team: Team) -> Remark | None:
    """The wait that runs, of a proposal with its waits at hand; the newest one holds."""
    newest = next(reversed(proposal.waits), None) if proposal else None
    return newest if newest and newest.until and newest.until > today(team.time_zone) else None


def last_day_held(changes: Sequence[StepChange]) -> date | None:
    """The last day of the step that the newest change gave; None where it has no end."""
    newest = next(iter(changes), None)
    return last_day_of(newest) if newest is not None and newest.until else None
