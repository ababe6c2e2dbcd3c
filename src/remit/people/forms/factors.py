"""Forms of second factors, passkeys, and of the question whether it is still somebody."""

from __future__ import annotations

from typing import Any

from django import forms

from remit.core.why_form import WhyField
from remit.people.forms.fields import NameField
from remit.people.models import Member

_LONGEST_DAYS = 90


def _code_field(label: str, missing: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=40,
        error_messages={"required": missing},
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "spellcheck": "false",
                "autocapitalize": "characters",
                "autofocus": True,
            }
        ),
    )


class SecondForm(forms.Form):
    """The second factor, typed: a code of the app, or a recovery code."""

    code = _code_field("Code", "The code is missing.")


class AppForm(forms.Form):
    """The first code of an app."""

    code = _code_field("Code", "The code that the app shows is missing.")

    def __init__(self, *arguments: Any, **settings: Any) -> None:  # noqa: ANN401
        super().__init__(*arguments, **settings)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class PasskeyForm(forms.Form):
    """What a passkey is called."""

    name = NameField(
        label="Name",
        max_length=60,
        error_messages={
            "required": "Give it a name, so that you know it among others.",
            "max_length": "At most 60 letters, so that it fits into the list.",
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class ProofForm(forms.Form):
    """The password again, or a code where there is none."""

    proof = forms.CharField(label="Password", strip=False, max_length=1000)

    def __init__(self, *arguments: Any, member: Member, **settings: Any) -> None:  # noqa: ANN401
        super().__init__(*arguments, **settings)
        field = self.fields["proof"]
        if member.has_usable_password():
            field.widget = forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True})
            field.error_messages["required"] = "The password is missing."
        else:
            field.label = "Code of your app"
            field.widget = forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True})
            field.error_messages["required"] = "The code is missing."


class RuleForm(forms.Form):
    """Who needs a second factor, from when on, and why."""

    rank = forms.ChoiceField(label="Needed by", required=False)
    days = forms.IntegerField(
        label="Days to set one up",
        min_value=0,
        max_value=_LONGEST_DAYS,
        error_messages={
            "required": "How many days do they have? 0 is at once.",
            "invalid": "Give whole days.",
            "min_value": "0 is at once; it can't be less.",
            "max_value": f"At most {_LONGEST_DAYS} days.",
        },
    )
    why = WhyField(longest=300)

    def __init__(self, ranks: list[tuple[str, str]], *arguments: Any, **settings: Any) -> None:  # noqa: ANN401
        super().__init__(*arguments, **settings)
        rank = self.fields["rank"]
        rank.choices = [("", "nobody has to"), *ranks]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """What was said; a rule needs a why."""
        said = super().clean() or {}
        if said.get("rank") and not str(said.get("why") or "").strip():
            self.add_error("why", "Say what it is for: those read it who have to.")
        return said
