"""Fields that several forms of the people use."""

from __future__ import annotations

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from remit.people.models import Member
from remit.people.naming import tidy_name
from remit.people.vocabulary import CURRENCIES, LANGUAGES, PIN_LONGEST

_LEFT_OUT = ("Etc/", "SystemV/", "US/", "posix", "right", "Factory")


class NameField(forms.CharField):
    """A name that people see: any script, no letters that can't be seen."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401
        settings.setdefault("max_length", 120)
        super().__init__(**settings)

    def clean(self, value: Any) -> str:  # noqa: ANN401
        """The tidy name; one of nothing but unseen letters is missing."""
        name = tidy_name(str(super().clean(value) or ""))
        if self.required and not name:
            raise ValidationError(self.error_messages["required"], code="required")
        return name


def name_field(label: str, missing: str, *, auto: str = "", required: bool = True) -> NameField:
    """A name, with the words for a missing one."""
    attributes = {"autocomplete": auto} if auto else {"autocomplete": "off"}
    return NameField(
        label=label,
        required=required,
        error_messages={"required": missing},
        widget=forms.TextInput(attrs=attributes),
    )


class MemberField(forms.ModelChoiceField[Member]):
    """Chooses a member of a team by their word."""

    def __init__(self, members: QuerySet[Member], **settings: Any) -> None:  # noqa: ANN401
        super().__init__(
            queryset=members,
            to_field_name="word",
            error_messages={
                "required": "Choose somebody.",
                "invalid_choice": "They aren't in the team any more.",
            },
            **settings,
        )


def mail_field(*, required: bool, label: str = "Mail", auto: str = "email") -> forms.CharField:
    """A mail address; what is one is said where it is kept."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=254,
        error_messages={"required": "Your mail address is missing; you sign in with it."},
        widget=forms.EmailInput(attrs={"autocomplete": auto, "inputmode": "email", "spellcheck": "false"}),
    )


def password_field(label: str = "Password", *, required: bool = True, new: bool = True) -> forms.CharField:
    """A password, typed once; a script adds a button that shows it."""
    return forms.CharField(
        label=label,
        required=required,
        strip=False,
        max_length=1000,
        error_messages={"required": "The password is missing."},
        widget=forms.PasswordInput(
            attrs={"autocomplete": "new-password" if new else "current-password", "data-shows": ""}
        ),
    )


def pin_field(*, required: bool, label: str = "PIN", is_new: bool = False) -> forms.CharField:
    """A PIN: digits, typed on the keys of a phone."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=PIN_LONGEST,
        error_messages={
            "required": "The PIN is missing.",
            "max_length": f"A PIN has at most {PIN_LONGEST} digits.",
        },
        widget=forms.PasswordInput(
            attrs={
                "inputmode": "numeric",
                "autocomplete": "new-password" if is_new else "off",
                "data-shows": "",
            }
        ),
    )


def zone_field() -> forms.ChoiceField:
    """A time zone by its name; a script guesses it from the browser."""
    return forms.ChoiceField(
        label="Time zone",
        choices=zone_choices,
        error_messages={
            "required": "Choose the time zone, so that deadlines and shifts are right.",
            "invalid_choice": "There is no such time zone; choose one from the list.",
        },
        widget=forms.Select(attrs={"data-guess": "zone"}),
    )


@cache
def zone_choices() -> list[tuple[str, Any]]:
    """Time zones by region, with an empty one first."""
    names = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(_LEFT_OUT))
    regions: dict[str, list[tuple[str, str]]] = {}
    for name in names:
        region, city = name.split("/", 1)
        regions.setdefault(region, []).append((name, city.replace("_", " ").replace("/", " / ")))
    return [("", "Choose …"), ("UTC", "UTC"), *regions.items()]


def currency_field() -> forms.ChoiceField:
    """The currency in which a team counts."""
    return forms.ChoiceField(
        label="Currency",
        choices=CURRENCIES,
        error_messages={"invalid_choice": "Remit can't count in that currency; choose one from the list."},
    )


def language_field() -> forms.ChoiceField:
    """The language of the screens."""
    return forms.ChoiceField(label="Language", choices=LANGUAGES)
