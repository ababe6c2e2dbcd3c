"""What `remit doctor` says."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from itertools import chain
from typing import Final

import click

from remit.command.screen import Waiting
from remit.config.values import Problem
from remit.core.shown import visible
from remit.keeping.doctor import examine
from remit.keeping.doctor.finding import Finding, Health, wrong

_WRONG: Final = 1
_COLOURS: Final = {Health.OK: "green", Health.LOOK: "yellow", Health.WRONG: "red"}


def show(problems: Sequence[Problem], *, mail_to: str, quick: bool, as_json: bool) -> None:
    """Print what is found; anything that is wrong ends the command with 1.

    Args:
        problems: with the settings, that let nothing else start.
        mail_to: see `examine`.
        quick: see `examine`.
        as_json: whether it is written as JSON lines.
    """
    is_wrong = False
    of_settings = [wrong("settings", f"{each.name}: {each.wrong}", each.mend) for each in problems]
    with Waiting() as waiting:
        waiting.doing("Looking")
        for finding in chain(of_settings, examine(mail_to=mail_to, quick=quick, told=waiting.share)):
            is_wrong |= finding.health == Health.WRONG
            click.echo(_as_json(finding) if as_json else _in_words(finding))
    if is_wrong:
        raise click.exceptions.Exit(_WRONG)


def _as_json(finding: Finding) -> str:
    return visible(json.dumps(asdict(finding), ensure_ascii=False))


def _in_words(finding: Finding) -> str:
    health = click.style(f"{finding.health:<6}", fg=_COLOURS[finding.health])
    line = f"{health}{visible(finding.what):<14}{visible(finding.words)}"
    return f"{line}\n{'':<20}{visible(finding.next_step)}" if finding.next_step else line
