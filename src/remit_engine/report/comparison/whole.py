"""Puts a difference, its sentences and its ladders into the template."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.metadata import version

from jinja2 import Environment
from markupsafe import Markup

from remit_engine.charter.compiled import CompiledCharter, compile_charter
from remit_engine.charter.difference import ChangedRegion, Difference
from remit_engine.charter.document import Charter
from remit_engine.charter.ladder import Ladder
from remit_engine.charter.request import Request
from remit_engine.charter.sentences import readable
from remit_engine.report.chart.rungs import rungs
from remit_engine.report.comparison.examples import example_of
from remit_engine.report.look import page_environment, style_hash, style_sheet

_FIRST = 12
"""Changes that are shown at once; the others are folded."""
_HASH_SHOWN = 12


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A change as the page shows it.

    Attributes:
        who, rest: the sentence, the people apart.
        gains: whether somebody may do more.
        before, after: ladders of an example, or empty.
        example: what the example is.
    """

    who: str
    rest: str
    gains: bool
    before: Markup
    after: Markup
    example: str


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
            style=Markup(style_sheet()),  # noqa: S704 (our own style sheet)
            style_hash=style_hash(),
            old=old,
            new=new,
            versions=[each.hash[:_HASH_SHOWN] for each in compiled],
            headline=headline(changes),
            groups=[
                ("gains", "May do more", "decide", gains),
                ("losses", "May do less", "ask", losses),
            ],
            nobody=changes.sentences[-1] if not (gains and losses) else "",
            unknown=[region.sentence for region in changes.day_unknown],
            document=changes.document,
            first=_FIRST,
            version=version("remit"),
        )
    )


def headline(changes: Difference) -> str:
    """The difference in a line."""
    more, less = len(changes.gains), len(changes.losses)
    if not more and not less:
        return "No level changes"
    if not less:
        return "Somebody may do more, nobody less"
    return "Some may do more, some less" if more else "Somebody may do less, nobody more"


def _shown(
    changes: Difference, region: ChangedRegion, compiled: tuple[CompiledCharter, CompiledCharter]
) -> ShownChange:
    old, new = compiled
    example = example_of(changes, region, (old.charter, new.charter))
    before = after = Markup()
    if example is not None:
        ladders = old.ladder(_for(old, example)), new.ladder(_for(new, example))
        largest = max((_top(ladder) for ladder in ladders), default=0)
        before = rungs(ladders[0], old.charter.currency, largest, title="Before")
        after = rungs(ladders[1], new.charter.currency, largest, title="After")
    rest = region.sentence
    marker = f"{region.who}, " if region.what else f"{region.who}: "
    who, _, after_who = rest.partition(marker)
    return ShownChange(
        f"{who}{region.who}",
        f"{marker.removeprefix(region.who)}{after_who}" if after_who else rest,
        region.gains,
        before,
        after,
        _example_in_words(example) if example else "",
    )


def _for(compiled: CompiledCharter, request: Request) -> Request:
    """The same request with what one charter knows."""
    record = request.as_record()
    known = compiled.charter.all_facts
    ids = {allowance.id for allowance in compiled.charter.all_allowances}
    record["facts"] = {name: value for name, value in request.facts.items() if name in known}
    record["used"] = {name: used for name, used in request.used.items() if name in ids}
    return Request.from_record(record)


def _top(ladder: Ladder) -> int:
    return max((rung.upto for rung in ladder.rungs if rung.upto is not None), default=0)


def _example_in_words(request: Request) -> str:
    words = [readable(request.role or "anybody"), readable(request.kind)]
    words += [f"step {request.step}"] if request.step != "none" else []
    for name, value in request.facts.items():
        if value not in {"other", 0}:
            words.append(f"{readable(name)} {value if not isinstance(value, bool) else 'yes'}")
    return ", ".join(words)


@cache
def _environment() -> Environment:
    return page_environment("remit_engine.report.comparison")
