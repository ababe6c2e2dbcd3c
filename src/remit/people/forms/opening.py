"""Opening hours as a week of times, typed without a script: two stretches a day, each from and until."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict

DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
STRETCHES: Final = 2
_MIDNIGHT: Final = 24 * 60

Stretch = tuple[str, str]


class OpeningWidget(forms.Widget):
    """Two stretches a day; an empty one is closed, an end not after its begin is on the next day."""

    template_name = "people/team/opening.html"
    use_fieldset = True

    def value_from_datadict(
        self,
        data: Any,  # noqa: ANN401 (as Django hands it over)
        files: MultiValueDict[str, Any],  # noqa: ARG002
        name: str,
    ) -> list[list[Stretch]]:
        """What was typed, a list of pairs of times for each day."""
        return [
            [
                (
                    str(data.get(f"{name}-{day}-{part}-from", "")).strip(),
                    str(data.get(f"{name}-{day}-{part}-to", "")).strip(),
                )
                for part in range(STRETCHES)
            ]
            for day in range(len(DAYS))
        ]

    def value_omitted_from_data(self, data: Any, files: MultiValueDict[str, Any], name: str) -> bool:  # noqa: ANN401, ARG002
        """Whether nothing was sent; an empty week is sent with its empty fields."""
        return f"{name}-0-0-from" not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:  # noqa: ANN401
        """The values for the template."""
        context = super().get_context(name, None, attrs)
        week = value if _is_typed(value) else typed_of(value or ())
        context["days"] = [
            {"title": title, "number": number, "stretches": list(enumerate(week[number]))}
            for number, title in enumerate(DAYS)
        ]
        return context


class OpeningField(forms.Field):
    """The opening hours of a week: for each day the stretches in minutes after midnight."""

    widget = OpeningWidget

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401
        super().__init__(label="Opening hours", **settings)

    def clean(self, value: Any) -> list[list[list[int]]]:  # noqa: ANN401
        """The stretches; every day that is wrong is named."""
        problems: list[ValidationError] = []
        week: list[list[list[int]]] = []
        for title, day in zip(DAYS, value or [()] * len(DAYS), strict=True):
            try:
                week.append(_day(title, day))
            except ValidationError as problem:
                problems.append(problem)
        if problems:
            raise ValidationError(problems)
        return week


def _day(title: str, typed: list[Stretch]) -> list[list[int]]:
    stretches: list[list[int]] = []
    for begins, ends in typed:
        if not begins and not ends:
            continue
        if not begins or not ends:
            raise ValidationError(f"{title}: a time is missing; give both, or neither for closed.")
        start, end = _minutes(title, begins), _minutes(title, ends)
        stretches.append([start, end if end > start else end + _MIDNIGHT])
    stretches.sort()
    for before, after in pairwise(stretches):
        if after[0] < before[1]:
            raise ValidationError(f"{title}: the two times overlap.")
    return stretches


def _minutes(title: str, typed: str) -> int:
    hours, colon, minutes = typed.partition(":")
    numbers = (hours, minutes[:2])
    if not colon or not all(number.isascii() and number.isdigit() for number in numbers):
        raise ValidationError(f"{title}: {typed[:20]} isn't a time; write it as 9:00.")
    value = int(hours[:3]) * 60 + int(minutes[:2])
    if int(minutes[:2]) > 59 or value > _MIDNIGHT:  # noqa: PLR2004
        raise ValidationError(f"{title}: {typed[:20]} isn't a time of a day.")
    return value % _MIDNIGHT


def typed_of(opening: Any) -> list[list[Stretch]]:  # noqa: ANN401
    """Kept stretches as they are typed."""
    week: list[list[Stretch]] = []
    for number in range(len(DAYS)):
        kept = list(opening[number]) if number < len(opening) else []
        typed = [(_clock(begin), _clock(end)) for begin, end in kept[:STRETCHES]]
        week.append(typed + [("", "")] * (STRETCHES - len(typed)))
    return week


def _clock(minutes: int) -> str:
    return f"{minutes % _MIDNIGHT // 60:02}:{minutes % 60:02}"


def _is_typed(value: Any) -> bool:  # noqa: ANN401
    return bool(value) and bool(value[0]) and isinstance(value[0][0], tuple)
