"""What is typed where a plan is changed by hand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from remit.core.typed_fields import day_field, near, time_field
from remit.events.actions.by_hand import Choice
from remit.events.facts import Facts
from remit.events.models import Task
from remit.events.skills import counted
from remit.people.actions.duty import moment_on
from remit_engine import planning

_LONGEST_MARK: Final = 4000
_FARTHEST: Final = timedelta(days=400)


class HandForm(forms.Form):
    """When a task begins, in which room, and who does it: a list of people for each need.

    Args:
        task: with its event and team at hand.
        facts: of its event.
        sent: what came with the form; None where it was only opened.
        mark: of what the plan says now.
    """

    mark = forms.CharField(required=False, max_length=_LONGEST_MARK, widget=forms.HiddenInput)
    day = day_field("Day")
    at = time_field("At")
    use_required_attribute = False

    def __init__(self, task: Task, facts: Facts, sent: QueryDict | None = None, *, mark: str = "") -> None:
        asked = facts.event.task[str(task.pk)]
        placed = facts.plan.of.get(asked.id)
        start = facts.moment(placed.start if placed else asked.earliest)
        initial: dict[str, Any] = {"mark": mark, "day": start.date(), "at": start.time()}
        initial["room"] = placed.room or "" if placed else ""
        super().__init__(sent, initial=initial, auto_id="id_hand_%s")
        self._task, self._skills = task, {f"need-{n}": need.skill for n, need in enumerate(asked.people)}
        rooms = [(each, facts.event.room[each].title) for each in asked.rooms]
        if rooms:
            self.fields["room"] = forms.TypedChoiceField(
                label="Room", required=False, coerce=int, empty_value=None, choices=[("", "none"), *rooms]
            )
        for (name, skill), need in zip(self._skills.items(), asked.people, strict=True):
            able = [person for person in facts.event.people if person.can(skill)]
            self.fields[name] = forms.TypedMultipleChoiceField(
                label=counted([(skill, need.count)]),
                required=False,
                coerce=int,
                choices=[(person.id, _called(person, asked)) for person in able],
                initial=_now_in(placed, skill),
                widget=forms.CheckboxSelectMultiple,
                error_messages={"invalid_choice": "One of them can't be chosen here any more."},
            )

    @property
    def of_people(self) -> list[forms.BoundField]:
        """The lists of people."""
        return [self[name] for name in self._skills]

    def clean_day(self) -> date | None:
        """Near the day of the event."""
        day = near(self.cleaned_data["day"], self._task.event.zone.key)
        if day and self._task.event.day and abs(day - self._task.event.day) > _FARTHEST:
            raise ValidationError("That is far from the day of the event.")
        return day

    @property
    def choice(self) -> Choice:
        """What was chosen, as the actions take it."""
        typed = self.cleaned_data
        return Choice(
            start=moment_on(self._task.event, typed["day"], typed["at"]),
            room=typed.get("room"),
            people=[(person, skill) for name, skill in self._skills.items() for person in typed[name]],
        )


def _called(person: planning.Person, task: planning.Task) -> str:
    return f"{person.title} (taken out by hand)" if person.id in task.not_by else person.title


def _now_in(placed: planning.Placed | None, skill: str) -> list[str]:
    return [each.person for each in placed.people if each.skill == skill] if placed else []
