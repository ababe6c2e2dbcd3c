"""Planning a rollout, drawing its order by lot, and giving it up."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import factorial

from remit.core.clock import now, today
from remit.core.errors import Changed, NotThere, Refusal
from remit.core.sealing import SealBroken, seal, unseal
from remit.core.writing import write
from remit.notices.actions import settle, tell
from remit.people.access import people_who_manage
from remit.people.models import Member, Team
from remit.rollouts.access import get_change_for, managed_by, need_manager_of_all
from remit.rollouts.computing import reckon_later
from remit.rollouts.models import Change, Draw, Plan, Start, monday_of
from remit.rollouts.notices import order_drawn, turn_subject
from remit.rollouts.vocabulary import (
    BEFORE,
    FEWEST_ORDERS,
    FEWEST_TEAMS,
    GIVEN_UP,
    LEAST_AFTER,
    LONGEST_NAME,
    MOST_TEAMS,
    MOST_WEEKS,
    ORDER_DRAWN,
    PRIMARY,
    Sort,
)
from remit.trail.actions import record
from remit_engine.evidence.sampling import KEY_BYTES, commitment

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanWords:
    """What a rollout is to be.

    Attributes:
        named: what it is called.
        why: it is tried.
        sort, origin: what begins: an idea in words (None), a draft of a charter, or a procedure.
        teams: numbers of the teams.
        each: teams of a wave.
        first_on: a day of the week of the first start.
        apart: weeks from one wave to the next.
        primary: the outcome that decides.
        until: a day of the last week that is looked at.
    """

    named: str
    why: str
    teams: Sequence[int]
    each: int
    first_on: date
    apart: int
    primary: str
    until: date
    sort: Sort = Sort.WORDS
    origin: int | None = None

    @property
    def mondays(self) -> list[date]:
        """When teams start, in order."""
        first = monday_of(self.first_on)
        return [first + self.apart * (place // self.each) * _WEEK for place in range(len(self.teams))]


def plan(member: Member, words: PlanWords, *, stamp: str, key: bytes | None = None) -> Change:
    """Plan a rollout: its key is made and sealed, the key's mark is told. Sent twice it is planned once.

    Args:
        member: who manages all of its teams.
        words: what it is to be.
        stamp: of the form.
        key: 32 bytes; only for made data, which is the same each time it is made.

    Raises:
        NotAllowed: there is a team that they don't manage.
        Refusal: something is missing, or can't be.
    """
    with write():
        if before := Change.objects.filter(by=member, stamp=stamp).first():
            return before
        teams = _checked(member, words)
        change = Change.objects.create(
            sort=words.sort,
            origin=words.origin,
            stamp=stamp,
            named=words.named.strip()[:LONGEST_NAME],
            why=words.why.strip(),
            currency=teams[0].currency,
            by=member,
            at=now(),
        )
        secret = key or secrets.token_bytes(KEY_BYTES)
        row = Plan(change=change, commitment=commitment(secret), sealed_key=seal(secret.hex()))
        _put(row, words)
        row.save(force_insert=True)
        Start.objects.bulk_create(Start(change=change, team=team) for team in teams)
        record(
            "rollout-planned",
            change.subject,
            by=member,
            team=teams[0],
            commitment=row.commitment,
        )
        reckon_later(change.pk)
        return change


def change_plan(member: Member, number: int, words: PlanWords, *, revision: int) -> Change:
    """Change what a rollout is to be, as long as its order isn't drawn; the key stays.

    Args:
        member: who manages all of its teams, those before and those after.
        number: of the change.
        words: what it is to be.
        revision: that was looked at.

    Raises:
        NotThere: there is no such rollout for them.
        NotAllowed: there is a team that they don't manage.
        Changed: it is drawn, given up, or somebody else changed it.
        Refusal: something is missing, or can't be.
    """
    with write():
        change, row = _to_change(member, number)
        if row.revision != revision:
            raise Changed("plan-changed", "Somebody changed the plan.", "Look at it again, then change it.")
        teams = _checked(member, words)
        change.named, change.why = words.named.strip()[:LONGEST_NAME], words.why.strip()
        change.sort, change.origin = words.sort, words.origin
        change.currency = teams[0].currency
        change.save()
        row.revision += 1
        _put(row, words)
        row.save()
        change.starts.exclude(team__in=teams).delete()
        there = set(change.starts.values_list("team", flat=True))
        Start.objects.bulk_create(Start(change=change, team=team) for team in teams if team.pk not in there)
        record("rollout-plan-changed", change.subject, by=member, team=teams[0])
        reckon_later(change.pk)
        return change


def draw(member: Member, number: int, *, revision: int) -> Draw:
    """Draw the order by lot, once: with it stands what decides and when it ends, for good. The key is told.

    Args:
        member: who manages all of its teams.
        number: of the change.
        revision: of the plan that was looked at.

    Raises:
        NotThere: there is no such rollout for them.
        NotAllowed: there is a team that they don't manage.
        Changed: it was given up, or somebody else changed it.
        Refusal: it isn't reckoned yet what it would find, its first start has passed, or the key is lost.
    """
    from remit_engine.evidence.effect import drawn  # noqa: PLC0415 (NumPy: few pages need it)

    with write():
        before = Draw.objects.filter(change=get_change_for(member, number)).first()
        if before is not None:
            return before
        change, row = _to_change(member, number)
        if row.revision != revision:
            raise Changed("plan-changed", "Somebody changed the plan.", "Look at it again, then draw.")
        if not row.is_reckoned:
            raise Refusal(
                "not-reckoned", "It is still being reckoned what it would find.", "Draw in a moment."
            )
        if row.first_on <= today("UTC"):
            raise Refusal(
                "start-passed", "The week of the first start has begun.", "Put the start into a week to come."
            )
        try:
            key = bytes.fromhex(unseal(row.sealed_key))
        except SealBroken:
            raise Refusal(
                "key-lost", "The key can't be opened any more.", "Give this plan up, and make a new one."
            ) from None
        starts = {start.team.word: start for start in change.starts.select_related("team")}
        weeks = [row.apart * (place // row.each) for place in range(len(starts))]
        found = drawn(sorted(starts), weeks, key)
        for word, week in zip(found.teams, found.starts, strict=True):
            starts[word].on = row.first_on + (week or 0) * _WEEK
        Start.objects.bulk_update(starts.values(), ["on"])
        order = sorted(starts.values(), key=lambda start: (start.on, start.team.word))
        row.sealed_key = ""
        row.save(update_fields=["sealed_key"])
        made = Draw.objects.create(
            change=change,
            key=key.hex(),
            commitment=row.commitment,
            primary=row.primary,
            first=row.first_on - BEFORE * _WEEK,
            until=row.until,
            limit=row.limit,
            order=[[start.team_id, str(start.on)] for start in order],
            by=member,
            at=now(),
        )
        record(ORDER_DRAWN, change.subject, by=member, team=order[0].team, key=made.key)
        for start in order:
            tell(people_who_manage(start.team).exclude(pk=member.pk), order_drawn(change, start))
        return made


def give_up(member: Member, number: int, *, why: str) -> Change:
    """Give a rollout up; it stays readable. A second time nothing happens.

    Raises:
        NotThere: there is no such rollout for them.
        NotAllowed: there is a team that they don't manage.
        Refusal: a word why is missing.
    """
    words = why.strip()
    if not words:
        raise Refusal(
            "no-why", "A word why is needed.", "Whoever waits for their turn reads it.", field="why"
        )
    with write():
        change = get_change_for(member, number)
        if not hasattr(change, "plan"):
            raise NotThere("rollout")
        need_manager_of_all(member, _teams_of(change), "give it up")
        if change.given_up_at is None:
            change.given_up_at, change.given_up_why = now(), words
            change.save(update_fields=["given_up_at", "given_up_why"])
            for start in change.starts.all():
                settle(turn_subject(start))
            record(GIVEN_UP, change.subject, by=member)
        return change


def orders_of(teams: int, each: int) -> int:
    """In how many ways the starts of so many teams, so many at a time, may fall."""
    ways = factorial(teams)
    for size in Counter(place // each for place in range(teams)).values():
        ways //= factorial(size)
    return ways


def _to_change(member: Member, number: int) -> tuple[Change, Plan]:
    change = get_change_for(member, number)
    row = Plan.objects.select_for_update().filter(change=change).first()
    if row is None:
        raise NotThere("rollout")
    need_manager_of_all(member, _teams_of(change), "change the plan")
    if hasattr(change, "draw"):
        raise Changed("drawn", "The order is drawn: the plan stands as it is.", "Look at the order.")
    if change.given_up_at is not None:
        raise Changed("given-up", "It was given up.", "Plan a new one.")
    return change, row


def _put(row: Plan, words: PlanWords) -> None:
    row.first_on, row.apart, row.each = monday_of(words.first_on), words.apart, words.each
    row.primary, row.until = words.primary, monday_of(words.until)


def _teams_of(change: Change) -> list[int]:
    return list(change.starts.values_list("team", flat=True))


def _checked(member: Member, words: PlanWords) -> list[Team]:
    """The teams, once everything is right."""
    need_manager_of_all(member, words.teams, "plan a rollout")
    teams = list(managed_by(member).filter(pk__in=words.teams).order_by("name", "pk"))
    if not words.named.strip():
        raise Refusal("no-name", "What is it called?", "A few words are enough.", field="named")
    if not words.why.strip():
        raise Refusal("no-why", "A word why is needed.", "Every team reads it.", field="why")
    if not FEWEST_TEAMS <= len(teams) <= MOST_TEAMS or len(teams) != len(words.teams):
        raise Refusal(
            "few-teams",
            f"A rollout by lot takes from {FEWEST_TEAMS} to {MOST_TEAMS} teams.",
            "With fewer, no order of starts is rare enough to show anything.",
            field="teams",
        )
    if words.each < 1 or orders_of(len(teams), words.each) < FEWEST_ORDERS:
        raise Refusal(
            "few-orders",
            "The starts could fall in too few ways to show anything.",
            "Let fewer teams start together.",
            field="each",
        )
    if words.primary not in PRIMARY:
        raise Refusal("no-outcome", "Choose the outcome that decides.", "One of the list.", field="primary")
    _need_days(words)
    return teams


def _need_days(words: PlanWords) -> None:
    first, until = monday_of(words.first_on), monday_of(words.until)
    if first <= today("UTC"):
        raise Refusal(
            "start-passed", "The first start has to lie ahead.", "Choose a week to come.", field="first_on"
        )
    if words.apart < 1:
        raise Refusal("no-weeks", "Waves start in different weeks.", "One week or more.", field="apart")
    last = words.mondays[-1]
    if until < last:
        says = f"The last wave starts in the week of {last.day} {last:%B %Y}."
        raise Refusal("ends-before", says, "Let it end after that.", field="until")
    if until < first + LEAST_AFTER * _WEEK:
        raise Refusal(
            "ends-early",
            f"It takes {LEAST_AFTER} weeks from the first start on.",
            "Later, please.",
            field="until",
        )
    if until > first + MOST_WEEKS * _WEEK:
        raise Refusal("ends-late", "That is more than two years.", "Choose an earlier end.", field="until")
