"""What an analysis found, told as findings: each with the line of the rule that it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final, overload

from remit_engine.charter.analysis import Analysis
from remit_engine.charter.diagram.regions import Days
from remit_engine.charter.findings import Finding, Place, Severity
from remit_engine.charter.sentences import capital, days_in_words

_IDLE: Final = "Take it out, or say what it was meant for."
_GROWING: Final = "A step should never take anything away."
_ENDED: Final = "It does nothing any more."


def from_day(analysis: Analysis, day: date) -> Analysis:
    """The same, without telling since when what is so on a day has been so."""

    def shown(days: Days) -> Days:
        return replace(days, since=None) if days.since is not None and days.since <= day else days

    return replace(
        analysis,
        dead_ends=tuple((shown(days), each) for days, each in analysis.dead_ends),
        most=tuple((shown(days), each) for days, each in analysis.most),
    )


def findings_of(analysis: Analysis, lines: Mapping[str, Place], file: str) -> list[Finding]:
    """What was found about single rules.

    Args:
        analysis: what was found.
        lines: where each rule stands.
        file: where a rule stands that has no line.
    """
    about = [(each.rule, each.why_idle.replace(" ", "-"), each.sentence, _IDLE) for each in analysis.idle]
    about += [(each.grant, "lost-by-growing", each.sentence, _GROWING) for _, each in analysis.growth]
    about += [(each.rule, "ended", each.sentence, _ENDED) for each in analysis.ended]
    return [
        Finding(code, Severity.WARNING, lines.get(rule, Place(file)), sentence, next_step, rule)
        for rule, code, sentence, next_step in dict.fromkeys(about)
    ]


class DeadEndsInWords(Sequence[str]):
    """Sentences about the requests that nobody may say yes to, with the days on which it is so.

    Args:
        analysis: that found them.
    """

    def __init__(self, analysis: Analysis) -> None:
        self._found = analysis.dead_ends

    @overload
    def __getitem__(self, place: int) -> str: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...

    def __getitem__(self, place: int | slice) -> str | Sequence[str]:
        """One of them, or some; each is written when it is asked for."""
        if isinstance(place, slice):
            return [_on(days, each.sentence) for days, each in self._found[place]]
        days, each = self._found[place]
        return _on(days, each.sentence)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._found)


def _on(days: Days, sentence: str) -> str:
    when = days_in_words(days)
    return f"{capital(when)}: {sentence}" if when else sentence
