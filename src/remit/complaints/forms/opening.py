"""A complaint as it is typed: by a member, or by a customer on the public form."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from remit.complaints.actions.customers import CustomerWords, customer_words
from remit.complaints.actions.opening import Sought
from remit.complaints.actions.orders import OrderWords
from remit.complaints.actions.telling import FormWords
from remit.complaints.forms.fields import FilesField, category_choices
from remit.complaints.vocabulary import Channel, Severity
from remit.core.amount_field import AmountField
from remit.people.models import Team
from remit.remedies.vocabulary import KIND_WORDS

_BY_HAND: Final = (Channel.COUNTER, Channel.PHONE, Channel.MAIL)
_MOST_LETTERS: Final = 20_000


class OpeningForm(forms.Form):
    """By hand, in under twenty seconds: what happened is enough.

    Args:
        team: where; its currency and the categories of its charter.
        categories: words of the charter; with none a category is typed freely.
        colleagues: word and name of those whom it may be about.
    """

    text = forms.CharField(
        label="What happened?",
        max_length=_MOST_LETTERS,
        widget=forms.Textarea(
            attrs={"rows": 4, "autofocus": True, "placeholder": "Dinner came two hours late, and cold."}
        ),
        error_messages={"required": "Write what happened; a few words are enough."},
    )
    customer = forms.CharField(
        label="Who?",
        required=False,
        max_length=300,
        help_text="Name, phone or mail, as you hear it.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": "Jo Miller 0170 1234567"}),
    )
    known = forms.IntegerField(required=False, widget=forms.HiddenInput)
    order = forms.CharField(
        label="Order number",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    title = forms.CharField(
        label="Title", required=False, max_length=160, help_text="Otherwise the first line of what happened."
    )
    severity = forms.TypedChoiceField(
        label="How bad is it for them?",
        choices=Severity.choices,
        coerce=int,
        initial=Severity.USUAL,
        widget=forms.RadioSelect,
        required=False,
    )
    channel = forms.ChoiceField(
        label="How did they tell you?",
        choices=[(each.value, each.label) for each in _BY_HAND],
        initial=Channel.COUNTER,
        widget=forms.RadioSelect,
        required=False,
    )
    sought_kind = forms.ChoiceField(
        label="What would they like?",
        required=False,
        choices=[("", "not said"), *KIND_WORDS.items()],
    )
    sought = forms.CharField(label="In their words", required=False, max_length=300)
    about = forms.ChoiceField(label="Is it about one of you?", required=False)
    leave = forms.BooleanField(
        label="Leave it for whoever has time",
        required=False,
        help_text="Otherwise it is yours.",
    )
    files = FilesField(  # type: ignore[assignment]  # its name on the page
        label="Pictures or PDFs", help_text="Up to 5, 10 MB each. Where a picture was taken is removed."
    )
    stamp = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(
        self,
        *arguments: Any,  # noqa: ANN401
        team: Team,
        categories: tuple[str, ...],
        colleagues: list[tuple[str, str]],
        **settings: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*arguments, **settings)
        self.fields["category"] = _category_field(categories)
        for name, label in (("paid", "Paid"), ("sought_amount", "How much?")):
            self.fields[name] = AmountField(label=label, currency=team.currency, required=False)
        about = self.fields["about"]
        if isinstance(about, forms.ChoiceField):
            about.choices = [("", "no"), *colleagues]

    def clean_severity(self) -> int:
        """Usual, unless said otherwise."""
        return int(self.cleaned_data["severity"] or Severity.USUAL)

    def clean_channel(self) -> str:
        """In person, unless said otherwise."""
        return str(self.cleaned_data["channel"] or Channel.COUNTER)

    @property
    def told_customer(self) -> CustomerWords | None:
        """Who complains, as typed or as chosen among those known."""
        text, known = self.cleaned_data["customer"], self.cleaned_data["known"]
        if known:
            return CustomerWords(known=known)
        return customer_words(text) if text else None

    @property
    def told_order(self) -> OrderWords | None:
        """What it is about."""
        number = self.cleaned_data["order"].strip()
        return OrderWords(number, self.cleaned_data["paid"]) if number else None

    @property
    def told_sought(self) -> Sought:
        """What the customer would like."""
        data = self.cleaned_data
        return Sought(data["sought_kind"], data["sought_amount"], data["sought"].strip())

    @property
    def says_more(self) -> bool:
        """Whether something of what is folded away was typed, or is wrong: then it stands open."""
        folded = ("order", "paid", "title", "sought_kind", "sought_amount", "sought", "about", "files")
        return any(self[name].errors or (self.is_bound and self[name].value()) for name in folded)

    def clean(self) -> dict[str, Any]:
        """An amount paid belongs to an order."""
        data = super().clean() or {}
        if data.get("paid") is not None and not data.get("order"):
            self.add_error("order", ValidationError("Write the order that this was paid for."))
        return data


class TellingForm(forms.Form):
    """The public form: a customer tells a team what went wrong."""

    text = forms.CharField(
        label="What happened?",
        max_length=_MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Please write what happened; a few words are enough."},
    )
    sought = forms.CharField(
        label="What would make it right for you?",
        required=False,
        max_length=300,
        help_text="Your money back, a new one, or simply that we hear it.",
    )
    name = forms.CharField(
        label="Your name",
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label="Mail",
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="For our answer. Without it, you find the answer on a page of your own.",
        error_messages={"invalid": "This doesn't look like a mail address. Check it, or leave it empty."},
    )
    phone = forms.CharField(
        label="Phone",
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "type": "tel"}),
    )
    order = forms.CharField(
        label="Order or receipt number",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    files = FilesField(  # type: ignore[assignment]  # its name on the page
        label="Pictures or PDFs", help_text="Up to 5, 10 MB each. We remove where a picture was taken."
    )
    website = forms.CharField(
        label="Leave this empty",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    stamp = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)

    @property
    def words(self) -> FormWords:
        """What it says; what was paid isn't asked."""
        data = self.cleaned_data
        number = data["order"].strip()
        return FormWords(
            text=data["text"],
            sought=data["sought"].strip(),
            customer=CustomerWords(name=data["name"].strip(), email=data["email"], phone=data["phone"]),
            order=OrderWords(number) if number else None,
            files=data["files"],
            trap=data["website"],
            stamp=data["stamp"],
        )


def _category_field(words: tuple[str, ...]) -> forms.Field:
    if words:
        return forms.ChoiceField(
            label="What kind of trouble?",
            required=False,
            choices=category_choices(words),
            widget=forms.RadioSelect,
        )
    return forms.CharField(label="What kind of trouble?", required=False, max_length=64)
