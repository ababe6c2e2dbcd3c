"""The charter in force with one grant more, or one fewer, as a draft says it; remarks are kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from remit.charters.in_force import InForce
from remit.core.errors import Refusal
from remit_engine.charter.document import Charter, Grant
from remit_engine.charter.facts import OneOf
from remit_engine.charter.levels import Level
from remit_engine.charter.rewriting import rewrite_charter
from remit_engine.evidence.letgo.live_values import Watched

_LONGEST_STEM: Final = 50


@dataclass(frozen=True, slots=True)
class Drafted:
    """A text, and the id of the grant in it that is new or changed."""

    text: str
    rule: str


def with_grant(in_force: InForce, watched: Watched, limit: int, why: str, until: date | None) -> Drafted:
    """The charter that lets a segment go up to a limit.

    Args:
        in_force: what it is added to.
        watched: the segment.
        limit: minor units.
        why: of the grant.
        until: the last day of a trial; None for good.

    Raises:
        Refusal: the charter doesn't know a kind or a word of the segment any more.
    """
    charter = in_force.compiled.charter
    _need_known(charter, watched)
    facts: dict[str, list[str]] = {}
    for name, word in watched.facts:
        facts.setdefault(name, []).append(word)
    grant = Grant(
        id=_free_id(charter, f"{'try' if until else 'let-go'}-{watched.key}"),
        why=why,
        who=(("role", OneOf((watched.role,))),) if watched.role else (),
        kinds=(watched.kind,) if watched.kind else (),
        when=tuple((name, OneOf(tuple(words))) for name, words in facts.items()),
        level=Level.DECIDE,
        upto=limit,
        until=until,
    )
    return Drafted(_written(in_force, (*charter.grants, grant)), grant.id)


def with_grant_changed(
    in_force: InForce, rule: str, *, limit: int | None = None, until: date | None = None
) -> Drafted:
    """The charter with another limit or end of a grant of its own.

    Args:
        in_force: what it is changed in.
        rule: the id of the grant.
        limit: minor units; None to leave it.
        until: its last day; None for good.

    Raises:
        Refusal: the grant isn't there any more.
    """
    grant = _grant(in_force, rule)
    changed = replace(grant, upto=grant.upto if limit is None else limit, until=until)
    grants = tuple(changed if each.id == rule else each for each in in_force.compiled.charter.grants)
    return Drafted(_written(in_force, grants), rule)


def without_grant(in_force: InForce, rule: str) -> Drafted:
    """The charter without a grant of its own.

    Raises:
        Refusal: the grant isn't there any more.
    """
    _grant(in_force, rule)
    grants = tuple(each for each in in_force.compiled.charter.grants if each.id != rule)
    return Drafted(_written(in_force, grants), rule)


def _written(in_force: InForce, grants: tuple[Grant, ...]) -> str:
    return rewrite_charter(in_force.version.text, replace(in_force.compiled.charter, grants=grants))


def _grant(in_force: InForce, rule: str) -> Grant:
    found = next((each for each in in_force.compiled.charter.grants if each.id == rule), None)
    if found is None:
        raise Refusal(
            "grant-gone",
            f"The charter in force has no grant {rule!r} any more.",
            "Look at the charter: somebody changed it meanwhile.",
        )
    return found


def _need_known(charter: Charter, watched: Watched) -> None:
    """Refuse words that the charter in force doesn't know any more."""
    unknown = [word for word in (watched.kind,) if word and word not in charter.all_kinds]
    if charter.roles and watched.role and watched.role not in charter.all_roles:
        unknown.append(watched.role)
    for name, word in watched.facts:
        fact = charter.all_facts.get(name)
        if fact is None or word not in getattr(fact, "values", (word,)):
            unknown.append(f"{name}: {word}")
    if unknown:
        raise Refusal(
            "unknown-to-charter",
            f"The charter in force doesn't know {', '.join(unknown)}.",
            "Begin to watch anew, so that segments are made of what it knows.",
        )


def _free_id(charter: Charter, stem: str) -> str:
    taken = {rule.id for rule in charter.all_rules}
    stem = stem[:_LONGEST_STEM].strip("-")
    number, name = 1, stem
    while name in taken:
        number += 1
        name = f"{stem}-{number}"
    return name
