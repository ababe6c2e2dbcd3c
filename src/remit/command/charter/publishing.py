"""What `remit charter publish` and `remit charter export` do and say."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click
from rich.text import Text

from remit.charters.actions import publish as put_in_force
from remit.charters.models import Version
from remit.charters.queries.above import latest_of
from remit.charters.queries.looking import Look, look_at
from remit.command.charter.said import counted
from remit.command.charter.sheet import Sheet
from remit.command.files import Outputs
from remit.people.models import Member, Team
from remit_engine.charter.findings import Finding
from remit_engine.charter.reading.files import source_from_file
from remit_engine.charter.reading.unreadable import Unreadable
from remit_engine.charter.reading.whole import unreadable
from remit_engine.errors import InputError
from remit_engine.nearest import nearest

_UNUSABLE = 2
_DEAD_ENDS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose charter: that of a team, by its word, or the organisation's."""

    word: str | None
    organisation: bool = False

    def team(self) -> Team | None:
        """The team; None for the organisation.

        Raises:
            InputError: neither or both were said, or there is no such team.
        """
        if self.organisation == (self.word is not None):
            raise InputError("whose", "Whose charter is it?", "Say --team TEAM or --organisation.")
        if self.word is None:
            return None
        team = Team.objects.filter(word=self.word, closed_at=None).first()
        if team is None:
            known = list(Team.objects.filter(closed_at=None).values_list("word", flat=True))
            raise InputError("no-such-team", f"There is no team {self.word!r}.", _meant(self.word, known))
        return team


def publish(
    file: str,
    whose: Whose,
    why: str,
    *,
    by: str | None,
    seconded_by: str | None,
    in_spite: bool,
    only_look: bool,
) -> None:
    """Look at a file, say what it changes, and put it in force.

    Raises:
        InputError: the file, a name or the change can't be used.
        Exit: with 2, where there is a mistake, or a finding that nobody said yes to.
    """
    team = whose.team()
    try:
        text = source_from_file(Path(file)).text
    except Unreadable as error:
        raise unreadable(error, file) from None
    publisher, second = _member(by), _member(seconded_by) if seconded_by else None
    look = look_at(text, team)
    sheet = Sheet.of_answer()
    for each in (look, *look.below):
        _say(sheet, each, file)
    if not look.can_be_published:
        raise click.exceptions.Exit(_UNUSABLE)
    if only_look:
        return
    if look.needs_confirming and not in_spite:
        sheet.say("Not published: say --yes to publish in spite of what was found.", "yellow")
        raise click.exceptions.Exit(_UNUSABLE)
    version = put_in_force(publisher, team, text, why, seconded_by=second)
    sheet.say(_done(version), "green")


def export(whose: Whose, number: int | None, out: str | None, *, force: bool) -> None:
    """Write the text of a version, the one in force by default, to a file or to stdout.

    Raises:
        InputError: there is no such team or version, or the file can't be written.
    """
    team = whose.team()
    version = latest_of(team) if number is None else Version.objects.filter(team=team, number=number).first()
    if version is None:
        where = team.name if team else "The organisation"
        what = "no charter yet" if number is None else f"no version {number}"
        raise InputError("no-version", f"{where} has {what}.", "Publish one, or name another version.")
    if out is None:
        click.echo(version.text, nl=not version.text.endswith("\n"))
        return
    with Outputs(force=force) as outputs:
        outputs.plan(Path(out)).write(version.text.encode())
        outputs.publish()
    click.echo(f"Written: {out} (version {version.number} of {version.name})")


def _member(word: str | None) -> Member:
    """A member by their word; without one, the only owner."""
    people = Member.objects.filter(left_at=None)
    if word is None:
        owners = list(people.filter(is_owner=True)[:2])
        if len(owners) != 1:
            raise InputError("who", "Who publishes it?", "Say --by MEMBER.")
        return owners[0]
    member = people.filter(word=word).first()
    if member is None:
        known = list(people.values_list("word", flat=True))
        raise InputError("no-such-member", f"Nobody is called {word!r}.", _meant(word, known))
    return member


def _meant(word: str, known: list[str]) -> str:
    near = nearest(word, known)
    return f"Did you mean {near}?" if near else "See the people in Remit for their words."


def _say(sheet: Sheet, look: Look, file: str) -> None:
    if look.team is None or look.above is not None:
        sheet.say(look.team.name if look.team else "The organisation", "bold")
    for finding in (*look.errors, *look.warnings):
        _say_finding(sheet, finding, file)
    for sentence in look.dead_ends[:_DEAD_ENDS_SHOWN]:
        sheet.say(f"Dead end: {sentence}", "yellow")
    if look.errors:
        sheet.say(f"{counted(len(look.errors), 'mistake')}: it can't be published like this.", "bold")
        return
    if look.no_comparison:
        sheet.say(look.no_comparison, "yellow")
    for words in look.changes.sentences if look.changes else ():
        sheet.say(words, hanging=2)
    sheet.space()


def _say_finding(sheet: Sheet, finding: Finding, file: str) -> None:
    style = "red" if finding.severity == "error" else "yellow"
    sheet.line(Text.assemble((f"{file}:{finding.place.line}", style), (f"  {finding.code}", "dim")))
    sheet.say(finding.wrong, indent=2)
    sheet.say(finding.next_step, "dim", indent=2)
    sheet.space()


def _done(version: Version) -> str:
    where = version.team.name if version.team else "the organisation"
    alone = ", published alone" if version.is_alone else ""
    return f"Version {version.number} of {where} is in force{alone}."
