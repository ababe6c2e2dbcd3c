"""The words of a charter changed: kinds, roles, facts, steps, and numbers that never fall.

A word that is called otherwise is so in every rule that names it. What would leave a rule without a meaning
isn't prevented here: whoever reads the charter afterwards is told which rule it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, Final

from remit_engine.charter.document import Charter, Grant, Guardrail, Step
from remit_engine.charter.editing.rules import AnyRule, FieldProblem, RuleProblems, words_alone
from remit_engine.charter.facts import KINDS_OF_REMEDY, Condition, Fact, OneOf
from remit_engine.charter.findings import CharterError
from remit_engine.charter.form import RULE_SECTIONS, Form
from remit_engine.charter.reading.files import Source
from remit_engine.charter.reading.whole import read_source
from remit_engine.charter.writing import written_entry

Word = str | tuple[str, ...] | Fact | Step
"""A kind or a role; a chain of numbers; a fact; a step."""

WORD_SECTIONS: Final = ("kinds", "roles", "facts", "steps", "always")
"""Sections of a charter that declare words, in the order they are written."""


def word_name(word: Word) -> str:
    """What a word is called; a chain is called as it is written: `amount <= given_today`."""
    if isinstance(word, str):
        return word
    return " <= ".join(word) if isinstance(word, tuple) else word.name


def own_words(charter: Charter, section: str) -> tuple[Word, ...]:
    """The words of a section that the charter itself can change.

    Where nothing declares kinds, these are the kinds of remedy; where nothing declares roles, those that
    rules name: a change of either declares them all.
    """
    declared: tuple[Word, ...] = getattr(charter, section)
    if section == "kinds" and not any(each.kinds for each in charter.lineage):
        return KINDS_OF_REMEDY
    if section == "roles" and not any(each.roles for each in charter.lineage):
        return tuple(dict.fromkeys((*charter.all_roles, *_told(charter.all_rules))))
    return declared


def inherited_words(charter: Charter, section: str) -> tuple[Word, ...]:
    """The words of a section that come from what the charter extends."""
    above: tuple[Word, ...] = tuple(word for each in charter.lineage[:-1] for word in getattr(each, section))
    return above


def with_word(
    charter: Charter, section: str, word: Word, *, old: str = "", after: str | None = None
) -> Charter:
    """The charter with a word more, or with another one in the place of one that it has.

    Args:
        charter: any.
        section: one of `WORD_SECTIONS`.
        word: what it shall declare.
        old: what the word was called before; "" for a new one.
        after: the word behind which it stands, "" to stand first; None for where it was, else at the end.
    """
    words = list(own_words(charter, section))
    names = [word_name(each) for each in words]
    place = names.index(old) if old in names else len(words)
    kept = [each for each, name in zip(words, names, strict=True) if name != old]
    if after is not None:
        left = [word_name(each) for each in kept]
        place = 0 if not after else left.index(after) + 1 if after in left else len(kept)
    name = word_name(word)
    changed = _renamed(charter, section, old, name) if old and name != old else charter
    return _declaring(changed, section, (*kept[:place], word, *kept[place:]))


def without_word(charter: Charter, section: str, name: str) -> Charter:
    """The charter without one of its own words; rules that name it still do."""
    left = tuple(each for each in own_words(charter, section) if word_name(each) != name)
    return _declaring(charter, section, left)


def rules_naming(charter: Charter, section: str, name: str, value: str = "") -> tuple[str, ...]:
    """Ids of the rules that name a word.

    Args:
        charter: any.
        section: of the word.
        name: the word.
        value: of a fact that is a choice: only rules that name this value of it.
    """
    return tuple(rule.id for rule in charter.all_rules if _names(rule, section, name, value))


def check_words(charter: Charter) -> None:
    """Look whether the words of a charter can be declared so.

    Raises:
        RuleProblems: what is wrong; the field is the section.
    """
    alone: Form = words_alone(charter)
    text = "".join(written_entry(name, value) for name, value in alone.items() if name not in RULE_SECTIONS)
    try:
        read_source(Source("words", f"{text}grants: []\n", "words"), None)
    except CharterError as error:
        raise RuleProblems(
            tuple(FieldProblem("", "", each.code, each.wrong, each.next_step) for each in error.findings)
        ) from None


def _declaring(charter: Charter, section: str, words: Iterable[Word]) -> Charter:
    changed: dict[str, Any] = {section: tuple(words)}
    return replace(charter, **changed)


def _told(rules: Iterable[AnyRule]) -> Iterable[str]:
    """Roles that are told, or take over."""
    for rule in rules:
        yield from rule.tell if isinstance(rule, Grant) else ()
        yield from rule.hand_to if isinstance(rule, Guardrail) else ()


def _names(rule: AnyRule, section: str, name: str, value: str) -> bool:
    if section == "kinds":
        return name in rule.kinds
    if section == "facts":
        held = dict(rule.when).get(name)
        return held is not None and (not value or (isinstance(held, OneOf) and value in held.values))
    who = dict(rule.who).get(section.removesuffix("s"))
    if section == "roles" and name in _told([rule]):
        return True
    return isinstance(who, OneOf) and name in who.values


def _renamed(charter: Charter, section: str, old: str, new: str) -> Charter:
    """The charter with a word called otherwise in all its rules, and in its chains."""

    def called(word: str) -> str:
        return new if word == old else word

    changed: dict[str, Any] = {
        each: tuple(_rule_renamed(rule, section, called) for rule in getattr(charter, each))
        for each in RULE_SECTIONS
    }
    if section == "facts":
        changed["always"] = tuple(tuple(map(called, chain)) for chain in charter.always)
    return replace(charter, **changed)


def _rule_renamed(rule: AnyRule, section: str, called: Callable[[str], str]) -> AnyRule:
    changed: dict[str, Any] = {}
    if section == "kinds":
        changed["kinds"] = tuple(map(called, rule.kinds))
    elif section == "facts":
        changed["when"] = tuple((called(name), held) for name, held in rule.when)
    elif section in {"roles", "steps"}:
        fact = section.removesuffix("s")
        changed["who"] = tuple(
            (name, _words_renamed(held, called) if name == fact else held) for name, held in rule.who
        )
        if section == "roles":
            changed |= {
                name: tuple(map(called, getattr(rule, name)))
                for name in ("tell", "hand_to")
                if hasattr(rule, name)
            }
    made: AnyRule = replace(rule, **changed)
    return rule if made == rule else made


def _words_renamed(held: Condition, called: Callable[[str], str]) -> Condition:
    return OneOf(tuple(map(called, held.values))) if isinstance(held, OneOf) else held
