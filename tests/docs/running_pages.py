"""Runs the blocks of a page as a reader would: from top to bottom, in one folder."""

import os
import shutil
import subprocess
import sys
import traceback
from collections.abc import Sequence
from difflib import unified_diff
from pathlib import Path

from pages import Block, Command, commands

SKIPPED = "..."
"""A shown line of these dots alone stands for any lines, also none."""

_SCRIPTS = Path(sys.executable).parent


class DiffersError(AssertionError):
    """A page shows what doesn't happen."""


def run_page(name: str, parts: Sequence[Block], folder: Path, log: Path) -> None:
    """Run all blocks of a page.

    Args:
        name: the page, for messages.
        parts: its blocks.
        folder: where the reader stands. `approvals.csv` is there, unless the page makes it.
        log: the made log.

    Raises:
        DiffersError: at the first block that does something else than the page shows.
    """
    running = [part for part in parts if part.runs]
    if not any("remit example approvals.csv" in part.text for part in running):
        shutil.copy(log, folder / "approvals.csv")
    values: dict[str, object] = {"__name__": "__main__"}
    for part in running:
        if part.language == "python":
            _run_python(name, part, values)
        else:
            for command in commands(part):
                if command.typed.split()[0] == "remit":
                    _run_command(name, command, part.exit_code, folder)


def _run_python(name: str, block: Block, values: dict[str, object]) -> None:
    # Empty lines in front give a traceback the line numbers of the page.
    code = compile("\n" * (block.line - 1) + block.text, name, "exec")
    try:
        exec(code, values)  # noqa: S102 (the project's own pages)
    except Exception as error:
        raise DiffersError(
            f"{name}:{block.line}: the Python block fails\n{traceback.format_exc()}"
        ) from error


def _run_command(name: str, command: Command, exit_code: int, folder: Path) -> None:
    environment = os.environ | {
        "PATH": f"{_SCRIPTS}{os.pathsep}{os.environ.get('PATH', '')}",
        "COLUMNS": "80",
        "LC_ALL": "C.UTF-8",
    }
    environment.pop("FORCE_COLOR", None)
    ended = subprocess.run(
        ["sh", "-c", command.typed],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
    )
    place = f"{name}:{command.line}: $ {command.typed}"
    if ended.returncode != exit_code:
        raise DiffersError(f"{place}\nended with {ended.returncode}, not {exit_code}:\n{ended.stdout}")
    shown, happened = _tidy(command.shown), _tidy(ended.stdout.splitlines())
    missing = missing_stretch(shown, happened)
    if missing is not None:
        difference = unified_diff(missing, happened, "shown in the page", "printed", lineterm="")
        raise DiffersError("\n".join([place, *difference]))


def _tidy(lines: Sequence[str]) -> list[str]:
    """Lines without the blanks at their ends, and without empty lines at the end."""
    tidy = [line.rstrip() for line in lines]
    while tidy and not tidy[-1]:
        tidy.pop()
    return tidy


def missing_stretch(shown: Sequence[str], happened: Sequence[str]) -> list[str] | None:
    """The first stretch of shown lines that didn't happen; None when everything did.

    A line of three dots stands for any lines and parts the stretches. The first place where one is found is
    taken, which is enough: a later place leaves less for what follows.
    """
    stretches = _stretches(shown)
    first, last = stretches[0], stretches[-1]
    if len(stretches) == 1:
        return None if list(happened) == first else first
    if list(happened[: len(first)]) != first:
        return first
    rest = list(happened[len(first) :])
    for stretch in stretches[1:-1]:
        at = _found(stretch, rest)
        if at is None:
            return stretch
        rest = rest[at + len(stretch) :]
    return None if len(rest) >= len(last) and rest[len(rest) - len(last) :] == last else last


def _stretches(shown: Sequence[str]) -> list[list[str]]:
    """The shown lines, parted at the skips."""
    parts: list[list[str]] = [[]]
    for line in shown:
        if line.strip() == SKIPPED:
            parts.append([])
        else:
            parts[-1].append(line)
    return parts


def _found(stretch: list[str], lines: list[str]) -> int | None:
    """Where the stretch first stands in the lines."""
    places = range(len(lines) - len(stretch) + 1)
    return next((at for at in places if lines[at : at + len(stretch)] == stretch), None)
