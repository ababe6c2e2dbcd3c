"""Which column is what: told by a mapping, else by its name, else by what stands in it."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from remit_engine.errors import InputError
from remit_engine.history.answers import quoted
from remit_engine.history.looks import MOSTLY, NEARLY_ALL, SOME, Look
from remit_engine.history.mapping import Mapping
from remit_engine.history.spelling import plain
from remit_engine.history.uses import Use, by_name


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column has which use, and why.

    Attributes:
        used: the column of each use that the source has.
        because: the reason, by column.
    """

    used: dict[Use, str] = field(default_factory=dict)
    because: dict[str, str] = field(default_factory=dict)

    def take(self, use: Use, name: str, because: str) -> None:
        """Use a column."""
        self.used[use] = name
        self.because[name] = because

    def free(self, looks: Sequence[Look]) -> list[Look]:
        """The columns without a use."""
        taken = set(self.used.values())
        return [look for look in looks if look.name not in taken]


def find_columns(looks: Sequence[Look], mapping: Mapping) -> Columns:
    """Tell the column of every use.

    Raises:
        InputError: a told column that isn't there; no amount or no answer; two that could both be it.
    """
    columns = Columns()
    for told, wanted in mapping.columns.items():
        use = Use(told)
        columns.take(
            use, column_named(wanted, [look.name for look in looks], use.value), "told by the mapping"
        )
    if Use.AMOUNT not in columns.used:
        _find_amount(columns, looks)
    if Use.GRANTED not in columns.used:
        _find(columns, looks, Use.GRANTED, lambda look: look.numbers >= NEARLY_ALL)
    if Use.ANSWER not in columns.used:
        _find_answer(columns, looks)
    for use, fits in _REST.items():
        if use not in columns.used and use not in mapping.constants:
            _find(columns, looks, use, fits)
    return columns


def _is_moment(look: Look) -> bool:
    return look.moments >= MOSTLY or look.numbers >= NEARLY_ALL


def _is_word(look: Look) -> bool:
    return look.moments < MOSTLY


_REST: dict[Use, Callable[[Look], bool]] = {
    Use.ASKED_AT: _is_moment,
    Use.ANSWERED_AT: _is_moment,
    **dict.fromkeys((Use.CURRENCY, Use.ASKED_BY, Use.ANSWERED_BY, Use.ROLE, Use.KIND, Use.CASE), _is_word),
}


def column_named(wanted: str, names: Sequence[str], what: str) -> str:
    """The column that somebody named, also if case or accents differ.

    Raises:
        InputError: there is none; the sentence lists those that are there.
    """
    if wanted in names:
        return wanted
    same = [name for name in names if plain(name) == plain(wanted)]
    if len(same) == 1:
        return same[0]
    close = difflib.get_close_matches(wanted, names, n=1)
    raise InputError(
        "no-such-column",
        f"There is no column '{wanted}' to be the {what}.",
        (f"Did you mean '{close[0]}'? " if close else "") + f"The columns are {_named(names)}.",
        column=wanted,
        columns=list(names),
    )


def _find(columns: Columns, looks: Sequence[Look], use: Use, fits: Callable[[Look], bool]) -> None:
    """Take the column whose name names the use most surely, if its cells fit."""
    tiers = [
        (tier, place, look.name)
        for place, look in enumerate(columns.free(looks))
        if (tier := by_name(look.name, use)) is not None and look.filled and fits(look)
    ]
    if tiers:
        columns.take(use, min(tiers)[2], "its name")


def _find_amount(columns: Columns, looks: Sequence[Look]) -> None:
    free = columns.free(looks)
    tiers = {look.name: by_name(look.name, Use.AMOUNT) for look in free if look.numbers >= MOSTLY}
    named = {name: tier for name, tier in tiers.items() if tier is not None}
    if named:
        best = [name for name, tier in named.items() if tier == min(named.values())]
        because = "its name"
    else:
        best = [look.name for look in free if look.numbers >= NEARLY_ALL and look.fractions >= SOME]
        because = "looks like amounts of money"
    if not best:
        raise _none_found(Use.AMOUNT, looks)
    if len(best) > 1:
        raise _two_found(Use.AMOUNT, best)
    columns.take(Use.AMOUNT, best[0], because)


def _find_answer(columns: Columns, looks: Sequence[Look]) -> None:
    ranked = {look.name: rank for look in columns.free(looks) if (rank := _answer_rank(look)) is not None}
    if not ranked:
        if Use.GRANTED in columns.used:
            return
        raise _none_found(Use.ANSWER, looks)
    best = [name for name, rank in ranked.items() if rank == min(ranked.values())]
    if len(best) > 1:
        raise _two_found(Use.ANSWER, best)
    by_words = min(ranked.values()) == _BY_WORDS
    columns.take(Use.ANSWER, best[0], "its words are answers" if by_words else "its name")


_BY_WORDS = 2
_FEW_WORDS = 30


def _answer_rank(look: Look) -> int | None:
    """How surely a column holds the answers, 0 is surest; None when it doesn't."""
    tier = by_name(look.name, Use.ANSWER)
    if not look.filled or look.moments >= MOSTLY:
        return None
    if tier is not None and look.answers >= MOSTLY:
        return tier
    if look.outspoken >= NEARLY_ALL:
        return _BY_WORDS
    if tier is not None and look.distinct <= _FEW_WORDS and look.fractions == 0:
        return _BY_WORDS + 1 + tier
    return None


def _none_found(use: Use, looks: Sequence[Look]) -> InputError:
    names = [look.name for look in looks]
    return InputError(
        f"no-{use.value}-column",
        f"No column looks like the {use.value}. The columns are {_named(names)}.",
        f"Tell which it is with --map {use.option}=COLUMN.",
        use=use.value,
        columns=names,
    )


def _two_found(use: Use, names: Sequence[str]) -> InputError:
    options = " or ".join(f"--map {quoted(f'{use.option}={name}')}" for name in names)
    return InputError(
        f"two-{use.value}s",
        f"The columns {_named(names)} could {'all' if names[2:] else 'both'} be the {use.value}.",
        f"Choose one with {options}.",
        use=use.value,
        columns=list(names),
    )


def _named(names: Iterable[str]) -> str:
    """'a', 'b' and 'c'."""
    words = [f"'{name}'" for name in names]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
