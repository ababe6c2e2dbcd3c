"""A text looked at before it is published: its mistakes and findings, and exactly what it changes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from remit.charters.in_force import compiled_version
from remit.charters.models import Version
from remit.charters.queries.above import latest_of, read_text
from remit.charters.queries.names import unknown_names
from remit.charters.vocabulary import FILE
from remit.core.clock import today
from remit.people.models import Team
from remit_engine.charter.analysis import Analysis, analyse
from remit_engine.charter.analysis.told import DeadEndsInWords, findings_of, from_day
from remit_engine.charter.compiled import CompiledCharter, compile_charter
from remit_engine.charter.diagram.regions import Region
from remit_engine.charter.difference import ChangedRegion, Difference, difference
from remit_engine.charter.document import Charter
from remit_engine.charter.findings import CharterError, Finding, Place, Severity
from remit_engine.charter.plain import MISSING
from remit_engine.charter.reading import ReadCharter
from remit_engine.charter.request import Person
from remit_engine.errors import InputError


@dataclass(frozen=True, slots=True)
class Look:
    """What there is to say about a text.

    Attributes:
        text: as it was typed.
        team: whose charter it would be; None for the organisation's.
        base: the version in force; None where there is none.
        above: the version of the organisation that it extends.
        errors: mistakes: it can't be published.
        warnings: findings with their lines, the first line first.
        dead_ends: sentences about what nobody may say yes to.
        compiled: ready for use; None where there are mistakes.
        changes: against the version in force; None where they can't be compared.
        no_comparison: why they can't be compared.
        below: for the organisation's charter, what it does to each team that extends it.
    """

    text: str
    team: Team | None
    base: Version | None
    above: Version | None = None
    errors: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()
    dead_ends: Sequence[str] = ()
    compiled: CompiledCharter | None = None
    changes: Difference | None = None
    no_comparison: str = ""
    below: tuple[Look, ...] = field(default=())

    @property
    def can_be_published(self) -> bool:
        """Whether it has no mistake, and neither has any team's charter that extends it."""
        return (
            self.compiled is not None
            and not self.errors
            and all(each.can_be_published for each in self.below)
        )

    @property
    def is_the_same(self) -> bool:
        """Whether it says what the version in force says."""
        return self.base is not None and self.compiled is not None and self.base.hash == self.compiled.hash

    @property
    def changes_nothing(self) -> bool:
        """Whether publishing it would change nothing; the text of a trial, published once more, keeps it."""
        return self.is_the_same and not (self.base and self.base.trial_until)

    @property
    def needs_confirming(self) -> bool:
        """Whether there is something that a person should have read before it is published."""
        return bool(self.warnings or self.dead_ends) or any(each.needs_confirming for each in self.below)

    @property
    def mark(self) -> str:
        """What tells this look from another: the text, and what it was held against."""
        held = (self.text, self.base and self.base.pk, *(each.base and each.base.pk for each in self.below))
        return hashlib.sha256(repr(held).encode()).hexdigest()[:20]


def look_at(text: str, team: Team | None) -> Look:
    """Look at a text as the next charter of a team, or of the organisation (None)."""
    if team is None:
        return _look_at_organisations(text)
    return _look_at_teams(text, team, latest_of(None))


def changes_between(old: CompiledCharter, new: CompiledCharter, day: date) -> Difference:
    """The exact difference of two charters; kept, since the page of a charter asks for it again and again.

    Raises:
        InputError: they can't be compared.
    """
    return _difference(old, new, day)


def raises_level_of(person: Person, look: Look) -> bool:
    """Whether a text raises the level of somebody for any request; where that can't be known, it does."""
    if look.compiled is not None and look.changes is None:
        return True
    gains = look.changes.gains if look.changes else ()
    return any(is_about(region.region, person) for region in gains)


def about_person(regions: Sequence[ChangedRegion], person: Person) -> list[ChangedRegion]:
    """The regions in which somebody's requests may lie."""
    return [region for region in regions if is_about(region.region, person)]


def is_about(region: Region, person: Person) -> bool:
    """Whether requests of somebody may lie in a region: by role, member, team and step."""
    for name in ("role", "member", "team", "step"):
        where = region.get(name)
        if where is None:
            continue
        value = getattr(person, name)
        if not where.has(MISSING if value is None else value):
            return False
    return True


@lru_cache(maxsize=128)
def _difference(old: CompiledCharter, new: CompiledCharter, day: date) -> Difference:
    return difference(old.charter, new.charter, day)


