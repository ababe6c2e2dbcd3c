"""A rule as somebody types it or another calendar writes it: `FREQ=MONTHLY;BYDAY=1MO`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from re import fullmatch
from typing import Any, Final

from remit_engine.errors import RemitError
from remit_engine.recurrence.rule import FREQUENCIES, WEEKDAYS, Rule

_LONGEST: Final = 500
"""Letters; the longest that a screen makes has fewer than a hundred."""
_MOST_INTERVAL: Final = 1000
_MOST_COUNT: Final = 10_000
_MOST_TIMES_A_DAY: Final = 24


class UnreadableRule(RemitError):
    """A rule can't be used as it stands."""

    def __init__(self, wrong: str, next_step: str = "See the examples below the field.") -> None:
        super().__init__("unreadable-rule", wrong, next_step)


def read_rule(text: str) -> Rule:
    """A rule from its text, with or without `RRULE:` in front, in capitals or not.

    All of RFC 5545 is understood that names days, and hours and minutes of them. Work that comes back several
    times a day says so with `BYHOUR`, up to 24 times.

    Raises:
        UnreadableRule: it says nothing that RFC 5545 knows, contradicts itself, or comes too often.
    """
    parts = _parts(text)
    rule = Rule(**{field: read(name, parts[name]) for name, (field, read) in _PARTS.items() if name in parts})
    _check(rule)
    return rule


def _parts(text: str) -> dict[str, str]:
    plain = "".join(text.split()).upper().removeprefix("RRULE:")
    if len(plain) > _LONGEST:
        raise UnreadableRule("The rule is too long to be meant.")
    parts: dict[str, str] = {}
    for each in plain.strip(";").split(";"):
        name, sign, value = each.partition("=")
        if not sign or not value:
            raise UnreadableRule(
                f"“{each[:40]}” is no part of a rule." if each else "The rule is empty.",
                "Write parts such as FREQ=WEEKLY with ; between them.",
            )
        if name in parts:
            raise UnreadableRule(f"{name} stands there twice.", "Leave one of them out.")
        if name not in _PARTS:
            raise UnreadableRule(
                f"“{name[:40]}” is no part of a rule here.", f"Known are {', '.join(_PARTS)}."
            )
        parts[name] = value
    if "FREQ" not in parts:
        raise UnreadableRule(
            "The rule doesn't say how often.", "Begin it with FREQ=DAILY, or WEEKLY, MONTHLY, YEARLY."
        )
    return parts


def _frequency(name: str, value: str) -> str:
    if value in {"HOURLY", "MINUTELY", "SECONDLY"}:
        raise UnreadableRule(
            f"{name}={value} isn't taken.", "Name the hours of the day: FREQ=DAILY;BYHOUR=9,11,13."
        )
    if value not in FREQUENCIES:
        raise UnreadableRule(f"{name}={value[:40]} is unknown.", f"Write one of {', '.join(FREQUENCIES)}.")
    return value


def _number(most: int) -> Callable[[str, str], int]:
    def read(name: str, value: str) -> int:
        return _within(name, value, least=1, most=most, is_signed=False)

    return read


def _numbers(least: int, most: int, *, is_signed: bool = False) -> Callable[[str, str], tuple[int, ...]]:
    def read(name: str, value: str) -> tuple[int, ...]:
        found = (
            _within(name, each, least=least, most=most, is_signed=is_signed) for each in value.split(",")
        )
        return tuple(dict.fromkeys(found))

    return read


def _within(name: str, value: str, *, least: int, most: int, is_signed: bool) -> int:
    sign = "[+-]?" if is_signed else ""
    if not fullmatch(rf"{sign}[0-9]{{1,5}}", value) or not least <= abs(int(value)) <= most:
        also = f", or from the end -{least} to -{most}" if is_signed else ""
        raise UnreadableRule(
            f"{name}={value[:40]} can't be.", f"It takes whole numbers from {least} to {most}{also}."
        )
    return int(value)


