"""A customer's record as it is typed."""

from __future__ import annotations

from django import forms

from remit.complaints.actions.customers import CustomerWords


class CustomerForm(forms.Form):
    """Corrects what is known about a customer."""

    name = forms.CharField(
        label="Name",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "The name of the customer is missing."},
    )
    email = forms.EmailField(
        label="Mail",
        required=False,
        max_length=254,
        error_messages={"invalid": "This doesn't look like a mail address."},
    )
    phone = forms.CharField(
        label="Phone", required=False, max_length=40, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    language = forms.CharField(
        label="Language", required=False, max_length=12, help_text="As a short word: en, de, fr."
    )
    since = forms.DateField(
        label="Customer since",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    note = forms.CharField(
        label="Note",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Only the team sees it. Write nothing that you wouldn't say to them.",
    )

    @property
    def words(self) -> CustomerWords:
        """What was typed."""
        data = self.cleaned_data
        return CustomerWords(
            name=data["name"],
            email=data["email"],
            phone=data["phone"],
            language=data["language"],
            since=data["since"],
            note=data["note"],
        )
