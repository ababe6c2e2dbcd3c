"""Verdicts in words: what somebody may do, what is left, what would be better, what the button does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from remit.charters.sentences import rule_name
from remit.complaints.judging import Judged
from remit.complaints.vocabulary import WORTH_NOTHING
from remit.people.models import Member
from remit.remedies.vocabulary import KIND_WORDS
from remit_engine.charter.document import Allowance, Per
from remit_engine.charter.left import Left
from remit_engine.charter.levels import Level
from remit_engine.charter.periods import Span
from remit_engine.charter.sentences import capital, listed, readable
from remit_engine.charter.verdict import Better, Verdict
from remit_engine.money import decimals, in_units, written

_NOW: Final = {
    "refund": "Refund {amount} now",
    "adjustment": "Adjust by {amount} now",
    "credit": "Give {amount} credit now",
    "replacement": "Replace it now",
    "comp": "Give it on the house now",
    "apology": "Apologise now",
}
_PROPOSED: Final = {
    "refund": "a refund of {amount}",
    "adjustment": "an adjustment of {amount}",
    "credit": "{amount} credit",
    "replacement": "a replacement worth {amount}",
    "comp": "{amount} on the house",
    "apology": "an apology",
}
_DECIDED: Final = {
    Level.DECIDE.word: "decided on {what}",
    Level.INFORM.word: "decided on {what}, and others were told",
    Level.PROPOSE.word: "proposed {what}",
    Level.ASK.word: "asked for {what}",
}
_MOST_NAMES: Final = 3


def plain_amount(minor: int, currency: str) -> str:
    """An amount as it stands on a button: `42.00`."""
    return f"{in_units(minor, currency):,.{decimals(currency)}f}"


def typed_amount(minor: int, currency: str) -> str:
    """An amount as somebody would type it: `50`, `12345.67`; never rounded, since it is typed for them."""
    text = plain_amount(minor, currency).replace(",", "")
    return text.rstrip("0").rstrip(".") if "." in text and not float(text) % 1 else text


def kind_label(kind: str) -> str:
    """A kind of remedy as people read it."""
    return KIND_WORDS.get(kind, capital(readable(kind)))


def names_of(members: Iterable[Member], last: str = "or") -> str:
    """Names as a list; many are cut short."""
    names = [member.name for member in members]
    if not names:
        return "nobody"
    if len(names) > _MOST_NAMES:
        names = [*names[: _MOST_NAMES - 1], f"{len(names) - _MOST_NAMES + 1} more"]
    return listed(names, last)


def button(judged: Judged, value: int, currency: str) -> str:
    """What the button will do, said before it is pressed."""
    kind, amount = judged.request.kind, plain_amount(value, currency)
    if judged.level >= Level.INFORM:
        return _NOW.get(kind, f"Give {readable(kind)} of {{amount}} now").format(amount=amount)
    what = _PROPOSED.get(kind, f"{readable(kind)} of {{amount}}").format(amount=amount)
    if judged.level is Level.PROPOSE:
        return f"Propose {what}"
    first = [each.member for each in judged.askable if each.circle == 1]
    return f"Ask {first[0].first_name} for {what}" if len(first) == 1 else f"Ask for {what}"


def decided(kind: str, value: int, currency: str, level: str) -> str:
    """What somebody did about a remedy, in words that stand after their name.

    Args:
        kind: of remedy.
        value: minor units.
        currency: ISO 4217.
        level: at which it was decided, by its word.
    """
    what = _PROPOSED.get(kind, f"{readable(kind)} of {{amount}}").format(amount=written(value, currency))
    return _DECIDED.get(level, "decided on {what}").format(what=what)


def what_it_means(judged: Judged) -> str:
    """The level as a sentence to the one who looks."""
    on_authority = f", on {judged.giver.name}'s authority" if judged.giver else ""
    if judged.level is Level.DECIDE:
        return f"You decide{on_authority}: no approval needed"
    if judged.level is Level.INFORM:
        verb = "is" if len(judged.told) == 1 else "are"
        return f"You decide{on_authority}; {names_of(judged.told, 'and')} {verb} told"
    if judged.level is Level.PROPOSE:
        who = names_of(each.member for each in judged.askable)
        return f"Goes ahead unless {who} objects within {working_time(judged.objections)}"
    if judged.level is Level.ASK:
        first = [each.member for each in judged.askable if each.circle == 1]
        return f"Needs a yes: {names_of(first)} is asked first"
    return "Not here: somebody else takes it over"


def working_time(minutes: int) -> str:
    """Working minutes in words: `2 working hours`."""
    hours, rest = divmod(minutes, 60)
    if rest or not hours:
        return f"{minutes} working minutes"
    return f"{hours} working hour{'' if hours == 1 else 's'}"


def what_is_left(left: Sequence[Left], currency: str) -> list[str]:
    """What is left of allowances, a line each: `188.00 of 300.00 left for you this week`."""
    return [_line(each, currency) for each in left]


def _line(left: Left, currency: str) -> str:
    allowance = left.allowance
    whose = {
        Per.MEMBER: "for you",
        Per.TEAM: "for the team",
        Per.CUSTOMER: "for this customer",
        Per.ORDER: "on this order",
    }[allowance.per]
    if left.left is None:
        return f"How much is left {whose} {_when(allowance)} isn't known"
    if allowance.counts:
        return f"{left.left} of {allowance.most} left {whose} {_when(allowance)}"
    amounts = f"{plain_amount(left.left, currency)} of {plain_amount(allowance.most, currency)}"
    return f"{amounts} left {whose} {_when(allowance)}"


def _when(allowance: Allowance) -> str:
    return {
        Span.DAY: "today",
        Span.WEEK: "this week",
        Span.MONTH: "this month",
        Span.ROLLING: f"in {allowance.period.days} days",
        Span.EVER: "in all",
    }[allowance.period.span]


def would_be_better(better: Better | None, given: int, currency: str) -> str:
    """The nearest better as a sentence, or ""."""
    if better is None:
        return ""
    if better.upto is not None and better.upto <= given:
        return ""
    upto = "any amount" if better.upto is None else f"up to {plain_amount(better.upto - given, currency)}"
    does = {Level.DECIDE: "decide", Level.INFORM: "decide, and somebody is told,", Level.PROPOSE: "propose"}
    verb = does.get(better.level, "ask for")
    if better.facts:
        facts = listed([f"the {readable(name)}" for name, _ in better.facts])
        return f"Give {facts}, and you may {verb} {upto}"
    return f"You may {verb} {upto}"


def rules_of(verdict: Verdict) -> list[str]:
    """The rules that made the level, in words: their names as people read them."""
    return [rule_name(rule.id) for rule in (*verdict.grants, *verdict.caps)]


def needs_amount(kind: str) -> bool:
    """Whether a kind of remedy has a value that has to be said."""
    return kind not in WORTH_NOTHING
