"""Forms of a team: inviting, roles, shifts, settings, counter devices."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet

from remit.people.actions.teams import TeamSettings
from remit.people.forms.fields import (
    currency_field,
    language_field,
    mail_field,
    name_field,
    zone_field,
)
from remit.people.forms.opening import OpeningField
from remit.people.models import Membership, Role, Team
from remit.people.vocabulary import LANGUAGES, LOCKS_AFTER

_LONGEST_MINUTES = 60 * 24 * 60


class RoleField(forms.ModelChoiceField[Role]):
    """One of the roles that somebody may give."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401
        super().__init__(
            label="Role",
            queryset=Role.objects.none(),
            to_field_name="word",
            empty_label=None,
            error_messages={"invalid_choice": "That isn't a role you may give; choose one from the list."},
            **settings,
        )


class RoleChoiceForm(forms.Form):
    """Which role somebody gets."""

    role = RoleField()

    def __init__(self, roles: QuerySet[Role], *arguments: Any, **settings: Any) -> None:  # noqa: ANN401
        super().__init__(*arguments, **settings)
        field = self.fields["role"]
        if isinstance(field, RoleField):
            field.queryset = roles
            field.choices = [(role.word, role.title) for role in roles]  # asked for once


class InvitationForm(RoleChoiceForm):
    """Who is invited, and as what; the name and the mail may be left to them."""

    name = name_field("Name", "", required=False)
    email = mail_field(required=False, auto="off")
    field_order = ("name", "role", "email")


class _NameField(forms.ModelChoiceField[Membership]):
    """Somebody of the team, by name."""

    def label_from_instance(self, obj: Membership) -> str:
        """The name alone."""
        return obj.member.name


class ShiftForm(forms.Form):
    """Who is on duty on a day, from when until when."""

    who = _NameField(
        label="Who",
        empty_label="Choose …",
        queryset=Membership.objects.none(),
        error_messages={"required": "Choose who it is.", "invalid_choice": "They aren't in the team."},
    )
    day = forms.DateField(
        label="Day",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "The day is missing.", "invalid": "That isn't a day."},
    )
    begins = forms.TimeField(
        label="From",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": "When it begins is missing.", "invalid": "That isn't a time."},
    )
    ends = forms.TimeField(
        label="Until",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": "When it ends is missing.", "invalid": "That isn't a time."},
    )

    def __init__(
        self,
        people: QuerySet[Membership] | None,
        *arguments: Any,  # noqa: ANN401
        **settings: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*arguments, **settings)
        who = self.fields["who"]
        if people is None:
            del self.fields["who"]
        elif isinstance(who, forms.ModelChoiceField):
            who.queryset = people

    def span(self) -> tuple[date, time, time]:
        """Day, begin and end."""
        said = self.cleaned_data
        return said["day"], said["begins"], said["ends"]


def _minutes(label: str, missing: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        validators=[
            MinValueValidator(1, "At least one minute."),
            MaxValueValidator(_LONGEST_MINUTES, "At most sixty days."),
        ],
        error_messages={"required": missing, "invalid": "Whole minutes, such as 60."},
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": "1"}),
    )


class SettingsForm(forms.Form):
    """What a manager may say of a team."""

    name = name_field("Name", "The name of the team is missing.")
    time_zone = zone_field()
    currency = currency_field()
    language = language_field()
    opening = OpeningField()
    first_reply_minutes = _minutes("First reply", "Say within how many minutes.")
    next_reply_minutes = _minutes("Next reply", "Say within how many minutes.")
    resolution_minutes = _minutes("Made right", "Say within how many minutes.")

    def __init__(self, team: Team, *arguments: Any, currency_stays: bool, **settings: Any) -> None:  # noqa: ANN401
        names = [name for name in self.base_fields if name != "opening"]
        initial = {name: getattr(team, name) for name in names} | {"opening": team.opening}
        super().__init__(*arguments, **{"initial": initial, **settings})
        del self.fields["time_zone"].widget.attrs["data-guess"]
        self._language = team.language
        self._stays = team.currency if currency_stays else ""
        self.fields["currency"].disabled = currency_stays
        if len(LANGUAGES) == 1:
            del self.fields["language"]

    def clean_currency(self) -> str:
        """The one that was chosen; where it stays, another one is refused rather than passed over.

        Raises:
            ValidationError: money was given in the meantime, or somebody sent what they couldn't choose.
        """
        wanted = str(self.data.get("currency") or self._stays)
        if self._stays and wanted != self._stays:
            raise forms.ValidationError(
                f"This team has given money in {self._stays} already, so its currency stays. "
                "Make a new team for another one.",
                code="currency-stays",
            )
        return str(self.cleaned_data["currency"])

    def settings(self) -> TeamSettings:
        """What was said, as the action takes it."""
        return TeamSettings(**{"language": self._language, **self.cleaned_data})


class NewTeamForm(forms.Form):
    """A new team, which may begin like one that there is."""

    name = name_field("Name of the team", "The name of the team is missing.")
    like = forms.ModelChoiceField(
        label="Begin like",
        queryset=Team.objects.none(),
        required=False,
        to_field_name="word",
        empty_label="the usual settings",
        error_messages={"invalid_choice": "There is no such team; choose one from the list."},
    )
    time_zone = zone_field()
    currency = currency_field()

    def __init__(self, teams: QuerySet[Team], *arguments: Any, **settings: Any) -> None:  # noqa: ANN401
        super().__init__(*arguments, **settings)
        like = self.fields["like"]
        if isinstance(like, forms.ModelChoiceField):
            like.queryset = teams


class RoleForm(forms.Form):
    """Title and rank of a role."""

    title = name_field("Title", "The title is missing.")
    rank = forms.IntegerField(
        label="Rank",
        error_messages={"required": "The rank is missing.", "invalid": "A whole number from 1 to 99."},
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": "1", "max": "99"}),
    )

    def __init__(self, *arguments: Any, **settings: Any) -> None:  # noqa: ANN401
        super().__init__(*arguments, **settings)
        title = self.fields["title"]
        if isinstance(title, forms.CharField):
            title.max_length = 60
            title.validators = [*title.validators]
        self.fields["title"].widget.attrs["maxlength"] = "60"

    def clean_title(self) -> str:
        """Not longer than the table holds."""
        title = str(self.cleaned_data["title"])
        if len(title) > 60:  # noqa: PLR2004
            raise forms.ValidationError("At most 60 letters.")
        return title


class CounterForm(forms.Form):
    """Makes the browser in front of a manager the shared screen of the team."""

    name = name_field("What to call it", "", required=False)
    locks_after_seconds = forms.TypedChoiceField(
        label="Locks itself without a touch after", choices=LOCKS_AFTER, coerce=int, initial=120
    )

    def clean_name(self) -> str:
        """Not longer than the table holds."""
        name = str(self.cleaned_data["name"])
        if len(name) > 60:  # noqa: PLR2004
            raise forms.ValidationError("At most 60 letters.")
        return name
