"""What is decided about a source after the look at all its rows, before any of them is typed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from remit_engine import money
from remit_engine.errors import InputError
from remit_engine.history.amounts import AmountReader
from remit_engine.history.answers import AnswerWords, decide_words
from remit_engine.history.currencies import currency_in_name, currency_of
from remit_engine.history.decimal_marks import Mark
from remit_engine.history.duplicates import Copies
from remit_engine.history.facts import find_facts
from remit_engine.history.looks import Look
from remit_engine.history.mapping import Mapping
from remit_engine.history.moments import MomentReader, Order, OrderEvidence, order_by_time
from remit_engine.history.survey import MOMENT_USES, Survey
from remit_engine.history.uses import Use


@dataclass(frozen=True, slots=True)
class CurrencyChoice:
    """The currency of the table.

    Attributes:
        code: ISO 4217, or "" when the source names none.
        mixed: the source has others too, whose rows are left out.
        because: where it was found.
    """

    code: str
    mixed: bool
    because: str


@dataclass(frozen=True, slots=True)
class Choices:
    """Everything that typing a row needs.

    Attributes:
        used: the column of each use.
        because: for each column why it is used, or not.
        currency: the currency of the table.
        amounts: reads amounts.
        moments: reads the moments of each use.
        answers: what each answer word means; None when the amount granted is the answer.
        facts: the columns taken as facts.
        copies: rows that are exact copies.
        zone: IANA zone of the table, or None.
        answered_by_day: the answers are dated without a time of day.
        details: pairs to show.
    """

    used: dict[Use, str]
    because: dict[str, str]
    currency: CurrencyChoice
    amounts: AmountReader
    moments: dict[Use, MomentReader]
    answers: AnswerWords | None
    facts: tuple[str, ...]
    copies: Copies
    zone: str | None
    answered_by_day: bool
    details: tuple[tuple[str, str], ...]


def choices_of(survey: Survey, looks: Sequence[Look], mapping: Mapping) -> Choices:
    """Decide everything.

    Raises:
        InputError: the rows contradict each other: two currencies, two orders of dates, two decimal marks,
            frequent answer words that aren't known.
    """
    used = survey.columns.used
    currency = _currency(survey, mapping)
    mark, mark_because = _mark(survey, mapping)
    orders = _orders(survey, mapping)
    zone, zone_because = _zone(survey, mapping)
    facts, fact_because = find_facts(looks, survey.words, mapping)
    details = [("currency", f"{currency.code or 'none named'} ({currency.because})")]
    if survey.marks.any or mapping.decimal:
        details.append(("decimal mark", f"{mark} ({mark_because})"))
    details += [
        (f"dates in '{used[use]}'", f"{order} ({because})")
        for use, (order, because) in orders.items()
        if used[use] not in survey.typed_moments
    ]
    if zone:
        details.append(("time zone", f"{zone} ({zone_because})"))
    copies = survey.digests.copies()
    if len(copies.rows) and not survey.tells_rows_apart:
        details.append(
            ("equal rows", f"{len(copies.rows):,} kept: no case and no time of day tells them apart")
        )
        copies = Copies.none()
    return Choices(
        used=used,
        because=survey.columns.because | fact_because,
        currency=currency,
        amounts=AmountReader(mark, money.decimals(currency.code)),
        moments={use: MomentReader(order, zone) for use, (order, _) in orders.items()},
        answers=_answers(survey, mapping),
        facts=facts,
        copies=copies,
        zone=zone,
        answered_by_day=survey.is_bare_days(Use.ANSWERED_AT),
        details=tuple(details),
    )


def _answers(survey: Survey, mapping: Mapping) -> AnswerWords | None:
    column = survey.columns.used.get(Use.ANSWER)
    if column is None:
        return None
    if survey.answers.too_many:
        raise InputError(
            "too-many-answers",
            f"The answer column '{column}' has more than {survey.answers.most:,} different words.",
            "Tell which column holds the answers with --map answer=COLUMN.",
            column=column,
        )
    return decide_words(dict(survey.answers.counts), dict(mapping.answers), column)


def _mark(survey: Survey, mapping: Mapping) -> tuple[Mark, str]:
    if mapping.decimal is not None:
        return mapping.decimal, "told by the mapping"
    return survey.marks.decide(survey.columns.used[Use.AMOUNT])


def _currency(survey: Survey, mapping: Mapping) -> CurrencyChoice:
    counts, because = _currencies_seen(survey)
    told = mapping.currency
    if told is not None:
        if counts and told not in counts:
            raise InputError(
                "no-such-currency",
                f"No amount is in {told}; there are {_counted(counts)}.",
                "Look at one that is there, for example with --currency " + counts.most_common(1)[0][0] + ".",
                currencies=dict(counts),
            )
        return CurrencyChoice(told, len(counts) > 1, "told by the mapping")
    if len(counts) > 1:
        code = counts.most_common(1)[0][0]
        raise InputError(
            "two-currencies",
            f"The amounts are in {len(counts)} currencies: {_counted(counts)}.",
            f"Look at one at a time, for example with --currency {code}; the other rows are then left out.",
            currencies=dict(counts),
        )
    if counts:
        return CurrencyChoice(next(iter(counts)), mixed=False, because=because)
    named = currency_in_name(survey.columns.used[Use.AMOUNT])
    if named is not None:
        return CurrencyChoice(named, mixed=False, because="named by the column of amounts")
    constant = currency_of(mapping.constants.get(Use.CURRENCY, ""))
    return CurrencyChoice(
        constant or "", mixed=False, because="told by the mapping" if constant else "not seen"
    )


def _currencies_seen(survey: Survey) -> tuple[Counter[str], str]:
    counts: Counter[str] = Counter()
    if Use.CURRENCY in survey.columns.used:
        for word, count in survey.currencies.items():
            counts[code_of(word)] += count
        return counts, f"column '{survey.columns.used[Use.CURRENCY]}'"
    for word, count in survey.around.items():
        if (code := currency_of(word)) is not None:
            counts[code] += count
    return counts, "written with the amounts"


def code_of(word: str) -> str:
    """The code of a word in a currency column; a word that isn't known stands for itself."""
    return currency_of(word) or word.strip().upper()


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{code} ({count:,} rows)" for code, count in counts.most_common())


