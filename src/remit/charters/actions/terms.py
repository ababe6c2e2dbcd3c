"""When a version holds: from now or from a day on, for good or as a trial; days that can't be meant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from remit.charters.models import Version
from remit.core.clock import today
from remit.core.errors import Refusal
from remit.people.models import Team

_LONGEST_TRIAL: Final = timedelta(days=366)
_FURTHEST: Final = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Terms:
    """When a version holds.

    Attributes:
        starts_on: the first day, on the wall clock of the team; None for now.
        trial_until: the last day of a trial; None for good.
        question: what a trial should answer.
    """

    starts_on: date | None = None
    trial_until: date | None = None
    question: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether it holds from now on, and for good."""
        return self.starts_on is None and self.trial_until is None


AT_ONCE: Final = Terms()


def check_terms(team: Team | None, terms: Terms, base: Version | None) -> None:
    """Refuse days that can't be meant.

    Raises:
        Refusal: days of the organisation's charter, in the past, in the wrong order or too far away; a trial
            with nothing to go back to, or without a question.
    """
    if terms.is_plain:
        return
    if team is None:
        raise Refusal(
            "only-at-once",
            "The organisation’s charter takes effect at once, in every team that extends it.",
            "Leave the days out; a trial belongs into a team.",
        )
    day = today(team.time_zone)
    start = terms.starts_on or day
    if terms.starts_on is not None and not day < terms.starts_on <= day + _FURTHEST:
        raise _wrong_day("starts_on", "It has to begin after today, and within a year.")
    if terms.trial_until is None:
        return
    if not start <= terms.trial_until <= start + _LONGEST_TRIAL:
        raise _wrong_day("trial_until", "A trial ends after it begins, and within a year.")
    if not terms.question.strip():
        raise Refusal(
            "no-question",
            "The trial has no question.",
            "Say what it should answer: then you know at its end whether it did.",
            field="question",
        )
    if base is None:
        raise Refusal(
            "nothing-to-go-back-to",
            "The first charter can’t be a trial: there is nothing to go back to.",
            "Publish it for good, and try something on top of it.",
            field="trial_until",
        )


def terms_of(version: Version | None) -> Terms:
    """The terms of what is in force: a trial that runs stays one."""
    return Terms(None, version.trial_until, version.question) if version else AT_ONCE


def _wrong_day(field: str, words: str) -> Refusal:
    return Refusal("wrong-day", words, "Choose another day.", field=field)
