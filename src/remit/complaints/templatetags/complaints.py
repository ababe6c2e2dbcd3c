"""What somebody wrote, safely: escaped, its addresses made links, in its own direction."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django import template
from django.utils.html import escape, format_html, linebreaks, urlize
from django.utils.safestring import SafeString, mark_safe

from remit.complaints import sentences
from remit.core.templatetags.remit import kept_together
from remit.remedies.dispute_words import dispute_words
from remit.remedies.models import Payment

register = template.Library()

_LONG = 1600
_SHOWN_OF_LONG = 900
_MAY_LEAD = re.compile(r"@|://|\S\.\w")
"""What stands in every address, and hardly in a text without: looking at each word takes long."""


@register.filter
def kind_label(kind: str) -> str:
    """A kind of remedy as people read it."""
    return sentences.kind_label(kind)


@register.filter
def disputed(payment: Payment) -> str:
    """How the dispute of a payment stands, and what to do; "" where there is none."""
    return dispute_words(payment)


@register.filter
def of_order(words: Mapping[str, str], order_key: str) -> str:
    """What is said of an order; "" for nothing."""
    return words.get(order_key, "")


@register.filter
def said(text: str) -> SafeString:
    """A text as paragraphs; of a long one the rest is behind *show all*."""
    if len(text) <= _LONG:
        return _paragraphs(text)
    cut = _place_to_cut(text)
    return format_html(
        '{}<details class="rest"><summary>Show all {} characters</summary>{}</details>',
        _paragraphs(text[:cut].rstrip() + " …"),
        f"{len(text):,}",
        _paragraphs(text[cut:].lstrip()),
    )


def _place_to_cut(text: str) -> int:
    """The end of a paragraph, or else of a word, near where a long text is cut."""
    for mark in ("\n\n", "\n", " "):
        place = text.rfind(mark, _SHOWN_OF_LONG // 2, _SHOWN_OF_LONG)
        if place > 0:
            return place
    return _SHOWN_OF_LONG


def _paragraphs(text: str) -> SafeString:
    kept = kept_together(text)
    linked = urlize(kept, nofollow=True, autoescape=True) if _MAY_LEAD.search(text) else escape(kept)
    whole = str(linebreaks(mark_safe(linked), autoescape=False))  # noqa: S308 (escaped by urlize)  # nosec B308
    outside = 'rel="nofollow noopener noreferrer"'
    return mark_safe(whole.replace("<p>", '<p dir="auto">').replace('rel="nofollow"', outside))  # noqa: S308 (urlize escapes first)  # nosec B308
