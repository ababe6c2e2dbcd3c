"""Lines of an answer: wrapped, indented, and without blanks at their ends."""

from __future__ import annotations

from typing import Self

from rich.console import Console
from rich.text import Text

from remit.command.screen import answer_console


class Sheet:
    """Prints an answer line by line.

    Attributes:
        console: where it is printed.
        width: characters of a line.
    """

    def __init__(self, console: Console) -> None:
        self.console = console
        self.width = console.width

    @classmethod
    def of_answer(cls) -> Self:
        """The sheet of the answer, on stdout."""
        return cls(answer_console())

    def say(self, words: str | Text, style: str = "", *, indent: int = 0, hanging: int = 0) -> None:
        """Print a paragraph.

        Args:
            words: plain, or with styles of its own.
            style: of plain words.
            indent: blanks before every line.
            hanging: further blanks before every line but the first.
        """
        text = words if isinstance(words, Text) else Text(words, style=style)
        text = Text(" " * indent) + text
        for number, line in enumerate(self._wrapped(text, indent + hanging)):
            self.line(Text(" " * (indent + hanging)) + line if number else line)

    def line(self, text: Text) -> None:
        """Print one line as it is, however long."""
        text.rstrip()
        self.console.print(text, soft_wrap=True)

    def space(self) -> None:
        """An empty line."""
        self.console.print()

    def _wrapped(self, text: Text, further: int) -> list[Text]:
        """The first line in the whole width, the others in what is left beside their indent."""
        lines = text.wrap(self.console, self.width)
        if len(lines) <= 1 or not further:
            return list(lines)
        first = lines[0]
        rest = text[len(first.plain) :]
        rest = rest[len(rest.plain) - len(rest.plain.lstrip()) :]
        return [first, *rest.wrap(self.console, max(self.width - further, 1))]
