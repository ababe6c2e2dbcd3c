"""Forms of the first run and of the ways in."""

from __future__ import annotations

from typing import Any

from django import forms

from remit.people.actions.beginning import Beginning
from remit.people.actions.joining import Newcomer
from remit.people.forms.fields import (
    currency_field,
    language_field,
    mail_field,
    name_field,
    password_field,
    pin_field,
    zone_field,
)
from remit.people.vocabulary import LANGUAGES


class FirstRunForm(forms.Form):
    """What the first one says: themselves and their team."""

    code = forms.CharField(
        label="Setup code",
        max_length=40,
        error_messages={"required": "The setup code is missing."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    organisation = name_field(
        "Organisation", "The name of your organisation is missing.", auto="organization"
    )
    team = name_field("Team", "", required=False)
    name = name_field("Your name", "Your name is missing.", auto="name")
    email = mail_field(required=True)
    password = password_field()
    time_zone = zone_field()
    currency = currency_field()
    language = language_field()

    def __init__(self, *arguments: Any, **settings: Any) -> None:  # noqa: ANN401
        super().__init__(*arguments, **settings)
        self.fields["currency"].widget.attrs["data-guess"] = "currency"
        if len(LANGUAGES) == 1:
            del self.fields["language"]

    def beginning(self) -> Beginning:
        """What was said, as the action takes it."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "code"}
        return Beginning(**{"language": LANGUAGES[0][0], **said})


class SignInForm(forms.Form):
    """Mail and password."""

    username = mail_field(required=True, auto="username")
    password = password_field(new=False)

    def __init__(self, *arguments: Any, **settings: Any) -> None:  # noqa: ANN401
        super().__init__(*arguments, **settings)
        self.fields["username"].error_messages["required"] = "Your mail address is missing."


class ForgottenForm(forms.Form):
    """The mail address to which a way back is sent."""

    email = mail_field(required=True, auto="username")


class NewPasswordForm(forms.Form):
    """A new password, typed once."""

    password = password_field("New password")


class AcceptForm(forms.Form):
    """Somebody new takes up an invitation."""

    name = name_field("Your name", "Your name is missing.", auto="name")
    pin = pin_field(required=False, is_new=True)
    email = mail_field(required=False)
    password = password_field(required=False)

    def newcomer(self) -> Newcomer:
        """What was said, as the action takes it."""
        return Newcomer(**self.cleaned_data)


class PinForm(forms.Form):
    """The PIN of one member on a counter device."""

    pin = pin_field(required=True)

    def __init__(self, *arguments: Any, **settings: Any) -> None:  # noqa: ANN401
        super().__init__(*arguments, **settings)
        self.fields["pin"].widget.attrs["autofocus"] = True
