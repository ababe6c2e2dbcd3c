"""What is typed about who takes part, and about what there is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from remit.core.typed_fields import day_field, line_field, near, time_field
from remit.events.models import Event
from remit.events.skills import skills_in
from remit.events.vocabulary import LONGEST_NAME, LONGEST_TEXT, MOST_COUNT, WEIGHTS, ThingKind
from remit.people.actions.duty import span_of
from remit.people.models import Member


class SkillsForm(forms.Form):
    """What somebody can do."""

    skills = forms.CharField(
        label="Skills",
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    use_required_attribute = False

    def clean_skills(self) -> list[str]:
        """Words, sorted."""
        return skills_in(self.cleaned_data["skills"])


class PeopleForm(SkillsForm):
    """Who is added, and what all of them can do.

    Args:
        members: of the team who aren't in it yet.
        sent: what came with the form.
    """

    def __init__(self, members: QuerySet[Member], sent: QueryDict | None = None) -> None:
        super().__init__(sent)
        self.fields["members"] = forms.ModelMultipleChoiceField[Member](
            members,
            to_field_name="word",
            label="Who",
            widget=forms.CheckboxSelectMultiple,
            error_messages={
                "required": "Choose somebody.",
                "invalid_choice": "One of them isn't in the team any more.",
            },
        )
        self.order_fields(["members", "skills"])


class HelperForm(SkillsForm):
    """Somebody without an account, and what they can do."""

    name = line_field("Called", "What are they called?", longest=LONGEST_NAME)
    field_order = ("name", "skills")

    def __init__(self, sent: QueryDict | None = None) -> None:
        super().__init__(sent, auto_id="id_helper_%s")


class StayForm(forms.Form):
    """A time in which somebody can come.

    Args:
        event: whose wall clock counts.
        sent: what came with the form.
    """

    day = day_field("Day")
    since = time_field("From")
    to = time_field("To")
    use_required_attribute = False

    def __init__(self, event: Event, sent: QueryDict | None = None) -> None:
        super().__init__(sent, initial={"day": event.day}, auto_id="id_stay_%s")
        self._event = event

    def clean_day(self) -> date | None:
        """Within ten years of today."""
        return near(self.cleaned_data["day"], self._event.zone.key)

    @property
    def span(self) -> tuple[datetime, datetime]:
        """As moments; an end not after the begin lies on the next day."""
        typed = self.cleaned_data
        return span_of(self._event, typed["day"], typed["since"], typed["to"])


class WishForm(forms.Form):
    """What somebody would rather do, or not.

    Args:
        event: whose tasks can be wished for.
        skills: that its tasks ask for.
        sent: what came with the form.
    """

    weight = forms.TypedChoiceField(label="I do it", coerce=int, choices=WEIGHTS, initial=2)
    day = day_field("Day", required=False)
    since = time_field("From", required=False)
    to = time_field("To", required=False)
    use_required_attribute = False

    def __init__(self, event: Event, skills: Iterable[str], sent: QueryDict | None = None) -> None:
        super().__init__(sent, initial={"day": event.day}, auto_id="id_wish_%s")
        self._event = event
        tasks = [(f"task:{pk}", title) for pk, title in event.tasks.values_list("pk", "title")]
        self.fields["about"] = forms.ChoiceField(
            label="What",
            choices=[
                ("", "choose what it is about"),
                ("time", "whatever begins in a time, below"),
                ("Skills", [(f"skill:{skill}", skill) for skill in skills]),
                ("Tasks", tasks),
            ],
            error_messages={
                "required": "Choose what it is about.",
                "invalid_choice": "That isn't there any more. Choose again.",
            },
        )
        self.order_fields(["weight", "about"])

    def clean_day(self) -> date | None:
        """Within ten years of today."""
        return near(self.cleaned_data["day"], self._event.zone.key)

    def clean(self) -> dict[str, Any]:
        """A wish about a time says which."""
        typed = super().clean() or self.cleaned_data
        if typed.get("about") == "time":
            for name in ("day", "since", "to"):
                if not typed.get(name) and name not in self.errors:
                    self.add_error(name, "Say it, for a wish about a time.")
        return typed

    @property
    def wish(self) -> dict[str, Any]:
        """What the action takes, by name."""
        typed = self.cleaned_data
        kind, _, what = typed["about"].partition(":")
        if kind == "time":
            return {"during": span_of(self._event, typed["day"], typed["since"], typed["to"])}
        return {"task": int(what)} if kind == "task" else {"skill": what}


class ThingChangeForm(forms.Form):
    """The name of a thing, and how many there are; what it is stays."""

    name = line_field("Called", "What is it called?", longest=LONGEST_NAME)
    count = forms.IntegerField(
        label="How many",
        min_value=1,
        max_value=MOST_COUNT,
        initial=1,
        error_messages={"required": "How many are there?"},
    )
    use_required_attribute = False


class ThingForm(ThingChangeForm):
    """Equipment or a room that is new."""

    kind = forms.ChoiceField(label="What is it", choices=ThingKind.choices, widget=forms.RadioSelect)
    field_order = ("kind", "name", "count")
