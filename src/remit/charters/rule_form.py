"""The form of one rule: what a charter says about it, field by field, and back again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django import forms

from remit.charters.vocabulary import LEVEL_MEANS
from remit.core.amount_field import AmountField
from remit.core.why_form import WhyField
from remit_engine.charter.document import Charter, Per
from remit_engine.charter.editing import FieldProblem, RuleProblems
from remit_engine.charter.editing.rules import AnyRule, section_of
from remit_engine.charter.facts import (
    OTHER,
    Between,
    ChoiceFact,
    Conditions,
    Fact,
    Is,
    NumberFact,
    OneOf,
    Unit,
)
from remit_engine.charter.form import Form, allowance_form, grant_form, guardrail_form, units
from remit_engine.charter.sentences import capital, readable
from remit_engine.limits import CHARTER_TEXT_CHARACTERS

SECTIONS: Final = {"grants": "grant", "guardrails": "guardrail", "allowances": "allowance"}
"""Sections of a charter, and what one of their rules is called."""
_LARGEST: Final = 10**9
_LEVELS: Final = {
    "level": ("decide", "inform", "propose"),
    "at_most": ("inform", "propose", "ask", "never"),
    "beyond": ("ask", "propose", "inform"),
}
_LEVEL_LABELS: Final = {"level": "Level", "at_most": "At most", "beyond": "Beyond it"}
_PERIODS: Final = (
    ("day", "A day"),
    ("week", "A week"),
    ("month", "A month"),
    ("ever", "For ever"),
    ("rolling", "The last … days"),
)
_PER: Final = (
    (Per.MEMBER.value, "Each member"),
    (Per.TEAM.value, "The team together"),
    (Per.CUSTOMER.value, "Each customer"),
    (Per.ORDER.value, "Each order"),
)
_LET_BE: Final = "ignore"
_BETWEEN: Final = ("at_least", "at_most")


def rule_form_of(rule: AnyRule, charter: Charter) -> Form:
    """The document form of any rule."""
    makes: dict[str, Any] = {
        "grants": grant_form,
        "guardrails": guardrail_form,
        "allowances": allowance_form,
    }
    made: Form = makes[section_of(rule)](rule, charter)
    return made


class RuleForm(forms.Form):
    """One rule.

    Args:
        charter: whose kinds, roles, steps and facts can be chosen.
        section: `grants`, `guardrails` or `allowances`.
        roles: words of roles that people here have, beside those of the charter.
        rule: what stands in the fields; None for a new one.
    """

    use_required_attribute = False

    def __init__(
        self,
        *arguments: Any,  # noqa: ANN401
        charter: Charter,
        section: str,
        roles: Sequence[str] = (),
        rule: AnyRule | None = None,
        **settings: Any,  # noqa: ANN401
    ) -> None:
        self.charter, self.section, self.rule = charter, section, rule
        started = {} if rule is None else _started(rule, charter)
        settings["initial"] = started | dict(settings.get("initial") or {})
        super().__init__(*arguments, **settings)
        held = rule_form_of(rule, charter) if rule is not None else {}
        self._held = held
        getattr(self, f"_add_{section}")()
        self._add_who(roles, held)
        self._add_facts()
        self._add_days_and_why()

    def _add_grants(self) -> None:
        self.fields["level"] = _levels("level", self.initial.get("level"))
        self.fields["upto"] = AmountField(currency=self.charter.currency, label="Up to", required=False)
        self.fields["tell"] = forms.CharField(label="Who is told", required=False, max_length=400)
        self.fields["objections"] = forms.CharField(
            label="Time for objections", required=False, max_length=60
        )
        self.fields["say"] = forms.CharField(
            label="What the customer may be told",
            required=False,
            max_length=CHARTER_TEXT_CHARACTERS,
            widget=forms.Textarea(attrs={"rows": 2}),
        )

    def _add_guardrails(self) -> None:
        self.fields["at_most"] = _levels("at_most", self.initial.get("at_most"))
        self.fields["above"] = AmountField(currency=self.charter.currency, label="Only above", required=False)
        self.fields["hand_to"] = forms.CharField(label="Who takes over", required=False, max_length=400)
        self._add_if_missing()

    def _add_allowances(self) -> None:
        self.fields["per"] = forms.ChoiceField(label="Counted for", choices=_PER)
        self.fields["period"] = forms.ChoiceField(label="Over", choices=_PERIODS)
        self.fields["days"] = forms.IntegerField(
            label="How many days", required=False, min_value=1, max_value=_LARGEST
        )
        self.fields["most"] = AmountField(
            currency=self.charter.currency, label="At most in all", required=False
        )
        self.fields["most_count"] = forms.IntegerField(
            label="Or so many remedies", required=False, min_value=0, max_value=_LARGEST
        )
        self.fields["beyond"] = _levels("beyond", self.initial.get("beyond"))
        self._add_if_missing()

    def _add_if_missing(self) -> None:
        self.fields["if_missing"] = forms.BooleanField(
            label="It doesn’t hold as long as a fact isn’t known", required=False
        )

    def _add_who(self, roles: Sequence[str], held: Mapping[str, Any]) -> None:
        chosen = _listed_words(held.get("who", {}).get("role"))
        words = dict.fromkeys((*self.charter.all_roles, *roles, *chosen))
        self.fields["role"] = _several("Whom it is for", words, "everybody")
        kinds = dict.fromkeys((*self.charter.all_kinds, *_listed_words(held.get("kind"))))
        self.fields["kind"] = _several("Kinds of remedy", kinds, "all kinds")
        if self.charter.all_steps:
            self.fields["step"] = _several("Who hold the step", dict.fromkeys(self.charter.step_names), "any")
        for name, label in (("member", "Only these members"), ("team", "Only these teams")):
            self.fields[name] = forms.CharField(
                label=label, required=False, max_length=1000, help_text="Their words, with commas."
            )

    def _add_facts(self) -> None:
        for name, fact in self.charter.all_facts.items():
            self.fields |= _fact_fields(name, fact, self.charter.currency)

    def _add_days_and_why(self) -> None:
        for name, label in (("from", "From"), ("until", "Until")):
            self.fields[name] = forms.DateField(
                label=label,
                required=False,
                widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            )
        self.fields["why"] = WhyField(
            "Say in a sentence what the rule is for: the team reads it.", longest=CHARTER_TEXT_CHARACTERS
        )

    @property
    def fact_fields(self) -> list[forms.BoundField]:
        """Fields of conditions on facts, in the order of the charter."""
        return [self[name] for name in self.fields if name.startswith("fact-")]

    @property
    def is_narrowed(self) -> bool:
        """Whether something of the conditions was chosen or is wrong, so that they should stand open."""
        names = ("member", "team", "step", "from", "until", *(each.name for each in self.fact_fields))
        values = (self[name].value() for name in names if name in self.fields)
        return any(value not in {None, ""} and value != [] for value in map(_hashable, values)) or any(
            name in self.errors for name in names
        )

    def document_form(self, identity: str) -> Form:
        """What was typed as a document says it; conditions that the form doesn't show stay as they are.

        Args:
            identity: id of the rule.
        """
        typed = self.cleaned_data
        common = {
            "id": identity,
            "who": _merged(self._held.get("who", {}), self._who(typed)) or None,
            "kind": _some(_in_order(typed["kind"], self._held.get("kind"))),
            "when": _merged(self._held.get("when", {}), self._when(typed)) or None,
            "from": _day(typed["from"]),
            "until": _day(typed["until"]),
        }
        own = getattr(self, f"_own_{self.section}")(typed)
        written = common | own | {"why": typed["why"]}
        return {name: value for name, value in written.items() if value not in (None, "", [])}

    def _own_grants(self, typed: Mapping[str, Any]) -> Form:
        return {
            "upto": _money(typed["upto"], self.charter.currency),
            "level": typed["level"],
            "say": typed["say"],
            "tell": _some(_words(typed["tell"])),
            "objections": typed["objections"].strip(),
        }

    def _own_guardrails(self, typed: Mapping[str, Any]) -> Form:
        return {
            "above": _money(typed["above"], self.charter.currency),
            "if_missing": _LET_BE if typed["if_missing"] else None,
            "at_most": typed["at_most"],
            "hand_to": _some(_words(typed["hand_to"])),
        }

    def _own_allowances(self, typed: Mapping[str, Any]) -> Form:
        days = typed["days"]
        most: Any = _money(typed["most"], self.charter.currency)
        if typed["most_count"] is not None:
            most = {"count": typed["most_count"]}
        return {
            "per": typed["per"],
            "period": f"rolling {days} days" if typed["period"] == "rolling" else typed["period"],
            "most": most,
            "beyond": typed["beyond"],
            "if_missing": _LET_BE if typed["if_missing"] else None,
        }

    def _who(self, typed: Mapping[str, Any]) -> Form:
        held = self._held.get("who", {})
        return {
            "role": _some(_in_order(typed["role"], held.get("role"))),
            "member": _some(_words(typed["member"])),
            "team": _some(_words(typed["team"])),
            "step": _some(_in_order(typed.get("step", []), held.get("step"))),
        }

    def _when(self, typed: Mapping[str, Any]) -> Form:
        held = self._held.get("when", {})
        return {
            name: _condition(name, fact, typed, held.get(name), self.charter.currency)
            for name, fact in self.charter.all_facts.items()
        }

    def clean(self) -> dict[str, Any]:
        """Looks at what belongs together."""
        typed = super().clean() or {}
        if self.section == "allowances":
            if typed.get("period") == "rolling" and typed.get("days") is None and "days" not in self.errors:
                self.add_error("days", "Say over how many days.")
            has_sum, has_count = typed.get("most") is not None, typed.get("most_count") is not None
            if has_sum == has_count and not {"most", "most_count"} & set(self.errors):
                self.add_error("most", "Give a sum, or a number of remedies: one of the two.")
        return typed

    def tell(self, problems: RuleProblems) -> None:
        """Say what is wrong with the rule beside the fields that it is about."""
        for problem in problems.problems:
            self.add_error(self._field_of(problem), f"{problem.wrong} {problem.next_step}")

    def _field_of(self, problem: FieldProblem) -> str | None:
        names = (
            f"fact-{problem.fact}",
            f"fact-{problem.fact}-at_least",
            problem.fact,
            problem.field,
            "days" if problem.field == "period" else "",
        )
        return next((name for name in names if name and name in self.fields), None)


def _started(rule: AnyRule, charter: Charter) -> dict[str, Any]:
    """What stands in the fields for a rule."""
    held = rule_form_of(rule, charter)
    who = held.get("who", {})
    started: dict[str, Any] = {
        "role": _listed_words(who.get("role")),
        "step": _listed_words(who.get("step")),
        "member": ", ".join(_listed_words(who.get("member"))),
        "team": ", ".join(_listed_words(who.get("team"))),
        "kind": _listed_words(held.get("kind")),
        "from": rule.since,
        "until": rule.until,
        "why": rule.why,
        "if_missing": held.get("if_missing") == _LET_BE,
    }
    for name in ("level", "at_most", "beyond", "say", "objections", "per"):
        started[name] = held.get(name, "")
    for name in ("tell", "hand_to"):
        started[name] = ", ".join(_listed_words(held.get(name)))
    for name in ("upto", "above"):
        started[name] = getattr(rule, name, None)
    period = str(held.get("period", "week"))
    started["period"] = "rolling" if period.startswith("rolling") else period
    started["days"] = "".join(filter(str.isdigit, period)) or None
    if section_of(rule) == "allowances":
        counts, most = getattr(rule, "counts", False), getattr(rule, "most", None)
        started["most_count" if counts else "most"] = most
    return started | _started_facts(rule.when, charter)


def _started_facts(when: Conditions, charter: Charter) -> dict[str, Any]:
    started: dict[str, Any] = {}
    for name, condition in when:
        if name not in charter.all_facts:
            continue
        if isinstance(condition, OneOf):
            started[f"fact-{name}"] = list(condition.values)
        elif isinstance(condition, Is):
            started[f"fact-{name}"] = "yes" if condition.flag else "no"
        else:
            started[f"fact-{name}-at_least"] = condition.at_least or None
            started[f"fact-{name}-at_most"] = condition.at_most
    return started


def _fact_fields(name: str, fact: Fact, currency: str) -> dict[str, forms.Field]:
    label = capital(readable(name))
    if isinstance(fact, ChoiceFact):
        return {f"fact-{name}": _several(label, dict.fromkeys((*fact.values, OTHER)), "any")}
    if not isinstance(fact, NumberFact):
        choices = [("", "Either"), ("yes", "Yes"), ("no", "No")]
        return {f"fact-{name}": forms.ChoiceField(label=label, required=False, choices=choices)}
    made: dict[str, forms.Field] = {}
    for end, words in zip(_BETWEEN, ("at least", "at most"), strict=True):
        if fact.unit is Unit.MONEY:
            made[f"fact-{name}-{end}"] = AmountField(
                currency=currency, label=f"{label}, {words}", required=False
            )
        else:
            unit = "" if fact.unit is Unit.COUNT else f", in {fact.unit.value}"
            made[f"fact-{name}-{end}"] = forms.IntegerField(
                label=f"{label}, {words}{unit}", required=False, min_value=0, max_value=_LARGEST
            )
    return made


def _condition(name: str, fact: Fact, typed: Mapping[str, Any], held: object, currency: str) -> object:
    """What was typed about a fact, as a document says it; None for nothing."""
    if isinstance(fact, ChoiceFact):
        return _some(_in_order(typed[f"fact-{name}"], held))
    if not isinstance(fact, NumberFact):
        value = typed[f"fact-{name}"]
        return None if not value else value == "yes"
    low, high = (typed[f"fact-{name}-{end}"] for end in _BETWEEN)
    if low is None and high is None:
        return None
    money = currency if fact.unit is Unit.MONEY else None
    return _range(Between(low or 0, high), money)


def _range(between: Between, currency: str | None) -> str:
    low, high = between.at_least, between.at_most
    said = [str(value) if currency is None else _money(value, currency) for value in (low, high or 0)]
    if high is None:
        return f">= {said[0]}"
    if low == high:
        return str(said[0])
    return f"{said[0]}..{said[1]}" if low else f"<= {said[1]}"


def _levels(name: str, held: object) -> forms.ChoiceField:
    words = list(_LEVELS[name])
    if held and held not in words:
        words.append(str(held))
    return forms.ChoiceField(
        label=_LEVEL_LABELS[name], choices=[(word, f"{capital(word)}: {LEVEL_MEANS[word]}") for word in words]
    )


def _several(label: str, words: Iterable[str], nothing: str) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        required=False,
        choices=[(word, capital(readable(word))) for word in words],
        widget=forms.CheckboxSelectMultiple,
        help_text=f"None ticked: {nothing}.",
    )


def _merged(held: Mapping[str, Any], typed: Mapping[str, Any]) -> Form:
    """Conditions in the order they had, new ones behind them; those that the form doesn't know stay."""
    names = dict.fromkeys((*held, *typed))
    made = {name: typed[name] if name in typed else held[name] for name in names}
    return {name: value for name, value in made.items() if value is not None}


def _in_order(chosen: Sequence[str], held: object) -> list[str]:
    """Words in the order they stood in, new ones behind them."""
    before = [word for word in _listed_words(held) if word in chosen]
    return [*before, *(word for word in chosen if word not in before)]


def _listed_words(held: object) -> list[str]:
    if held is None:
        return []
    return [str(word) for word in held] if isinstance(held, list) else [str(held)]


def _words(text: str) -> list[str]:
    return list(dict.fromkeys(word.strip() for word in text.split(",") if word.strip()))


def _some(words: Sequence[str]) -> str | list[str] | None:
    if not words:
        return None
    return words[0] if len(words) == 1 else list(words)


def _money(amount: int | None, currency: str) -> str | None:
    return None if amount is None else units(amount, currency)


def _day(day: Any) -> str | None:  # noqa: ANN401 (a date, or nothing)
    return day.isoformat() if day else None


def _hashable(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value
