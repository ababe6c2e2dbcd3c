"""Asking the charter: what somebody might do about a request that they think up; nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from remit.charters.facts import delegations_in, lent_among
from remit.charters.in_force import InForce
from remit.charters.queries.lent import capped
from remit.charters.what_was_used import used
from remit.core.clock import today
from remit.people.access import Place
from remit.people.facts import people_of, person_of
from remit.people.models import Member
from remit_engine.charter.approval import consequences
from remit_engine.charter.document import Charter
from remit_engine.charter.facts import ChoiceFact, Fact, FlagFact, NumberFact
from remit_engine.charter.levels import LEVELS_BY_WORD, Level
from remit_engine.charter.on_behalf import Authority, Lent, authority
from remit_engine.charter.request import Person, Request, Value
from remit_engine.charter.sentences import amount, listed, quantity, readable
from remit_engine.charter.verdict import Better


@dataclass(frozen=True, slots=True)
class Reply:
    """What the charter says.

    Attributes:
        authority: the verdict, and on whose authority it is.
        level: what would really follow, other people taken into account.
        who: what that means for others: who is told, who may say yes, who takes it over.
        better: the nearest better, in sentences; none where they may decide.
        rungs: levels by word, each with its largest amount, as the ladder tag draws them.
        giver: whose authority it is, where it was lent.
    """

    authority: Authority
    level: Level
    who: str
    better: tuple[str, ...]
    rungs: tuple[tuple[str, int | None], ...]
    giver: str = ""


def asked(
    place: Place, in_force: InForce, *, kind: str, amount_asked: int, facts: Mapping[str, Value]
) -> Reply:
    """The answer for the one who asks, today, on an order on which nothing was given.

    Args:
        place: of the one who asks; they have a role here.
        in_force: the charter in force.
        kind: of remedy.
        amount_asked: its value in minor units.
        facts: what is known, by name.

    Raises:
        InputError: it can't be meant.
    """
    if place.membership is None:
        raise ValueError("somebody without a role asks nothing")
    compiled, team = in_force.compiled, place.team
    me = person_of(place.membership)
    day = today(team.time_zone)
    bare = Request(
        kind=kind,
        role=me.role,
        member=me.member,
        team=me.team,
        step=me.step,
        amount=amount_asked,
        day=day,
        facts=dict(facts),
    )
    request = replace(bare, used=_used(place, in_force, bare))
    people = people_of(team)
    lent = lent_among(delegations_in(team, day), people, compiled.charter)
    offers = [
        Lent(each, _used(place, in_force, bare.of(each.giver))) for _, each in lent if each.to == me.member
    ]
    held = authority(compiled, request, offers)
    follows = consequences(compiled, held.verdict, people, [each for _, each in lent])
    level = min(held.level, follows.level)
    row = next((row for row, each in lent if held.lent and each == held.lent.delegation), None)
    who = _who(level, follows.told, [each.person for each in follows.approvers.nearest], follows.hand_to)
    lent_rungs = (row.upto, LEVELS_BY_WORD[row.highest]) if row else (None, Level.DECIDE)
    rungs = tuple((each.word, end) for each, end in capped(held.verdict.ladder, *lent_rungs))
    return Reply(held, level, who, _better(held, in_force), rungs, row.giver.name if row else "")


def _used(place: Place, in_force: InForce, request: Request) -> dict[str, int]:
    """What is used; of a customer or an order that nobody named, nothing is."""
    unnamed = {allowance.id: 0 for allowance in in_force.compiled.charter.all_allowances}
    return unnamed | used(place.team, in_force.compiled, request)


def _who(
    level: Level,
    told: tuple[Person, ...],
    nearest: list[Person],
    hand_to: tuple[Person, ...],
) -> str:
    def said(people: tuple[Person, ...] | list[Person], last: str) -> str:
        words = [each.member for each in people]
        names = dict(Member.objects.filter(word__in=words).values_list("word", "name"))
        return listed((names[word] for word in words), last)

    if level is Level.INFORM and told:
        return f"Told: {said(told, 'and')}."
    if level is Level.NEVER and hand_to:
        return f"Taken over by {said(hand_to, 'or')}."
    if level in {Level.ASK, Level.PROPOSE} and nearest:
        verb = "may object" if level is Level.PROPOSE else "may say yes"
        return f"{said(nearest, 'or')} {verb}."
    return ""


def _better(held: Authority, in_force: InForce) -> tuple[str, ...]:
    """The nearest better: a smaller amount, and a fact that should be known."""
    if held.level is Level.DECIDE:
        return ()
    verdict, charter = held.verdict, in_force.compiled.charter
    found = dict.fromkeys(each for each in (verdict.nearest_better, verdict.if_known) if each is not None)
    return tuple(_said_better(each, charter) for each in found)


def _said_better(better: Better, charter: Charter) -> str:
    upto = "" if better.upto is None else f" up to {amount(better.upto, charter.currency)}"
    if not better.facts:
        return f"You may {better.level.word}{upto}."
    known = listed(
        f"{readable(name)} {said_value(charter.all_facts[name], value, charter.currency)}"
        for name, value in better.facts
    )
    return f"With {known} you might {better.level.word}{upto}."


def said_value(fact: Fact, value: object, currency: str) -> str:
    """A value of a fact: `late`, `yes`, `2 days`."""
    if isinstance(fact, FlagFact):
        return "yes" if value else "no"
    if isinstance(fact, NumberFact) and isinstance(value, int):
        return quantity(value, fact.unit, currency)
    if isinstance(fact, ChoiceFact):
        return readable(str(value))
    return str(value)
