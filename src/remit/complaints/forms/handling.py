"""What is known about a complaint, as it is typed."""

from __future__ import annotations

import json
from collections.abc import Mapping

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from remit.charters.in_force import charter_of
from remit.complaints.actions.changing import WORDS
from remit.complaints.facts import FACTS_OF_A_COMPLAINT, currency_of
from remit.complaints.forms.fields import category_choices
from remit.complaints.models import Complaint
from remit.complaints.vocabulary import Severity
from remit.core.amount_field import AmountField
from remit.core.errors import Refusal
from remit_engine.charter.facts import ChoiceFact, Fact, FlagFact, Unit

_PREFIX = "fact_"


class NumberForm(forms.Form):
    """Another complaint, by its number."""

    number = forms.CharField(
        label="Number of the other complaint",
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": "C-2042"}),
        error_messages={"required": "Give the number of the other complaint."},
    )

    def clean_number(self) -> int:
        """The number, with or without its C.

        Raises:
            ValidationError: it isn't one.
        """
        typed = str(self.cleaned_data["number"]).strip().upper().removeprefix("C").lstrip("- ")
        if not typed.isdecimal() or len(typed) > len("999999999"):
            raise ValidationError("This isn't a number of a complaint, like C-2042.")
        return int(typed)


class DetailsForm(forms.Form):
    """What is known about a complaint: title, category, tags, customer, order, the facts of the charter.

    Args:
        complaint: with its team and order at hand.
        seen: every field as it was when somebody began; kept in the form, so that a colleague who changes
            the same at the same time is noticed.
    """

    title = forms.CharField(
        label=WORDS["title"],
        max_length=160,
        error_messages={"required": "A few words that say what it is about are missing."},
    )
    category = forms.CharField(label="What kind of trouble", required=False, max_length=64)
    severity = forms.ChoiceField(label=WORDS["severity"], choices=Severity.choices, widget=forms.RadioSelect)
    tags = forms.CharField(
        label=WORDS["tags"],
        required=False,
        max_length=500,
        help_text="Words of your own, parted by commas.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    customer = forms.CharField(
        label=WORDS["customer"],
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": "Jo Miller 0170 1234567"}),
    )
    order = forms.CharField(
        label="Order number",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=20_000)

    def __init__(
        self, data: QueryDict | None = None, *, complaint: Complaint, seen: Mapping[str, str]
    ) -> None:
        super().__init__(data, initial={**seen, "customer": "", "seen": json.dumps(dict(seen))})
        customer = complaint.customer
        self.fields["customer"].help_text = (
            f"Leave it empty to keep {customer.name}; or name, mail or phone of somebody else."
            if customer
            else "Name, mail or phone, as you know them."
        )
        self.declared = _declared(complaint)
        category = self.declared.get("category")
        if isinstance(category, ChoiceFact):
            known = dict.fromkeys((*category.values, *filter(None, [complaint.category])))
            self.fields["category"] = forms.ChoiceField(
                label="What kind of trouble", required=False, choices=category_choices(tuple(known))
            )
        for name, fact in self.declared.items():
            if name not in FACTS_OF_A_COMPLAINT:
                self.fields[_PREFIX + name] = _field_of(name, fact, currency_of(complaint))

    @property
    def was_seen(self) -> dict[str, str]:
        """Every field as it was when they began; {} when somebody tampered with it."""
        try:
            values = json.loads(self.cleaned_data.get("seen", ""))
        except ValueError:
            return {}
        return {str(name): str(value) for name, value in values.items()} if isinstance(values, dict) else {}

    @property
    def wanted(self) -> dict[str, str]:
        """Every field as it should be, as words."""
        data = self.cleaned_data
        wanted = {name: str(data.get(name) or "") for name in WORDS}
        wanted["customer"] = data["customer"].strip() or self.was_seen.get("customer", "")
        for name, value in self.facts.items():
            wanted[_PREFIX + name] = "" if value is None else _as_words(value)
        return wanted

    @property
    def facts(self) -> dict[str, object]:
        """The declared facts that were asked for, as the charter's types; None where nothing was said."""
        names = [name.removeprefix(_PREFIX) for name in self.fields if name.startswith(_PREFIX)]
        return {name: _typed(self.declared[name], self.cleaned_data.get(_PREFIX + name)) for name in names}


def _declared(complaint: Complaint) -> Mapping[str, Fact]:
    """The facts that the charter in force declares; none without one."""
    try:
        charter = charter_of(complaint.team).compiled.charter
    except Refusal:
        return {}
    return {fact.name: fact for fact in charter.facts}


def _field_of(name: str, fact: Fact, currency: str) -> forms.Field:
    label = name.replace("_", " ").capitalize()
    if isinstance(fact, ChoiceFact):
        return forms.ChoiceField(label=label, required=False, choices=category_choices(fact.values))
    if isinstance(fact, FlagFact):
        return forms.ChoiceField(
            label=label, required=False, choices=[("", "not said"), ("yes", "yes"), ("no", "no")]
        )
    if fact.unit is Unit.MONEY:
        return AmountField(currency=currency, label=f"{label} ({currency})", required=False)
    return forms.IntegerField(label=f"{label} ({fact.unit})", required=False, min_value=0, max_value=10**9)


def _typed(fact: Fact, value: object) -> object:
    if isinstance(fact, FlagFact):
        return {"yes": True, "no": False}.get(str(value))
    return value if value not in {"", None} else None


def _as_words(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
