"""What a new version of a charter says differently, whether or not it changes a level."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from remit_engine.charter.document import Allowance, Charter, Grant, Guardrail
from remit_engine.charter.sentences import listed, readable

AnyRule = Grant | Guardrail | Allowance
_TEXTS = {"why": "why", "say": "words for the customer", "tell": "who is told", "hand_to": "who takes over"}
_ORDERED = {"objections": "time for objections"}
_MEANING = {
    "who": "people",
    "kinds": "kinds",
    "when": "conditions",
    "since": "days",
    "until": "days",
    "level": "level",
    "upto": "amount",
    "at_most": "level",
    "above": "amount",
    "ignores_missing": "way with what is missing",
    "per": "period",
    "period": "period",
    "most": "amount",
    "counts": "amount",
    "beyond": "level",
}
"""What each field of a rule is called when it changes."""


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """One thing that the document says differently.

    Attributes:
        code: stable name for programs: `rule-added`, `why`, `renamed`.
        rule: id of the rule in the new version (in the old one when it is gone), or None.
        sentence: for people.
    """

    code: str
    rule: str | None
    sentence: str


def document_changes(old: Charter, new: Charter) -> tuple[DocumentChange, ...]:
    """What is said differently: names, whys, facts, kinds, roles, steps, chains, and rule by rule."""
    return (*_of_charter(old, new), *_of_rules(old, new))


def _of_charter(old: Charter, new: Charter) -> Iterator[DocumentChange]:
    if old.name != new.name:
        yield DocumentChange("name", None, f"The charter is called {new.name} instead of {old.name}.")
    if old.why != new.why:
        yield DocumentChange("charter-why", None, "The why of the charter is another one.")
    yield from _sets(
        "fact", (f.name for f in old.all_facts.values()), (f.name for f in new.all_facts.values())
    )
    for name in old.all_facts.keys() & new.all_facts.keys():
        if old.all_facts[name] != new.all_facts[name]:
            yield DocumentChange("fact", None, f"The fact {readable(name)} is declared differently.")
    yield from _sets("kind", old.all_kinds, new.all_kinds)
    yield from _sets("role", old.all_roles, new.all_roles)
    yield from _sets("step", (s.name for s in old.all_steps), (s.name for s in new.all_steps))
    bars = {step.name: step for step in old.all_steps}
    for step in new.all_steps:
        if step.name in bars and bars[step.name] != step:
            yield DocumentChange("step", None, f"The bar of step {step.name} is another one.")
    if old.all_always != new.all_always:
        yield DocumentChange("always", None, "Which numbers never fall is said differently.")


def _sets(what: str, old: Iterable[str], new: Iterable[str]) -> Iterator[DocumentChange]:
    before, after = list(dict.fromkeys(old)), list(dict.fromkeys(new))
    for words, verb in (
        ([w for w in after if w not in before], "new"),
        ([w for w in before if w not in after], "gone"),
    ):
        if words:
            names = listed(readable(word) for word in words)
            are = "is" if len(words) == 1 else "are"
            many = "" if len(words) == 1 else "s"
            yield DocumentChange(what, None, f"The {what}{many} {names} {are} {verb}.")
    if before != after and sorted(before) == sorted(after):
        yield DocumentChange(what, None, f"The {what}s stand in another order.")


def _of_rules(old: Charter, new: Charter) -> Iterator[DocumentChange]:
    before = {rule.id: rule for rule in old.all_rules}
    after = {rule.id: rule for rule in new.all_rules}
    gone = {_meaning(rule): rule.id for rule in before.values() if rule.id not in after}
    for name, rule in after.items():
        former = before.get(name)
        if former is not None:
            if former != rule:
                yield from _of_rule(former, rule)
            continue
        renamed = gone.pop(_meaning(rule), None)
        if renamed is not None:
            yield DocumentChange("renamed", name, f"The rule {renamed} is called {name}.")
            yield from _of_rule(before[renamed], rule)
        else:
            yield DocumentChange("rule-added", name, f"The {_word(rule)} {name} is new.")
    for name in gone.values():
        yield DocumentChange("rule-gone", name, f"The {_word(before[name])} {name} is gone.")


def _of_rule(old: AnyRule, new: AnyRule) -> Iterator[DocumentChange]:
    if type(old) is not type(new):
        yield DocumentChange("rule-changed", new.id, f"{new.id} is a {_word(new)} instead of a {_word(old)}.")
        return
    changed = dict.fromkeys(
        words for field, words in _MEANING.items() if getattr(old, field, None) != getattr(new, field, None)
    )
    if changed:
        yield DocumentChange(
            "rule-changed", new.id, f"The {_word(new)} {new.id} changes its {listed(changed)}."
        )
    for field, words in (_TEXTS | _ORDERED).items():
        if getattr(old, field, None) != getattr(new, field, None):
            verb = "are" if field == "say" else "is"
            yield DocumentChange(
                field.replace("_", "-"), new.id, f"The {words} of {new.id} {verb} said differently."
            )


def _word(rule: AnyRule) -> str:
    return type(rule).__name__.lower()


def _meaning(rule: AnyRule) -> tuple[object, ...]:
    return (_word(rule), *(getattr(rule, field, None) for field in _MEANING))
