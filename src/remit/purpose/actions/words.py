"""Words that are never empty."""

from __future__ import annotations

from remit.core.errors import Refusal


def words_in(
    text: str, field: str, next_step: str = "Say it in a sentence.", *, missing: str = "A word why is needed."
) -> str:
    """What was typed, without the space around it and with one kind of line end.

    Raises:
        Refusal: nothing was.
    """
    words = text.replace("\r\n", "\n").strip()
    if not words:
        raise Refusal("words-missing", missing, next_step, field=field)
    return words
