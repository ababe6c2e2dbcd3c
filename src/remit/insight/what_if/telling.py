"""An answer in words and pictures, for its page."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from remit.insight.models import LookBack
from remit.insight.what_if.vocabulary import Behind
from remit_engine.charter.levels import Level
from remit_engine.charter.sentences import capital, readable
from remit_engine.evidence.letgo.values import Interval
from remit_engine.evidence.what_if import Choice, ChoicePoint, Part, WhatIf
from remit_engine.evidence.what_if.values import Bunching
from remit_engine.money import decimals, in_units, written
from remit_engine.report.chart.choice import at_limit, choice_chart

_WIDE, _NARROW = 720.0, 340.0
_WHOLE_HOURS: Final = 10
_ROWS: Final = 12
"""So many limits stand in the table beside a chart."""


@dataclass(frozen=True, slots=True)
class Row:
    """A part with its name, and where the decisions behind it are."""

    name: str
    part: Part
    address: str

    @property
    def ahead(self) -> str:
        """What the weeks to come would bring."""
        return between(self.part.ahead)


@dataclass(frozen=True, slots=True)
class Shown:
    """A choice as it is drawn: for wide and for narrow places, and as a table.

    Attributes:
        limit: the one looked at, as it stands in a field; "" where a draft can't have another one.
    """

    choice: Choice
    wide: SafeString
    narrow: SafeString
    rows: Sequence[tuple[ChoicePoint, str]]
    limit: str


def lede(answer: WhatIf) -> str:
    """The whole in one sentence, as somebody would say it."""
    avoided, through = answer.avoided, answer.let_through
    if answer.changes_nothing:
        return "Nothing would have been another way: every decision has the level that it had."
    said = []
    if avoided.rows:
        waits = f", {hours(avoided.waiting.total)} of waiting in all" if avoided.waiting else ""
        said.append(f"{many(avoided.rows, 'question')} would not have had to be asked{waits}")
    if through.rows:
        were = "was one" if through.rows == 1 else f"were {through.rows:,}"
        said.append(f"among what would have gone through {were} that had not been plainly approved")
    if answer.added.rows:
        said.append(f"{many(answer.added.rows, 'question')} more would have had to be asked")
    if answer.stopped.rows:
        said.append(f"{many(answer.stopped.rows, 'remedy', 'remedies')} nobody could have given")
    if not said:
        return "Levels would have been others, and nobody would have had to ask more or less."
    return f"Had it been in force then, {'; '.join(said)}."


def meant(answer: WhatIf, grant: str, limit: int | None) -> str:
    """What a limit on the chart would have meant, in a sentence; without one, what was looked at would have.

    Args:
        answer: with its choices.
        grant: whose limit; "" for none.
        limit: minor units.
    """
    points = next((each.points for each in answer.choices if each.grant == grant), ())
    point = at_limit(points, limit)
    if point is None:
        return lede(answer)
    more = f" {many(point.added, 'question')} more would have had to be asked." if point.added else ""
    return (
        f"Up to {written(point.limit, answer.currency)}: {many(point.avoided, 'question')} would not have "
        f"had to be asked, about {written(point.amount, answer.currency)} in all; {point.declined:,} of "
        f"them had not been plainly approved.{more}"
    )


def many(count: int, one: str, more: str = "") -> str:
    """A number with its word: `1 question`, `212 questions`."""
    return f"{count:,} {one if count == 1 else more or f'{one}s'}"


def hours(value: float) -> str:
    """Hours as people read them, on one line: `1,840 h`, `2.5 h`."""
    return f"{value:,.0f}\u00a0h" if value >= _WHOLE_HOURS else f"{value:.1f}\u00a0h"


def between(interval: Interval | None) -> str:
    """An interval in whole numbers: `60 to 110`."""
    if interval is None:
        return ""
    return f"{interval.low:,.0f} to {interval.high:,.0f}"


def money_between(interval: Interval, currency: str) -> str:
    """An interval of money, in whole units of its currency: `EUR 1,200 to 2,400`."""
    whole = 10 ** decimals(currency)
    return f"{currency} {interval.low / whole:,.0f} to {interval.high / whole:,.0f}"


def segments(answer: WhatIf, begun: LookBack) -> list[Row]:
    """What changes, by what it has in common."""
    return [
        Row(_named(part.words) or "the rest", part, behind(begun, Behind.MOVED, segment=place))
        for place, part in enumerate(answer.segments)
    ]


def roles(answer: WhatIf, begun: LookBack) -> list[Row]:
    """The same by role."""
    together = " and ".join(answer.roles_together)
    return [
        Row(_named(part.words) or together, part, behind(begun, Behind.MOVED, role=place))
        for place, part in enumerate(answer.roles)
    ]


def moved(answer: WhatIf, begun: LookBack) -> list[dict[str, object]]:
    """Every level that changes, the most first."""
    rows = sorted(answer.moved, key=lambda each: -each.tally.rows)
    return [
        {
            "before": each.before.word,
            "after": each.after.word,
            "tally": each.tally,
            "address": behind(begun, Behind.MOVED, before=each.before.word, after=each.after.word),
        }
        for each in rows
    ]


def behind(begun: LookBack, which: Behind, **narrowed: str | int) -> str:
    """Where the decisions behind a figure are listed."""
    address = reverse("insight:what-if-decisions", args=[begun.team.word, begun.pk])
    return f"{address}?{urlencode({'of': which.value, **narrowed})}"


def shown(choices: Iterable[Choice], currency: str, own: Collection[str]) -> list[Shown]:
    """The choices, drawn.

    Args:
        choices: of an answer.
        currency: of the limits.
        own: grants whose limit a draft may change.
    """
    return [
        Shown(
            choice,
            _drawn(choice, currency, _WIDE),
            _drawn(choice, currency, _NARROW),
            [(point, _mark(choice, point)) for point in _some(choice)],
            f"{in_units(choice.after or 0, currency):.{decimals(currency)}f}" if choice.grant in own else "",
        )
        for choice in choices
    ]


def squeezed(each: Bunching, currency: str) -> str:
    """What seems to be squeezed under a limit, in a sentence."""
    return (
        f"{capital(readable(each.kind))}, {each.role}: about {each.squeezed:,.0f} gifts seem to be squeezed "
        f"under {written(each.limit, currency)} ({each.seen:,} lie just below it; a smooth curve would have "
        f"{each.expected:,.0f}). With a higher limit they may be larger. Round amounts attract gifts by "
        "themselves, so it may be fewer."
    )


def _drawn(choice: Choice, currency: str, width: float) -> SafeString:
    return mark_safe(choice_chart(choice, currency, width=width))  # noqa: S308 (escaped where it is made)  # nosec B308, B703


def _mark(choice: Choice, point: ChoicePoint) -> str:
    if point.limit == choice.after:
        return "looked at"
    return "today" if point.limit == choice.before else ""


def _some(choice: Choice) -> list[ChoicePoint]:
    """Points spread evenly over the questions, with those that are marked."""
    points = choice.points
    step = max(1, len(points) // _ROWS)
    kept = {*range(0, len(points), step), len(points) - 1}
    kept |= {place for place, point in enumerate(points) if _mark(choice, point)}
    return [points[place] for place in sorted(kept)]


def _named(words: Sequence[str]) -> str:
    return ", ".join(
        capital(readable(word)) if not n else word or "not noted" for n, word in enumerate(words)
    )


LEVELS: Final = {level.word: level for level in Level}
