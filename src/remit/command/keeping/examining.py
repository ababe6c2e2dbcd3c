"""What `remit doctor` says."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Final

import click

from remit.command.screen import Waiting
from remit.keeping.doctor import examine
from remit.keeping.doctor.finding import Finding, Health

_WRONG: Final = 1
_COLOURS: Final = {Health.OK: "green", Health.LOOK: "yellow", Health.WRONG: "red"}


def show(*, mail_to: str, quick: bool, as_json: bool) -> None:
    """Print what is found; anything that is wrong ends the command with 1."""
    is_wrong = False
    with Waiting() as waiting:
        waiting.doing("Looking")
        for finding in examine(mail_to=mail_to, quick=quick, told=waiting.share):
            is_wrong |= finding.health == Health.WRONG
            click.echo(json.dumps(asdict(finding), ensure_ascii=False) if as_json else _in_words(finding))
    if is_wrong:
        raise click.exceptions.Exit(_WRONG)


def _in_words(finding: Finding) -> str:
    health = click.style(f"{finding.health:<6}", fg=_COLOURS[finding.health])
    line = f"{health}{finding.what:<14}{finding.words}"
    return f"{line}\n{'':<20}{finding.next_step}" if finding.next_step else line
