"""Forms of one's own page."""

from __future__ import annotations

from typing import Any

from django import forms

from remit.people.forms.fields import language_field, mail_field, name_field, password_field, pin_field
from remit.people.models import Member
from remit.people.vocabulary import LANGUAGES


class ProfileForm(forms.Form):
    """Name, mail and language."""

    name = name_field("Your name", "Your name is missing.", auto="name")
    email = mail_field(required=False)
    language = language_field()

    def __init__(self, member: Member, *arguments: Any, **settings: Any) -> None:  # noqa: ANN401
        initial = {"name": member.name, "email": member.email or "", "language": member.language}
        super().__init__(*arguments, **{"initial": initial, **settings})
        self._language = member.language
        if len(LANGUAGES) == 1:
            del self.fields["language"]

    def profile(self) -> dict[str, str]:
        """What was said, as the action takes it."""
        return {"language": self._language, **self.cleaned_data}


class PasswordForm(forms.Form):
    """A new password, with the old one where there is one and it is needed."""

    old = password_field("Password of now", new=False)
    password = password_field("New password")

    def __init__(self, member: Member, *arguments: Any, needs_old: bool = True, **settings: Any) -> None:  # noqa: ANN401
        super().__init__(*arguments, **settings)
        if not needs_old or not member.has_usable_password():
            del self.fields["old"]


class OwnPinForm(forms.Form):
    """A PIN for the counter devices of a team."""

    pin = pin_field(required=True, label="New PIN", is_new=True)
