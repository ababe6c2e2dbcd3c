"""A charter over all rows of a log, in one of three modes.

Rows are taken in the order of their days, on one day in the order of their moments, else in the order of the
columns; rows without a day come last. Totals begin at 0 with the first row. Then, row by row:

- *What gives by the log*: an answer of *approved* gives what was asked; *granted less* gives its amount where
  the log has one, else nothing; every other answer gives nothing. What was taken back is taken off at once,
  from the period in which it was given.
- *Whose it is*: a yes counts to whoever said it (with the role that they have whenever they ask themselves,
  else with none), and to who asked where both are the same. Team, customer and order count everything.
- *Open loop*: rows give what they gave by the log.
- *Closed loop*: what the charter lets somebody decide, inform or propose is given in full, on their own
  authority; what it makes them ask gets the answer of the log; *never* gives nothing.
- In both the total given on an order is that of the earlier rows of the order; a row without an order keeps
  what is recorded. What is in another currency is added as the number it is, like everywhere in the engine.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from remit_engine.charter.columns import CharterInColumns
from remit_engine.charter.columns.amounts import Amounts
from remit_engine.charter.columns.source import Levels
from remit_engine.charter.document import Charter
from remit_engine.history.account import Progress
from remit_engine.history.replay.closed_loop import ClosedLoop
from remit_engine.history.replay.giving import Giving
from remit_engine.history.replay.ledgers import codes_of, ledgers_of, order_ledger
from remit_engine.history.replay.result import Replay, amounts_of
from remit_engine.history.requests.checking import check_columns
from remit_engine.history.requests.columns import RequestColumns
from remit_engine.history.table import Integers
from remit_engine.modes import Mode


def replay(
    charter: Charter,
    columns: RequestColumns,
    mode: Mode = Mode.AS_RECORDED,
    *,
    progress: Progress | None = None,
) -> Replay:
    """What would have been answered.

    Args:
        charter: whose answers.
        columns: the requests; in any order.
        mode: which running totals are used; see the module.
        progress: told now and then how many rows are done, and of how many; an exception that it raises ends
            the work.

    Returns:
        The levels, in the order of the columns, and what they come to.

    Raises:
        InputError: the columns can't be meant (see `check_columns`).
    """
    check_columns(charter, columns)
    told: Progress = progress or _unheard
    compiled = CharterInColumns(charter)
    if mode is Mode.AS_RECORDED:
        levels = compiled.levels(columns, progress=told)
    else:
        order = in_time_order(columns)
        ordered = _from_nothing(columns if order is None else columns.take(order))
        found = _open(compiled, ordered, told) if mode is Mode.OPEN_LOOP else _closed(compiled, ordered, told)
        levels = found
        if order is not None:
            levels = np.empty_like(found)
            levels[order] = found
    unknown = Amounts.of(charter, columns).unknown
    answers = None if columns.log is None else columns.log.answer
    said = (*columns.told, *_told(charter, columns, mode))
    return Replay(mode, levels, amounts_of(columns, unknown), answers, said)


def _told(charter: Charter, columns: RequestColumns, mode: Mode) -> list[str]:
    """Allowances of which the log never says what was used."""
    unknown = [each.id for each in charter.all_allowances if each.id not in columns.used]
    if mode is not Mode.AS_RECORDED or not unknown:
        return []
    names = ", ".join(unknown)
    return [f"The log doesn't say what was used of {names}: as recorded, that counts as used up."]


def in_time_order(columns: RequestColumns) -> Integers | None:
    """The rows in the order in which they are replayed; None when they lie in it already."""
    last = np.iinfo(np.int64).max
    day = np.where(np.isnat(columns.day), last, columns.day.astype(np.int64))
    moment = np.where(np.isnat(columns.moment), last, columns.moment.astype(np.int64))
    rises = (day[1:] > day[:-1]) | ((day[1:] == day[:-1]) & (moment[1:] >= moment[:-1]))
    return None if rises.all() else np.lexsort((moment, day))


def _from_nothing(columns: RequestColumns) -> RequestColumns:
    """The same with nothing given on any order yet; rows without an order keep what is recorded."""
    return replace(columns, given=np.where(codes_of(columns.order) < 0, columns.given, 0))


def _open(charter: CharterInColumns, columns: RequestColumns, progress: Progress) -> Levels:
    giving = Giving.of(columns)
    outcomes = giving.logged
    used: dict[str, Integers] = {}
    for ledger in ledgers_of(charter, columns, giving):
        before = ledger.before(giving, outcomes)
        used |= {allowance.id: before for allowance in ledger.allowances}
    orders = order_ledger(columns)
    given = columns.given
    if orders is not None:
        before = orders.before(giving, outcomes)
        given = np.where(before < 0, given, before)
    return charter.levels(replace(columns, used=used, given=given), progress=progress)


def _closed(charter: CharterInColumns, columns: RequestColumns, progress: Progress) -> Levels:
    giving = Giving.of(columns)
    ledgers = tuple(ledgers_of(charter, columns, giving))
    return ClosedLoop.of(charter, columns, giving, ledgers, order_ledger(columns)).run(progress)


def _unheard(done: int, total: int) -> None:
    """Nobody asked how far it is."""
