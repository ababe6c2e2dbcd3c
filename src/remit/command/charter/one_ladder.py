"""One ladder with the whys of its rungs, or the verdict on one amount."""

from __future__ import annotations

from collections.abc import Iterable

from rich.text import Text

from remit.command.charter.bars import COLOURS, bar
from remit.command.charter.said import heading, known_in_words, value_in_words
from remit.command.charter.sheet import Sheet
from remit_engine.charter.compiled import CompiledCharter
from remit_engine.charter.document import Allowance, Charter
from remit_engine.charter.form import working_time
from remit_engine.charter.ladder import Rung
from remit_engine.charter.levels import Level
from remit_engine.charter.periods import Period, Span
from remit_engine.charter.request import Request
from remit_engine.charter.sentences import amount, capital, listed, readable
from remit_engine.charter.verdict import NOTHING_RAISES, Better, Verdict
from remit_engine.money import written

_INSIDE = 11
"""Blanks before the whys of a rung."""
_WIDEST_LEVEL = max(len(level.word) for level in Level)


def show_one(sheet: Sheet, compiled: CompiledCharter, request: Request) -> None:
    """Print the ladder of a request, and its verdict if it has an amount."""
    charter, verdict = compiled.charter, compiled.verdict(request)
    currency = request.currency or charter.currency
    sheet.line(heading(charter, request))
    known = known_in_words(charter, request)
    who = capital(readable(request.role or "anybody"))
    sheet.say(", ".join(part for part in (who, readable(request.kind), known) if part))
    sheet.space()
    for line in bar(verdict.ladder, currency, sheet.width - 4, mark=request.judged):
        sheet.line(Text("  ") + line)
    sheet.space()
    if request.amount is None:
        below: int | None = None
        for rung in verdict.ladder.rungs:
            _show_rung(sheet, rung, below, currency)
            below = rung.upto
    else:
        _show_verdict(sheet, charter, verdict)
    _show_rest(sheet, charter, verdict)


def say_missing(sheet: Sheet, names: Iterable[str]) -> None:
    """Name the facts that weren't said though a rule looks at them."""
    missing = [readable(name) for name in names]
    if missing:
        sheet.say(f"Not said, and so never a help: {listed(missing, 'or')}.", "dim", indent=2)


def applying(compiled: CompiledCharter, requests: Iterable[Request]) -> set[str]:
    """Ids of the allowances that these requests are added to."""
    return {each.allowance.id for request in requests for each in compiled.verdict(request).left}


def _show_rung(sheet: Sheet, rung: Rung, below: int | None, currency: str) -> None:
    if rung.upto is not None:
        amounts = f"up to {amount(rung.upto, currency)}"
    else:
        amounts = "any amount" if below is None else f"above {amount(below, currency)}"
    level = Text(f"{rung.level.word:<{_WIDEST_LEVEL}}", style=COLOURS[rung.level])
    sheet.say(Text("  ") + level + Text(f"  {amounts}"))
    rules = rung.caps or rung.grants
    for rule in rules:
        sheet.say(f"{rule.id}: {rule.why}", "dim", indent=_INSIDE)
    if not rules:
        sheet.say(NOTHING_RAISES, "dim", indent=_INSIDE)


def _show_verdict(sheet: Sheet, charter: Charter, verdict: Verdict) -> None:
    request = verdict.request
    foreign = request.currency not in {None, charter.currency}
    judged = written(request.judged or 0, request.currency or charter.currency, sign=foreign)
    sheet.say(Text(f"  {judged}: ") + Text(verdict.level.word, style=COLOURS[verdict.level]))
    for rule, why in verdict.whys or (("", verdict.why),):
        sheet.say(f"{rule}: {why}" if rule else why, "dim", indent=4)
    following = _following(verdict)
    if following:
        sheet.say(following, indent=4)
    for better in dict.fromkeys((verdict.nearest_better, verdict.if_known)):
        if better is not None:
            sheet.say(_better(better, charter), indent=4)


def _following(verdict: Verdict) -> str:
    """What happens then; empty where the level says it all."""
    if verdict.level is Level.INFORM:
        told = (
            listed(readable(role) for role in verdict.tell) if verdict.tell else "the nearest who may say yes"
        )
        return f"Told: {told}."
    if verdict.level is Level.PROPOSE:
        return f"Goes ahead unless somebody objects within {working_time(verdict.objections)}."
    if verdict.level is Level.NEVER:
        taking = (
            listed((readable(role) for role in verdict.hand_to), "or") if verdict.hand_to else "the owner"
        )
        return f"Hand it over to: {taking}."
    return ""


def _show_rest(sheet: Sheet, charter: Charter, verdict: Verdict) -> None:
    for each in verdict.left:
        sheet.say(_left(each.allowance, each.left, charter.currency), indent=2)
    say_missing(sheet, verdict.missing)
    known = verdict.if_known
    if verdict.request.amount is None and known is not None:
        sheet.say(_better(known, charter), indent=2)


def _better(better: Better, charter: Charter) -> str:
    end = "any amount" if better.upto is None else f"up to {amount(better.upto, charter.currency)}"
    if not better.facts:
        return f"Nearest better: {better.level.word} {end}."
    said = listed(
        f"the {readable(name)} (for one: {value_in_words(charter, name, value)})"
        for name, value in better.facts
    )
    return f"Say {said}, and it may be: {better.level.word} {end}."


def _left(allowance: Allowance, left: int | None, currency: str) -> str:
    if left is None:
        return f"{allowance.id}: it isn't known what was used, so it counts as used up."
    have, most = (
        str(each) if allowance.counts else amount(each, currency) for each in (left, allowance.most)
    )
    return f"{allowance.id}: {have} of {most} left for this {allowance.per.value}{_period(allowance.period)}."


def _period(period: Period) -> str:
    """A period behind *left for this member*: ` this week`, ` in 30 days`; nothing for ever."""
    words = {Span.DAY: " today", Span.WEEK: " this week", Span.MONTH: " this month", Span.EVER: ""}
    return words.get(period.span, f" in {period.days} days")
