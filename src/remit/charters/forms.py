"""Forms of the charters: publishing, asking, lending."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django import forms

from remit.charters.vocabulary import LENDABLE, LEVEL_MEANS
from remit.core.amount_field import AmountField
from remit.core.why_form import WhyField
from remit.people.models import Member
from remit_engine.charter.document import Charter
from remit_engine.charter.facts import OTHER, ChoiceFact, Fact, FlagFact, Unit
from remit_engine.charter.request import Value
from remit_engine.charter.sentences import capital, readable
from remit_engine.limits import CHARTER_BYTES

_LARGEST_NUMBER: Final = 10**9


class PublishForm(forms.Form):
    """The text of a charter, and why it changes."""

    use_required_attribute = False  # a file may take the place of the text; the why comes after the look

    text = forms.CharField(
        label="The charter, in YAML",
        max_length=CHARTER_BYTES,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false", "class": "code", "wrap": "off"}),
        error_messages={"required": "Write the charter, or choose its file."},
    )
    why = WhyField("Say in a sentence what the change is for.")


class AskForm(forms.Form):
    """What somebody thinks up to ask the charter about.

    Args:
        charter: whose kinds and facts can be chosen.
        currency: of the amount.
    """

    def __init__(self, *arguments: Any, charter: Charter, **settings: Any) -> None:  # noqa: ANN401
        super().__init__(*arguments, **settings)
        self._facts = charter.all_facts
        kinds = [(kind, capital(readable(kind))) for kind in charter.all_kinds]
        self.fields["kind"] = forms.ChoiceField(label="Kind", choices=kinds)
        self.fields["amount"] = AmountField(currency=charter.currency, label="Amount")
        for name, fact in self._facts.items():
            self.fields[f"fact-{name}"] = _fact_field(fact, charter.currency)

    @property
    def fact_fields(self) -> list[forms.BoundField]:
        """The fields of the facts, in the order of the charter."""
        return [self[f"fact-{name}"] for name in self._facts]

    @property
    def facts(self) -> dict[str, Value]:
        """What is known, by name, once the form is valid."""
        known: dict[str, Value] = {}
        for name, fact in self._facts.items():
            value = self.cleaned_data.get(f"fact-{name}")
            if value not in {None, ""}:
                known[name] = value == "yes" if isinstance(fact, FlagFact) else value
        return known


class LendForm(forms.Form):
    """Lending one's authority, or a part of it.

    Args:
        charter: whose kinds and facts can be chosen.
        receivers: who may receive it.
        day: today, on the wall clock of the team.
    """

    receiver = forms.ModelChoiceField(
        label="To whom",
        queryset=Member.objects.none(),
        to_field_name="word",
        empty_label="Choose somebody",
        error_messages={"required": "Choose who gets it."},
    )
    until = forms.DateField(
        label="Until",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Say the last day: it ends by itself."},
    )
    since = forms.DateField(
        label="From", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    why = WhyField("A word why is needed.")
    highest = forms.ChoiceField(
        label="At most",
        choices=[(word, f"{capital(word)}: {LEVEL_MEANS[word]}") for word in LENDABLE],
        initial=LENDABLE[0],
        required=False,
    )

    def __init__(self, *arguments: Any, charter: Charter, receivers: Any, day: date, **settings: Any) -> None:  # noqa: ANN401
        super().__init__(*arguments, **settings)
        self._facts = {
            name: fact for name, fact in charter.all_facts.items() if isinstance(fact, ChoiceFact | FlagFact)
        }
        receiver = self.fields["receiver"]
        assert isinstance(receiver, forms.ModelChoiceField)  # noqa: S101 -- said for the type checker
        receiver.queryset = receivers
        for name in ("since", "until"):
            self.fields[name].widget.attrs["min"] = day.isoformat()
        self.fields["kinds"] = forms.MultipleChoiceField(
            label="Only these kinds",
            required=False,
            choices=[(kind, capital(readable(kind))) for kind in charter.all_kinds],
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["upto"] = AmountField(currency=charter.currency, label="Up to", required=False)
        for name, fact in self._facts.items():
            self.fields[f"only-{name}"] = _condition_field(fact)

    def forget_what_a_look_needs_not(self) -> None:
        """Who, until when and why don't matter for what it comes to: what is missing there isn't told yet."""
        for name in ("receiver", "until", "since", "why"):
            self.errors.pop(name, None)

    @property
    def condition_fields(self) -> list[forms.BoundField]:
        """The fields of the conditions, in the order of the charter."""
        return [self[f"only-{name}"] for name in self._facts]

    @property
    def is_part(self) -> bool:
        """Whether something of the part was chosen or is wrong, so that it should stand open."""
        names = ("since", "highest", "kinds", "upto", *(f"only-{name}" for name in self._facts))
        chosen = any(self.data.get(name) not in {None, "", LENDABLE[0]} for name in names)
        return self.is_bound and (chosen or any(name in self.errors for name in names))

    @property
    def conditions(self) -> dict[str, object]:
        """Conditions on facts, once the form is valid, as a charter writes them."""
        chosen: dict[str, object] = {}
        for name, fact in self._facts.items():
            value = self.cleaned_data.get(f"only-{name}")
            if value:
                chosen[name] = value == "yes" if isinstance(fact, FlagFact) else list(value)
        return chosen

    def add_refusal(self, field: str, words: str) -> None:
        """Say what an action refused beside the field that it is about."""
        names = (field, f"only-{field}")
        self.add_error(next((name for name in names if name in self.fields), None), words)


def _fact_field(fact: Fact, currency: str) -> forms.Field:
    label = capital(readable(fact.name))
    if isinstance(fact, ChoiceFact):
        return _choice(label, [(word, capital(readable(word))) for word in (*fact.values, OTHER)])
    if isinstance(fact, FlagFact):
        return _choice(label, [("yes", "Yes"), ("no", "No")])
    if fact.unit is Unit.MONEY:
        return AmountField(currency=currency, label=label, required=False)
    unit = "" if fact.unit is Unit.COUNT else f", in {fact.unit.value}"
    return forms.IntegerField(label=f"{label}{unit}", required=False, min_value=0, max_value=_LARGEST_NUMBER)


def _condition_field(fact: ChoiceFact | FlagFact) -> forms.Field:
    label = f"Only where {readable(fact.name)} is"
    if isinstance(fact, FlagFact):
        return _choice(f"Only where {readable(fact.name)}", [("yes", "Yes"), ("no", "No")], nothing="Either")
    return forms.MultipleChoiceField(
        label=label,
        required=False,
        choices=[(word, capital(readable(word))) for word in fact.values],
        widget=forms.CheckboxSelectMultiple,
    )


def _choice(label: str, choices: Iterable[tuple[str, str]], *, nothing: str = "Not known") -> forms.Field:
    return forms.ChoiceField(label=label, required=False, choices=[("", nothing), *choices])
