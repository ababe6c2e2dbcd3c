"""How a task says what a person reads of it, and whether trying again helps."""

from __future__ import annotations


class NeedsPerson(Exception):
    """Raised by a task that time won't mend: it goes to the list that needs a person, at once.

    Args:
        words: one or two sentences: what is in the way.
    """

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class TryLater(Exception):
    """Raised by a task that time may mend; if it doesn't, its words stand on the list that needs a person.

    Args:
        words: what is in the way, and what to do once nobody tries any more.
    """

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class GivenBack(KeyboardInterrupt):
    """A worker that was told to stop has waited long enough: the job in hand goes back into the queue.

    Raised in the middle of it, wherever that is. As pressing Ctrl-C it also ends a question that a database
    is thinking about.
    """
