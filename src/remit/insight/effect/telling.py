"""A kept answer as people read it. It reads records alone: no statistics are loaded for a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.safestring import SafeString

from remit.insight.effect.picture import course_picture
from remit.rollouts.telling import in_unit
from remit.rollouts.vocabulary import MEASURED, Outcome

_SAYS: Final = {
    "better": "Better",
    "worse": "Worse",
    "nothing beyond chance": "Nothing beyond chance",
    "can't be told": "It can’t be told",
    "nothing counted": "Nothing to count",
}
_MEANS: Final = {
    "proof by lot": "Whatever the teams are like: the lot alone brings as much in under 5 of 100 orders.",
    "comparison": "It holds as far as the teams would have moved alike.",
    "indication": "Something else may have happened in the same weeks. Never a verdict.",
    "can't be told": "That is an answer, too.",
}
_KINDS: Final = {"better": "good", "worse": "warn"}


@dataclass(frozen=True, slots=True)
class Told:
    """One outcome, as a page shows it.

    Attributes:
        word, label, said: the outcome, and what it is.
        says: in a few words.
        design: how much the comparison can carry; "" where there is nothing to count.
        means: what that is, in a sentence.
        kind: of the tag.
        sentence: for a manager.
        needed: what would be needed, where it can't be told.
        remarks: what else must be known.
        chart: the course around the start; "" where there is none.
        course: the same in words, a line a month.
        figures: for a statistician: name and value.
        is_primary: whether it was fixed before the start that this one decides.
    """

    word: str
    label: str
    said: str
    says: str
    design: str
    means: str
    kind: str
    sentence: str
    needed: str
    remarks: tuple[str, ...]
    chart: SafeString
    course: tuple[str, ...]
    figures: tuple[tuple[str, str], ...]
    is_primary: bool


def told(record: Mapping[str, Any], currency: str) -> Told:
    """A record of an outcome for a page.

    Args:
        record: as `recording` makes it.
        currency: of money.
    """
    outcome = Outcome(record["outcome"])
    about = MEASURED[outcome]
    says, design = record["says"], record["design"]
    if record.get("absent"):
        return Told(
            outcome.value, outcome.label, about.said, _SAYS[says], "", "", "", _nothing(outcome), "", (),
            SafeString(""), (), (), record["primary"],
        )  # fmt: skip
    reason = record["reason"]
    months = [month for month in record["months"] if None not in month]
    return Told(
        word=outcome.value,
        label=outcome.label,
        said=about.said,
        says=_SAYS[says],
        design=design,
        means=_MEANS[design],
        kind=_KINDS.get(says, ""),
        sentence=_sentence(record, outcome, currency),
        needed="" if reason is None else _text(reason["needed"], outcome, currency),
        remarks=tuple(_text(each, outcome, currency) for each in record["remarks"]),
        chart=course_picture(months, outcome, currency),
        course=tuple(_month_in_words(month, outcome, currency) for month in months),
        figures=tuple(_figures(record, outcome, currency)),
        is_primary=record["primary"],
    )


def _sentence(record: Mapping[str, Any], outcome: Outcome, currency: str) -> str:
    reason = record["reason"]
    if reason is not None:
        return f"It can’t be told from this data: {_text(reason['words'], outcome, currency)}"
    return _text(record["words"], outcome, currency)


def _nothing(outcome: Outcome) -> str:
    if outcome is Outcome.SURE:
        return (
            "The pulse published nothing of it in these weeks: it wasn’t asked, or the teams are too small "
            "for anything to be shown. It isn’t looked at any closer than what was published."
        )
    return "In these weeks nothing was counted."


def _text(words: Sequence[Any], outcome: Outcome, currency: str) -> str:
    return "".join(
        each if isinstance(each, str) else _figure(each[0], each[1], outcome, currency) for each in words
    )


def _figure(value: float | None, kind: str, outcome: Outcome, currency: str) -> str:
    if value is None:
        return "–"
    if kind == "outcome":
        return in_unit(value, outcome, currency)
    return f"{value:.1f}" if kind == "times" else f"{value:.0f}"


def _month_in_words(month: Sequence[float], outcome: Outcome, currency: str) -> str:
    when = _when(int(month[0]))
    middle, low, high = (_signed(each, outcome, currency) for each in month[1:4])
    return f"{when}: {middle}, from {low} to {high}"


def _when(since: int) -> str:
    if since < 0:
        return f"Weeks {4 * -since} to {4 * -since - 3} before the start"
    return f"Weeks {4 * since + 1} to {4 * since + 4} since"


def _figures(record: Mapping[str, Any], outcome: Outcome, currency: str) -> Iterator[tuple[str, str]]:
    measured = record["measured"]
    if measured is not None:
        estimate, low, high, chance = measured
        yield "effect", in_unit(estimate, outcome, currency, signed=True)
        yield "interval (95 %)", f"{_signed(low, outcome, currency)} to {_signed(high, outcome, currency)}"
        yield "chance without an effect", f"{chance:.4f}"
    if record["adjusted"] is not None:
        yield "chance among all outcomes (Holm)", f"{record['adjusted']:.4f}"
    if record["before"] is not None:
        drift, chance = record["before"]
        yield (
            "drift before the start, in four weeks",
            f"{_signed(drift, outcome, currency)} (chance {chance:.4f})",
        )
    if record["sensitivity"] is not None:
        yield from _bounds(record["sensitivity"], outcome, currency)
    if record["answering"] is not None:
        share, moved = record["answering"]
        yield "share that answered", f"{100 * share:.1f} of 100"
        yield (
            "how that moved",
            f"{100 * moved[0]:+.1f} of 100 ({100 * moved[1]:+.1f} to {100 * moved[2]:+.1f})",
        )
    for name, value in record["figures"]:
        yield name, "–" if value is None else f"{value:,.4g}"
    if record["cut"]:
        yield "rows above the limit, counted as it", f"{record['cut']:,}"


def _bounds(kept: Mapping[str, Any], outcome: Outcome, currency: str) -> Iterator[tuple[str, str]]:
    yield "drift that would undo it, in four weeks", _signed(kept["drift"], outcome, currency)
    yield "largest step before the start", _signed(kept["largest"], outcome, currency)
    for factor, low, high in kept["bounds"]:
        if low is not None and high is not None:
            yield (
                f"interval if teams move apart {factor:g} times as fast as that",
                f"{_signed(low, outcome, currency)} to {_signed(high, outcome, currency)}",
            )


def _signed(value: float | None, outcome: Outcome, currency: str) -> str:
    return "–" if value is None else in_unit(value, outcome, currency, signed=True)
