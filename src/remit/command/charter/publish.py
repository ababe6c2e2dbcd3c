"""`remit charter publish`: a charter comes into force."""

from __future__ import annotations

import click

from remit.command.helping import Command, debug_option, option


@click.command(
    "publish",
    cls=Command,
    examples=(
        ('remit charter publish charter.yaml --team harbour --why "Less waiting"', "for one team"),
        ('remit charter publish all.yaml --organisation --why "Once for all"', "for the organisation"),
        ('remit charter publish draft.yaml --team harbour --why "…" --look', "only look what it changes"),
    ),
)
@click.argument("file", metavar="FILE", type=click.Path())
@option("--team", section="Whose", metavar="TEAM", help="Word of the team whose charter it is.")
@option("--organisation", section="Whose", is_flag=True, help="The organisation's, which teams may extend.")
@option(
    "--why", section="The change", metavar="TEXT", required=True, help="What it is for; the team reads it."
)
@option(
    "--by", section="The change", metavar="MEMBER", help="Word of who publishes; the owner, if there is one."
)
@option(
    "--seconded-by",
    section="The change",
    metavar="MEMBER",
    help="Word of the second publisher, where it raises the level of the first.",
)
@option("--yes", section="The change", is_flag=True, help="Publish in spite of findings.")
@option("--look", section="The change", is_flag=True, help="Say what it changes, and change nothing.")
@debug_option()
def command(
    *,
    file: str,
    team: str | None,
    organisation: bool,
    why: str,
    by: str | None,
    seconded_by: str | None,
    yes: bool,
    look: bool,
) -> None:
    """Put the charter in FILE in force.

    Says mistakes and findings with their lines, and exactly who gains or loses what. A mistake is refused;
    findings need --yes. What was in force before stays readable, and every decision keeps its own version.

    Exit codes: 0 published; 2 refused, and why; 1 a mistake of Remit itself.
    """
    # Django takes a while to load; help and mistyped options needn't wait for it.
    from remit.command.application import need_tables, start_application  # noqa: PLC0415

    start_application()
    need_tables()
    from remit.command.charter.publishing import Whose, publish  # noqa: PLC0415 (it needs Django started)

    publish(
        file,
        Whose(team, organisation=organisation),
        why,
        by=by,
        seconded_by=seconded_by,
        in_spite=yes,
        only_look=look,
    )
