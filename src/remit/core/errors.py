"""Errors of the application: a code, a sentence, what to do next. One place maps them to pages."""

from __future__ import annotations

from remit_engine.errors import RemitError


class Refusal(RemitError):
    """What somebody wants can't be done, and why; nothing was changed.

    Args:
        code: stable name for programs.
        wrong: one sentence: what is in the way.
        next_step: one sentence: what to do about it.
        field: name of the form field that it is about, or "" for none.
        data: the values behind the sentence.
    """

    status = 409

    def __init__(self, code: str, wrong: str, next_step: str, *, field: str = "", **data: object) -> None:
        super().__init__(code, wrong, next_step, **data)
        self.field = field


class NotAllowed(Refusal):
    """Somebody sees a thing, but may not do this with it."""

    status = 403


class NotThere(Refusal):
    """A thing isn't there, or isn't for this person: both look the same."""

    status = 404

    def __init__(self, what: str = "page") -> None:
        super().__init__(
            "not-there",
            f"There is no such {what} here.",
            "It may have been moved, or it belongs to a team that you aren't in.",
        )


class Gone(Refusal):
    """A thing was there, and isn't any more; what it belonged to still is."""

    status = 410


class Changed(Refusal):
    """Somebody else was quicker: what was looked at isn't so any more."""
