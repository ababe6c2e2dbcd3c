"""A charter looked at over what was: everything that can be said, and what can't."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from remit_engine.charter.compiled import CompiledCharter
from remit_engine.charter.document import Charter
from remit_engine.charter.levels import Level
from remit_engine.evidence.what_if import facts, parts
from remit_engine.evidence.what_if.ahead import ahead, weeks_missing
from remit_engine.evidence.what_if.bunching import bunched
from remit_engine.evidence.what_if.choice import choice_of, choice_replayed, grants_to_draw
from remit_engine.evidence.what_if.past import Moves, Past
from remit_engine.evidence.what_if.values import Choice, Looking, NotKnown, WhatIf
from remit_engine.history.replay.result import Levels, Replay
from remit_engine.history.requests.columns import RequestColumns
from remit_engine.modes import Mode


def what_if(
    past: Past,
    after: Replay,
    *,
    charter: CompiledCharter,
    in_force: CompiledCharter | None = None,
    requests: RequestColumns | None = None,
    looking: Looking | None = None,
    levels_of: Callable[[Charter], Levels] | None = None,
) -> WhatIf:
    """What another charter would have meant.

    Args:
        past: what was asked, what everybody could do, and what was answered.
        after: the other charter, replayed over the same requests.
        charter: the other one.
        in_force: the one that it is held against, for limits that are drawn; None where there is none.
        requests: of the past with the facts of the other charter, where they are others.
        looking: how it is looked at.
        levels_of: the levels of the past under another charter, replayed in the same mode; where totals are
            added up anew, limits are drawn by it alone.

    Raises:
        InputError: the replay is of other requests.
    """
    looking, moves = looking or Looking(), Moves(past, after)
    names, segments = parts.segments(moves, looking)
    by_role = parts.roles(moves, looking)
    forecast = ahead(moves, looking)
    requests = past.requests if requests is None else requests
    return WhatIf(
        looking=looking,
        mode=after.mode,
        currency=charter.charter.currency,
        period=facts.period(moves),
        decisions=len(past),
        questions=int((past.levels == Level.ASK).sum()),
        without_amount=int(((past.requests.amount > 0) & (after.amounts == 0)).sum()),
        moved=facts.moved(moves),
        avoided=facts.avoided(moves, looking),
        let_through=facts.let_through(moves),
        added=facts.added(moves),
        stopped=facts.tally(after.amounts, moves.stopped),
        segments=segments,
        segments_by=names,
        roles=by_role.parts,
        roles_together=by_role.together,
        ahead=forecast,
        weeks_missing=0 if forecast else weeks_missing(moves),
        not_known=_not_known(moves, charter, requests),
        told=after.told,
        bunching=bunched(in_force, past) if in_force else (),
        choices=_choices(
            past,
            charter,
            in_force,
            requests,
            looking=looking,
            levels_of=None if after.mode is Mode.AS_RECORDED else levels_of,
        )
        if in_force and (after.mode is Mode.AS_RECORDED or levels_of)
        else (),
    )


def _choices(
    past: Past,
    charter: CompiledCharter,
    in_force: CompiledCharter,
    requests: RequestColumns,
    *,
    looking: Looking,
    levels_of: Callable[[Charter], Levels] | None,
) -> tuple[Choice, ...]:
    of = choice_of if levels_of is None else partial(choice_replayed, levels_of=levels_of)
    drawn = (
        of(charter.charter, grant, past, requests, before=before, confidence=looking.confidence)
        for grant, before in grants_to_draw(in_force.charter, charter.charter)
    )
    return tuple(choice for choice in drawn if choice is not None)


def _not_known(moves: Moves, charter: CompiledCharter, requests: RequestColumns) -> tuple[NotKnown, ...]:
    """What this history can't say about this charter; only what concerns it."""
    widens, narrows = bool(moves.freed.any()), bool((moves.added | moves.stopped).any())
    declared = charter.charter.all_facts
    named = {name for rule in charter.charter.all_rules for name, _ in rule.conditions} & declared.keys()
    missing = any(name not in requests.facts or _never_known(requests, name) for name in named)
    recorded = moves.after.mode is Mode.AS_RECORDED
    totals = recorded and any(
        each.id not in requests.used or bool((requests.used[each.id] < 0).all())
        for each in charter.charter.all_allowances
    )
    proposals = bool((moves.avoided & ~moves.at_once).any())
    concerns = {
        NotKnown.NEVER_ASKED: widens,
        NotKnown.HIGHER_GIFTS: widens,
        NotKnown.CUSTOMERS_LEARN: widens,
        NotKnown.WAS_IT_RIGHT: widens,
        NotKnown.QUEUE: bool(moves.at_once.any()),
        NotKnown.OBJECTIONS: proposals,
        NotKnown.NEW_QUESTIONS: narrows,
        NotKnown.MISSING_FACTS: missing,
        NotKnown.TOTALS_UNKNOWN: totals,
        NotKnown.PATH: not recorded or bool(charter.charter.all_allowances),
    }
    return tuple(each for each, does in concerns.items() if does)


def _never_known(requests: RequestColumns, name: str) -> bool:
    column = requests.facts[name]
    codes = column.codes if hasattr(column, "codes") else column
    return bool((codes < 0).all())