def _weekdays(name: str, value: str) -> tuple[tuple[int, int], ...]:
    found: dict[tuple[int, int], None] = {}
    for each in value.split(","):
        match = fullmatch(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)", each)
        number = int(match[1] or 0) if match else 0
        if match is None or (match[1] and not 1 <= abs(number) <= 53):  # noqa: PLR2004 (weeks of a year)
            raise UnreadableRule(
                f"{name}={each[:40]} is no weekday.",
                "Write MO, TU, WE, TH, FR, SA or SU; 1MO is the first Monday.",
            )
        found[number, WEEKDAYS.index(match[2])] = None
    return tuple(found)


def _week_start(name: str, value: str) -> int:
    if value not in WEEKDAYS:
        raise UnreadableRule(f"{name}={value[:40]} is no weekday.", f"Write one of {', '.join(WEEKDAYS)}.")
    return WEEKDAYS.index(value)


def _last_day(name: str, value: str) -> date:
    try:
        return date.fromisoformat(value if fullmatch("[0-9]{8}", value) else "")
    except ValueError:
        raise UnreadableRule(
            f"{name}={value[:40]} is no day.", "Write the last day as 20271231, without a time."
        ) from None


_PARTS: Final[dict[str, tuple[str, Callable[[str, str], Any]]]] = {
    "FREQ": ("frequency", _frequency),
    "INTERVAL": ("interval", _number(_MOST_INTERVAL)),
    "COUNT": ("count", _number(_MOST_COUNT)),
    "UNTIL": ("until", _last_day),
    "BYMONTH": ("months", _numbers(1, 12)),
    "BYWEEKNO": ("weeks", _numbers(1, 53, is_signed=True)),
    "BYYEARDAY": ("year_days", _numbers(1, 366, is_signed=True)),
    "BYMONTHDAY": ("month_days", _numbers(1, 31, is_signed=True)),
    "BYDAY": ("weekdays", _weekdays),
    "BYHOUR": ("hours", _numbers(0, 23)),
    "BYMINUTE": ("minutes", _numbers(0, 59)),
    "BYSETPOS": ("places", _numbers(1, 366, is_signed=True)),
    "WKST": ("week_start", _week_start),
}


def _check(rule: Rule) -> None:
    """Refuse what RFC 5545 doesn't let stand together."""
    is_numbered = any(number for number, _ in rule.weekdays)
    chosen = (
        rule.months,
        rule.weeks,
        rule.year_days,
        rule.month_days,
        rule.weekdays,
        rule.hours,
        rule.minutes,
    )
    a_day = max(len(rule.hours), 1) * max(len(rule.minutes), 1)
    refused = (
        (rule.count and rule.until, "COUNT and UNTIL both say when it ends.", "Leave one of them out."),
        (
            is_numbered and (rule.frequency in {"DAILY", "WEEKLY"} or rule.weeks),
            "A weekday with a number has to be one of a month or of a year.",
            "Write FREQ=MONTHLY;BYDAY=1MO for the first Monday.",
        ),
        (
            rule.weeks and rule.frequency != "YEARLY",
            "BYWEEKNO only goes with FREQ=YEARLY.",
            "Change one of them.",
        ),
        (
            rule.year_days and rule.frequency != "YEARLY",
            "BYYEARDAY only goes with FREQ=YEARLY.",
            "Change one of them.",
        ),
        (
            rule.month_days and rule.frequency == "WEEKLY",
            "BYMONTHDAY doesn't go with FREQ=WEEKLY.",
            "Write FREQ=DAILY or FREQ=MONTHLY.",
        ),
        (
            rule.places and not any(chosen),
            "BYSETPOS chooses among nothing.",
            "Say among which: FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1.",
        ),
        (
            a_day > _MOST_TIMES_A_DAY,
            f"It would come {a_day} times a day.",
            f"At most {_MOST_TIMES_A_DAY} times is useful.",
        ),
    )
    for is_wrong, wrong, next_step in refused:
        if is_wrong:
            raise UnreadableRule(wrong, next_step)
