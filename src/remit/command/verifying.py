"""What `remit verify` does and says."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

import click

from remit.command.screen import Waiting
from remit.complaints.verifying import Differs, Verified, verify_decisions
from remit.core.shown import visible

_DIFFERENT: Final = 1


def verify(*, as_json: bool) -> None:
    """Print which decisions differ; any that does ends the command with 1."""
    verified, different = Verified(), 0
    with Waiting() as waiting:
        waiting.doing("Recomputing decisions")
        for each in verify_decisions(verified, waiting.progress):
            different += 1
            lines = [_as_json(each)] if as_json else _in_words(each).split("\n")
            click.echo("\n".join(map(visible, lines)))
    if not as_json:
        click.echo(_summary(verified, different))
    if different:
        raise click.exceptions.Exit(_DIFFERENT)


def _summary(verified: Verified, different: int) -> str:
    decisions = "1 decision" if verified.decisions == 1 else f"{verified.decisions:,} decisions"
    versions = "1 version" if verified.versions == 1 else f"{verified.versions:,} versions"
    if not verified.decisions:
        return "No decision is recorded yet."
    what = f"{decisions} under {versions} of charters"
    if not different:
        return f"Every verdict is the same: {what}."
    return f"{different:,} of {what} {'differs' if different == 1 else 'differ'}."


def _in_words(each: Differs) -> str:
    when = f"{each.at:%Y-%m-%d %H:%M} UTC"
    what = f"Decision {each.decision} on C-{each.complaint}, by {each.member} at {when}, {each.charter}:"
    lines = [what, f"  {each.why}"]
    for name, verdict in (("recorded", each.recorded), ("recomputed", each.recomputed)):
        if verdict is not None:
            lines.append(f"  {name:<11}{_verdict(verdict)}")
    return "\n".join(lines)


def _verdict(verdict: Mapping[str, object]) -> str:
    return json.dumps(dict(verdict), sort_keys=True, ensure_ascii=False)


def _as_json(each: Differs) -> str:
    return json.dumps(
        {
            "decision": each.decision,
            "complaint": each.complaint,
            "member": each.member,
            "at": each.at.isoformat(),
            "charter": each.charter,
            "why": each.why,
            "recorded": each.recorded,
            "recomputed": each.recomputed,
        }
    )
