"""A draft as its pages show it: its board beside the one it was made from, and one cell of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from urllib.parse import urlencode

from django.urls import reverse

from remit.charters.access import DraftSeen
from remit.charters.actions.drafting import base_of
from remit.charters.in_force import compiled_version
from remit.charters.models import Version
from remit.charters.queries.above import latest_of, read_text
from remit.charters.queries.board import Board, Cell, Column, Row, board_of
from remit.charters.queries.looking import Look
from remit.charters.sentences import SaidRule, said_rule
from remit.core.clock import today
from remit.people.models import Role
from remit_engine.charter.compiled import CompiledCharter, compile_charter
from remit_engine.charter.difference.document_changes import DocumentChange, document_changes
from remit_engine.charter.document import Charter, Grant, Guardrail
from remit_engine.charter.editing import rule_of, section_of
from remit_engine.charter.editing.rules import AnyRule
from remit_engine.charter.facts import NO_STEP, OneOf
from remit_engine.charter.findings import CharterError, Finding
from remit_engine.charter.ladder import Ladder
from remit_engine.charter.on_a_line import largest_end
from remit_engine.charter.reading import ReadCharter
from remit_engine.charter.sentences import readable
from remit_engine.money import in_units

_LADDERS_AT_ONCE = 150
"""Of a charter with more, the board shows the usual case of each kind, and one kind in full at a time."""
_SHORTEST_SCALE = 100.0
"""Units of the currency."""


@dataclass(frozen=True, slots=True)
class Open:
    """A draft that is worked on.

    Attributes:
        seen: the draft, and who looks.
        base: the version that it was made from.
        in_force: the version in force; another one than `base` where it changed meanwhile.
        above: the organisation's charter that it may extend.
        read: what it says; None where it has mistakes.
        errors: these.
    """

    seen: DraftSeen
    base: Version | None
    in_force: Version | None
    above: Version | None
    read: ReadCharter | None
    errors: tuple[Finding, ...] = ()

    @property
    def is_behind(self) -> bool:
        """Whether another version came into force since it was made."""
        return self.in_force is not None and (self.base is None or self.base.pk != self.in_force.pk)

    @property
    def charter(self) -> Charter:
        """What it says.

        Raises:
            CharterError: it has mistakes.
        """
        if self.read is None:
            raise CharterError(self.errors)
        return self.read.charter

    @property
    def old(self) -> CompiledCharter | None:
        """What it was made from, compiled."""
        return compiled_version(self.base) if self.base else None

    @property
    def day(self) -> date:
        """Today, where it would hold."""
        return today(self.seen.draft.team.time_zone if self.seen.draft.team else "UTC")

    @property
    def team_word(self) -> str | None:
        """The word of its team."""
        return self.seen.draft.team.word if self.seen.draft.team else None


def opened(seen: DraftSeen, look: Look | None = None) -> Open:
    """A draft with what it says, and what it stands beside.

    Args:
        seen: the draft.
        look: at its text, where there was one already.
    """
    draft = seen.draft
    base = base_of(draft)
    if look is not None and (look.compiled is None or look.compiled.charter.extends is None):
        above, in_force = None, look.base
    else:
        above = latest_of(None) if draft.team is not None else None
        in_force = latest_of(draft.team)
    try:
        read = read_text(draft.text, above.text if above else None, is_team=draft.team is not None)
    except CharterError as error:
        return Open(seen, base, in_force, above, None, error.findings)
    return Open(seen, base, in_force, above, read)


def changes_of(draft: Open) -> tuple[DocumentChange, ...]:
    """What the draft says differently than what it was made from."""
    if draft.read is None or draft.old is None:
        return ()
    return document_changes(draft.old.charter, draft.charter)


@dataclass(frozen=True, slots=True)
class DraftCell:
    """One ladder of the board of a draft.

    Attributes:
        cell: the ladder.
        address: of the page where it is changed.
        was: in words, what it was before; "" where nothing changed.
        from_above: `same` where it is what the organisation's charter gives, `local` where it differs from
            that; "" for a charter that extends none.
    """

    cell: Cell
    address: str
    was: str
    from_above: str


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A row of the board of a draft; `more` other cases of its kind aren't shown here."""

    row: Row
    cells: tuple[DraftCell, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class DraftBoard:
    """The board of a draft.

    Attributes:
        board: as that of any charter.
        rows: with what changed.
        is_overview: whether only the usual case of each kind is shown.
        kinds: those that can be shown in full, where it is one.
    """

    board: Board
    rows: tuple[DraftRow, ...]
    is_overview: bool
    kinds: tuple[str, ...]


def board_of_draft(draft: Open, kind: str = "") -> DraftBoard:
    """The board of a draft beside that of what it was made from.

    Args:
        draft: readable.
        kind: the one that is shown in full, where the charter is large.

    Raises:
        CharterError: it has mistakes.
    """
    charter = draft.charter
    compiled = compile_charter(charter, is_draft=True)
    cases = {each: _cases_of(charter, each) for each in charter.all_kinds}
    is_large = is_large_board(charter)
    shown = (kind,) if is_large and kind in cases else tuple(cases)
    is_overview = is_large and kind not in cases

    def drawn(each: CompiledCharter, columns: Sequence[Column] = ()) -> Board:
        return board_of(
            each, draft.day, draft.team_word, columns=columns, kinds=shown, usual_only=is_overview
        )

    board = drawn(compiled)
    before = _ladders(drawn(draft.old, board.columns)) if draft.old else {}
    above = compile_charter(charter.extends, is_draft=True) if charter.extends else None
    general = _ladders(drawn(above, board.columns)) if above else None
    rows = [
        DraftRow(
            row,
            tuple(_cell(draft, row, cell, before, general) for cell in row.cells),
            more=sum(cases[each] for each in row.kinds) if is_overview else 0,
        )
        for row in board.rows
    ]
    return DraftBoard(board, tuple(rows), is_overview, tuple(cases) if is_large else ())


def is_large_board(charter: Charter) -> bool:
    """Whether a charter has more ladders than anybody reads at once."""
    rows = sum(1 + _cases_of(charter, kind) for kind in charter.all_kinds)
    return rows * max(len(charter.all_roles), 1) > _LADDERS_AT_ONCE


def _cases_of(charter: Charter, kind: str) -> int:
    """How many conditions of grants split a kind."""
    return len({rule.when for rule in charter.all_grants if rule.when and kind in (rule.kinds or (kind,))})


_Ladders = dict[tuple[str, str, Column], tuple[object, str]]


def _ladders(board: Board) -> _Ladders:
    """Every ladder of a board, by kind, condition and column: its rungs, and its words."""
    return {
        (kind, _usual(row.about), cell.column): (cell.rungs, cell.words)
        for row in board.rows
        for kind in row.kinds
        for cell in row.cells
    }


def _usual(about: str) -> str:
    return "" if about == "everything else" else about


def _cell(draft: Open, row: Row, cell: Cell, before: _Ladders, general: _Ladders | None) -> DraftCell:
    key = (row.kinds[0], _usual(row.about), cell.column)
    usual = (row.kinds[0], "", cell.column)
    old = before.get(key) or before.get(usual)
    was = old[1] if old is not None and old[0] != cell.rungs else ""
    from_above = ""
    if general is not None:
        common = general.get(key) or general.get(usual)
        from_above = "same" if common is not None and common[0] == cell.rungs else "local"
    return DraftCell(cell, cell_address(draft, row.kinds[0], cell.column), was, from_above)


def cell_address(draft: Open, kind: str, column: Column) -> str:
    """The address of the page of one cell."""
    asked = {"kind": kind, "role": column.role or "", "step": column.step}
    return f"{reverse('charters:draft-cell', args=[draft.seen.draft.pk])}?{urlencode(asked)}"


@dataclass(frozen=True, slots=True)
class Handle:
    """Where a ladder can be dragged: the end of a rung that a rule of the draft itself makes.

    Attributes:
        rung: its place in the ladder.
        rule: id of the rule whose limit it is.
        who: whom that is for, in words.
    """

    rung: int
    rule: str
    who: str


@dataclass(frozen=True, slots=True)
class Case:
    """One ladder of a cell: under a condition, now and before.

    Attributes:
        about: the condition in words; "" for the only one.
        ladder: what the draft gives.
        words: the same in words.
        before: what it was; None where nothing changed, or nothing was.
        was: the same in words.
        handles: where it can be dragged.
    """

    about: str
    ladder: Ladder
    words: str
    before: Ladder | None
    was: str
    handles: tuple[Handle, ...]


@dataclass(frozen=True, slots=True)
class RuleHere:
    """A rule that matters in a cell.

    Attributes:
        rule: the rule.
        said: as it is read.
        section: where it stands.
        is_own: whether it can be changed here; others come from the organisation's charter.
        also: whom and what else it is for, in words; "" for nothing else.
    """

    rule: AnyRule
    said: SaidRule
    section: str
    is_own: bool
    also: str


@dataclass(frozen=True, slots=True)
class DraftCellPage:
    """One cell, with all that makes it.

    Attributes:
        largest: the end of the scale, in minor units: twice what is there, so that there is room to drag.
    """

    kind: str
    column: Column
    cases: tuple[Case, ...]
    rules: tuple[RuleHere, ...]
    largest: int


def cell_of_draft(draft: Open, kind: str, column: Column) -> DraftCellPage:
    """One cell of the board of a draft: its ladders, now and before, and the rules that make them.

    Raises:
        CharterError: the draft has mistakes.
    """
    charter = draft.charter
    now_ = board_of(
        compile_charter(charter, is_draft=True), draft.day, draft.team_word, columns=(column,), kinds=(kind,)
    )
    before = _cell_before(draft.old, draft.day, draft.team_word, kind, column) if draft.old else None
    rules = tuple(_rules_here(charter, kind, column))
    cases = tuple(_cases(now_, before, rules))
    ends = [board.largest for board in (now_, before) if board is not None]
    ends += [largest_end(case.ladder) for case in cases]
    return DraftCellPage(kind, column, cases, rules, 2 * max(ends))


@lru_cache(maxsize=64)
def _cell_before(old: CompiledCharter, day: date, team: str | None, kind: str, column: Column) -> Board:
    """A cell as it was; kept, since whoever changes it asks after each change."""
    return board_of(old, day, team, columns=(column,), kinds=(kind,))


def _cases(board: Board, before: Board | None, rules: Sequence[RuleHere]) -> Iterator[Case]:
    old = {_usual(row.about): row.cells[0] for row in before.rows} if before else {}
    for row in board.rows:
        cell = row.cells[0]
        was = old.get(_usual(row.about)) or old.get("")
        changed = was is not None and was.rungs != cell.rungs
        yield Case(
            row.about,
            cell.ladder,
            cell.words,
            was.ladder if was is not None and changed else None,
            was.words if was is not None and changed else "",
            tuple(_handles(cell.ladder, rules)),
        )


def _handles(ladder: Ladder, rules: Sequence[RuleHere]) -> Iterator[Handle]:
    """A handle for each end of a rung where a rule of the draft ends, or begins to hold back."""
    own = {here.rule.id: here for here in rules if here.is_own and not getattr(here.rule, "counts", False)}
    for place, (rung, above) in enumerate(pairwise(ladder.rungs)):
        makers = [own[each.id] for each in (*rung.grants, *above.caps) if each.id in own]
        maker = next((each for each in makers if limit_of(each.rule) == rung.upto), None)
        if maker is not None:
            yield Handle(place, maker.rule.id, maker.said.who)


def _rules_here(charter: Charter, kind: str, column: Column) -> Iterator[RuleHere]:
    """The rules that may hold for a kind and a column: grants, then what caps them."""
    for rule in charter.all_rules:
        if rule.kinds and kind not in rule.kinds:
            continue
        who = dict(rule.who)
        if not _is_for(who.get("role"), column.role) or not _is_for(who.get("step"), column.step):
            continue
        own = rule_of(charter, rule.id) is not None
        said = said_rule(charter, rule)
        yield RuleHere(rule, said, section_of(rule), own, _also(rule, kind, column))


def _is_for(condition: object, word: str | None) -> bool:
    return not isinstance(condition, OneOf) or word is None or word in condition.values


def _also(rule: AnyRule, kind: str, column: Column) -> str:
    """Whom and what else a rule is for: changing it changes these as well."""
    roles = dict(rule.who).get("role")
    others = [word for word in roles.values if word != column.role] if isinstance(roles, OneOf) else []
    kinds = [word for word in rule.kinds if word != kind]
    people = ", ".join(map(readable, others)) if isinstance(roles, OneOf) else "everybody else"
    things = ", ".join(map(readable, kinds)) if rule.kinds else "all other kinds"
    return "; ".join(part for part in (people, things) if part)


def roles_here() -> list[str]:
    """Words of the roles that there are, the lowest rank first."""
    return list(Role.objects.order_by("rank", "word").values_list("word", flat=True))


def limit_of(rule: AnyRule) -> int | None:
    """The amount where a rule begins or ends to matter."""
    if isinstance(rule, Grant):
        return rule.upto
    return rule.above if isinstance(rule, Guardrail) else rule.most


def column_from(charter: Charter, role: str, step: str) -> Column:
    """The column that somebody asked for; the first one where it isn't there."""
    roles = charter.all_roles or (None,)
    chosen = role if role in roles else roles[0]
    return Column(chosen, step if step in charter.step_names else NO_STEP)


def kind_from(charter: Charter, kind: str) -> str:
    """The kind that somebody asked for; the first one where it isn't there."""
    return kind if kind in charter.all_kinds else charter.all_kinds[0]


def scale_of(page: DraftCellPage, currency: str) -> float:
    """The largest amount that the sliders of a cell reach, in units: never nothing."""
    return max(in_units(page.largest, currency), _SHORTEST_SCALE)
