"""One rule of a charter, changed, added or taken out; a document follows with `rewrite_charter`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, Final

from remit_engine.charter.document import Allowance, Charter, Grant, Guardrail, Rule
from remit_engine.charter.facts import OTHER, Conditions, OneOf
from remit_engine.charter.findings import CharterError, Finding
from remit_engine.charter.form import RULE_SECTIONS, Form, form
from remit_engine.charter.reading.files import Source
from remit_engine.charter.reading.whole import read_source
from remit_engine.charter.writing import written_entry
from remit_engine.errors import InputError

AnyRule = Grant | Guardrail | Allowance

_SECTION_OF: Final = {Grant: "grants", Guardrail: "guardrails", Allowance: "allowances"}
_NAME: Final = re.compile(r"(\w+): ")
_FIELD: Final = re.compile(r"\s*(?:- )?(\w+):")
_NUMBERED: Final = re.compile(r"-[0-9]+$")
_LONGEST_ID: Final = 90


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong with one field of a rule.

    Attributes:
        field: its name in the document: `upto`; "" where it is about the rule as a whole.
        fact: the fact whose condition is meant, inside of `who` or `when`; "" for none.
        code, wrong, next_step: as in a finding.
    """

    field: str
    fact: str
    code: str
    wrong: str
    next_step: str


class RuleProblems(InputError):
    """The fields of a rule don't make one.

    Args:
        problems: every one that was found, at least one.
    """

    def __init__(self, problems: tuple[FieldProblem, ...]) -> None:
        self.problems = problems
        first = problems[0]
        super().__init__(first.code, first.wrong, first.next_step, field=first.field)


def read_rule(charter: Charter, section: str, fields: Form) -> AnyRule:
    """A rule out of its document form, as a charter with these facts, kinds, roles and steps takes it.

    Args:
        charter: whose words it may use.
        section: `grants`, `guardrails` or `allowances`.
        fields: names and values as a document holds them (`remit_engine.charter.form`).

    Raises:
        RuleProblems: what is wrong, field by field.
    """
    alone = words_alone(charter)
    head = "".join(written_entry(name, value) for name, value in alone.items() if name not in RULE_SECTIONS)
    text = f"{head}{written_entry(section, [fields])}"
    if section != "grants":
        text += "grants: []\n"
    try:
        read = read_source(Source("rule", text, "rule"), None).charter
    except CharterError as error:
        lines = text.splitlines()
        found = tuple(_problem(finding, lines) for finding in error.findings)
        raise RuleProblems(found) from None
    rules: tuple[AnyRule, ...] = getattr(read, section)
    return rules[0]


def words_alone(charter: Charter) -> Form:
    """The document form of a charter with all words of its lineage, and no rule."""
    return form(
        Charter(
            name="words",
            currency=charter.currency,
            why="What rules may name.",
            facts=tuple(charter.all_facts.values()),
            kinds=tuple(dict.fromkeys(kind for each in charter.lineage for kind in each.kinds)),
            roles=tuple(dict.fromkeys(role for each in charter.lineage for role in each.roles)),
            steps=charter.all_steps,
            always=charter.all_always,
        )
    )


def _problem(finding: Finding, lines: list[str]) -> FieldProblem:
    line = lines[finding.place.line - 1] if finding.place.line <= len(lines) else ""
    named = _FIELD.match(line)
    field = named[1] if named else ""
    within = [name for name in _NAME.findall(line[: finding.place.column]) if name != field]
    fact = within[-1] if within and field in {"who", "when"} else ""
    if finding.code == "missing-field":
        field = ""
    return FieldProblem(field, fact, finding.code, finding.wrong, finding.next_step)


def section_of(rule: Rule) -> str:
    """The section that a rule stands in."""
    return next(section for kind, section in _SECTION_OF.items() if isinstance(rule, kind))


def rule_of(charter: Charter, identity: str) -> AnyRule | None:
    """A rule of the charter itself by its id; None where there is none, or where it comes from above."""
    own: tuple[AnyRule, ...] = (*charter.grants, *charter.guardrails, *charter.allowances)
    return next((rule for rule in own if rule.id == identity), None)


def with_rule(charter: Charter, rule: AnyRule, *, after: str = "") -> Charter:
    """The charter with a rule in the place of the one of its id; else with one rule more.

    Args:
        charter: any.
        rule: what it shall say.
        after: id of the rule behind which a new one stands; else it stands at the end of its section.
    """
    section = section_of(rule)
    rules: tuple[AnyRule, ...] = getattr(charter, section)
    ids = [each.id for each in rules]
    if rule.id in ids:
        place = ids.index(rule.id)
        changed: dict[str, Any] = {section: (*rules[:place], rule, *rules[place + 1 :])}
    else:
        place = ids.index(after) + 1 if after in ids else len(rules)
        changed = {section: (*rules[:place], rule, *rules[place:])}
    return replace(charter, **changed)


def without_rule(charter: Charter, identity: str) -> Charter:
    """The charter without one of its own rules; the same where it has none of that id."""
    left: dict[str, Any] = {
        section: tuple(rule for rule in getattr(charter, section) if rule.id != identity)
        for section in RULE_SECTIONS
    }
    return replace(charter, **left)


def free_id(charter: Charter, like: str) -> str:
    """An id that no rule has yet: the one that is wanted, or that with a number."""
    taken = {rule.id for rule in charter.all_rules}
    if like not in taken:
        return like
    stem = _NUMBERED.sub("", like)[:_LONGEST_ID]
    number = 2
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"


def apart(charter: Charter, rule: AnyRule, role: str, kind: str) -> tuple[AnyRule, tuple[AnyRule, ...]]:
    """A rule cut in two, so that one role and kind can have limits of their own; together they say the same.

    Args:
        charter: knows all roles and kinds.
        rule: its own, for that role and kind among others.
        role: whose limits shall stand apart.
        kind: of remedy, for which they shall.

    Returns:
        the rule for that role and kind, and what is left of it for the others: at most two rules, the first
        of which keeps the id.

    Raises:
        InputError: the rule is for everybody, whatever their role, so that nobody can be left out by name.
    """
    roles = next((held for name, held in rule.who if name == "role"), None)
    if not isinstance(roles, OneOf):
        raise InputError(
            "for-everybody",
            "This rule is for everybody, whatever their role.",
            "Name the roles that it is for first.",
        )
    kinds = rule.kinds or (*charter.all_kinds, OTHER)
    other_roles = tuple(each for each in roles.values if each != role)
    other_kinds = tuple(each for each in kinds if each != kind)
    left: list[AnyRule] = []
    if other_roles:
        left.append(replace(rule, who=_with_roles(rule, other_roles)))
    if other_kinds:
        left.append(replace(rule, who=_with_roles(rule, (role,)), kinds=other_kinds))
    here = replace(rule, who=_with_roles(rule, (role,)), kinds=(kind,))
    known = charter
    named: list[AnyRule] = []
    for number, each in enumerate((*left, here)):
        one = each if number == 0 else replace(each, id=free_id(known, rule.id))
        known = with_rule(known, one)
        named.append(one)
    return named[-1], tuple(named[:-1])


def _with_roles(rule: AnyRule, roles: tuple[str, ...]) -> Conditions:
    return tuple((name, OneOf(roles) if name == "role" else held) for name, held in rule.who)