@dataclass(frozen=True, slots=True, eq=False)
class _ById:
    """A charter that was read, told from others as the one that it is: what it says is long."""

    charter: Charter

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ById) and self.charter is other.charter

    def __hash__(self) -> int:
        return id(self.charter)


@lru_cache(maxsize=8)
def _compiled(charter: _ById) -> CompiledCharter:
    """A text that is looked at once more, to be published, is the same: what was worked out then holds."""
    return compile_charter(charter.charter, is_draft=True)


@lru_cache(maxsize=8)
def _analysed(compiled: CompiledCharter, day: date) -> Analysis:
    return from_day(analyse(compiled.charter, day=day, reach=False), day)


def _look_at_teams(text: str, team: Team, above: Version | None, *, above_text: str | None = None) -> Look:
    """Look at a team's text; `above_text` takes the place of the organisation's charter in force."""
    base = latest_of(team)
    organisation = above.text if above_text is None and above else above_text

    try:
        read = read_text(text, organisation)
    except CharterError as error:
        return Look(text, team, base, above, errors=error.findings)
    return _looked(text, team, base, above if read.charter.extends else None, read)


def _look_at_organisations(text: str) -> Look:
    base = latest_of(None)
    try:
        read = read_text(text, None, is_team=False)
    except CharterError as error:
        return Look(text, None, base, errors=error.findings)
    below = tuple(
        _look_at_teams(version.text, version.team, base, above_text=text)
        for version in _extending()
        if version.team is not None
    )
    look = _looked(text, None, base, None, read)
    return Look(
        text,
        None,
        base,
        None,
        look.errors,
        look.warnings,
        look.dead_ends,
        look.compiled,
        look.changes,
        look.no_comparison,
        below,
    )


def _extending() -> list[Version]:
    """The charters in force that extend the organisation's."""
    teams = Team.objects.filter(closed_at=None, charters__extends__isnull=False).distinct()
    latest = [latest_of(team) for team in teams]
    return [version for version in latest if version is not None and version.extends_id is not None]


def _looked(
    text: str, team: Team | None, base: Version | None, above: Version | None, read: ReadCharter
) -> Look:
    charter = read.charter
    errors = _wrong_currency(text, charter, team)
    day = today(team.time_zone if team else "UTC")
    compiled = _compiled(_ById(charter))
    try:
        analysis = _analysed(compiled, day)
        found = findings_of(analysis, read.lines, FILE)
        dead_ends: Sequence[str] = DeadEndsInWords(analysis)
    except InputError as error:
        found = [Finding(error.code, Severity.WARNING, Place(FILE), error.wrong, error.next_step)]
        dead_ends = ()
    names = unknown_names(charter, team, read.lines)
    warnings = sorted([*read.findings, *found, *names], key=lambda each: (each.place.line, each.place.column))
    changes, no_comparison = _compared(base, compiled, day)
    return Look(
        text,
        team,
        base,
        above,
        tuple(errors),
        tuple(warnings),
        dead_ends,
        compiled,
        changes,
        no_comparison,
    )


def _compared(base: Version | None, compiled: CompiledCharter, day: date) -> tuple[Difference | None, str]:
    old = compiled_version(base) if base else compile_charter(_nothing_yet(compiled.charter))
    try:
        return changes_between(old, compiled, day), ""
    except InputError as error:
        return None, str(error)


def _nothing_yet(charter: Charter) -> Charter:
    """The charter before the first one: it knows the same words and has no rule, so everything is asked."""
    return Charter(
        name=charter.name,
        currency=charter.currency,
        why=charter.why,
        facts=tuple(charter.all_facts.values()),
        kinds=charter.all_kinds,
        roles=charter.all_roles,
        steps=charter.all_steps,
        always=charter.all_always,
    )


_CURRENCY_LINE = re.compile(r"^currency:", re.MULTILINE)


def _wrong_currency(text: str, charter: Charter, team: Team | None) -> list[Finding]:
    if team is None or charter.currency == team.currency:
        return []
    written = _CURRENCY_LINE.search(text)
    line = text.count("\n", 0, written.start()) + 1 if written else 1
    return [
        Finding(
            "another-currency",
            Severity.ERROR,
            Place(FILE, line),
            f"The charter counts in {charter.currency}, and {team.name} gives {team.currency}.",
            f"Write 'currency: {team.currency}', and look at every amount.",
        )
    ]
