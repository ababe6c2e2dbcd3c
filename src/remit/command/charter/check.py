"""`remit charter check`: mistakes with their lines, gaps, and rules that never matter."""

from __future__ import annotations

import click

from remit.command.helping import Command, debug_option, option


@click.command(
    "check",
    cls=Command,
    examples=(
        ("remit charter check charter.yaml", "mistakes and findings, each with its line"),
        ("remit charter check charter.yaml --strict", "findings end with exit code 2 as well"),
        ("remit charter check charter.yaml --json", "the same for programs"),
    ),
)
@click.argument("file", metavar="FILE", type=click.Path())
@option("--strict", section="The check", is_flag=True, help="End with exit code 2 when there is any finding.")
@option("--json", "as_json", section="What is written", is_flag=True, help="Print what was found as JSON.")
@debug_option()
def command(*, file: str, strict: bool, as_json: bool) -> None:
    """Look for mistakes in FILE, for gaps, and for rules that never matter.

    Every mistake is told with its line and with what was expected. A charter without mistakes is looked
    at exactly, over every possible request: where nobody may say yes, which grants never matter, which
    guardrails and allowances never bite, and the most that each role may do.

    Exit codes: 0 no mistake; 2 a mistake (or, with --strict, a finding); 1 a mistake of Remit itself.
    """
    # The engine takes a while to load; help and mistyped options needn't wait for it.
    from remit.command.charter.checking import check  # noqa: PLC0415

    check(file, strict=strict, as_json=as_json)
