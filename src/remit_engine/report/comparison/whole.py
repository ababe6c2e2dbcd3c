"""Puts a difference, its sentences and its ladders into the template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version

from jinja2 import Environment
from markupsafe import Markup

from remit_engine.charter.compiled import CompiledCharter, compile_charter
from remit_engine.charter.diagram.regions import Region
from remit_engine.charter.difference import ChangedRegion, Difference
from remit_engine.charter.difference.in_short import in_short, roles_of
from remit_engine.charter.document import Charter
from remit_engine.charter.on_a_line import largest_end
from remit_engine.charter.request import Request
from remit_engine.charter.sentences import capital, days_in_words, region_parts, what_parts
from remit_engine.report.chart.rungs import rungs
from remit_engine.report.comparison.examples import example_in_words, example_of
from remit_engine.report.look import page_environment, style_hash, style_sheet

_FIRST = 12
"""Changes that are shown at once; the others are folded."""
_SHORT_FROM = 7
"""With so many changes the page begins with them in short."""
_HASH_SHOWN = 12
_NOTHING = Markup()
_NAMED = 3
"""Roles that a headline names; more are *some*."""


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A change as the page shows it.

    Attributes:
        when: the days on which it is so; empty for every day.
        subject: who and what: `Members, refunds for late or cold`.
        how: `Decide up to 80 instead of 50.`.
        conditions: further conditions; empty for none.
        gains: whether somebody may do more.
        before, after: ladders of an example, or empty.
        example: what the example is.
    """

    when: str
    subject: str
    how: str
    conditions: str
    gains: bool
    before: Markup = _NOTHING
    after: Markup = _NOTHING
    example: str = ""


def comparison_page(old: Charter, new: Charter, changes: Difference) -> str:
    """A difference as one self-contained HTML page.

    Args:
        old: in force now.
        new: that would take its place.
        changes: their difference.

    Returns:
        A document in UTF-8 that loads nothing and runs nothing; the same input gives the same bytes.
    """
    compiled = compile_charter(old), compile_charter(new)
    shown = [_shown(changes, region, compiled) for region in changes.regions]
    gains = [each for each in shown if each.gains]
    losses = [each for each in shown if not each.gains]
    return (
        _environment()
        .get_template("comparison.html")
        .render(
            style=Markup(style_sheet()),  # noqa: S704 (our own style sheet)  # nosec B704
            style_hash=style_hash(),
            old=old,
            new=new,
            versions=[each.hash[:_HASH_SHOWN] for each in compiled],
            headline=headline(changes, new.currency),
            short=in_short(changes.regions, new.currency) if len(shown) >= _SHORT_FROM else (),
            groups=[
                ("gains", "May do more", "decide", gains),
                ("losses", "May do less", "ask", losses),
            ],
            nobody="" if shown else changes.sentences[-1],
            unknown=[_in_words(region, new.currency) for region in changes.day_unknown],
            document=changes.document,
            first=_FIRST,
            version=version("remit"),
        )
    )


def headline(changes: Difference, currency: str) -> str:
    """The difference in a line: `Members may do more, nobody less`."""
    if not changes.regions:
        return "No level changes"
    more, less = _who(changes.gains, currency), _who(changes.losses, currency)
    if not less:
        return f"{more} may do more, nobody less"
    if not more:
        return f"{less} may do less, nobody more"
    if more == less:
        return f"{more} may do more here, and less there"
    return f"{more} may do more, {less[:1].lower()}{less[1:]} less"


def _who(regions: Sequence[ChangedRegion], currency: str) -> str:
    """The named roles of some regions, as a sentence begins; empty for no region."""
    if not regions:
        return ""
    roles = roles_of(regions)
    if roles is None or roles.others or not 0 < len(roles.values) <= _NAMED:
        return "Some"
    who, _ = region_parts(Region((("role", replace(roles, missing=False)),)), currency)
    return who


def _shown(
    changes: Difference, region: ChangedRegion, compiled: tuple[CompiledCharter, CompiledCharter]
) -> ShownChange:
    old, new = compiled
    words = _in_words(region, new.charter.currency)
    example = example_of(changes, region, (old.charter, new.charter))
    if example is None:
        return words
    ladders = old.ladder(_for(old, example)), new.ladder(_for(new, example))
    largest = max(largest_end(ladder) for ladder in ladders)
    before, after = (
        rungs(ladder, new.charter.currency, largest, title=title)
        for ladder, title in zip(ladders, ("Before", "After"), strict=True)
    )
    said = example_in_words(example, region, (old.charter, new.charter))
    return replace(words, before=before, after=after, example=said)


def _in_words(region: ChangedRegion, currency: str) -> ShownChange:
    what, conditions = what_parts(region.region, currency)
    return ShownChange(
        capital(days_in_words(region.days)) if region.days else "",
        f"{region.who}, {what}" if what else region.who,
        f"{capital(region.how)}.",
        "; ".join(conditions),
        region.gains,
    )


def _for(compiled: CompiledCharter, request: Request) -> Request:
    """The same request with what one charter knows."""
    record = request.as_record()
    known = compiled.charter.all_facts
    ids = {allowance.id for allowance in compiled.charter.all_allowances}
    record["facts"] = {name: value for name, value in request.facts.items() if name in known}
    record["used"] = {name: used for name, used in request.used.items() if name in ids}
    return Request.from_record(record)


@cache
def _environment() -> Environment:
    return page_environment("remit_engine.report.comparison")
