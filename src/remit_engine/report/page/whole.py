"""Puts values, words and charts into the templates."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from remit_engine.evidence.letgo.values import LetGo, Promise, Verdict
from remit_engine.history.account import Account
from remit_engine.report.page.cards import card, facts, overview, row, thin_row
from remit_engine.report.words import figures, method, names, source, verdicts, whole

_FONTS: Final = ("inter", "source-serif-4", "source-serif-4-italic")
_SHORT: Final = 8
"""Lists up to this long are shown whole; longer ones show the first few and fold the rest."""
_FIRST: Final = 6
_UNITS: Final = re.compile(r"(?<=\d) (?=(?:%|h|min|M|bn)(?:\W|$))|(?<=\b[A-Z]{3}) (?=\d)")


def html(letgo: LetGo, account: Account, *, title: str | None = None) -> str:
    """The whole answer as one self-contained HTML page.

    Args:
        letgo: the answer.
        account: how the source was read.
        title: whose answer it is, shown above the headline ("Harbour Street").

    Returns:
        A document in UTF-8 that loads nothing and runs nothing; the same input gives the same bytes.
    """
    style = _style()
    by_verdict = {
        verdict: [segment for segment in letgo.segments if segment.verdict is verdict] for verdict in Verdict
    }
    going, not_yet, no = (by_verdict[verdict] for verdict in Verdict)
    first = len(going) if len(going) <= _SHORT else _FIRST
    places = {segment.key: place for place, segment in enumerate(letgo.segments, 1)}
    page = _environment().get_template("page.html")
    return page.render(
        title=title,
        style=Markup(style),  # noqa: S704 (our own style sheet)
        style_hash=_hash(style),
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
    environment = Environment(
        loader=PackageLoader("remit_engine.report.page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_kept_together,
    )
    environment.globals["badges"] = {verdict.name: word for verdict, word in verdicts.BADGES.items()}
    environment.globals["listed"] = names.listed
    return environment


def _kept_together(value: object) -> object:
    """A number stays on one line with its unit."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return _UNITS.sub("\u00a0", value)
    return value


@cache
def _hash(style: str) -> str:
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


@cache
def _style() -> str:
    """The style sheet with its fonts inside."""
    package = files("remit_engine.report")
    sheet = (package / "page" / "report.css").read_text(encoding="utf-8")
    for name in _FONTS:
        font = base64.b64encode((package / "fonts" / f"{name}.woff2").read_bytes()).decode()
        sheet = sheet.replace(f'url("{name}.woff2")', f'url("data:font/woff2;base64,{font}")')
    return sheet
