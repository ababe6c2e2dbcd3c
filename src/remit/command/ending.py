"""How the command ends: the exit code, and the words for what went wrong."""

from __future__ import annotations

import os
import sys
import textwrap
import traceback
from importlib import metadata
from pathlib import Path
from typing import Final

import click

DONE: Final = 0
INTERNAL: Final = 1
UNUSABLE: Final = 2
INTERRUPTED: Final = 130

_WIDTH: Final = 80

_DRIVERS: Final = ("sqlite3", "psycopg", "django.db")
_AWAY: Final = frozenset({"OperationalError", "InterfaceError"})
_DAMAGED: Final = ("SQLITE_CORRUPT", "SQLITE_NOTADB")
_WRONG_QUESTION: Final = "SQLITE_ERROR"
"""Such as a table that isn't there: SQLite calls that operational, and it is a mistake of ours."""


def ended() -> int:
    """Everything is done; what was printed reaches its reader, or the exit code says that it didn't."""
    try:
        sys.stdout.flush()
    except OSError as error:
        return ended_badly(error)
    return DONE


def ended_badly(error: BaseException, code: int | None = None, *, debug: bool = False) -> int:
    """Say on stderr what went wrong, and what to do.

    Returns:
        the exit code.
    """
    if isinstance(error, OSError):
        _drop_unprinted()
    if isinstance(error, BrokenPipeError):
        return DONE  # The reader of a pipe went away early, as `head` does: what it wanted, it has.
    if debug:
        click.echo("".join(traceback.format_exception(error)), err=True, nl=False)
    sentences, exit_code = _told(error)
    _say([*sentences, *getattr(error, "__notes__", [])])
    return exit_code if code is None else code


def _drop_unprinted() -> None:
    """Throw away what can't be printed any more; Python would try again at its end, and complain."""
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, sys.stdout.fileno())
    os.close(quiet)


def _told(error: BaseException) -> tuple[list[str], int]:
    """The sentences for an error, and the exit code that goes with it."""
    if isinstance(error, KeyboardInterrupt):
        return ["Stopped."], INTERRUPTED
    if isinstance(error, click.ClickException):
        return _told_by_click(error), UNUSABLE
    if isinstance(error, MemoryError):
        return ["This machine has not enough memory for that.", "Try a smaller file."], UNUSABLE
    if isinstance(error, OSError):
        return [f"The system refused: {error.strerror or error}.", "Mend that and run it again."], UNUSABLE
    # Designed errors come from the engine; where it wasn't even loaded, this is none, and help stays quick.
    errors = sys.modules.get("remit_engine.errors")
    if errors is not None and isinstance(error, errors.RemitError):
        return [error.wrong, error.next_step], UNUSABLE
    of_database = _told_of_database(error)
    return (of_database, UNUSABLE) if of_database else (_told_of_internal(error), INTERNAL)


def _told_by_click(error: click.ClickException) -> list[str]:
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "remit"
    return [error.format_message(), f"See {path} --help."]


def _told_of_database(error: BaseException) -> list[str]:
    """The sentences for a database that is away, full or damaged; none for anything else.

    Whatever the database itself said may hold an address or a row: its number alone is repeated.
    """
    said = error.__cause__ if type(error.__cause__).__module__.startswith(_DRIVERS) else error
    name = str(getattr(said, "sqlite_errorname", ""))
    if name.startswith(_DAMAGED):
        return [
            f"The file of the database is damaged, or is none ({name}).",
            "Stop Remit, look at the disk, and restore the last good backup; remit doctor says more.",
        ]
    kinds = {each.__name__ for each in type(said).__mro__ if each.__module__.startswith(_DRIVERS)}
    if name == _WRONG_QUESTION or not kinds & _AWAY:
        return []
    number = name or getattr(said, "sqlstate", None) or type(said).__name__
    return [
        f"The database went away in the middle, or refused to go on ({number}).",
        "Look whether it runs and its disk has room, then run it again; remit doctor says more.",
    ]


def _told_of_internal(error: BaseException) -> list[str]:
    """Where it happened, without any value: a report of it may be passed on safely."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({Path(frames[-1].filename).name}, line {frames[-1].lineno})" if frames else ""
    return [
        f"Remit {metadata.version('remit')} made a mistake of its own: {type(error).__name__}{place}.",
        "Please report this line to the project; --debug shows a trace, which may hold values of your file.",
    ]


def _say(sentences: list[str]) -> None:
    """Sentences on stderr, wrapped, without control characters that a file may have smuggled in.

    Lines that begin with a blank belong to a list or to a file to write: they stay as they are.
    """
    name, indent = "remit: ", "       "
    lines = [_printable(line) for sentence in sentences for line in sentence.split("\n")]
    paragraphs = [
        f"{indent}{line}"
        if line.startswith(" ")
        else textwrap.fill(
            line,
            _WIDTH,
            initial_indent=indent if place else name,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
        for place, line in enumerate(lines)
    ]
    click.echo("\n".join(paragraphs), err=True)


def _printable(sentence: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in sentence)
