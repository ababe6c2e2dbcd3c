"""Forms of the words of a charter: what it is called and for, its kinds, roles, facts, steps and chains."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from django import forms

from remit.core.why_form import WhyField
from remit_engine.charter.document import Charter, Step
from remit_engine.charter.editing import (
    Word,
    inherited_words,
    own_words,
    rules_naming,
    word_name,
)
from remit_engine.charter.facts import ChoiceFact, Fact, FlagFact, NumberFact, Unit
from remit_engine.charter.sentences import capital, listed, readable
from remit_engine.limits import CHARTER_TEXT_CHARACTERS
from remit_engine.money import decimals

WORDS: Final = {
    "kinds": "kind of remedy",
    "roles": "role",
    "facts": "fact",
    "steps": "step",
    "always": "rule of numbers",
}
"""Sections of words, and what one of them is called."""

_LONGEST: Final = 200
_LONGEST_LIST: Final = 20_000
_CHOICE: Final = "choice"
_FLAG: Final = "flag"
_TYPES: Final = (
    (_CHOICE, "One of some words"),
    (_FLAG, "Yes or no"),
    (Unit.DAYS.value, "A number of days"),
    (Unit.HOURS.value, "A number of hours"),
    (Unit.MINUTES.value, "A number of minutes"),
    (Unit.COUNT.value, "A number of things"),
    (Unit.PERCENT.value, "Percent"),
    (Unit.MONEY.value, "An amount of money"),
)
_LINKS: Final = 4
"""Numbers that a chain on the screen has at most; the text takes more."""
_NAMED_RULES: Final = 5


class AboutForm(forms.Form):
    """What a charter is called, what it is for, and what it adds to.

    Args:
        charter: as it is.
        has_above: whether there is a charter of the organisation that it may add to.
    """

    use_required_attribute = False

    name = forms.CharField(
        label="What it is called",
        max_length=_LONGEST,
        error_messages={"required": "Give it a name."},
    )
    why = WhyField(
        "Say in a sentence what the charter is for: the team reads it.", longest=CHARTER_TEXT_CHARACTERS
    )
    currency = forms.CharField(
        label="Currency",
        max_length=3,
        error_messages={"required": "Give its three letters, such as EUR."},
    )
    extends = forms.BooleanField(label="It adds to the organisation’s charter", required=False)

    def __init__(self, *arguments: Any, charter: Charter, has_above: bool, **settings: Any) -> None:  # noqa: ANN401
        self._charter = charter
        settings["initial"] = {
            "name": charter.name,
            "why": charter.why,
            "currency": charter.currency,
            "extends": charter.extends is not None,
        }
        super().__init__(*arguments, **settings)
        if not has_above and charter.extends is None:
            del self.fields["extends"]

    def clean_currency(self) -> str:
        """A code of three letters, whose amounts have as many decimals as those that are written already."""
        typed = str(self.cleaned_data["currency"]).strip().upper()
        if not re.fullmatch("[A-Z]{3}", typed):
            raise forms.ValidationError("Give its three letters, such as EUR.")
        if decimals(typed) != decimals(self._charter.currency) and any(self._charter.all_rules):
            raise forms.ValidationError(
                "Its amounts have other decimals, so every rule would say something else. "
                "Change it in the text, and look at every amount there."
            )
        return typed


class WordForm(forms.Form):
    """One word of a charter.

    Args:
        charter: whose.
        section: of the word.
        word: what stands in the fields; None for a new one.
        roles: words of roles that people here have.
    """

    use_required_attribute = False

    def __init__(
        self,
        *arguments: Any,  # noqa: ANN401
        charter: Charter,
        section: str,
        word: Word | None = None,
        roles: Sequence[str] = (),
        **settings: Any,  # noqa: ANN401
    ) -> None:
        self.charter, self.section, self.word = charter, section, word
        self.names = [word_name(each) for each in own_words(charter, section)]
        self.suggested = [each for each in roles if each not in self.names] if section == "roles" else []
        super().__init__(*arguments, **settings)
        if section == "always":
            self._add_links()
        else:
            self._add_name()
            getattr(self, f"_add_{section}", lambda: None)()
            self._add_place()

    @property
    def old(self) -> str:
        """What the word is called now; "" for a new one."""
        return word_name(self.word) if self.word is not None else ""

    def _add_name(self) -> None:
        self.fields["name"] = forms.CharField(
            label="What it is called",
            max_length=_LONGEST,
            initial=readable(self.old) if self.section == "facts" else self.old,
            error_messages={"required": "Give it a name."},
        )

    def _add_facts(self) -> None:
        word = self.word
        kind = _CHOICE
        if isinstance(word, FlagFact):
            kind = _FLAG
        elif isinstance(word, NumberFact):
            kind = word.unit.value
        self.fields["type"] = forms.ChoiceField(label="What is known of it", choices=_TYPES, initial=kind)
        self.fields["values"] = forms.CharField(
            label="Which words",
            required=False,
            max_length=_LONGEST_LIST,
            widget=forms.Textarea(attrs={"rows": 6}),
            initial="\n".join(word.values) if isinstance(word, ChoiceFact) else "",
        )

    def _add_steps(self) -> None:
        word = self.word if isinstance(self.word, Step) else None
        for name, label, most in (
            ("reviews", "Fair reviews that are needed when none says different", 999_999),
            ("percent", "The share of different that has to be ruled out, in percent", 99),
        ):
            self.fields[name] = forms.IntegerField(
                label=label,
                min_value=1,
                max_value=most,
                initial=getattr(word, name, None),
                error_messages={"required": "Give a number."},
            )

    def _add_place(self) -> None:
        others = [name for name in self.names if name != self.old]
        place = self.names.index(self.old) if self.old else len(self.names)
        self.fields["after"] = forms.ChoiceField(
            label="Where it stands",
            required=False,
            choices=[("", "First"), *((name, f"After {readable(name)}") for name in others)],
            initial=self.names[place - 1] if place else "",
        )

    def _add_links(self) -> None:
        numbers = [name for name, fact in self.charter.all_facts.items() if isinstance(fact, NumberFact)]
        chain = self.word if isinstance(self.word, tuple) else ()
        for place in range(max(_LINKS, len(chain))):
            names = ["amount", *numbers] if place == 0 else numbers
            self.fields[f"number-{place}"] = forms.ChoiceField(
                label="This number" if place == 0 else "is never more than",
                required=place <= 1,
                error_messages={"required": "Choose two numbers at least."},
                choices=[("", "–"), *((name, capital(readable(name))) for name in names)],
                initial=chain[place] if place < len(chain) else "",
            )

    @property
    def links(self) -> list[forms.BoundField]:
        """The numbers of a chain."""
        return [self[name] for name in self.fields if name.startswith("number-")]

    def clean_name(self) -> str:
        """A name that nothing else has."""
        typed = " ".join(str(self.cleaned_data["name"]).split())
        if self.section == "facts":
            typed = re.sub(r"[^a-z0-9]+", "_", typed.lower()).strip("_")
        taken = {*self.names, *map(word_name, inherited_words(self.charter, self.section))} - {self.old}
        if typed in taken:
            raise forms.ValidationError(f"There is a {WORDS[self.section]} of that name already.")
        return typed

    def clean(self) -> dict[str, Any]:
        """Looks at what belongs together."""
        typed = super().clean() or {}
        if self.section == "facts" and typed.get("type") == _CHOICE:
            words = _lines(typed.get("values", ""))
            if not words and "values" not in self.errors:
                self.add_error("values", "Write at least one word, each on a line of its own.")
            self._check_left_out(words)
        return typed

    def _check_left_out(self, words: Sequence[str]) -> None:
        """Words that rules name can't be left out."""
        word = self.word
        for gone in word.values if isinstance(word, ChoiceFact) else ():
            held = rules_naming(self.charter, "facts", self.old, gone) if gone not in words else ()
            if held:
                self.add_error("values", f"{capital(named_by(held))} “{gone}”: change that first.")

    def made(self) -> Word:
        """What was typed, as a word of a charter."""
        typed = self.cleaned_data
        if self.section == "always":
            return self._chain(typed)
        name = str(typed["name"])
        if self.section == "steps":
            return Step(name, typed["reviews"], typed["percent"])
        return name if self.section != "facts" else _fact(name, typed["type"], _lines(typed["values"]))

    @staticmethod
    def _chain(typed: dict[str, Any]) -> tuple[str, ...]:
        return tuple(value for name, value in typed.items() if name.startswith("number-") and value)

    def tell(self, sentence: str, code: str) -> None:
        """Say what is wrong beside the field that it is about."""
        field = {"bad-name": "name", "reserved-name": "name", "reserved-word": "name", "twice": "values"}
        first = next(iter(self.fields))
        chosen = field.get(code, first)
        self.add_error(chosen if chosen in self.fields else first, sentence)


def named_by(rules: Sequence[str]) -> str:
    """Which rules name a word: `the rules a and b name`."""
    more = len(rules) - _NAMED_RULES
    names = listed([*rules[:_NAMED_RULES], *([f"{more} more"] if more > 0 else [])])
    return f"the rule {names} names" if len(rules) == 1 else f"the rules {names} name"


def _fact(name: str, kind: str, words: Sequence[str]) -> Fact:
    if kind == _CHOICE:
        return ChoiceFact(name, tuple(words))
    return FlagFact(name) if kind == _FLAG else NumberFact(name, Unit(kind))


def _lines(text: str) -> list[str]:
    """Words, one a line, each once."""
    return list(dict.fromkeys(" ".join(line.split()) for line in text.splitlines() if line.strip()))
