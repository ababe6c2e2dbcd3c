"""Roles, members, teams and kinds that a charter names: does anybody have them?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from remit.charters.vocabulary import FILE
from remit.people.models import Membership, Role, Team
from remit_engine.charter.document import Charter, Grant, Guardrail, Rule
from remit_engine.charter.facts import KINDS_OF_REMEDY, OneOf
from remit_engine.charter.findings import Finding, Place, Severity
from remit_engine.charter.sentences import listed, readable
from remit_engine.nearest import nearest


def unknown_names(charter: Charter, team: Team | None, lines: Mapping[str, Place]) -> list[Finding]:
    """Findings about words that nobody here has, and about people whom no rule names.

    Args:
        charter: to look at.
        team: whose; None for the organisation's, whose words any team may have.
        lines: where each rule stands.
    """
    people = Membership.objects.filter(until=None, member__left_at=None)
    if team is not None:
        people = people.filter(team=team)
    rows = list(people.values_list("role__word", "member__word", "member__is_owner"))
    roles = {role for role, _, _ in rows}
    found = [
        *_roles(charter, roles, set(Role.objects.values_list("word", flat=True)), team, lines),
        *_members(charter, {member for _, member, _ in rows}, team, lines),
        *_teams(charter, lines),
        *_kinds(charter, lines),
    ]
    if team is not None:
        found += _left_out(charter, roles, team)
    return found


def roles_without_people(charter: Charter, team: Team) -> list[str]:
    """Roles that a charter names and nobody in a team has, an owner's aside; readable."""
    held = set(
        Membership.objects.filter(team=team, until=None, member__left_at=None).values_list(
            "role__word", flat=True
        )
    )
    known = held | set(Role.objects.values_list("word", flat=True)) | {"owner"}
    return [readable(role) for role in charter.all_roles if role not in known]


def _roles(
    charter: Charter, held: set[str], known: set[str], team: Team | None, lines: Mapping[str, Place]
) -> Iterator[Finding]:
    where = team.name if team else "any team"
    for role in charter.all_roles:
        if role in held:
            continue
        meant = nearest(role, known) if role not in known else None
        next_step = (
            f"Did you mean {meant}?"
            if meant
            else "That is fine if somebody will be; until then its rules are for nobody."
        )
        yield Finding(
            "role-of-nobody",
            Severity.WARNING,
            _first(charter, lines, "role", role),
            f"Nobody in {where} is {readable(role)}.",
            next_step,
        )


def _members(
    charter: Charter, here: set[str], team: Team | None, lines: Mapping[str, Place]
) -> Iterator[Finding]:
    where = team.name if team else "any team"
    for member in dict.fromkeys(_named(charter.all_rules, "member")):
        if member not in here:
            meant = nearest(member, here)
            yield Finding(
                "no-such-member",
                Severity.WARNING,
                _first(charter, lines, "member", member),
                f"Nobody in {where} is called {member}.",
                f"Did you mean {meant}?" if meant else "Name them by their word, as their page shows it.",
            )


def _teams(charter: Charter, lines: Mapping[str, Place]) -> Iterator[Finding]:
    named = dict.fromkeys(_named(charter.all_rules, "team"))
    known = set(Team.objects.values_list("word", flat=True)) if named else set()
    for word in named:
        if word not in known:
            meant = nearest(word, known)
            yield Finding(
                "no-such-team",
                Severity.WARNING,
                _first(charter, lines, "team", word),
                f"There is no team {word}.",
                f"Did you mean {meant}?" if meant else "Name teams by their word.",
            )


def _kinds(charter: Charter, lines: Mapping[str, Place]) -> Iterator[Finding]:
    for kind in charter.all_kinds:
        if kind not in KINDS_OF_REMEDY:
            yield Finding(
                "kind-by-hand",
                Severity.WARNING,
                next(
                    (lines[rule.id] for rule in charter.all_rules if kind in rule.kinds and rule.id in lines),
                    Place(FILE),
                ),
                f"Remit knows no {readable(kind)} of its own: it is handed over by hand.",
                f"Its own kinds are {listed(KINDS_OF_REMEDY)}.",
            )


def _left_out(charter: Charter, held: set[str], team: Team) -> Iterator[Finding]:
    """Roles that people have and no grant is for: whoever has one asks about everything."""
    for_all = any(not any(name == "role" for name, _ in grant.who) for grant in charter.all_grants)
    named = set(_named(charter.all_grants, "role"))
    for role in sorted(held - named):
        if not for_all:
            yield Finding(
                "role-left-out",
                Severity.WARNING,
                Place(FILE),
                f"Somebody in {team.name} is {readable(role)}, and no grant is for them.",
                "They ask about everything: name the role in a grant, or give them another one.",
            )


def _named(rules: Iterable[Rule], fact: str) -> Iterator[str]:
    for rule in rules:
        for name, condition in rule.who:
            if name == fact and isinstance(condition, OneOf):
                yield from condition.values


def _first(charter: Charter, lines: Mapping[str, Place], fact: str, word: str) -> Place:
    """Where a word is named first; the top of the file where no rule of it names it."""
    for rule in charter.all_rules:
        names_it = word in _named([rule], fact)
        if isinstance(rule, Grant | Guardrail) and names_it and rule.id in lines:
            return lines[rule.id]
    return Place(FILE)
