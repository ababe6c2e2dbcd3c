"""Figures of the pulse as people read them."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from remit.pulse.models import Figure
from remit.pulse.picture import figure_picture as picture_of
from remit.pulse.picture import figure_words as words_of
from remit.pulse.picture import sure_words as sure_of

register = template.Library()


@register.simple_tag
def figure_picture(figure: Figure) -> SafeString:
    """A figure on its scale."""
    return picture_of(figure)


@register.filter
def figure_words(figure: Figure) -> str:
    """A figure in words."""
    return words_of(figure)


@register.filter
def sure_words(figure: Figure) -> str:
    """How sure it is."""
    return sure_of(figure)
