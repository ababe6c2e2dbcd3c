"""Forms of the payment providers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from remit.people.models import Team


class KeysForm(forms.Form):
    """What opens an account at the provider, and what its webhooks are signed with."""

    key = forms.CharField(
        label="Secret key",
        max_length=255,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text="A restricted key is enough: it reads charges, payment intents, customers and checkouts, "
        "and writes refunds.",
        error_messages={"required": "Put the key in: it begins with sk_ or rk_."},
    )
    secret = forms.CharField(
        label="Signing secret of the webhook",
        max_length=255,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text="Stripe shows it once the webhook is there; it can be added later. "
        "Until then Remit looks by itself, once a day.",
    )

    def clean_key(self) -> str:
        """The key, if it looks like one that may be used on a server."""
        key: str = self.cleaned_data["key"].strip()
        if not key.startswith(("sk_live_", "sk_test_", "rk_live_", "rk_test_")):
            raise forms.ValidationError(
                "This is no secret key: those begin with sk_ or rk_. One with pk_ is for browsers."
            )
        return key

    def clean_secret(self) -> str:
        """The secret, if it looks like one."""
        secret: str = self.cleaned_data["secret"].strip()
        if secret and not secret.startswith("whsec_"):
            raise forms.ValidationError("This is no signing secret: those begin with whsec_.")
        return secret

    @property
    def is_live(self) -> bool:
        """Whether the key moves real money."""
        return "_live_" in str(self.cleaned_data["key"])[:8]


class TeamsForm(forms.Form):
    """Which teams give back through a connection.

    Args:
        teams: that may be chosen.
    """

    teams = forms.ModelMultipleChoiceField(
        label="Teams that give back through it",
        queryset=Team.objects.none(),
        to_field_name="word",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose at least one team.",
            "invalid_choice": "There is no such team.",
        },
    )

    def __init__(self, teams: QuerySet[Team], *arguments: Any, **settings: Any) -> None:  # noqa: ANN401
        super().__init__(*arguments, **settings)
        field = self.fields["teams"]
        if isinstance(field, forms.ModelMultipleChoiceField):
            field.queryset = teams


class ConnectForm(TeamsForm, KeysForm):
    """A new connection."""

    field_order = ("key", "secret", "teams")
