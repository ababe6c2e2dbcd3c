"""Forms of nothing but a word."""

from __future__ import annotations

from remit.core.why_form import WhyForm


class CloseForm(WhyForm):
    """Why something is closed without doing it."""

    use_required_attribute = False
