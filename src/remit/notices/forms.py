"""Forms of the notices."""

from __future__ import annotations

from django import forms

from remit.notices.vocabulary import Wish


class ChannelsForm(forms.Form):
    """What somebody wants to be told beside the screen."""

    push = forms.ChoiceField(
        label="In my browsers, also when Remit is closed", choices=Wish.choices, widget=forms.RadioSelect
    )
    mail = forms.ChoiceField(label="By mail", choices=Wish.choices, widget=forms.RadioSelect)
    monday = forms.BooleanField(
        label="On Mondays, which hat to wear in the teams that I manage", required=False
    )


class BrowserForm(forms.Form):
    """What a browser says of itself when push is switched on."""

    endpoint = forms.CharField(max_length=500)
    public_key = forms.CharField(max_length=120)
    auth_secret = forms.CharField(max_length=60)
