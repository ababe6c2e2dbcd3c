"""Puts values, words and charts into the templates."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from typing import Final

from jinja2 import Environment
from markupsafe import Markup

from remit_engine.evidence.letgo.values import LetGo, Promise, Verdict
from remit_engine.history.account import Account
from remit_engine.report.look import page_environment, style_hash, style_sheet
from remit_engine.report.page.cards import card, facts, overview, row, thin_row
from remit_engine.report.words import figures, method, names, source, verdicts, whole

_SHORT: Final = 8
"""Lists up to this long are shown whole; longer ones show the first few and fold the rest."""
_FIRST: Final = 6


def html(letgo: LetGo, account: Account, *, title: str | None = None) -> str:
    """The whole answer as one self-contained HTML page.

    Args:
        letgo: the answer.
        account: how the source was read.
        title: whose answer it is, shown above the headline ("Harbour Street").

    Returns:
        A document in UTF-8 that loads nothing and runs nothing; the same input gives the same bytes.
    """
    style = style_sheet()
    by_verdict = {
        verdict: [segment for segment in letgo.segments if segment.verdict is verdict] for verdict in Verdict
    }
    going, not_yet, no = (by_verdict[verdict] for verdict in Verdict)
    first = len(going) if len(going) <= _SHORT else _FIRST
    places = {segment.key: place for place, segment in enumerate(letgo.segments, 1)}
    page = _environment().get_template("page.html")
    return page.render(
        title=title,
        style=Markup(style),  # noqa: S704 (our own style sheet)  # nosec B704
        style_hash=style_hash(),
        letgo=letgo,
        account=account,
        bound_head=verdicts.bound_head(letgo.settings),
        pooled=letgo.settings.promise is Promise.POOLED,
        cards=[card(segment, letgo, places[segment.key]) for segment in going],
        first_cards=first,
        overview=overview(going, letgo, places) if len(going) > 1 else [],
        not_yet=[row(segment, letgo, places[segment.key]) for segment in not_yet],
        no=[row(segment, letgo, places[segment.key]) for segment in no],
        facts=facts(letgo.saved, letgo.cost, whole.money_together(letgo), letgo.currency),
        thin=[thin_row(group) for group in letgo.thin],
        short=_SHORT,
        first_rows=_FIRST,
        version=version("remit"),
        words=whole,
        method=method,
        source=source,
        figures=figures,
    )


@cache
def _environment() -> Environment:
    environment = page_environment("remit_engine.report.page")
    environment.globals["badges"] = {verdict.name: word for verdict, word in verdicts.BADGES.items()}
    environment.globals["listed"] = names.listed
    return environment
