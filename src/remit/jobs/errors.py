"""How a task says that trying again won't help."""

from __future__ import annotations


class NeedsPerson(Exception):
    """Raised by a task that time won't mend: it goes to the list that needs a person, at once.

    Args:
        words: one or two sentences: what is in the way.
    """

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words
