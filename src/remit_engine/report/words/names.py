"""What a group of questions is called: *Refunds where category is late or cold, by members*."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Protocol

_PLURALS: Final = {
    **{
        word: word + "s"
        for word in (
            "refund",
            "adjustment",
            "price adjustment",
            "credit",
            "replacement",
            "comp",
            "discount",
            "return",
            "voucher",
            "member",
            "lead",
            "manager",
            "assistant manager",
            "agent",
            "clerk",
            "supervisor",
            "owner",
        )
    },
    "apology": "apologies",
}
"""Words whose plural is known. Any other word stays as the source has it: it may be of any language."""

_SHOWN_WORDS: Final = 4
_SHOWN_CHARACTERS: Final = 60


class Grouped(Protocol):
    """Anything that says what its questions have in common (a segment, a thin segment)."""

    @property
    def kind(self) -> str | None:
        """The common kind."""

    @property
    def role(self) -> str | None:
        """The common role."""

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """Pairs of fact and word; several words of one fact mean any of them."""


def words_of_facts(facts: Sequence[tuple[str, str]]) -> Mapping[str, list[str]]:
    """The words of each fact, in the order they come."""
    words: dict[str, list[str]] = {}
    for name, word in facts:
        words.setdefault(name, []).append(word)
    return words


def title(group: Grouped) -> str:
    """The group in words, long lists shortened."""
    return _composed(group, shortened=True)


def full_title(group: Grouped) -> str:
    """The group in words, nothing left out."""
    return _composed(group, shortened=False)


def _composed(group: Grouped, *, shortened: bool) -> str:
    parts = [_plural(group.kind, shortened=shortened) if group.kind else "Everything"]
    if group.facts:
        conditions = [
            f"{_cut(name, shortened=shortened)} is {_any_of(words, shortened=shortened)}"
            for name, words in words_of_facts(group.facts).items()
        ]
        parts.append("where " + " and ".join(conditions))
    text = " ".join(parts)
    if group.role:
        text += f", by {_plural(group.role, shortened=shortened, capital=False)}"
    return text


def _plural(word: str, *, shortened: bool, capital: bool = True) -> str:
    known = _PLURALS.get(word.strip().lower())
    if known is None:
        stands = _cut(word, shortened=shortened)
        return stands[:1].upper() + stands[1:] if capital and stands.islower() else stands
    return known.capitalize() if capital else known


def _any_of(words: Sequence[str], *, shortened: bool) -> str:
    shown = [_cut(word, shortened=shortened) for word in words]
    if shortened and len(shown) > _SHOWN_WORDS:
        rest = len(shown) - _SHOWN_WORDS + 1
        return f"{', '.join(shown[: _SHOWN_WORDS - 1])} or {rest} others"
    return listed(shown, "or")


def listed(words: Sequence[str], joint: str = "and") -> str:
    """Words in a row: `late, cold or rude`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {joint} {words[-1]}"


def printable(text: str) -> str:
    """Text on one line, without characters that steer a terminal or turn the reading direction."""
    return " ".join("".join(mark if mark.isprintable() else " " for mark in text).split())


def _cut(word: str, *, shortened: bool) -> str:
    tidy = printable(word)
    if shortened and len(tidy) > _SHOWN_CHARACTERS:
        return tidy[: _SHOWN_CHARACTERS - 1].rstrip() + "…"
    return tidy