def _zone(survey: Survey, mapping: Mapping) -> tuple[str | None, str]:
    if mapping.zone is not None:
        return mapping.zone, "told by the mapping"
    if survey.has_offsets:
        return "UTC", "the times have offsets; tell yours with --map zone=Europe/Berlin"
    return None, ""


def _orders(survey: Survey, mapping: Mapping) -> dict[Use, tuple[Order, str]]:
    used = {use: survey.columns.used[use] for use in MOMENT_USES if use in survey.columns.used}
    if mapping.dates is not None:
        return dict.fromkeys(used, (mapping.dates, "told by the mapping"))
    evidence = {use: survey.orders.get(use, OrderEvidence()) for use in used}
    seen = {use: evidence[use].seen(used[use]) for use in used}
    return {use: _order(use, seen, evidence, used) for use in used}


def _order(
    use: Use, seen: dict[Use, Order | None], evidence: dict[Use, OrderEvidence], used: dict[Use, str]
) -> tuple[Order, str]:
    order = seen[use]
    if order is not None:
        return order, "seen in the dates"
    for other, proven in seen.items():
        if proven in {Order.DAY_FIRST, Order.MONTH_FIRST}:
            return proven, f"as in '{used[other]}'"
    for other in (use, *used):
        by_time = order_by_time(evidence[other].firsts)
        if by_time is not None:
            return by_time, f"the rows of '{used[other]}' then follow each other in time"
    if any(text.casefold().endswith(("am", "pm")) for text in evidence[use].firsts):
        return Order.MONTH_FIRST, "assumed from am and pm; --map dates=... tells it"
    return Order.DAY_FIRST, "assumed; --map dates=... tells it"
