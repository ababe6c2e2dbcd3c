"""The form of a mailbox."""

from __future__ import annotations

from typing import Any, Final

from django import forms

from remit.inbox.actions.setting_up import MailboxWords
from remit.inbox.fetching.account import Afterwards, Security
from remit.inbox.models import Mailbox
from remit.inbox.vocabulary import USUAL_MOST_AN_HOUR, Way

_SECURITY: Final = (
    (Security.TLS, "TLS (port 993)"),
    (Security.STARTTLS, "STARTTLS (port 143)"),
    (Security.PLAIN, "none: only for a server on this machine"),
)
_AFTERWARDS: Final = (
    (Afterwards.SEEN, "it is marked as read"),
    (Afterwards.MOVED, "it is moved into another folder"),
    (Afterwards.LEFT, "nothing: it stays as it is"),
)
_MOST: Final = 100_000


class MailboxForm(forms.Form):
    """The mail of a team.

    Args:
        kept: the mailbox that it has; None for none.
    """

    address = forms.EmailField(
        label="Address of the team",
        max_length=254,
        help_text="Customers write to it, and what the team writes to them is from it.",
        error_messages={
            "required": "Write the address that customers know.",
            "invalid": "This is no address.",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    way = forms.ChoiceField(
        label="How its mail gets here", choices=Way.choices, widget=forms.RadioSelect, initial=Way.IMAP
    )
    host = forms.CharField(
        label="IMAP server",
        max_length=253,
        error_messages={"required": "Write the name of the server, such as imap.example.org."},
    )
    security = forms.ChoiceField(label="Security", choices=_SECURITY, required=False)
    port = forms.IntegerField(
        label="Port", min_value=0, max_value=65535, required=False, help_text="Empty for the usual one."
    )
    user = forms.CharField(
        label="User",
        max_length=254,
        help_text="Often the address itself.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
        error_messages={"required": "Write the user whose mailbox it is."},
    )
    password = forms.CharField(
        label="Password",
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Type the password; it is kept sealed, and never shown."},
    )
    folder = forms.CharField(label="Folder", max_length=200, required=False, initial="INBOX")
    afterwards = forms.ChoiceField(
        label="What becomes of a mail there once it was taken in", choices=_AFTERWARDS, required=False
    )
    moved_to = forms.CharField(
        label="Into which folder", max_length=200, required=False, help_text="It is made if it isn't there."
    )
    takes_old = forms.BooleanField(
        label="Take in what is in the folder already, too",
        required=False,
        help_text="Otherwise only what comes from now on.",
    )
    key = forms.CharField(
        label="Signing key of Mailgun",
        max_length=200,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text="In Mailgun under Send, Webhooks: HTTP webhook signing key.",
    )
    signature = forms.CharField(
        label="Signature",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text="Stands below what the team writes to customers, with the number of the complaint.",
    )
    most_an_hour = forms.IntegerField(
        label="Mails to customers within an hour, at most",
        min_value=1,
        max_value=_MOST,
        initial=USUAL_MOST_AN_HOUR,
        help_text="More are held back, and you are told: a mistake then doesn't reach everybody.",
        error_messages={"required": "Write a number, such as 200."},
    )

    def __init__(self, kept: Mailbox | None, *arguments: Any, **settings: Any) -> None:  # noqa: ANN401
        super().__init__(*arguments, **settings)
        self._kept = kept
        if kept is not None and kept.off_at is None:
            self.initial = {name: getattr(kept, name) for name in self.fields if hasattr(kept, name)}
            self.initial["port"] = kept.port or None
            if kept.sealed_key:
                self.fields["key"].help_text = "Left empty, the one that is kept stays."
        is_imap = not self.is_bound or self.data.get("way") == Way.IMAP
        for name in ("host", "user", "password"):
            self.fields[name].required = is_imap
        if kept is not None and kept.sealed_password:
            self.fields["password"].help_text = "Left empty, the one that is kept stays."
            self.fields["password"].required = False

    def clean(self) -> dict[str, Any]:
        """A password that is kept is for its server and its user alone."""
        said = super().clean() or self.cleaned_data
        kept = self._kept
        if said.get("way") != Way.IMAP or kept is None or said.get("password"):
            return said
        if (said.get("host"), said.get("user")) != (kept.host, kept.user):
            self.add_error("password", "For another server or user, type their password.")
        return said

    @property
    def words(self) -> MailboxWords:
        """The mailbox as it was typed."""
        said = self.cleaned_data
        return MailboxWords(
            address=said["address"].lower(),
            way=Way(said["way"]),
            signature=said["signature"].replace("\r\n", "\n"),
            most_an_hour=said["most_an_hour"],
            host=said["host"].strip().lower(),
            port=said["port"] or 0,
            security=said["security"] or Security.TLS,
            user=said["user"].strip(),
            folder=said["folder"].strip() or "INBOX",
            afterwards=said["afterwards"] or Afterwards.SEEN,
            moved_to=said["moved_to"].strip(),
            password=said["password"],
            key=said["key"].strip(),
            takes_old=said["takes_old"],
        )
