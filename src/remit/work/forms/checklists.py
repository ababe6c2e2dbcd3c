"""What is typed about checklists: what they ask for, and when they come back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from typing import Any, Final

from django import forms
from django.http import QueryDict

from remit.core.clock import today
from remit.core.typed_fields import line_field
from remit.core.why_form import WhyField
from remit.core.written_form import WrittenForm, fresh_stamp
from remit.people.access import Place
from remit.procedures.access import Seen
from remit.purpose.models import Objective
from remit.purpose.objective_field import ObjectiveField
from remit.work.actions.checklists import ChecklistWords
from remit.work.following import ItemWords, Source, item_words, lines_of
from remit.work.models import Checklist
from remit.work.vocabulary import (
    LONGEST_ITEM,
    LONGEST_RULE,
    LONGEST_STEP_KEY,
    LONGEST_TITLE,
    MOST_ITEMS,
    SPANS,
    OnClosed,
    With,
)
from remit_engine.recurrence.offered import every_day, every_month_on, every_month_on_the, every_week
from remit_engine.recurrence.reading import UnreadableRule, read_rule
from remit_engine.recurrence.recurrence import Anchor, OnClosedDays, Recurrence
from remit_engine.recurrence.rule import Rule

_SHOWN: Final = 4
"""Lines that a new form shows at once; the others unfold."""
_WEEKDAYS: Final = (
    ("0", "Mon"), ("1", "Tue"), ("2", "Wed"), ("3", "Thu"), ("4", "Fri"), ("5", "Sat"), ("6", "Sun"),
)  # fmt: skip
_HOW: Final = (
    ("day", "every day"),
    ("week", "on days of the week"),
    ("month-weekday", "on the first or last such day of the month"),
    ("month-end", "on the last day of the month"),
    ("month-day", "on a day of the month"),
    ("rule", "by a rule of my own"),
)


class ChecklistForm(WrittenForm):
    """A checklist.

    Args:
        place: of the lead who writes.
        sent: what came with the form; None where it was only opened.
        checklist: that is changed; None for a new one.
        made_from: the procedure whose steps a new one begins with.
    """

    procedure = forms.IntegerField(
        required=False, min_value=1, max_value=1_000_000_000, widget=forms.HiddenInput
    )
    version = forms.IntegerField(required=False, min_value=1, max_value=1_000_000, widget=forms.HiddenInput)
    title = line_field("How it is called", "Say how it is called.", longest=LONGEST_TITLE)
    why = WhyField("A word why is needed.", label="Why?", beside=("title",), asks_once=True)
    how = forms.ChoiceField(label="It comes back", choices=_HOW, widget=forms.RadioSelect)
    weekdays = forms.MultipleChoiceField(
        label="On", required=False, choices=_WEEKDAYS, widget=forms.CheckboxSelectMultiple
    )
    number = forms.TypedChoiceField(
        label="Which one", coerce=int, required=False, empty_value=None,
        choices=((1, "the first"), (2, "the second"), (3, "the third"), (4, "the fourth"), (-1, "the last")),
    )  # fmt: skip
    month_day = forms.IntegerField(
        label="Day of the month", required=False, min_value=1, max_value=31,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    rule = forms.CharField(
        label="Rule",
        required=False,
        max_length=LONGEST_RULE,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    comes_with = forms.ChoiceField(
        label="At", required=False, choices=(("", "a time"), *With.choices), widget=forms.RadioSelect
    )
    at = forms.TimeField(
        label="Time", required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    on_closed = forms.ChoiceField(label="On days when we are closed", choices=OnClosed.choices)
    minutes = forms.TypedChoiceField(label="There is time for", coerce=int, choices=SPANS)

    def __init__(
        self,
        place: Place,
        sent: QueryDict | None = None,
        *,
        checklist: Checklist | None = None,
        made_from: Seen | None = None,
    ) -> None:
        super().__init__(sent, initial=_as_it_is(checklist) | _as_it_says(made_from))
        self._start = checklist.starts if checklist else today(place.team.time_zone)
        self.fields["objective"] = ObjectiveField(
            place.member, place.team, current=_objective(checklist, made_from)
        )
        for number in range(1, MOST_ITEMS + 1):
            self.fields[f"text_{number}"] = line_field("To do", longest=LONGEST_ITEM)
            self.fields[f"why_{number}"] = WhyField(beside=(f"text_{number}",), longest=LONGEST_ITEM, rows=1)
            self.fields[f"step_{number}"] = forms.CharField(
                required=False, max_length=LONGEST_STEP_KEY, widget=forms.HiddenInput
            )
            self.fields[f"needs_photo_{number}"] = forms.BooleanField(
                label="A photo shows that it is done", required=False
            )
        self._known = sum(f"text_{number}" in self.initial for number in range(1, MOST_ITEMS + 1))

    @property
    def shown(self) -> list[tuple[forms.BoundField, ...]]:
        """The lines that stand there at once."""
        return self._lines()[: self._at_once]

    @property
    def folded(self) -> list[tuple[forms.BoundField, ...]]:
        """Those that unfold."""
        return self._lines()[self._at_once :]

    @property
    def words(self) -> ChecklistWords:
        """What was typed, as the actions take it."""
        typed = self.cleaned_data
        at: time | Anchor = Anchor(typed["comes_with"]) if typed["comes_with"] else typed["at"]
        return ChecklistWords(
            title=typed["title"],
            why=typed["why"],
            objective=typed["objective"],
            items=list(self._items()),
            recurrence=Recurrence(typed["made_rule"], self._start, at, OnClosedDays(typed["on_closed"])),
            minutes=typed["minutes"],
            source=Source(typed["procedure"], typed["version"] or 1) if typed["procedure"] else None,
        )

    def clean(self) -> dict[str, Any]:
        """When it comes, and a why for each line."""
        typed = super().clean() or self.cleaned_data
        if not typed.get("comes_with") and not typed.get("at") and "at" not in self.errors:
            self.add_error("at", "At which time?")
        typed["made_rule"] = self._rule(typed)
        for number in range(1, MOST_ITEMS + 1):
            text, why = typed.get(f"text_{number}", ""), typed.get(f"why_{number}", "")
            if text and not why:
                self.add_error(f"why_{number}", "Say what it is for.")
            if why and not text:
                self.add_error(f"text_{number}", "Say what is to be done.")
        if not any(self._items()) and not self.errors:
            self.add_error("text_1", "Say what is to be done.")
        return typed

    def _rule(self, typed: dict[str, Any]) -> Rule | None:
        """The rule of what was chosen; None where something is missing, which is said beside its field."""
        days = sorted(int(each) for each in typed.get("weekdays") or ())
        rule: Rule | None = None
        match typed.get("how"):
            case "day":
                rule = every_day()
            case "week" if days:
                rule = every_week(days)
            case "month-weekday" if len(days) == 1:
                rule = every_month_on_the(typed.get("number") or 1, days[0])
            case "month-end":
                rule = every_month_on(-1)
            case "month-day" if typed.get("month_day"):
                rule = every_month_on(typed["month_day"])
            case "rule":
                rule = self._typed_rule(typed.get("rule", ""))
            case "week" | "month-weekday" as how:
                words = "On which days?" if how == "week" else "Choose exactly one day of the week."
                self.add_error("weekdays", words)
            case "month-day" if "month_day" not in self.errors:
                self.add_error("month_day", "On which day?")
        return rule

    def _typed_rule(self, text: str) -> Rule | None:
        try:
            return read_rule(text)
        except UnreadableRule as error:
            self.add_error("rule", str(error))
            return None

    def _items(self) -> Iterator[ItemWords]:
        for number in range(1, MOST_ITEMS + 1):
            line = ItemWords(*(self.cleaned_data.get(f"{each}_{number}", "") for each in ItemWords._fields))
            if line.text:
                yield line._replace(needs_photo=bool(line.needs_photo))

    def _lines(self) -> list[tuple[forms.BoundField, ...]]:
        shown = ("text", "why", "needs_photo")
        return [tuple(self[f"{name}_{number}"] for name in shown) for number in range(1, MOST_ITEMS + 1)]

    @property
    def _at_once(self) -> int:
        typed = [
            number for number in range(1, MOST_ITEMS + 1) if self.is_bound and self.data.get(f"text_{number}")
        ]
        return min(MOST_ITEMS, max(_SHOWN, self._known + 1, *typed, 0))


def _as_it_is(checklist: Checklist | None) -> dict[str, object]:
    if checklist is None:
        return {
            "stamp": fresh_stamp(), "how": "day", "comes_with": "opening", "number": 1,
            "on_closed": OnClosed.LEFT_OUT, "minutes": 60,
        }  # fmt: skip
    shown: dict[str, object] = {
        "stamp": checklist.stamp, "revision": checklist.revision, "title": checklist.title,
        "why": checklist.why, "at": checklist.at, "comes_with": checklist.comes_with,
        "on_closed": checklist.on_closed, "minutes": checklist.minutes,
    }  # fmt: skip
    for item in checklist.items.all():
        shown |= _line(item.place, item_words(item))
    return shown | _how(read_rule(checklist.rule))


def _as_it_says(made_from: Seen | None) -> dict[str, object]:
    """What a checklist of a procedure begins with."""
    if made_from is None:
        return {}
    document, version = made_from.version.document, made_from.version.number
    said: dict[str, object] = {
        "procedure": made_from.procedure.pk, "version": version, "title": document.title, "why": document.why,
    }  # fmt: skip
    for place, line in enumerate(lines_of(document)[:MOST_ITEMS], 1):
        said |= _line(place, line)
    return said


def _line(place: int, line: ItemWords) -> dict[str, object]:
    return {f"{name}_{place}": said for name, said in line._asdict().items()}


def _objective(checklist: Checklist | None, made_from: Seen | None) -> Objective | None:
    if checklist is not None:
        return checklist.objective
    return made_from.procedure.objective if made_from else None


def _how(rule: Rule) -> dict[str, object]:
    """Which of the choices makes this rule; its text where none does."""
    days = [str(day) for _, day in rule.weekdays]
    found: dict[str, object] = {"how": "rule", "rule": rule.text}
    if rule == every_day():
        found = {"how": "day"}
    elif days and rule == every_week(int(day) for day in days):
        found = {"how": "week", "weekdays": days}
    elif rule == every_month_on(-1):
        found = {"how": "month-end"}
    elif len(days) == 1 and rule == every_month_on_the(*rule.weekdays[0]) and rule.weekdays[0][0]:
        found = {"how": "month-weekday", "weekdays": days, "number": rule.weekdays[0][0]}
    elif len(rule.month_days) == 1 and rule.month_days[0] > 0 and rule == every_month_on(rule.month_days[0]):
        found = {"how": "month-day", "month_day": rule.month_days[0]}
    return found
